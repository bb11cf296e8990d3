"""Searching the pool: words and columns in the database, time as the ledger has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from talentpool.access import Viewer
from talentpool.assessments.queries import people_assessed
from talentpool.db import db
from talentpool.naming import folded
from talentpool.placements.availability import Availability, availabilities, claimed_times
from talentpool.pool.filters import Filters, Sorting
from talentpool.pool.models import SavedSearch
from talentpool.proposals.models import Proposal
from talentpool.skills.held import SkillNames
from talentpool.skills.models import JobFamily
from talentpool.talents.models import Talent, TalentSkill
from talentpool.talents.queries import is_shown, talents
from talentpool.talents.searching import understood
from talentpool.talents.standing import Standing


@dataclass(frozen=True)
class Time:
    """From when somebody is free, and for which share; proven by the ledger, or claimed by the profile."""

    available_from: date | None
    share_pct: int | None
    is_proven: bool


@dataclass(frozen=True)
class Proposed:
    """How many times somebody was proposed for a seat, and when last."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Found:
    """The numbers of the people found, in order; `corrected` are words that were read as others."""

    people: list[int]
    corrected: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One person of the list."""

    talent: Talent
    time: Time
    proposed: Proposed


def search_pool(viewer: Viewer, filters: Filters, *, today: date) -> Found:
    """Find people of the pool within the viewer's reach."""
    conditions, corrected = _conditions(filters)
    chosen = (
        talents(viewer)
        .where(*conditions)
        .with_only_columns(
            Talent.id,
            Talent.findable,
            Talent.town,
            Talent.other_towns,
            Talent.available_from,
            Talent.share_pct,
        )
    )
    rows: list[Any] = list(db.session.execute(chosen))
    if filters.town:
        wanted = folded(filters.town)
        rows = [
            row
            for row in rows
            if wanted and any(wanted in folded(town) for town in (row.town, *row.other_towns))
        ]
    times: dict[int, Time] = {}
    if filters.needs_time:
        times = _times(rows, filters, today)
        rows = [row for row in rows if _is_free(times[row.id], filters)]
    return Found(_ordered(rows, filters, times), corrected)


def _conditions(filters: Filters) -> tuple[list[ColumnElement[bool]], dict[str, list[str]]]:
    conditions: list[ColumnElement[bool]] = []
    corrected: dict[str, list[str]] = {}
    if filters.text:
        search = understood(filters.text)
        conditions += search.conditions
        corrected |= search.corrected
    if filters.skill or filters.standing:
        conditions += _holds(filters)
    if filters.family:
        conditions.append(Talent.families.any(JobFamily.code == filters.family))
    if filters.remote is not None:
        # Who wishes fewer days at home can do with them; who said nothing may be asked.
        conditions.append(or_(Talent.remote_days <= filters.remote, Talent.remote_days.is_(None)))
    if filters.pool_status is not None:
        conditions.append(Talent.pool_status == filters.pool_status)
    if filters.status is not None:
        conditions.append(Talent.employment_status == filters.status)
    return conditions, corrected


def _holds(filters: Filters) -> list[ColumnElement[bool]]:
    """Return who holds a skill of the referential, or any, as surely as asked; others are looked for as words."""
    skill = SkillNames().named(filters.skill).skill if filters.skill else None
    words = understood(filters.skill).conditions if filters.skill and skill is None else []
    if filters.standing is None and skill is None:
        return words
    held = select(TalentSkill.talent_id)
    if skill is not None:
        held = held.where(TalentSkill.skill_id == skill.id)
    if filters.level is not None and skill is not None:
        held = held.where(TalentSkill.level >= filters.level)
    if filters.standing is None:
        return [Talent.id.in_(held)]
    assessed = Talent.id.in_(people_assessed(skill, filters.level if skill else None))
    if filters.standing is Standing.ASSESSED:
        return [*words, assessed]
    return [*words, or_(Talent.id.in_(held.where(is_shown())), assessed)]


