"""Placing people on seats, from the letter to the end; no day is ever promised twice."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from talentpool.accounts.models import Account
from talentpool.db import Base, Lock, db, now, queue_on
from talentpool.journal import services as journal
from talentpool.needs.lifecycle import fill_seat, free_seat
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.placements import queries
from talentpool.placements.contracts import refresh_status
from talentpool.placements.kinds import (
    InterruptionReason,
    PlacementKind,
    PlacementStatus,
    RenewalDecision,
)
from talentpool.placements.models import Agreement, Placement
from talentpool.placements.spans import Span
from talentpool.proposals import services as proposals
from talentpool.proposals.models import Proposal
from talentpool.proposals.reach import check_limit
from talentpool.talents.models import Talent


class SeatNotApproved(Exception):
    """The seat's need is not approved, or the seat is closed."""


class NotSigned(Exception):
    """The placement cannot start: its agreement, its letter, or both are not signed by that day."""

    def __init__(self, *, agreement: bool, letter: bool) -> None:
        super().__init__(agreement, letter)
        self.is_agreement_missing = agreement
        self.is_letter_missing = letter


class StartsLater(Exception):
    """The day of arrival lies before the placement's first day, or after its last."""


class WrongMoment(Exception):
    """The placement's status does not allow this."""

    def __init__(self, status: PlacementStatus) -> None:
        super().__init__(status)
        self.status = status


class EndsTooEarly(Exception):
    """The new last day lies before the placement's first day, or what cannot be undone any more."""


class ShareKept(Exception):
    """A mission under way keeps its share: days that have passed were worked for it."""


class NoteMissing(Exception):
    """A reason that is none of the list needs words."""


@dataclass(frozen=True)
class Booking:
    """When and how much: from a day to a day, both included, for a percentage of full time."""

    starts_on: date
    ends_on: date
    share_pct: Decimal
    kind: PlacementKind = PlacementKind.MISSION
    half_days: int | None = None

    @property
    def span(self) -> Span:
        """Return the booking as the ledger adds it up."""
        return Span(self.starts_on, self.ends_on, self.share_pct)


def booking_of(placement: Placement) -> Booking:
    """Return when, and for how much, a stored placement is."""
    return Booking(
        placement.starts_on,
        placement.ends_on,
        placement.share_pct,
        placement.kind,
        placement.half_days,
    )


def place_talent(
    talent: Talent,
    seat: NeedSeat,
    booking: Booking,
    *,
    today: date,
    by: Account | None,
    proposal: Proposal | None = None,
    follows: Placement | None = None,
) -> Placement:
    """Place somebody on a seat, to be signed before it starts.

    Raises `SeatNotApproved`, `SeatTaken`, `SeatPromised`, `OutsideContract`, `PersonOverbooked` or
    `ProcessingLimited`.
    Whoever places at once waits, and then sees this placement.
    """
    check_limit(talent)
    _queue(*_need_of(seat))
    if seat.status is SeatStatus.CLOSED or not seat.need.is_served:
        raise SeatNotApproved
    queries.ledger_of(talent.id, seat.id).check_placement(talent.id, seat.id, booking.span)
    days = booking.starts_on, booking.ends_on
    proposals.check_promise(seat.id, talent.id, *days, today=today)
    # Rows first, the journal last: nobody waits for a row while keeping others from the journal.
    with journal.deferred():
        placement = Placement(
            talent=talent,
            seat=seat,
            agreement=_agreement(seat.need, by=by),
            proposal=proposal,
            follows=follows,
            owner_id=by.id if by else None,
            **vars(booking),
        )
        db.session.add(placement)
        journal.record("placement.created", placement, by=by, **_facts(placement))
        proposals.give_way(seat.id, *days, today=today, by=by)
        fill_seat(seat, by=by)
        refresh_status(talent, today=today)
    return placement


def place_proposal(proposal: Proposal, *, today: date, by: Account | None) -> Placement:
    """Turn a confirmed proposal into a placement; raises what `place_talent` and `placed` raise."""
    _queue(proposal)
    booking = Booking(proposal.starts_on, proposal.ends_on, proposal.share_pct)
    with journal.deferred():
        proposals.placed(proposal, today=today, by=by)
        return place_talent(
            proposal.talent, proposal.seat, booking, today=today, by=by, proposal=proposal
        )


