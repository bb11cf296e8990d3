"""What profiles say, before anything is weighed: read once per content, then shared by every ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._background import Background
from matching._skills import Referential
from matching._terms import Term, is_concept, is_pair, label_terms, read
from matching._types import HeldSkill, Profile

FIELDS = ("headline", "skills", "experience", "text")
"""The fields of a profile that are read as words; positions here number them."""

MOST_PROFILES = 4_096
"""Contents kept in memory beyond those of the pool at hand: enough for a pool of three thousand."""

MOST_TERMS = 2_000_000
"""Different terms met after which a reader is forgotten: nothing grows for ever."""

WORD, PAIR, CONCEPT = range(3)
"""The kinds of a term."""


class Said(NamedTuple):
    """What a profile says of one term: where at best, in which words, and the terms of those words.

    ``parts`` are the terms of the words that name the skill, when the term is a skill.
    """

    field: str
    words: tuple[str, ...]
    parts: frozenset[str]


class Analysis:
    """One profile's words: its terms in alphabetical order, and how often each stands in each field.

    ``terms`` are numbers that a reader gave, ``seen`` the background postings that hold each,
    ``kinds`` their kinds, and ``counts`` has a column per field. Two analyses of one reader are
    equal only when they are the same.
    """

    __slots__ = ("counts", "kinds", "occurrences", "seen", "terms")

    def __init__(
        self,
        terms: NDArray[np.int32],
        seen: NDArray[np.int32],
        kinds: NDArray[np.int8],
        counts: NDArray[np.int32],
        occurrences: dict[str, tuple[tuple[int, str, tuple[str, ...]], ...]],
    ) -> None:
        self.terms, self.seen, self.kinds, self.counts = terms, seen, kinds, counts
        #: For each term its different field, words and parts, in the order of fields.
        self.occurrences = occurrences


class Mentions:
    """One profile as a ranker reads it: the fields that it weighs, the best first."""

    __slots__ = ("_all", "_occurrences", "_order")

    def __init__(self, analysis: Analysis, order: Sequence[int]) -> None:
        self._occurrences = analysis.occurrences
        self._order = order
        self._all = len(order) == len(FIELDS)

    def __contains__(self, term: str | None) -> bool:
        found = self._occurrences.get(term or "")
        if found is None:
            return False
        return self._all or any(field in self._order for field, _, _ in found)

    def words_of(self, term: str) -> tuple[str, tuple[str, ...]]:
        """Give the best field that a term stands in, and its different surface forms."""
        found = self._occurrences[term]
        if len(found) == 1:
            field, words, _parts = found[0]
            return FIELDS[field], (words,)
        said = self[term]
        return said.field, said.words

    def __getitem__(self, term: str) -> Said:
        found = self._occurrences[term]
        if len(found) == 1:
            [(field, words, parts)] = found
            return Said(FIELDS[field], (words,), frozenset(parts))
        kept = [one for field in self._order for one in found if one[0] == field]
        return Said(
            FIELDS[kept[0][0]],
            tuple(dict.fromkeys(words for _, words, _ in kept)),
            frozenset(part for _, _, parts in kept for part in parts),
        )


class Reader:
    """Reads profiles with one referential, numbers their terms, and remembers what it read.

    What a profile says is found again by its content, so a changed profile is read anew and the
    others are not. Numbers follow the order of reading: nothing that is computed may depend on it.
    """

    def __init__(self, referential: Referential) -> None:
        self.referential = referential
        self.numbers: dict[str, int] = {}
        self._next = count()
        self._lock = Lock()
        self._read = lru_cache(maxsize=MOST_PROFILES)(self._analyse)

    @property
    def is_full(self) -> bool:
        """Whether so many terms were met that reading should start anew."""
        return len(self.numbers) > MOST_TERMS

    def read(self, profile: Profile) -> Analysis:
        """Give the analysis of a profile, the same for the same content."""
        return self._read(profile.headline, profile.skills, profile.experience, profile.text)

    def _analyse(
        self, headline: str, skills: tuple[HeldSkill, ...], experience: tuple[str, ...], text: str
    ) -> Analysis:
        counts: Counter[tuple[str, int]] = Counter()
        occurrences: dict[str, dict[tuple[int, str, tuple[str, ...]], None]] = {}
        for field, listed in self._fields(headline, skills, experience, text):
            for term in listed:
                counts[term.value, field] += 1
                occurrences.setdefault(term.value, {})[field, term.surface, term.parts] = None
        # Sums follow the alphabet: they must not depend on the order in which terms were met.
        values = sorted(occurrences)
        background = Background.default().frequencies
        table = np.zeros((len(values), len(FIELDS)), dtype=np.int32)
        place = {value: row for row, value in enumerate(values)}
        for (value, field), times in counts.items():
            table[place[value], field] = times
        return Analysis(
            self._numbered(values),
            np.array([background.get(value, 0) for value in values], dtype=np.int32),
            np.array([_kind(value) for value in values], dtype=np.int8),
            table,
            {value: tuple(occurrences[value]) for value in values},
        )

    def _fields(
        self, headline: str, skills: tuple[HeldSkill, ...], experience: tuple[str, ...], text: str
    ) -> Iterable[tuple[int, Sequence[Term]]]:
        # Whole texts are read once per profile: the cache of terms is for labels and postings.
        yield 0, read(headline, self.referential)
        for skill in skills:
            yield 1, label_terms(skill.label, skill.code, self.referential)
        for mission in experience:
            yield 2, read(mission, self.referential)
        yield 3, read(text, self.referential)

    def _numbered(self, values: Sequence[str]) -> NDArray[np.int32]:
        with self._lock:
            for value in values:
                if value not in self.numbers:
                    self.numbers[value] = next(self._next)
            return np.array([self.numbers[value] for value in values], dtype=np.int32)


def _kind(term: str) -> int:
    return CONCEPT if is_concept(term) else PAIR if is_pair(term) else WORD


_reader = lru_cache(maxsize=2)(Reader)


def reader_of(referential: Referential) -> Reader:
    """Give the reader of a referential, with what it read before in this process."""
    reader = _reader(referential)
    if reader.is_full:
        _reader.cache_clear()
        reader = _reader(referential)
    return reader


class Pool:
    """Many profiles side by side, before anything is weighed: one entry per profile and term.

    ``starts`` says where each profile's entries begin, and where the last one's end.
    """

    def __init__(self, analyses: Sequence[Analysis], reader: Reader) -> None:
        self.size = len(analyses)
        self.numbers = reader.numbers
        self.starts = np.concatenate(
            ([0], np.cumsum([len(one.terms) for one in analyses], dtype=np.int64))
        ).astype(np.int32)
        self.rows = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.starts))
        self.terms = _joined([one.terms for one in analyses], np.int32)
        self.counts = _joined([one.counts for one in analyses], np.int32, width=len(FIELDS))
        # What is known of each term, by its number; numbers that nobody in the pool uses stay 0.
        self.width = int(self.terms.max()) + 1 if len(self.terms) else 0
        self.seen = np.zeros(self.width, dtype=np.int32)
        self.kinds = np.zeros(self.width, dtype=np.int8)
        self.seen[self.terms] = _joined([one.seen for one in analyses], np.int32)
        self.kinds[self.terms] = _joined([one.kinds for one in analyses], np.int8)


def _joined(
    arrays: Sequence[NDArray[np.integer]], kind: type[np.integer], width: int = 0
) -> NDArray[np.integer]:
    shape = (0, width) if width else (0,)
    return np.concatenate([np.zeros(shape, dtype=kind), *arrays])


@lru_cache(maxsize=2)
def pool_of(analyses: tuple[Analysis, ...], reader: Reader) -> Pool:
    """Give the pool of these analyses, the same for the same ones."""
    return Pool(analyses, reader)
