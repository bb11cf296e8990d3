"""Teams for a need with several seats: nobody twice, the best total, and what each team covers or lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sqlalchemy import select

from matching import Posting
from talentpool.db import db
from talentpool.matches import queries
from talentpool.matches.asked_skills import Showing, skill_cell
from talentpool.matches.compare import rows_of
from talentpool.matches.models import MatchResult, MatchRun, PersonKey, Verdict
from talentpool.matches.presenting import SuggestionShown
from talentpool.needs.models import Need, NeedSeat
from talentpool.talents.models import Talent
from talentpool.talents.queries import is_present
from talentpool.visibility.queries import is_findable, is_seen_by

#: Teams shown beside the best one.
ALTERNATIVES = 3

#: One person for each seat, by the opaque keys, in the order of the seats.
Pick = tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    """Who may be proposed for a seat, from its newest ranking, and how many may not."""

    seat: NeedSeat
    run: MatchRun
    scores: dict[str, float]
    apart: int
    set_aside: int


@dataclass(frozen=True)
class Member:
    """One person on one seat; the days from which and until which both are free for each other."""

    seat: NeedSeat
    row: SuggestionShown
    free_from: date | None
    seat_from: date
    seat_until: date


@dataclass(frozen=True)
class SkillShown:
    """A skill that the need's seats ask for, and who of the team shows it."""

    label: str
    is_must: bool
    holders: tuple[Member, ...]


@dataclass(frozen=True)
class Team:
    """One person for each seat, and what they are together."""

    members: tuple[Member, ...]
    skills: tuple[SkillShown, ...]

    @property
    def total(self) -> Decimal:
        """The points of each on their own seat, added up."""
        return sum((member.row.score for member in self.members), Decimal(0))

    @property
    def covered(self) -> list[SkillShown]:
        """The skills that at least one shows, the essential ones first."""
        return [skill for skill in self.skills if skill.holders]

    @property
    def lacking(self) -> list[SkillShown]:
        """The skills that nobody mentions, the essential ones first."""
        return [skill for skill in self.skills if not skill.holders]

    @property
    def overlap(self) -> list[SkillShown]:
        """The skills that two or more show."""
        return [skill for skill in self.skills if len(skill.holders) > 1]

    @property
    def unknown(self) -> list[Member]:
        """Those who did not say from when they are free."""
        return [member for member in self.members if member.free_from is None]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which all are free and every seat runs; none without any.

        Whoever said nothing of their time is taken as free: the page names them.
        """
        first = max(max(m.seat_from, m.free_from or m.seat_from) for m in self.members)
        last = min(member.seat_until for member in self.members)
        return (first, last) if first <= last else None


def open_seats(need: Need) -> list[NeedSeat]:
    """List the seats of a need for which somebody is sought."""
    return [seat for seat in need.seats if seat.is_open]


def pools(seats: Sequence[NeedSeat]) -> list[Pool | NeedSeat]:
    """Return for each seat who may be proposed; a seat that was never ranked stands for itself."""
    present = _present_keys(seats[0].need.organisation_id) if seats else {}
    found: list[Pool | NeedSeat] = []
    for seat in seats:
        run = queries.newest_run(seat)
        found.append(seat if run is None else _pool(seat, run, present))
    return found


def _present_keys(host_id: int | None) -> dict[str, int]:
    """Map the keys of the people who may still be ranked for a host to them."""
    held = (
        select(PersonKey.key, PersonKey.talent_id)
        .join(Talent)
        .where(is_present(), is_findable(date.today()), is_seen_by(host_id))
    )
    return dict(db.session.execute(held).all())


def _pool(seat: NeedSeat, run: MatchRun, present: Mapping[str, int]) -> Pool:
    """Leave out who is apart unless brought back, who was set aside, and who left."""
    verdicts = {number: held.verdict for number, held in queries.decisions(seat).items()}
    columns = select(MatchResult.person_key, MatchResult.score, MatchResult.misses)
    scores, apart, aside = {}, 0, 0
    ranked = columns.where(MatchResult.run_id == run.id).order_by(MatchResult.rank)
    for key, score, misses in db.session.execute(ranked):
        verdict = verdicts.get(present[key]) if key in present else None
        if key not in present:
            continue
        if verdict is Verdict.SET_ASIDE:
            aside += 1
        elif misses and verdict not in {Verdict.BROUGHT_BACK, Verdict.SHORTLISTED}:
            apart += 1
        else:
            scores[key] = score
    return Pool(seat, run, scores, apart, aside)


def best_picks(scores: Sequence[Mapping[str, float]]) -> list[Pick]:
    """Choose one person for each seat, nobody twice, by the highest total; then a few others.

    The others are the best once one pairing of the first is forbidden, by total. Empty when the
    seats cannot all have somebody.
    """
    keys = sorted({key for seat in scores for key in seat})
    worth = np.full((len(scores), len(keys)), -np.inf)
    for line, seat in enumerate(scores):
        for column, key in enumerate(keys):
            worth[line, column] = seat.get(key, -np.inf)
    best = _assigned(worth)
    if best is None:
        return []
    others: dict[tuple[int, ...], float] = {}
    for line, column in enumerate(best):
        forbidden = worth.copy()
        forbidden[line, column] = -np.inf
        other = _assigned(forbidden)
        if other is not None:
            others[other] = _total(worth, other)
    ordered = sorted(others, key=lambda pick: (-others[pick], pick))
    return [tuple(keys[column] for column in pick) for pick in [best, *ordered[:ALTERNATIVES]]]


def _assigned(worth: NDArray[np.float64]) -> tuple[int, ...] | None:
    """Return each line's column by the highest total, or nothing if some line can have none."""
    if worth.shape[0] > worth.shape[1]:
        return None
    try:
        _lines, columns = linear_sum_assignment(worth, maximize=True)
    except ValueError:  # No assignment keeps clear of what is forbidden.
        return None
    return tuple(int(column) for column in columns)


