"""The order of a pool for one posting: who is listed, who stands apart, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._columns import EVERY_GROUP, GROUPED_BY, LAST_GROUP
from matching._index import Index, Question, Shared
from matching._standing import Standing


class Ranked(NamedTuple):
    """Some profiles in order: their ranks, rows and scores, and what their words alone earned.

    ``places`` are theirs among the rows of ``shared``.
    """

    ranks: Sequence[int]
    rows: NDArray[np.intp]
    scores: NDArray[np.float64]
    earned: NDArray[np.float64]
    places: Sequence[int]
    shared: Shared


_NOTHING = np.zeros(0)
_NO_ROWS = np.zeros(0, dtype=np.intp)

NOBODY = Ranked(
    (), _NO_ROWS, _NOTHING, _NOTHING, (), Shared(_NOTHING, _NO_ROWS, _NO_ROWS, _NOTHING, _NO_ROWS)
)


class Listing:
    """A pool's order for one question.

    The order is score descending, then what words earned descending, then ``keys_of`` of the rows
    ascending; whoever misses a hard criterion comes after all others. ``groups`` are those of the
    index whose rows do not all stand apart.
    """

    def __init__(
        self,
        index: Index,
        question: Question,
        standing: Standing,
        groups: Sequence[int],
        keys_of: Callable[[NDArray[np.intp]], NDArray[np.generic]],
    ) -> None:
        self._index, self._question, self._standing = index, question, standing
        self._groups, self._keys_of = groups, keys_of
        rows = index.rows_of(groups)
        # Rows of one group say the same of the criterion that parts them, but for those of the last.
        is_told = standing.missed.keys() <= {GROUPED_BY}
        told, doubtful = np.split(rows, [index.first_of(LAST_GROUP, rows) if is_told else 0])
        self._listed = np.concatenate((told, doubtful[standing.apart(doubtful) == 0]))

    def first(self, count: int | None, also: Collection[int] = ()) -> Ranked:
        """Rank the first of those listed, all without a count, and those rows ``also`` asked for."""
        return self._ranked(self._listed, self._groups, count, also, 0)

    def first_apart(self, count: int | None, also: Collection[int] = ()) -> Ranked:
        """Rank the first of those apart, all without a count, and those rows ``also`` asked for."""
        if count == 0 and not also:
            return NOBODY
        rows = self._index.rows_of(EVERY_GROUP)
        rows = rows[self._standing.apart(rows) > 0]
        return self._ranked(rows, EVERY_GROUP, count, also, len(self._listed))

    def sizes(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Count the rows that miss each set of hard criteria."""
        index = self._index
        return self._standing.sizes(
            len(self._listed), index.living, lambda: index.rows_of(EVERY_GROUP)
        )

    def _ranked(
        self,
        rows: NDArray[np.intp],
        groups: Sequence[int],
        count: int | None,
        also: Collection[int],
        before: int,
    ) -> Ranked:
        if count == 0 and not also:
            return NOBODY
        if count is not None and not also:
            bonus = self._standing.bonus(rows)
            rows = self._index.best(self._question, count, rows, groups, bonus)
        shared = self._index.shared(rows, self._question)
        scores = self._standing.scores(rows, shared.scores)
        order = np.lexsort((self._keys_of(rows), -shared.scores, -scores))
        ranks = np.arange(len(order))
        if also and count is not None:
            ranks = ranks[(ranks < count) | np.isin(rows[order], list(also))]
        else:
            ranks = ranks[:count]
        chosen = order[ranks]
        return Ranked(
            (before + 1 + ranks).tolist(),
            rows[chosen],
            scores[chosen],
            shared.scores[chosen],
            chosen.tolist(),
            shared,
        )
