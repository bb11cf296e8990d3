"""Evaluations side by side: means, and how far apart they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talentpool.admissions.criteria import WIDE, Criterion
from talentpool.admissions.models import Screening


@dataclass(frozen=True)
class Line:
    """One criterion, and what each evaluation gives it, in their order."""

    criterion: Criterion
    scores: list[int]
    comments: list[str]

    @property
    def mean(self) -> float:
        """The mean of the scores."""
        return sum(self.scores) / len(self.scores)

    @property
    def spread(self) -> int:
        """How far apart the highest and the lowest stand."""
        return max(self.scores) - min(self.scores)

    @property
    def is_wide(self) -> bool:
        """Whether reviewers have something to talk about."""
        return self.spread >= WIDE


@dataclass(frozen=True)
class Comparison:
    """Evaluations of a file, and what they come to; nothing is decided by it."""

    screenings: Sequence[Screening]
    lines: list[Line]

    @property
    def mean(self) -> float:
        """The mean of the six criteria, which weigh the same."""
        return sum(line.mean for line in self.lines) / len(self.lines)

    @property
    def wide(self) -> list[Line]:
        """List the criteria on which evaluations stand far apart."""
        return [line for line in self.lines if line.is_wide]

    @property
    def widest(self) -> int:
        """The largest spread of a criterion."""
        return max(line.spread for line in self.lines)


def compared(screenings: Sequence[Screening]) -> Comparison:
    """Lay evaluations that are in side by side."""
    said = [one.by_criterion for one in screenings]
    return Comparison(
        screenings,
        [
            Line(
                criterion,
                [given[criterion].score or 0 for given in said],
                [given[criterion].comment for given in said],
            )
            for criterion in Criterion
        ],
    )


def compared_by_application(found: Mapping[int, Sequence[Screening]]) -> dict[int, Comparison]:
    """Lay the evaluations of several files side by side, each file's own."""
    return {number: compared(screenings) for number, screenings in found.items() if screenings}
