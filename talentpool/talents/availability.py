"""When people say that they are free: periods and absences, their summary, and what they leave for a seat.

Rows of periods exist beyond the simple case only: one who is free from a day on, for a share, says it with
the profile's own two columns.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.db import db
from talentpool.talents.models import Period
from talentpool.talents.values import PeriodKind, Stretch

DAY = timedelta(days=1)
#: People few enough to be asked for by number, rather than picked from everybody's.
FEW = 50
#: An absence as long as this is not holidays: the person is free after it.
LONG_ABSENCE = timedelta(days=56)
WHOLE = 100
#: The least that a seat may take, in percents.
LEAST = 1


@dataclass(frozen=True)
class Claimed:
    """From which day somebody says to be free for a seat, and for which percentage of full time."""

    available_from: date | None
    share_pct: int | None


def is_simple(periods: Sequence[Stretch]) -> bool:
    """Tell whether two columns say it all: no period, or free for good from one day on."""
    return not periods or (
        len(periods) == 1 and periods[0].kind is PeriodKind.FREE and periods[0].ends_on is None
    )


def summary_of(periods: Iterable[Stretch], *, today: date) -> Claimed:
    """Return what lists read: the first free period that is not over, else the last that was."""
    free = sorted(
        (one for one in periods if one.kind is PeriodKind.FREE), key=lambda one: one.starts_on
    )
    ahead = [one for one in free if one.ends_on is None or one.ends_on >= today]
    chosen = next(iter(ahead or free[-1:]), None)
    return Claimed(chosen.starts_on, chosen.share_pct) if chosen else Claimed(None, None)


def first_overlap(periods: Sequence[Stretch]) -> tuple[int, Stretch] | None:
    """Return the place of the first period that says again what an earlier one says, and that one."""
    for place, one in enumerate(periods):
        for earlier in periods[:place]:
            if one.overlaps(earlier):
                return place, earlier
    return None


def stretches_of(people: Iterable[int]) -> dict[int, list[Stretch]]:
    """Map those of these people whose time is not the simple case to their periods, in one read."""
    asked = set(people)
    if not asked:
        return {}
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    said = select(
        Period.talent_id, Period.kind, Period.starts_on, Period.ends_on, Period.share_pct
    ).order_by(Period.starts_on, Period.id)
    if len(asked) <= FEW:
        said = said.where(Period.talent_id.in_(asked))
    for row in db.session.execute(said):
        if row.talent_id in asked:
            found[row.talent_id].append(
                Stretch(row.kind, row.starts_on, row.ends_on, row.share_pct)
            )
    return dict(found)


def claimed_time(
    periods: Sequence[Stretch], *, first: date, last: date, wanted: int | None, today: date
) -> Claimed:
    """Return what periods leave for a seat from `first` to `last`, as contracts and placements do.

    That is the least share of its days, from the first day on which as much as is wanted, or that
    least, holds; without any, from a later day up to its last, or else after it. Long absences count,
    holidays do not; who told nothing but absences is free at an unknown date, for an unknown share.
    """
    if not any(_is_free(one) for one in periods):
        return _between_absences(periods, first, last)
    is_share_told = all(one.share_pct is not None for one in periods if _is_free(one))
    least = min(level for _day, level in _levels(periods, first, last))
    if least >= LEAST:
        enough = min(wanted or LEAST, least)
        starts = _first_day(periods, min(today, first), last, enough)
        return Claimed(starts, least if is_share_told else None)
    for end in (last, None):
        for enough in (wanted or LEAST, LEAST):
            starts = _first_day(periods, first, end, enough)
            if starts is not None:
                share = min(level for _day, level in _levels(periods, starts, end))
                return Claimed(starts, share if is_share_told else None)
    return _after(periods, last, is_share_told=is_share_told)


def _between_absences(periods: Sequence[Stretch], first: date, last: date) -> Claimed:
    """Return what absences alone leave: nothing known, but that one who is long away comes back after it."""
    always = Stretch(PeriodKind.FREE, date.min, None, None)
    if all(level for _day, level in _levels([always, *periods], first, last)):
        return Claimed(None, None)
    back = _first_day([always, *periods], first, last, LEAST)
    back = back or _first_day([always, *periods], first, None, LEAST)
    return Claimed(back, None if back else 0)


def _after(periods: Sequence[Stretch], last: date, *, is_share_told: bool) -> Claimed:
    """Return when somebody who has no time for a seat is free next, were it for a while only."""
    for day, level in _levels(periods, last + DAY, None):
        if level >= LEAST:
            return Claimed(day, level if is_share_told else None)
    return Claimed(None, 0)


def _first_day(
    periods: Sequence[Stretch], first: date, last: date | None, wanted: int
) -> date | None:
    """Return the first day, from `first` on, from which `wanted` stays free up to `last`."""
    found: date | None = None
    for day, level in _levels(periods, first, last):
        if level < wanted:
            found = None
        elif found is None:
            found = day
    return found


def _levels(
    periods: Sequence[Stretch], first: date, last: date | None
) -> Iterator[tuple[date, int]]:
    """Yield each day, from `first` to `last`, on which the free share may change, with that share."""
    days = {first}
    for one in periods:
        days |= {one.starts_on} | ({one.ends_on + DAY} if one.ends_on else set())
    for day in sorted(days):
        if first <= day and (last is None or day <= last):
            yield day, _level(periods, day)


def _level(periods: Sequence[Stretch], day: date) -> int:
    on_that_day = [
        one
        for one in periods
        if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)
    ]
    if any(one.kind is PeriodKind.AWAY and _is_long(one) for one in on_that_day):
        return 0
    return max((one.share_pct or WHOLE for one in on_that_day if _is_free(one)), default=0)


def _is_free(one: Stretch) -> bool:
    return one.kind is PeriodKind.FREE


def _is_long(one: Stretch) -> bool:
    return one.ends_on is None or one.ends_on - one.starts_on + DAY >= LONG_ABSENCE