def _total(worth: NDArray[np.float64], pick: tuple[int, ...]) -> float:
    return float(sum(worth[line, column] for line, column in enumerate(pick)))


def teams(pools: Sequence[Pool], *, today: date, names: Mapping[str, str]) -> list[Team]:
    """Propose teams for seats that are all ranked, the best first; none when too few people remain."""
    picks = best_picks([pool.scores for pool in pools])
    everybody = {key for pick in picks for key in pick}
    # Everybody's result in each ranking: what a seat asks, another seat's person may show.
    shown = [
        {row.result.person_key: row for row in rows_of(pool.run, everybody, names)}
        for pool in pools
    ]
    return [_team(pools, shown, pick, today, names) for pick in picks]


def _team(
    pools: Sequence[Pool],
    shown: Sequence[Mapping[str, SuggestionShown]],
    pick: Pick,
    today: date,
    names: Mapping[str, str],
) -> Team:
    members = tuple(
        _member(pool.seat, rows[key], today)
        for pool, rows, key in zip(pools, shown, pick, strict=True)
    )
    return Team(members, tuple(_skills(pools, shown, members, names)))


def _member(seat: NeedSeat, row: SuggestionShown, today: date) -> Member:
    held = next((c.held for c in row.criteria if c.name == "dates"), None)
    if held is None and row.result.snapshot is not None:
        held = row.result.snapshot.profile.get("available_from")
    first, last = seat.days_from(today)
    return Member(seat, row, date.fromisoformat(held) if held else None, first, last)


def _skills(
    pools: Sequence[Pool],
    shown: Sequence[Mapping[str, SuggestionShown]],
    members: Sequence[Member],
    names: Mapping[str, str],
) -> Iterable[SkillShown]:
    """List what the seats ask for together, essential first, with who shows it."""
    asked: dict[str, tuple[str, bool, dict[str, Member]]] = {}
    for pool, rows in zip(pools, shown, strict=True):
        for skill in Posting.from_dict(pool.run.posting).skills:
            identity = skill.code or skill.label.casefold()
            label, is_must, holders = asked.get(identity, (skill.label, False, {}))
            for member in members:
                row = rows.get(member.row.result.person_key)
                if row and _shows(row, skill.label, skill.code):
                    holders[row.result.person_key] = member
            asked[identity] = (label, is_must or skill.must, holders)
    for label, is_must, holders in sorted(asked.values(), key=lambda one: not one[1]):
        yield SkillShown(names.get(label, label), is_must, tuple(holders.values()))


def _shows(row: SuggestionShown, label: str, code: str | None) -> bool:
    return skill_cell(row.result, label, code).showing in {Showing.STATED, Showing.MENTIONED}
