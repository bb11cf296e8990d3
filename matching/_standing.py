"""How a whole pool answers the criteria of one posting, and what that does to each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._asked import AskedTerms
from matching._columns import Column
from matching._criteria import READS, answer, is_missed, points, shown_skills
from matching._index import Index
from matching._types import Criterion, Mode, Posting


class Answered(NamedTuple):
    """One criterion's different answers, and which of them each row gives."""

    name: str
    given: Sequence[Criterion]
    codes: NDArray[np.integer]


class Standing:
    """What every row answers: who stands apart and why, and what soft criteria add or cost.

    ``modes`` are what each criterion does and ``soft_weight`` what a soft one counts at most.
    """

    def __init__(
        self, answered: Sequence[Answered], modes: Mapping[str, str], soft_weight: float
    ) -> None:
        self._answered = answered
        hard = [one for one in answered if modes[one.name] == Mode.HARD]
        missed = {one.name: np.array([is_missed(each) for each in one.given]) for one in hard}
        #: Of each hard criterion that some facts miss, which do.
        self.missed = {name: which for name, which in missed.items() if which.any()}
        self._missing = [one for one in hard if one.name in self.missed]
        amounts = {
            one.name: np.array([points(each, soft_weight) for each in one.given])
            for one in answered
            if modes[one.name] != Mode.HARD
        }
        self._soft = [
            (one.name, amounts[one.name], one.codes)
            for one in answered
            if one.name in amounts and amounts[one.name].any()
        ]

    def apart(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """Give a bit for each hard criterion that rows miss: none for those who are listed."""
        bits = np.zeros(len(rows), dtype=np.int32)
        for place, one in enumerate(self._missing):
            bits |= (self.missed[one.name] * np.int32(1 << place)).take(one.codes.take(rows))
        return bits

    def bonus(self, rows: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """Give what soft criteria add to or take off rows, ``None`` when there is nothing."""
        if not self._soft:
            return None
        bonus = np.zeros(len(rows))
        for _, amounts, codes in self._soft:
            bonus += amounts.take(codes.take(rows))
        return bonus

    def scores(self, rows: NDArray[np.intp], earned: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the scores of rows whose words earned so much; nobody falls below nothing."""
        return earned + sum(self._counted(rows, earned).values())

    def parts(self, row: int, earned: float) -> list[tuple[str, float]]:
        """Name what each soft criterion adds to or takes off a row whose words earned so much."""
        if not self._soft:
            return []
        counted = self._counted(np.array([row]), np.array([earned]))
        return [(name, float(amounts[0])) for name, amounts in counted.items() if amounts[0]]

    def criteria(self, row: int) -> tuple[Criterion, ...]:
        """Give a row's answers."""
        return tuple([one.given[one.codes[row]] for one in self._answered])

    def apart_for(self, row: int) -> tuple[str, ...]:
        """Name the hard criteria that a row misses."""
        return tuple([one.name for one in self._missing if self.missed[one.name][one.codes[row]]])

    def sizes(self, rows: NDArray[np.intp], listed: int) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Count the rows that miss each set of hard criteria, ``listed`` of which miss none."""
        sizes: dict[tuple[str, ...], int] = {(): listed}
        if len(self._missing) == 1:
            sizes[self._missing[0].name,] = len(rows) - listed
        elif self._missing:
            counts = np.bincount(self.apart(rows))
            for bits in np.flatnonzero(counts).tolist():
                named = [one.name for n, one in enumerate(self._missing) if bits >> n & 1]
                sizes[tuple(named)] = int(counts[bits])
        return tuple(sorted((names, count) for names, count in sizes.items() if count))

    def _counted(
        self, rows: NDArray[np.intp], earned: NDArray[np.float64]
    ) -> dict[str, NDArray[np.float64]]:
        """Give what counts of each soft criterion: what would take off more than is left counts less."""
        left, counted = earned, {}
        given = {name: amounts.take(codes.take(rows)) for name, amounts, codes in self._soft}
        for amounts in given.values():
            left = left + np.maximum(amounts, 0)
        for name, amounts in given.items():
            cost = np.minimum(np.maximum(-amounts, 0), left)
            left = left - cost
            counted[name] = np.maximum(amounts, 0) - cost
        return counted


def standing(
    posting: Posting,
    columns: Mapping[str, Column],
    required: Sequence[AskedTerms],
    index: Index,
    modes: Mapping[str, str],
    soft_weight: float,
) -> Standing:
    """Have a pool answer a posting's criteria; ``required`` are the skills asked as a criterion."""
    answered = [
        Answered(
            name,
            [answer(name, profile, posting) for profile in columns[name].facts],
            columns[name].codes,
        )
        for name in READS
        if modes[name] != Mode.OFF
    ]
    if required:
        answered.append(_skills(required, index))
    return Standing(answered, modes, soft_weight)


def _skills(required: Sequence[AskedTerms], index: Index) -> Answered:
    """Answer the skills criterion for every row: most rows show the same few of those asked."""
    shown = np.zeros((index.size, len(required)), dtype=bool)
    for place, skill in enumerate(required):
        if skill.concept:
            shown[:, place] = index.holders(skill.concept)
        if skill.words:
            shown[:, place] |= np.logical_and.reduce([index.holders(word) for word in skill.words])
    labels = [skill.label for skill in required]
    different, codes = np.unique(shown, axis=0, return_inverse=True)
    given = [
        shown_skills(
            labels, [label for label, is_shown in zip(labels, each, strict=True) if is_shown]
        )
        for each in different.tolist()
    ]
    return Answered("skills", given, codes.ravel())
