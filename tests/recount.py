"""A plain day-by-day recount of a ledger, which knows no spans, no steps and no cleverness.

Days are numbered from `FIRST`; whatever a test makes up lies well before the last one counted.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from talentpool.placements.ledger import Ledger
from talentpool.placements.spans import Span

FIRST = date(2027, 1, 1)
#: Days counted, and days by which something may be moved in search of room.
COUNTED, MOVED = 130, 70


def day(number: int) -> date:
    """Return the day with this number."""
    return FIRST + timedelta(days=number)


def span(first: int, last: int | None, amount: object) -> Span:
    """Make a span from day numbers."""
    return Span(day(first), None if last is None else day(last), Decimal(str(amount)))


def daily(spans: Iterable[Span]) -> list[Decimal]:
    """Add spans up, one day after the other."""
    totals = [Decimal(0)] * COUNTED
    for each in spans:
        for number in range(COUNTED):
            if each.starts_on <= day(number) and (
                each.ends_on is None or day(number) <= each.ends_on
            ):
                totals[number] += each.amount
    return totals


def first_shift(fits: Callable[[int], bool]) -> int | None:
    """Try every shift in turn."""
    return next((shift for shift in range(MOVED) if fits(shift)), None)


class Recount:
    """Every day of a ledger, counted one by one."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        everybody = [*ledger.contracts, *ledger.disposal]
        self.people = {
            entry.talent_id for entry in [*everybody, *ledger.placements, *ledger.reserves]
        }
        self.share = {
            one: daily(entry.span for entry in everybody if entry.talent_id == one)
            for one in [*self.people, *(entry.talent_id for entry in ledger.tentatives)]
        }
        self.placed = {
            one: daily(entry.span for entry in ledger.placements if entry.talent_id == one)
            for one in self.people
        }
        self.held = daily(entry.span for entry in ledger.contracts)

    def share_of(self, talent_id: int) -> list[Decimal]:
        """Return somebody's contract share on each day."""
        return self.share.get(talent_id, [Decimal(0)] * COUNTED)

    def placed_of(self, talent_id: int) -> list[Decimal]:
        """Return what somebody is placed for on each day."""
        return self.placed.get(talent_id, [Decimal(0)] * COUNTED)

    def seat(self, seat_id: int) -> list[Decimal]:
        """Return what a seat is taken for on each day."""
        return daily(entry.span for entry in self.ledger.placements if entry.seat_id == seat_id)

    def unheld(self, entries: Iterable[object], *, but: int | None = None) -> list[Decimal]:
        """Add proposals up on the days on which their people have no contract."""
        totals = [Decimal(0)] * COUNTED
        for entry in entries:
            if entry.talent_id != but:
                asked = daily([entry.span])
                for number in range(COUNTED):
                    if not self.share_of(entry.talent_id)[number]:
                        totals[number] += asked[number]
        return totals

    def left_to(self, talent_id: int) -> list[Decimal]:
        """Return what the cap leaves to somebody on each day."""
        reserved = self.unheld(self.ledger.reserves, but=talent_id)
        return [
            self.ledger.cap * 100 - held - other
            for held, other in zip(self.held, reserved, strict=True)
        ]