def confirm_proposal(
    proposal: Proposal, *, cap: Decimal, today: date, by: Account | None
) -> list[Proposal]:
    """Confirm a proposal; the person's other live ones become obsolete and are returned.

    On days without a contract the person gets a reserve within the cap, or `PoolOverbooked` is raised;
    on days with one they must be free, or `PersonOverbooked` is. Raises `SeatTaken` and `IllegalMove` too.
    """
    _queue(proposal)
    span = Span(proposal.starts_on, proposal.ends_on, proposal.share_pct)
    standing = queries.ledger(cap=cap, today=today)
    standing.check_reserve(proposal.talent_id, proposal.seat_id, span)
    with journal.deferred():
        return proposals.confirm(proposal, today=today, by=by)


def sign_letter(placement: Placement, *, on: date, by: Account | None) -> None:
    """Note that the person's mission letter is signed; raises `WrongMoment` on what is over."""
    _check(placement, on, PlacementStatus.TO_SIGN)
    placement.letter_signed_on = on
    journal.record("placement.letter_signed", placement, by=by, on=on.isoformat())


def sign_agreement(agreement: Agreement, *, on: date, by: Account | None) -> None:
    """Note that the agreement with the host is signed."""
    agreement.signed_on = on
    journal.record("agreement.signed", agreement, by=by, on=on.isoformat())


def start_placement(placement: Placement, *, on: date, by: Account | None) -> None:
    """Note the person's arrival; raises `NotSigned`, `StartsLater` or `WrongMoment`."""
    if not placement.is_cancelled:
        unsigned = [
            signed_on is None or signed_on > on
            for signed_on in (placement.agreement.signed_on, placement.letter_signed_on)
        ]
        if any(unsigned):
            raise NotSigned(agreement=unsigned[0], letter=unsigned[1])
    _check(placement, on, PlacementStatus.SIGNED)
    if not placement.starts_on <= on <= placement.ends_on:
        raise StartsLater
    placement.started_on = on
    journal.record("placement.started", placement, by=by, on=on.isoformat())


def pass_probation(placement: Placement, *, on: date, by: Account | None) -> None:
    """Note that both sides wish to go on after probation; raises `WrongMoment`."""
    _check(placement, on, PlacementStatus.PROBATION)
    placement.probation_passed_on = on
    journal.record("placement.probation_passed", placement, by=by, on=on.isoformat())


def decide_renewal(
    placement: Placement, decision: RenewalDecision, *, note: str, today: date, by: Account | None
) -> None:
    """Note what follows the end, which may change until then; raises `WrongMoment`."""
    _check(placement, today, *_UNDER_WAY)
    placement.renewal, placement.renewal_note = decision, note
    journal.record("placement.renewal_decided", placement, by=by, decision=decision.value)


def renew_placement(
    placement: Placement, booking: Booking, *, today: date, by: Account | None
) -> Placement:
    """Place the same person on the same seat once more, after the present end.

    Raises `WrongMoment`, and what `place_talent` raises.
    """
    _queue(placement)
    _check(placement, today, *_UNDER_WAY, PlacementStatus.ENDED)
    with journal.deferred():
        renewed = place_talent(
            placement.talent, placement.seat, booking, today=today, by=by, follows=placement
        )
        placement.renewal = RenewalDecision.RENEW
        journal.record("placement.renewed", placement, by=by, by_placement=renewed.id)
    return renewed


def replace_talent(
    placement: Placement, talent: Talent, booking: Booking, *, today: date, by: Account | None
) -> Placement:
    """Place another person on the seat, after somebody who leaves it; raises what `place_talent` raises."""
    _queue(placement)
    with journal.deferred():
        placed = place_talent(
            talent, placement.seat, booking, today=today, by=by, follows=placement
        )
        if placement.renewal is None:
            placement.renewal = RenewalDecision.REPLACE
        journal.record("placement.replaced", placement, by=by, by_placement=placed.id)
    return placed


