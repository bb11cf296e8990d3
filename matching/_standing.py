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
        self,
        answered: Sequence[Answered],
        modes: Mapping[str, str],
        soft_weight: float,
        size: int,
    ) -> None:
        self._answered = answered
        self._hard = [one.name for one in answered if modes[one.name] == Mode.HARD]
        #: A bit for each hard criterion that a row misses.
        self.apart = np.zeros(size, dtype=np.int32)
        #: Of each hard criterion that some miss, which of the different answers do.
        self.missed: dict[str, NDArray[np.bool_]] = {}
        soft = []
        for one in answered:
            if modes[one.name] == Mode.HARD:
                bit = 1 << self._hard.index(one.name)
                missed = np.array([is_missed(criterion) for criterion in one.given], dtype=bool)
                if missed.any():
                    self.missed[one.name] = missed
                    self.apart |= (missed * np.int32(bit)).take(one.codes)
            else:
                amounts = np.array([points(criterion, soft_weight) for criterion in one.given])
                if amounts.any():
                    soft.append((one.name, amounts[one.codes]))
        self._soft = soft

    @property
    def bonus(self) -> NDArray[np.float64] | None:
        """What soft criteria add to or take off every row, ``None`` when there is nothing."""
        return sum(amounts for _, amounts in self._soft) if self._soft else None

    def scores(self, rows: NDArray[np.intp], earned: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the scores of rows whose words earned so much; nobody falls below nothing."""
        return earned + sum(self._counted(rows, earned).values())

    def parts(self, row: int, earned: float) -> list[tuple[str, float]]:
        """Name what each soft criterion adds to or takes off a row whose words earned so much."""
        counted = self._counted(np.array([row]), np.array([earned]))
        return [(name, float(amounts[0])) for name, amounts in counted.items() if amounts[0]]

    def criteria(self, row: int) -> tuple[Criterion, ...]:
        """Give a row's answers."""
        return tuple(one.given[one.codes[row]] for one in self._answered)

    def apart_for(self, row: int) -> tuple[str, ...]:
        """Name the hard criteria that a row misses."""
        return self._names(int(self.apart[row]))

    def sizes(self, among: NDArray[np.bool_]) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Count the rows that miss each set of hard criteria."""
        if len(self.missed) == 1:
            # Counting truths is fifty times as fast as counting numbers.
            apart = int(np.count_nonzero(among & (self.apart > 0)))
            listed = int(np.count_nonzero(among)) - apart
            sizes = (((), listed), (tuple(self.missed), apart))
            return tuple((missed, count) for missed, count in sizes if count)
        counts = np.bincount(self.apart[among])
        bits = np.flatnonzero(counts)
        counted = zip(bits.tolist(), counts[bits].tolist(), strict=True)
        return tuple(sorted((self._names(missed), count) for missed, count in counted))

    def _counted(
        self, rows: NDArray[np.intp], earned: NDArray[np.float64]
    ) -> dict[str, NDArray[np.float64]]:
        """Give what counts of each soft criterion: what would take off more than is left counts less."""
        left, counted = earned, {}
        given = {name: amounts[rows] for name, amounts in self._soft}
        for amounts in given.values():
            left = left + np.maximum(amounts, 0)
        for name, amounts in given.items():
            cost = np.minimum(np.maximum(-amounts, 0), left)
            left = left - cost
            counted[name] = np.maximum(amounts, 0) - cost
        return counted

    def _names(self, bits: int) -> tuple[str, ...]:
        return tuple(name for place, name in enumerate(self._hard) if bits >> place & 1)


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
    return Standing(answered, modes, soft_weight, index.size)


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
