"""Ordering a seat's shortlist by hand, beside the order of its newest ranking."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun, PersonKey, Verdict
from talentpool.matches.order_models import OrderReason, ShortlistOrder
from talentpool.matches.queries import decisions, newest_run
from talentpool.matches.services import NoteMissing
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent


class NothingMoved(Exception):
    """The order is the one that holds already."""


class ShortlistOvertaken(Exception):
    """Since the page was opened somebody reordered the shortlist, or it has other people."""


@dataclass(frozen=True)
class Shortlist:
    """A seat's shortlist in the order that holds, and the ranks that the newest ranking gave.

    `ranks` has no entry for who is not in that ranking. `order` is None while only the ranking ordered.
    """

    people: list[MatchDecision]
    ranks: dict[int, int]
    order: ShortlistOrder | None
    run: MatchRun | None

    @property
    def numbers(self) -> list[int]:
        """The people's numbers, first to last."""
        return [decision.talent_id for decision in self.people]

    @property
    def machine_order(self) -> list[int]:
        """The same people as the ranking places them; those it does not know come last."""
        return sorted(self.numbers, key=lambda number: _place(number, self.ranks))


def shortlist(seat: NeedSeat, held: Iterable[MatchDecision] | None = None) -> Shortlist:
    """Return a seat's shortlist; `held` are the decisions that hold, when they are known."""
    standing = decisions(seat).values() if held is None else held
    chosen = [one for one in standing if one.verdict is Verdict.SHORTLISTED]
    run, order = newest_run(seat), newest_order(seat)
    ranks = ranks_in(run, {one.talent_id for one in chosen})
    places = {number: place for place, number in enumerate(order.human_order if order else [])}
    # Whoever was shortlisted after the order was set comes last, as the ranking has them.
    chosen.sort(
        key=lambda one: (
            places.get(one.talent_id, len(places)),
            _place(one.talent_id, ranks),
        )
    )
    return Shortlist(chosen, ranks, order, run)


def newest_order(seat: NeedSeat) -> ShortlistOrder | None:
    """Return the order that somebody gave a shortlist last."""
    return db.session.scalar(orders(seat).limit(1))


def orders(seat: NeedSeat) -> Select[ShortlistOrder]:
    """Select the orders that people gave a seat's shortlist, newest first."""
    return (
        select(ShortlistOrder)
        .where(ShortlistOrder.seat_id == seat.id)
        .options(joinedload(ShortlistOrder.ordered_by))
        .order_by(ShortlistOrder.id.desc())
    )


def ranks_in(run: MatchRun | None, people: set[int]) -> dict[int, int]:
    """Map people to their rank in a ranking; who is not in it has no entry."""
    if run is None:
        return {}
    found = (
        select(PersonKey.talent_id, MatchResult.rank)
        .join(MatchResult, MatchResult.person_key == PersonKey.key)
        .where(MatchResult.run_id == run.id, PersonKey.talent_id.in_(people))
    )
    return dict(db.session.execute(found).all())


def reorder(
    seat: NeedSeat,
    numbers: list[int],
    *,
    reason: OrderReason,
    note: str,
    seen: int | None,
    by: Account | None,
) -> ShortlistOrder:
    """Put a seat's shortlist in the order of `numbers`, and keep the ranking's beside it.

    `seen` is the number of the order that was on the screen, None without one. Raises `NoteMissing`,
    `NothingMoved`, or `ShortlistOvertaken` when what was on the screen no longer holds.
    """
    if reason is OrderReason.OTHER and not note:
        raise NoteMissing
    # As for decisions: whoever acts on the same seat at once waits, then sees what was done.
    db.session.execute(select(NeedSeat.id).where(NeedSeat.id == seat.id).with_for_update())
    standing = shortlist(seat)
    if _number_of(standing.order) != seen or sorted(standing.numbers) != sorted(numbers):
        raise ShortlistOvertaken
    if standing.numbers == numbers:
        raise NothingMoved
    order = ShortlistOrder(
        seat_id=seat.id,
        run_id=standing.run.id if standing.run else None,
        human_order=numbers,
        machine_order=standing.machine_order,
        reason=reason,
        note=note,
        ordered_by=by,
    )
    db.session.add(order)
    journal.record(
        "shortlist.reordered",
        seat,
        by=by,
        people=numbers,
        machine=order.machine_order,
        reason=reason.value,
        run=order.run_id,
    )
    return order


def moved(numbers: list[int], number: int, step: int) -> list[int]:
    """Return the numbers with one of them a step (-1 up, 1 down) away; the ends are walls."""
    place = numbers.index(number) if number in numbers else None
    if place is None or not 0 <= place + step < len(numbers):
        return list(numbers)
    changed = list(numbers)
    changed[place], changed[place + step] = changed[place + step], changed[place]
    return changed


def names_in(seat: NeedSeat, history: Iterable[ShortlistOrder]) -> dict[int, str]:
    """Map the people of past orders to what they are called: their name while they are shortlisted."""
    numbers = {number for order in history for number in order.human_order}
    named = {one.talent_id for one in shortlist(seat).people}
    found = db.session.scalars(select(Talent).where(Talent.id.in_(numbers)))
    return {one.id: one.label if one.id in named else one.code for one in found}


def kept(typed: list[int], present: list[int]) -> list[int]:
    """Return an order that was being typed, for the people who are shortlisted now."""
    held = [number for number in dict.fromkeys(typed) if number in present]
    return held + [number for number in present if number not in held]


def _place(number: int, ranks: dict[int, int]) -> tuple[bool, int, int]:
    return (number not in ranks, ranks.get(number, 0), number)


def _number_of(order: ShortlistOrder | None) -> int | None:
    return order.id if order else None
