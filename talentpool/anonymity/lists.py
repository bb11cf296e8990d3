"""Schools and employers that are known by name; a look-up a word, however long the lists."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.writing import Reading, read

_WORD = re.compile(r"[^\W_]+")
#: Letters under which an acronym is only read in capitals.
_SHORT = 6

#: First words, to the names that begin with them, and whether each is an acronym.
Names = dict[str, list[tuple[tuple[str, ...], bool]]]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


def found(reading: Reading, names: Names, kind: Kind) -> Iterator[Found]:
    """Find the names of a list, which begin with a capital."""
    words = list(_WORD.finditer(reading.plain))
    folded = [word[0].casefold() for word in words]
    for at, fold in enumerate(folded):
        for name, is_acronym in names.get(fold, ()):
            last = at + len(name) - 1
            if tuple(folded[at : last + 1]) != name:
                continue
            written = reading.plain[words[at].start() : words[last].end()]
            if written[0].isupper() and not (
                is_acronym and len(written) < _SHORT and not written.isupper()
            ):
                yield Found(words[at].start(), words[last].end(), kind)


@cache
def schools() -> Names:
    """Read the list of schools and universities, of France and abroad."""
    return _read("schools.csv")


@cache
def employers() -> Names:
    """Read the list of large firms; none whose name is a technology's or an ordinary word's."""
    return _read("employers.csv")


def _read(filename: str) -> Names:
    names: Names = defaultdict(list)
    with Path(__file__).with_name(filename).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(word.casefold() for word in _WORD.findall(read(row["name"]).plain))
            names[words[0]].append((words, row["name"].isupper()))
    return dict(names)
