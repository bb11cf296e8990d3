"""Profiles side by side, before anything is weighed: one entry per profile and term."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matching._analysis import FIELDS, Analysis


class MadeOnDemand(Sequence[Analysis]):
    """So many analyses, each made by ``make`` when it is asked for."""

    def __init__(self, size: int, make: Callable[[int], Analysis]) -> None:
        self._size, self._make = size, make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, row: int) -> Analysis: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Analysis]: ...
    def __getitem__(self, row: int | slice) -> Analysis | Sequence[Analysis]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(self._size))]
        if not 0 <= row < self._size:
            raise IndexError(row)
        return self._make(row)


@dataclass(frozen=True, eq=False)
class Rows:
    """The entries of many profiles, row after row.

    Row i's entries stand from ``starts[i]`` to ``starts[i + 1]``: their ``terms``, alphabetical, and
    their ``counts``, a column per field.
    """

    analyses: Sequence[Analysis]
    starts: NDArray[np.int32]
    terms: NDArray[np.int32]
    counts: NDArray[np.uint8]

    @classmethod
    def of(cls, analyses: Sequence[Analysis]) -> Rows:
        """Lay analyses side by side."""
        lengths = [len(one.terms) for one in analyses]
        no_counts = np.zeros((0, len(FIELDS)), dtype=np.uint8)
        return cls(
            analyses,
            np.concatenate(([0], np.cumsum(np.array(lengths, dtype=np.int32)))).astype(np.int32),
            np.concatenate((np.zeros(0, dtype=np.int32), *(one.terms for one in analyses))),
            np.concatenate((no_counts, *(one.counts for one in analyses))),
        )

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    @property
    def width(self) -> int:
        """One more than the greatest number of a term."""
        return int(self.terms.max()) + 1 if len(self.terms) else 0

    @property
    def numbers(self) -> NDArray[np.int32]:
        """The row of each entry."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.starts))


@lru_cache(maxsize=2)
def rows_of(analyses: tuple[Analysis, ...]) -> Rows:
    """Lay analyses side by side, the same for the same ones."""
    return Rows.of(analyses)