def change_placement(
    placement: Placement, booking: Booking, *, today: date, by: Account | None
) -> list[str]:
    """Extend, shorten or otherwise change a placement, and return the names of what changed.

    What has begun keeps its first day and its share: another share is a renewal after an earlier end.
    Of whoever limited what is done with their profile only an earlier end is noted.
    Raises `WrongMoment`, `ShareKept`, `EndsTooEarly`, and what `place_talent` raises.
    """
    _queue(placement)
    if placement.started_on is not None:
        booking = replace(booking, starts_on=placement.starts_on)
    before = booking_of(placement)
    changed = [name for name, value in vars(booking).items() if getattr(before, name) != value]
    if not changed:
        return []
    if changed != ["ends_on"] or booking.ends_on > before.ends_on:
        check_limit(placement.talent)
    _check(placement, today, PlacementStatus.TO_SIGN, PlacementStatus.SIGNED, *_UNDER_WAY)
    is_mission = placement.kind is PlacementKind.MISSION
    if is_mission and placement.started_on is not None and "share_pct" in changed:
        raise ShareKept
    if booking.ends_on < max(booking.starts_on, placement.started_on or date.min):
        raise EndsTooEarly
    others = queries.ledger_of(placement.talent_id, placement.seat_id)
    others.without_placement(placement.id).check_placement(
        placement.talent_id, placement.seat_id, booking.span
    )
    for name in changed:
        setattr(placement, name, getattr(booking, name))
    refresh_status(placement.talent, today=today)
    journal.record("placement.changed", placement, by=by, changed=changed, **_facts(placement))
    return changed


def interrupt_placement(
    placement: Placement,
    *,
    last_day: date,
    reason: InterruptionReason,
    note: str,
    today: date,
    by: Account | None,
) -> None:
    """End a placement before its time; its seat is sought for again.

    Raises `NoteMissing`, `EndsTooEarly` or `WrongMoment`.
    """
    if reason is InterruptionReason.OTHER and not note:
        raise NoteMissing
    _queue(placement, *_need_of(placement.seat))
    _check(placement, today, *_UNDER_WAY)
    if not (placement.started_on or placement.starts_on) <= last_day <= placement.ends_on:
        raise EndsTooEarly
    placement.ends_on = last_day
    placement.interruption, placement.interruption_note = reason, note
    with journal.deferred():
        journal.record(
            "placement.interrupted", placement, by=by, reason=reason.value, on=last_day.isoformat()
        )
        _free(placement, today=today, by=by)


def cancel_placement(placement: Placement, *, today: date, by: Account | None) -> None:
    """Take back a placement that has not started; raises `WrongMoment`."""
    _queue(placement, *_need_of(placement.seat))
    _check(placement, today, PlacementStatus.TO_SIGN, PlacementStatus.SIGNED)
    placement.cancelled_at = now()
    placement.proposal = None
    with journal.deferred():
        journal.record("placement.cancelled", placement, by=by)
        _free(placement, today=today, by=by)


def _free(placement: Placement, *, today: date, by: Account | None) -> None:
    """Have the seat sought for again, unless somebody else has it, and the person ranked as free."""
    if not queries.is_seat_held(placement.seat_id, today, but=placement.id):
        free_seat(placement.seat, by=by)
    refresh_status(placement.talent, today=today)


_UNDER_WAY = (PlacementStatus.PROBATION, PlacementStatus.RUNNING, PlacementStatus.RENEWAL_DUE)


def _queue(*rows: Base) -> None:
    """Wait for whoever books at the same time, then read rows as they left them."""
    queue_on(Lock.STAFFING)
    # What is not written yet would be lost in reading.
    db.session.flush()
    for row in rows:
        db.session.refresh(row)


def _need_of(seat: NeedSeat) -> tuple[Base, ...]:
    """Return a seat's need with all its seats, whose statuses hang together."""
    return seat.need, *seat.need.seats


def _check(placement: Placement, day: date, *allowed: PlacementStatus) -> None:
    status = placement.status_on(day)
    if status not in allowed:
        raise WrongMoment(status)


def _agreement(need: Need, *, by: Account | None) -> Agreement:
    """Return the agreement about a need, begun with its first placement."""
    agreement = queries.agreement_on(need)
    if agreement is None:
        agreement = Agreement(need=need)
        db.session.add(agreement)
        journal.record("agreement.begun", agreement, by=by, need=need.id)
    return agreement


def _facts(placement: Placement) -> dict[str, object]:
    db.session.flush()
    return {
        "talent": placement.talent_id,
        "seat": placement.seat_id,
        "starts_on": placement.starts_on.isoformat(),
        "ends_on": placement.ends_on.isoformat(),
        "share": str(placement.share_pct),
    }
