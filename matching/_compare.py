"""Why one suggestion stands above another: the few differences that decide it, in sums that add up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matching._types import Criterion, Reason, Suggestion

MOST_DIFFERENCES = 5
"""How many differences are named at most; the others are summed."""

ENOUGH = 0.9
"""The part of all that differs at which the differences named suffice."""


class DecidedBy(StrEnum):
    """What puts one of two suggestions first."""

    CRITERIA = "criteria"
    SCORE = "score"
    KEY = "key"


@dataclass(frozen=True)
class Difference:
    """What one skill or term earned each of two suggestions; nothing is 0."""

    kind: str
    label: str
    first: float
    second: float

    @property
    def amount(self) -> float:
        """How much more the first earned; negative when the second earned more."""
        return self.first - self.second


@dataclass(frozen=True)
class CriterionDifference:
    """A hard criterion that two suggestions answer otherwise, or by other facts.

    A side is ``None`` when it was not asked of that suggestion.
    """

    name: str
    first: Criterion | None
    second: Criterion | None


@dataclass(frozen=True)
class Comparison:
    """Two suggestions beside each other.

    ``differences`` are the few that decide, heaviest first: those that make nine tenths of all that
    differs, whichever way, or else the five heaviest. ``remainder`` sums the ``others`` that are not
    named. All of them add up to ``score``, the first's score less the second's. ``criteria`` are
    those that differ.
    """

    first: str
    second: str
    score: float
    decided_by: DecidedBy
    differences: tuple[Difference, ...]
    remainder: float
    others: int
    criteria: tuple[CriterionDifference, ...]
    first_is_apart: bool
    second_is_apart: bool


def compare(a: Suggestion, b: Suggestion) -> Comparison:
    """Say why ``a`` stands above ``b``, or below it.

    Both may come from one ranking, or be the same profile in two of them.
    """
    ordered = _differences(a.reasons, b.reasons)
    named = _deciding(ordered)
    rest = ordered[named:]
    return Comparison(
        first=a.key,
        second=b.key,
        score=a.score - b.score,
        decided_by=_decided_by(a, b),
        differences=tuple(ordered[:named]),
        remainder=math.fsum(one.amount for one in rest),
        others=len(rest),
        criteria=tuple(_criteria(a, b)),
        first_is_apart=a.is_apart,
        second_is_apart=b.is_apart,
    )


def _differences(first: Iterable[Reason], second: Iterable[Reason]) -> list[Difference]:
    """List what earned the two unequal amounts, heaviest first, reasons of one label together."""
    sides: tuple[defaultdict[tuple[str, str], list[float]], ...] = (
        defaultdict(list),
        defaultdict(list),
    )
    for side, reasons in zip(sides, (first, second), strict=True):
        for reason in reasons:
            side[reason.kind, reason.label].append(reason.amount)
    found = [
        Difference(*label, *(math.fsum(side.get(label, ())) for side in sides))
        for label in {**sides[0], **sides[1]}
    ]
    unequal = [one for one in found if one.amount]
    return sorted(unequal, key=lambda one: (-abs(one.amount), one.kind, one.label))


def _deciding(ordered: list[Difference]) -> int:
    """Count the first differences that decide, the most at most."""
    weights = [abs(one.amount) for one in ordered]
    enough = ENOUGH * math.fsum(weights)
    for count in range(min(len(ordered), MOST_DIFFERENCES)):
        if math.fsum(weights[:count]) >= enough:
            return count
    return min(len(ordered), MOST_DIFFERENCES)


def _decided_by(a: Suggestion, b: Suggestion) -> DecidedBy:
    if a.is_apart is not b.is_apart:
        return DecidedBy.CRITERIA
    return DecidedBy.KEY if a.score == b.score else DecidedBy.SCORE


def _criteria(a: Suggestion, b: Suggestion) -> Iterable[CriterionDifference]:
    first = {criterion.name: criterion for criterion in a.criteria}
    second = {criterion.name: criterion for criterion in b.criteria}
    for name in {**first, **second}:
        if first.get(name) != second.get(name):
            yield CriterionDifference(name, first.get(name), second.get(name))
