"""Unmet demand: the FTE-months of approved seats that nobody had, month by month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from talentpool.db import db
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.organisations.models import Organisation
from talentpool.placements.ledger import FULL_TIME
from talentpool.placements.models import Placement
from talentpool.placements.spans import Steps
from talentpool.skills.models import Skill
from talentpool.steering.facts import Facts, key_of
from talentpool.steering.supply import Supply
from talentpool.steering.waiting import Reason, reason_of, share_of

#: How many months are shown, the present one among them.
MONTHS = 12


@dataclass(frozen=True)
class Vacancy:
    """A seat and the days on which it waited: from `since` until the day before `until`."""

    seat: NeedSeat
    since: date
    until: date


@dataclass(frozen=True)
class Line:
    """What one skill, host or reason lacked in each month, in FTE-months; "" is what has no name."""

    about: Skill | Organisation | Reason | str
    by_month: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """The FTE-months of the whole year."""
        return sum(self.by_month, Fraction(0))


@dataclass(frozen=True)
class Demand:
    """A year of unmet demand, split three ways of which each adds up to `total`."""

    months: tuple[date, ...]
    by_reason: list[Line]
    by_host: list[Line]
    by_skill: list[Line]
    total: Line


def months_up_to(today: date) -> tuple[date, ...]:
    """Return the first days of the twelve months of which the last is today's."""
    last = today.year * 12 + today.month - 1
    return tuple(date(m // 12, m % 12 + 1, 1) for m in range(last - MONTHS + 1, last + 1))


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def vacancies(facts: Facts) -> list[Vacancy]:
    """List the waits, within the twelve months, of every seat of a need that was approved.

    A seat waits until its first placement is entered, or begins if it was entered afterwards; without
    any, until its need is closed, or today. A seat that was filled without placement, or closed before its
    need, says not when: it is left out.
    """
    first = months_up_to(facts.today)[0]
    taken = {
        seat_id: min(entered_at.date(), begins_on)
        for seat_id, entered_at, begins_on in db.session.execute(
            select(Placement.seat_id, func.min(Placement.created_at), func.min(Placement.starts_on))
            .where(Placement.cancelled_at.is_(None))
            .group_by(Placement.seat_id)
        )
    }
    found = (_vacancy(seat, taken.get(seat.id), facts.today) for seat in facts.seats)
    return [one for one in found if one is not None and one.since < one.until and one.until > first]


def _vacancy(seat: NeedSeat, taken_on: date | None, today: date) -> Vacancy | None:
    approved_at, closed_at = seat.need.approved_at, seat.need.closed_at
    ends = [taken_on] if taken_on else []
    if seat.is_open:
        ends.append(today)
    elif seat.status is SeatStatus.CLOSED and closed_at:
        ends.append(closed_at.date())
    return Vacancy(seat, approved_at.date(), min(*ends, today)) if approved_at and ends else None


def lacking(vacancy: Vacancy, month: date) -> Fraction:
    """Return the FTE-months that a seat lacked in a month: its share, for the part that it waited."""
    end = month_after(month)
    waited = (min(vacancy.until, end) - max(vacancy.since, month)).days
    return (
        Fraction(share_of(vacancy.seat))
        / Fraction(FULL_TIME)
        * Fraction(max(waited, 0), (end - month).days)
    )


def unmet_demand(waits: Iterable[Vacancy], facts: Facts, supply: Supply) -> Demand:
    """Add up what waits lacked, by reason, by host and by must-have skill, the largest first.

    A seat with several must-have skills counts for an equal part in each, so that they add up.
    """
    months = months_up_to(facts.today)
    reasons: dict[Reason, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * MONTHS)
    hosts: dict[Organisation | str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * MONTHS)
    skills: dict[int | str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * MONTHS)
    named: dict[int | str, Skill | str] = {"": ""}
    room = facts.ledger.room()
    for wait in waits:
        lacked = [lacking(wait, month) for month in months]
        _add(reasons[_reason(wait.seat, facts, supply, room)], lacked)
        _add(hosts[facts.host_of(wait.seat.need)], lacked)
        must = {key_of(skill): skill for skill in wait.seat.skills if skill.is_must}
        named |= {key: skill.skill or skill.label for key, skill in must.items()}
        for key in must or [""]:
            _add(skills[key], [amount / max(len(must), 1) for amount in lacked])
    total = [sum(amounts, Fraction(0)) for amounts in zip(*reasons.values(), strict=True)]
    return Demand(
        months,
        by_reason=_lines(reasons),
        by_host=_lines(hosts),
        by_skill=_lines({named[key]: amounts for key, amounts in skills.items()}),
        total=Line("", tuple(total or [Fraction(0)] * MONTHS)),
    )


def _reason(seat: NeedSeat, facts: Facts, supply: Supply, room: Steps) -> Reason:
    """Return today's reason for what is open, and what became of the rest."""
    if seat.is_open:
        return reason_of(seat, facts, supply, room)
    return Reason.FILLED_SINCE if seat.status is SeatStatus.FILLED else Reason.CLOSED


def _add(sums: list[Fraction], amounts: list[Fraction]) -> None:
    for place, amount in enumerate(amounts):
        sums[place] += amount


def _lines(sums: Mapping[Any, list[Fraction]]) -> list[Line]:
    lines = [Line(about, tuple(amounts)) for about, amounts in sums.items() if any(amounts)]
    return sorted(lines, key=lambda line: -line.total)