def _times(rows: Iterable[Any], filters: Filters, today: date) -> dict[int, Time]:
    """Map people to their time: what contracts and placements prove of it, else what they say."""
    people = list(rows)
    known = availabilities(
        [row.id for row in people],
        starts_on=filters.free_on,
        ends_on=None,
        share_pct=filters.share,
        today=today,
    )
    told = claimed_times(
        (row.id for row in people if row.id not in known),
        starts_on=filters.free_on,
        ends_on=None,
        share_pct=filters.share,
        today=today,
    )
    return {row.id: _time(row, known.get(row.id), told.get(row.id)) for row in people}


def _time(row: Any, known: Availability | None, told: Availability | None) -> Time:
    if known is not None:
        return Time(known.available_from, known.share_pct, is_proven=True)
    if told is not None:
        return Time(told.available_from, told.share_pct, is_proven=False)
    return Time(row.available_from, row.share_pct, is_proven=False)


def _is_free(time: Time, filters: Filters) -> bool:
    """Tell whether somebody is known to be free as asked: unknown is not free."""
    if filters.free_on and (time.available_from is None or time.available_from > filters.free_on):
        return False
    if filters.free_on and time.is_proven and not time.share_pct:
        return False
    return filters.share is None or (time.share_pct or 0) >= filters.share


def _ordered(rows: list[Any], filters: Filters, times: dict[int, Time]) -> list[int]:
    """Return the people's numbers in the order asked, by name where they are equal, unknown last."""
    people = [row.id for row in rows]
    known: dict[int, Any] = {}
    if filters.sorting is Sorting.FREE:
        known = {number: times[number].available_from for number in people}
    elif filters.sorting is Sorting.SHARE:
        known = {number: times[number].share_pct for number in people}
    elif filters.sorting is Sorting.TIMES:
        counted = proposed(people)
        known = {number: counted.get(number, Proposed()).times for number in people}
    elif filters.sorting is Sorting.LAST:
        counted = proposed(people)
        known = {number: counted.get(number, Proposed()).last for number in people}
    else:
        return people[::-1] if filters.is_descending else people
    told = [number for number in people if known[number] is not None]
    told.sort(key=lambda number: known[number], reverse=filters.is_descending)
    return told + [number for number in people if known[number] is None]


def proposed(people: list[int]) -> dict[int, Proposed]:
    """Map people to how many times they were proposed, and when last; the others have no entry."""
    counted = (
        select(Proposal.talent_id, func.count(), func.max(Proposal.created_at))
        .where(Proposal.talent_id.in_(people))
        .group_by(Proposal.talent_id)
    )
    return {
        number: Proposed(times, last) for number, times, last in db.session.execute(counted).all()
    }


def lines(viewer: Viewer, people: list[int], filters: Filters, *, today: date) -> list[Line]:
    """Read the people of one page, in the order given."""
    within_reach = talents(viewer).with_only_columns(Talent.id).order_by(None)
    chosen = select(Talent).where(Talent.id.in_(within_reach))
    shown = _in_order(chosen.options(selectinload(Talent.families)), people)
    times, counted = _times(shown, filters, today), proposed(people)
    return [Line(talent, times[talent.id], counted.get(talent.id, Proposed())) for talent in shown]


def profiles(viewer: Viewer, people: list[int]) -> list[Talent]:
    """List whole profiles in the order given."""
    return _in_order(talents(viewer), people)


def _in_order(chosen: Select[Talent], people: list[int]) -> list[Talent]:
    rows = db.session.scalars(chosen.where(Talent.id.in_(people)))
    found = {talent.id: talent for talent in rows}
    return [found[number] for number in people if number in found]


def found_without(viewer: Viewer, filters: Filters, *, today: date) -> list[tuple[str, int]]:
    """List each active filter with how many people would be found without it, the most first."""
    counted = [
        (name, len(search_pool(viewer, filters.without(name), today=today).people))
        for name in filters.active
    ]
    return sorted(counted, key=lambda pair: -pair[1])


def saved_searches(viewer: Viewer) -> Select[SavedSearch]:
    """Select the searches that the viewer keeps, and those that colleagues share, by name."""
    within_reach = or_(SavedSearch.owner_id == viewer.id, SavedSearch.is_shared)
    return select(SavedSearch).where(within_reach).order_by(SavedSearch.name, SavedSearch.id)
