"""What profiles say, before anything is weighed: read once per content, then shared by every ranking."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._levels import HeldSkill
from matching._skills import Referential
from matching._terms import Term, label_terms, read
from matching._types import Profile
from matching._vocabulary import Vocabulary

FIELDS = ("headline", "skills", "experience", "text")
"""The fields of a profile that are read as words; positions here number them."""

MOST_PROFILES = 32_768
"""Contents kept in memory: enough for a pool of twenty thousand and what changes in it."""

MOST_TERMS = 2_000_000
"""Different terms met after which a reader is forgotten: nothing grows for ever."""

MOST_COUNTED = 255
"""Mentions of one term in one field that are told apart."""

Occurrence = tuple[int, str, Sequence[str]]
"""Where a term stands: the field's number, the words as written and, for a skill, their terms."""


class Said(NamedTuple):
    """What a profile says of one term: where at best, in which words, and the terms of those words.

    ``parts`` are the terms of the words that name the skill, when the term is a skill.
    """

    field: str
    words: tuple[str, ...]
    parts: frozenset[str]


class Analysis:
    """One profile's words: its terms in alphabetical order, and how often each stands in each field.

    ``terms`` are numbers of a vocabulary, ``counts`` has a column per field, and ``words`` is a JSON
    object that gives each term its different occurrences, in the order of fields.
    """

    __slots__ = ("_mentions", "_occurrences", "counts", "terms", "words")

    def __init__(
        self, terms: NDArray[np.int32], counts: NDArray[np.uint8], words: str | bytes
    ) -> None:
        self.terms, self.counts, self.words = terms, counts, words
        self._occurrences: Mapping[str, Sequence[Occurrence]] | None = None
        self._mentions: Mentions | None = None

    @classmethod
    def of(cls, fields: Iterable[tuple[int, Sequence[Term]]], vocabulary: Vocabulary) -> Analysis:
        """Count the terms of each field, given by its number; a field may come in several parts."""
        counts: Counter[tuple[str, int]] = Counter()
        occurrences: dict[str, dict[Occurrence, None]] = {}
        for field, listed in fields:
            for term in listed:
                counts[term.value, field] += 1
                occurrences.setdefault(term.value, {})[field, term.surface, term.parts] = None
        # Sums follow the alphabet: they must not depend on the order in which terms were met.
        values = sorted(occurrences)
        table = np.zeros((len(values), len(FIELDS)), dtype=np.uint8)
        place = {value: row for row, value in enumerate(values)}
        for (value, field), times in counts.items():
            table[place[value], field] = min(times, MOST_COUNTED)
        words = {value: list(occurrences[value]) for value in values}
        text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        return cls(vocabulary.learn(values), table, text)

    def says_as(self, other: Analysis) -> bool:
        """Whether both come from the same words."""
        return self is other or (
            np.array_equal(self.terms, other.terms)
            and np.array_equal(self.counts, other.counts)
            and self.occurrences == other.occurrences
        )

    @property
    def occurrences(self) -> Mapping[str, Sequence[Occurrence]]:
        """For each term its different occurrences; read from ``words`` when first asked for."""
        if self._occurrences is None:
            self._occurrences = json.loads(self.words)
        return self._occurrences

    def mentions(self, order: tuple[int, ...]) -> Mentions:
        """Give what stands in some fields, the best first."""
        if self._mentions is None or self._mentions.order != order:
            self._mentions = Mentions(self.occurrences.values(), order)
        return self._mentions


class Mentions(dict[int, Said]):
    """What one profile says of each of its terms, by their places, put together when first read.

    ``order`` gives the fields that count, the best first; a term must stand in one of them.
    """

    def __init__(self, occurrences: Iterable[Sequence[Occurrence]], order: tuple[int, ...]) -> None:
        self.order = order
        self._occurrences = tuple(occurrences)

    def __missing__(self, place: int) -> Said:
        found = self._occurrences[place]
        kept = [one for field in self.order for one in found if one[0] == field]
        said = self[place] = Said(
            FIELDS[kept[0][0]],
            tuple(dict.fromkeys(words for _, words, _ in kept)),
            frozenset(part for _, _, parts in kept for part in parts),
        )
        return said


class Reader:
    """Reads profiles with one referential into one vocabulary, and remembers what it read.

    What a profile says is found again by its content, so a changed profile is read anew and the
    others are not.
    """

    def __init__(self, referential: Referential, vocabulary: Vocabulary | None = None) -> None:
        self.referential = referential
        self.vocabulary = vocabulary or Vocabulary()
        self._read = lru_cache(maxsize=MOST_PROFILES)(self._analyse)

    def read(self, profile: Profile) -> Analysis:
        """Give the analysis of a profile, the same for the same content."""
        return self._read(profile.headline, profile.skills, profile.experience, profile.text)

    def _analyse(
        self, headline: str, skills: tuple[HeldSkill, ...], experience: tuple[str, ...], text: str
    ) -> Analysis:
        return Analysis.of(self._fields(headline, skills, experience, text), self.vocabulary)

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


_reader = lru_cache(maxsize=2)(Reader)


def reader_of(referential: Referential) -> Reader:
    """Give the reader of a referential, with what it read before in this process."""
    reader = _reader(referential)
    if len(reader.vocabulary) > MOST_TERMS:
        _reader.cache_clear()
        reader = _reader(referential)
    return reader
