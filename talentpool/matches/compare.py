"""A few people of one ranking side by side, and why each stands before the next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from matching import (
    Answer,
    Comparison,
    Criterion,
    Missing,
    Posting,
    Reason,
    Suggestion,
    compare,
)
from talentpool.matches import queries
from talentpool.matches.asked_skills import SkillCell, evidenced, skill_cell
from talentpool.matches.models import MatchResult, MatchRun
from talentpool.matches.presenting import (
    CriterionShown,
    Part,
    SuggestionShown,
    label_of,
    part_label,
    shown,
)

#: How many people stand side by side.
LEAST, MOST = 2, 4
#: How many reasons a table names; the others are summed in one line.
MOST_REASONS = 15


@dataclass(frozen=True)
class SkillLine:
    """One skill asked for, and what each person shows of it."""

    label: str
    is_must: bool
    level: int | None
    cells: tuple[SkillCell, ...]


@dataclass(frozen=True)
class ReasonLine:
    """One part of the scores, in points of each person; none is 0. A criterion's label is to translate."""

    label: str
    kind: str
    points: tuple[Decimal, ...]

    @property
    def spread(self) -> Decimal:
        """What lies between who earned most and who earned least."""
        return max(self.points) - min(self.points)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: what is asked, and each person's answer (None: not asked of them)."""

    name: str
    label: str
    asked: str | None
    cells: tuple[CriterionShown | None, ...]


@dataclass(frozen=True)
class PointsApart:
    """One difference between two people, in displayed points."""

    label: str
    kind: str
    first: Decimal
    second: Decimal

    @property
    def amount(self) -> Decimal:
        """How much more the first has; negative when the second has more."""
        return self.first - self.second


@dataclass(frozen=True)
class Why:
    """Why one row stands before another, in displayed points that add up to `amount`."""

    first: SuggestionShown
    second: SuggestionShown
    comparison: Comparison
    differences: tuple[PointsApart, ...]

    @property
    def amount(self) -> Decimal:
        """The first's displayed score less the second's."""
        return self.first.score - self.second.score

    @property
    def remainder(self) -> Decimal:
        """What the differences that are not named come to together."""
        return self.amount - sum((one.amount for one in self.differences), Decimal(0))


@dataclass(frozen=True)
class SideBySide:
    """Two to four people of one ranking, in its order, and what tells them apart."""

    run: MatchRun
    rows: tuple[SuggestionShown, ...]
    criteria: tuple[CriterionLine, ...]
    skills: tuple[SkillLine, ...]
    reasons: tuple[ReasonLine, ...]
    rest: ReasonLine | None
    rest_count: int
    whys: tuple[Why, ...]


def suggestion_of(result: MatchResult) -> Suggestion:
    """Read a stored result back as the ranker gave it."""
    explanation = result.explanation
    return Suggestion(
        key=result.person_key,
        rank=result.rank,
        score=result.score,
        reasons=tuple(_reason(reason) for reason in explanation["reasons"]),
        criteria=tuple(
            Criterion(**{**criterion, "answer": Answer(criterion["answer"])})
            for criterion in explanation["criteria"]
        ),
        missing=tuple(Missing(**missing) for missing in explanation["missing"]),
        apart_for=tuple(result.misses.split()),
        # Explanations stored before ranges existed leave nothing unknown.
        low=explanation.get("low", result.score),
        high=explanation.get("high", result.score),
    )


def _reason(reason: Mapping[str, Any]) -> Reason:
    words = {side: tuple(reason[side]) for side in ("profile_words", "posting_words")}
    return Reason(**{**reason, **words, "label": label_of(reason)})


