"""Pools of any size to measure speed on: real profiles drawn again, their words dealt anew.

Each drawn profile keeps its families and how long each of its fields is; the terms of a field are
drawn from all that stand in that field over the folders, as often as they stand there. Lists of
rare and of common terms are thus as long as in a real pool of that size, and nobody is copied.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching._analysis import FIELDS, MOST_COUNTED, Analysis, Reader
from matching._rows import MadeOnDemand, Rows
from matching._skills import Referential
from matching._types import Profile

SEED = 0

BLOCK = 10_000
"""Profiles drawn at once: what lies in memory meanwhile stays small."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Profiles as numbers: row i's entries stand from ``starts[i]`` to ``starts[i + 1]``.

    ``names`` are the terms, alphabetical; an entry is the number of a term (``terms``) and how often
    it stands in each field (``counts``). ``drawn`` numbers the profile that each row was drawn from,
    and ``written`` tells, in JSON, how somebody wrote a term in a field.
    """

    names: Sequence[str]
    written: Mapping[tuple[int, int], str]
    drawn: NDArray[np.intp]
    starts: NDArray[np.int32]
    terms: NDArray[np.int32]
    counts: NDArray[np.uint8]

    @property
    def size(self) -> int:
        """How many profiles there are."""
        return len(self.drawn)

    @property
    def rows(self) -> Rows:
        """The profiles as an index reads them; what they wrote is put together when asked for."""
        names = [json.dumps(name, ensure_ascii=False) for name in self.names]

        def make(row: int) -> Analysis:
            own = slice(self.starts[row], self.starts[row + 1])
            terms, counts = self.terms[own], self.counts[own]
            words = ",".join(
                f"{names[term]}:["
                + ",".join(self.written[term, field] for field, count in enumerate(each) if count)
                + "]"
                for term, each in zip(terms.tolist(), counts.tolist(), strict=True)
            )
            return Analysis(terms, counts, f"{{{words}}}")

        return Rows(MadeOnDemand(self.size, make), self.starts, self.terms, self.counts)

    def taken(self, order: NDArray[np.intp]) -> Sample:
        """Give the profiles in another order."""
        lengths = np.diff(self.starts)[order]
        starts = np.cumsum(np.concatenate(([0], lengths)), dtype=np.int32)
        # Each entry's own place counts from where its row starts.
        entries = np.arange(len(self.terms)) + np.repeat(self.starts[order] - starts[:-1], lengths)
        return replace(
            self,
            drawn=self.drawn[order],
            starts=starts,
            terms=self.terms[entries],
            counts=self.counts[entries],
        )

    def tokens(self) -> Iterator[NDArray[np.int32]]:
        """Give of each profile its terms, each as often as it stands there."""
        times = self.counts.sum(axis=1, dtype=np.int32)
        for start, end in zip(self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True):
            yield np.repeat(self.terms[start:end], times[start:end])


def sample(profiles: Sequence[Profile], size: int, referential: Referential) -> Sample:
    """Draw a pool with replacement, the same from the same profiles."""
    reader = Reader(referential)
    read = [reader.read(profile) for profile in profiles]
    names = sorted({term for one in read for term in one.occurrences})
    numbers = {term: number for number, term in enumerate(names)}
    # Both follow the alphabet, so an analysis' terms line up with its counts.
    terms = [np.array([numbers[t] for t in one.occurrences], dtype=np.int32) for one in read]
    fields = [
        _Field.of([np.repeat(t, one.counts[:, f]) for t, one in zip(terms, read, strict=True)])
        for f in range(len(FIELDS))
    ]
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, len(read), size)
    lengths, entries, counts = zip(
        *(
            _deal(drawn[first : first + BLOCK], fields, len(names), random)
            for first in range(0, size, BLOCK)
        ),
        strict=True,
    )
    return Sample(
        names,
        _written(read, numbers),
        drawn,
        np.cumsum(np.concatenate(([0], *lengths)), dtype=np.int32),
        np.concatenate(entries),
        np.concatenate(counts),
    )


@dataclass(frozen=True, eq=False)
class _Field:
    """One field over all profiles: every term as often as it stands there, and how many in each."""

    stock: NDArray[np.int32]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, parts: Sequence[NDArray[np.int32]]) -> _Field:
        return cls(np.concatenate(parts), np.array([len(part) for part in parts], dtype=np.int64))


def _deal(
    drawn: NDArray[np.intp], fields: Sequence[_Field], width: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]:
    """Deal words to some profiles: how many entries each has, then the terms and their counts."""
    keys, columns = [], []
    for column, field in enumerate(fields):
        lengths = field.lengths[drawn]
        total = int(lengths.sum())
        dealt = (
            field.stock[random.integers(0, len(field.stock), total)] if total else field.stock[:0]
        )
        rows = np.repeat(np.arange(len(drawn), dtype=np.int64), lengths)
        keys.append(rows * width + dealt)
        columns.append(np.full(total, column))
    entries, place = np.unique(np.concatenate(keys), return_inverse=True)
    cells = place * len(fields) + np.concatenate(columns)
    counts = np.bincount(cells, minlength=len(entries) * len(fields)).reshape(-1, len(fields))
    return (
        np.bincount(entries // width, minlength=len(drawn)),
        (entries % width).astype(np.int32),
        np.minimum(counts, MOST_COUNTED).astype(np.uint8),
    )


def _written(read: Sequence[Analysis], numbers: Mapping[str, int]) -> Mapping[tuple[int, int], str]:
    written: dict[tuple[int, int], str] = {}
    for one in read:
        for term, occurrences in one.occurrences.items():
            for occurrence in occurrences:
                key = numbers[term], occurrence[0]
                if key not in written:
                    written[key] = json.dumps(occurrence, ensure_ascii=False, separators=(",", ":"))
    return written
