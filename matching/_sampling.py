"""Pools of any size to measure speed on: real profiles drawn again, their words dealt anew.

Each drawn profile keeps its families and how long each of its fields is; the terms of a field are
drawn from all that stand in that field over the folders, as often as they stand there. Lists of
rare and of common terms are thus as long as in a real pool of that size, and nobody is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching._analysis import FIELDS, MOST_COUNTED, Analysis, Reader
from matching._skills import Referential
from matching._types import Profile

SEED = 0

BLOCK = 10_000
"""Profiles drawn at once: what lies in memory meanwhile stays small."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Profiles as numbers: row i's entries stand from ``starts[i]`` to ``starts[i + 1]``.

    ``names`` are the terms, alphabetical; an entry is the number of a term (``terms``) and how often
    it stands in each field (``counts``). ``drawn`` numbers the profile that each row was drawn from.
    """

    names: Sequence[str]
    drawn: NDArray[np.intp]
    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    counts: NDArray[np.uint8]

    @property
    def size(self) -> int:
        """How many profiles there are."""
        return len(self.drawn)

    def tokens(self, row: int) -> NDArray[np.int32]:
        """Give a row's terms, each as often as it stands there."""
        own = slice(self.starts[row], self.starts[row + 1])
        times = self.counts[own].sum(axis=1, dtype=np.int64)
        tokens: NDArray[np.int32] = np.repeat(self.terms[own], times)
        return tokens


def sample(profiles: Sequence[Profile], size: int, referential: Referential) -> Sample:
    """Draw a pool with replacement, the same from the same profiles."""
    reader = Reader(referential)
    read = [reader.read(profile) for profile in profiles]
    names = sorted({term for one in read for term in one.occurrences})
    numbers = {term: number for number, term in enumerate(names)}
    dealt = [_Field.of(field, read, numbers) for field in range(len(FIELDS))]
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, len(read), size)
    blocks = [
        _block(drawn[first : first + BLOCK], dealt, len(names), random)
        for first in range(0, size, BLOCK)
    ]
    lengths = np.concatenate([block[0] for block in blocks])
    return Sample(
        names,
        drawn,
        np.concatenate(([0], np.cumsum(lengths))),
        np.concatenate([block[1] for block in blocks]),
        np.concatenate([block[2] for block in blocks]),
    )


@dataclass(frozen=True, eq=False)
class _Field:
    """One field over all profiles: every term as often as it stands there, and how many in each."""

    stock: NDArray[np.int32]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, field: int, read: Sequence[Analysis], numbers: dict[str, int]) -> _Field:
        parts = [
            # Both follow the alphabet.
            np.repeat(
                np.array([numbers[term] for term in one.occurrences], dtype=np.int32),
                one.counts[:, field],
            )
            for one in read
        ]
        return cls(
            np.concatenate((np.zeros(0, dtype=np.int32), *parts)),
            np.array([len(part) for part in parts], dtype=np.int64),
        )


def _block(
    drawn: NDArray[np.intp], fields: Sequence[_Field], width: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]:
    """Deal words to some profiles: how many entries each has, their terms and their counts."""
    keys, places = [], []
    for number, field in enumerate(fields):
        lengths = field.lengths[drawn]
        dealt = field.stock[random.integers(0, max(len(field.stock), 1), int(lengths.sum()))]
        rows = np.repeat(np.arange(len(drawn), dtype=np.int64), lengths)
        keys.append(rows * width + dealt)
        places.append(np.full(len(dealt), number))
    entries, place = np.unique(np.concatenate(keys), return_inverse=True)
    counts = np.zeros((len(entries), len(fields)), dtype=np.int32)
    np.add.at(counts, (place, np.concatenate(places)), 1)
    return (
        np.bincount(entries // max(width, 1), minlength=len(drawn)),
        (entries % max(width, 1)).astype(np.int32),
        np.minimum(counts, MOST_COUNTED).astype(np.uint8),
    )
