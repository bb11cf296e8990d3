"""The order of a pool for one posting: who is listed, who stands apart, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._columns import EVERY_GROUP
from matching._index import Index, Question
from matching._standing import Standing


class Ranked(NamedTuple):
    """One profile's rank and score, and what its words alone earned.

    ``held`` gives, of each shared term by its place in the question, the place among the profile's
    own; ``amounts`` are what each earned.
    """

    rank: int
    row: int
    score: float
    earned: float
    held: dict[int, int]
    amounts: list[float]


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
        self._listed = rows[standing.apart(rows) == 0]

    def first(self, count: int | None, also: Collection[int] = ()) -> list[Ranked]:
        """Rank the first of those listed, all without a count, and those rows ``also`` asked for."""
        return self._ranked(self._listed, self._groups, count, also, 0)

    def first_apart(self, count: int | None, also: Collection[int] = ()) -> list[Ranked]:
        """Rank the first of those apart, all without a count, and those rows ``also`` asked for."""
        if count == 0 and not also:
            return []
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
    ) -> list[Ranked]:
        if count == 0 and not also:
            return []
        if count is not None and not also:
            bonus = self._standing.bonus(rows)
            rows = self._index.best(self._question, count, rows, groups, bonus)
        shared = self._index.shared(rows, self._question)
        scores = self._standing.scores(rows, shared.scores)
        order = np.lexsort((self._keys_of(rows), -shared.scores, -scores)).tolist()
        numbers = rows.tolist()
        if not also:
            chosen = list(enumerate(order[:count], start=1))
        else:
            chosen = [
                (rank, place)
                for rank, place in enumerate(order, start=1)
                if count is None or rank <= count or numbers[place] in also
            ]
        return [
            Ranked(
                before + rank,
                numbers[place],
                float(scores[place]),
                float(shared.scores[place]),
                *shared.of(place),
            )
            for rank, place in chosen
        ]