def rows_of(
    run: MatchRun, person_keys: Iterable[str], names: Mapping[str, str]
) -> list[SuggestionShown]:
    """Prepare some people's results in a run, in its order; who is not in it has no row."""
    results = queries.results_of(run, set(person_keys))
    talents = queries.talents_by_key({result.person_key for result in results})
    decisions = queries.decisions(run.seat)
    rows = []
    for result in results:
        talent = talents.get(result.person_key)
        decision = decisions.get(talent.id) if talent else None
        rows.append(shown(result, talent, decision, names))
    return rows


def side_by_side(
    run: MatchRun, rows: Sequence[SuggestionShown], names: Mapping[str, str]
) -> SideBySide:
    """Lay rows of one run beside each other; `names` gives skills in the reader's language."""
    lines = _reasons(rows)
    named, rest = lines[:MOST_REASONS], lines[MOST_REASONS:]
    return SideBySide(
        run=run,
        rows=tuple(rows),
        criteria=tuple(_criteria(rows)),
        skills=tuple(_skills(Posting.from_dict(run.posting), rows, names)),
        reasons=tuple(named),
        rest=_summed(rest) if rest else None,
        rest_count=len(rest),
        whys=tuple(why(above, below, names) for above, below in pairwise(rows)),
    )


def why(first: SuggestionShown, second: SuggestionShown, names: Mapping[str, str]) -> Why:
    """Say in displayed points why `first` stands before `second`."""
    comparison = compare(suggestion_of(first.result), suggestion_of(second.result))
    sides = [_points(row.every_part) for row in (first, second)]
    differences = []
    for one in comparison.differences:
        label = part_label(one.kind, one.label, names)
        points = [side.get((one.kind, label), Decimal(0)) for side in sides]
        differences.append(PointsApart(label, one.kind, points[0], points[1]))
    return Why(first, second, comparison, tuple(differences))


def _points(parts: Iterable[Part]) -> dict[tuple[str, str], Decimal]:
    return {(part.kind, part.label): part.points for part in parts}


def _reasons(rows: Sequence[SuggestionShown]) -> list[ReasonLine]:
    """List every part of the scores, what tells people apart most first."""
    sides = [_points(row.every_part) for row in rows]
    labels = dict.fromkeys(label for side in sides for label in side)
    lines = [
        ReasonLine(label, kind, tuple(side.get((kind, label), Decimal(0)) for side in sides))
        for kind, label in labels
    ]
    return sorted(lines, key=lambda line: (-line.spread, -max(line.points), line.label))


def _summed(lines: Sequence[ReasonLine]) -> ReasonLine:
    columns = zip(*(line.points for line in lines), strict=True)
    return ReasonLine("", "", tuple(sum(column, Decimal(0)) for column in columns))


def _criteria(rows: Sequence[SuggestionShown]) -> Iterable[CriterionLine]:
    sides = [{criterion.name: criterion for criterion in row.criteria} for row in rows]
    every = {name: criterion for side in sides for name, criterion in side.items()}
    for name, criterion in every.items():
        cells = tuple(side.get(name) for side in sides)
        yield CriterionLine(name, criterion.label, criterion.asked, cells)


def _skills(
    posting: Posting, rows: Sequence[SuggestionShown], names: Mapping[str, str]
) -> Iterable[SkillLine]:
    shown = evidenced(row.talent for row in rows if row.talent)

    def shown_by(row: SuggestionShown) -> Collection[str]:
        return shown[row.talent.id] if row.talent else ()

    for asked in sorted(posting.skills, key=lambda skill: not skill.must):
        yield SkillLine(
            label=names.get(asked.label, asked.label),
            is_must=asked.must,
            level=asked.level,
            cells=tuple(
                skill_cell(row.result, asked.label, asked.code, shown_by(row)) for row in rows
            ),
        )


def days_late(criterion: CriterionShown | None) -> int | None:
    """Return how many days after the day asked for somebody is free; none if both are not known."""
    if criterion is None or not criterion.asked or not criterion.held:
        return None
    late = date.fromisoformat(criterion.held) - date.fromisoformat(criterion.asked)
    return max(late.days, 0)
