"""How common each term is in what ministries write: document frequencies shipped with the package.

Words that every ministry writes (« usagers », « dispositif ») are rare in what people say of
themselves, so a pool alone takes them for precious. Counting a few hundred public postings along
with the pool corrects it. Only terms and counts are kept, never a text.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TextIO

from matching._types import Posting

RAREST = 2
"""Terms met in fewer postings are left out: they would make most of the file and weigh nothing."""


@dataclass(frozen=True)
class Background:
    """In how many of ``documents`` postings each term stands; an absent term stands in none."""

    documents: int
    frequencies: dict[str, int]

    @classmethod
    @cache
    def default(cls) -> Background:
        """Give the frequencies shipped with the package, read once."""
        with files("matching").joinpath("background.csv").open(encoding="utf-8") as source:
            rows = {row["term"]: int(row["documents"]) for row in csv.DictReader(source)}
        # The line without a term counts the postings themselves.
        return cls(rows.pop(""), rows)

    @classmethod
    def of(
        cls, postings: Iterable[Posting], terms_of: Callable[[Posting], Iterable[str]]
    ) -> Background:
        """Count the terms of postings; those that share title, summary and text count once.

        ``terms_of`` gives a posting's different terms.
        """
        different = {
            (posting.title, posting.summary, posting.text): posting for posting in postings
        }
        frequencies = Counter(term for one in different.values() for term in terms_of(one))
        return cls(len(different), dict(frequencies))

    def write(self, target: TextIO) -> None:
        """Write the frequencies as CSV, sorted, without the rarest terms."""
        kept = {term: count for term, count in self.frequencies.items() if count >= RAREST}
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["term", "documents"])
        writer.writerow(["", self.documents])
        writer.writerows(sorted(kept.items()))
