"""When people are free for a seat, as contracts, placements and absences have it, not as they typed it once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from talentpool.needs.models import USUAL_LENGTH
from talentpool.placements import queries
from talentpool.placements.ledger import FULL_TIME, Ledger
from talentpool.placements.spans import DAY, NOTHING, Span, Steps
from talentpool.talents.availability import LONG_ABSENCE, claimed_time, stretches_of

#: The least that a placement may take, in percents.
LEAST_SHARE = Decimal(1)


@dataclass(frozen=True)
class Availability:
    """From which day somebody is free for a seat, and for which whole percentage of full time."""

    available_from: date | None
    share_pct: int | None


def ledger_of(people: Iterable[int], *, today: date) -> Ledger:
    """Read all that is written of some people's time."""
    return queries.ledger(cap=NOTHING, today=today, people=people)


def availabilities(
    people: Iterable[int],
    *,
    starts_on: date | None,
    ends_on: date | None,
    share_pct: int | None,
    today: date,
    ledger: Ledger | None = None,
) -> dict[int, Availability]:
    """Map the people whose time the ledger knows to their availability for a seat.

    The ledger knows whoever has a contract that is not over; the others' is what their profile says.
    After its end a contract's share goes on: nothing else is known of those days, and a contract may
    be renewed. Holidays keep nobody from a seat; absences of eight weeks or more do. Whoever asks about
    many seats reads these people's `ledger` once.
    """
    first = max(starts_on or today, today)
    last = max(ends_on or first + USUAL_LENGTH, first)
    if ledger is None:
        asked = list(people)
        if not asked:
            return {}
        ledger = ledger_of(asked, today=today)
    known = {
        entry.talent_id
        for entry in (*ledger.contracts, *ledger.disposal)
        if entry.span.ends_on is None or entry.span.ends_on >= today
    }
    wanted = Decimal(share_pct) if share_pct else LEAST_SHARE
    away = long_absences(ledger)
    return {
        talent_id: _availability(
            _free(ledger, talent_id, away[talent_id]), first, last, wanted, today
        )
        for talent_id in sorted(known)
    }


def claimed_times(
    people: Iterable[int],
    *,
    starts_on: date | None,
    ends_on: date | None,
    share_pct: int | None,
    today: date,
) -> dict[int, Availability]:
    """Map those of these people who told periods or absences to what these leave for a seat, unproven.

    Of the others, their profile's own date and share say it all, whatever the seat's days.
    """
    first = max(starts_on or today, today)
    last = max(ends_on or first + USUAL_LENGTH, first)
    return {
        number: Availability(told.available_from, told.share_pct)
        for number, periods in stretches_of(people).items()
        for told in [claimed_time(periods, first=first, last=last, wanted=share_pct, today=today)]
    }


def _free(ledger: Ledger, talent_id: int, away: list[Span]) -> Steps:
    """Return what is free of somebody's time, beside long absences."""
    contracts = [
        entry.span
        for entry in (*ledger.contracts, *ledger.disposal)
        if entry.talent_id == talent_id
    ]
    taken = [entry.span for entry in ledger.placements if entry.talent_id == talent_id]
    return Steps([*taken, *away]).below(Steps(going_on(contracts)))


def going_on(contracts: list[Span]) -> list[Span]:
    """Return contracts with the last one's share going on after its end: it may be renewed."""
    latest = max(contracts, key=lambda span: (span.ends_on or date.max, span.starts_on))
    if latest.ends_on is None:
        return contracts
    return [*contracts, Span(latest.ends_on + DAY, None, latest.amount)]


def long_absences(ledger: Ledger) -> defaultdict[int, list[Span]]:
    """Map people to the absences that take their whole time away, as holidays do not."""
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for gone in ledger.absences:
        span = gone.span
        if span.ends_on is not None and span.ends_on - span.starts_on + DAY >= LONG_ABSENCE:
            found[gone.talent_id].append(Span(span.starts_on, span.ends_on, FULL_TIME))
    return found


def _availability(
    free: Steps, first: date, last: date, wanted: Decimal, today: date
) -> Availability:
    """Return the share that is free on every day of the seat or, without any, when and how much later."""
    least = free.least(first, last)
    if least >= LEAST_SHARE:
        enough = min(wanted, least)
        return Availability(_free_from(free, today, last, enough), int(least))
    starts = _free_from(free, first, None, wanted) or _free_from(free, first, None, LEAST_SHARE)
    if starts is None:
        return Availability(None, 0)
    return Availability(starts, int(free.least(starts, None)))


def _free_from(free: Steps, first: date, last: date | None, wanted: Decimal) -> date | None:
    """Return the first day, from `first` on, from which `wanted` stays free up to `last`."""
    found: date | None = None
    for day, level in free.pieces(first, last):
        if level < wanted:
            found = None
        elif found is None:
            found = day
    return found
