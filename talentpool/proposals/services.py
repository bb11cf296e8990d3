"""Proposing somebody for a seat, and moving the proposal on to its end."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.needs.models import NeedSeat
from talentpool.proposals.models import (
    LIVE,
    TENTATIVE,
    DeclineReason,
    Proposal,
    ProposalStatus,
    Side,
)
from talentpool.talents.models import Talent

#: Days for which a proposal holds after each step: silence then releases what it held.
HOLDS_FOR = timedelta(days=21)


class IllegalMove(Exception):
    """The proposal's status does not allow this move."""

    def __init__(self, status: ProposalStatus) -> None:
        super().__init__(status)
        self.status = status


class AlreadyProposed(Exception):
    """The person is proposed for this seat already."""


class SeatNotOpen(Exception):
    """Nobody is sought for the seat now."""


class NoteMissing(Exception):
    """A reason that is none of the list needs words."""


def propose_talent(
    talent: Talent,
    seat: NeedSeat,
    *,
    starts_on: date,
    ends_on: date,
    share_pct: Decimal,
    note: str,
    today: date,
    by: Account | None,
    goes_on: bool = False,
) -> Proposal:
    """Propose somebody for an open seat; raises `SeatNotOpen` or `AlreadyProposed`.

    `goes_on` proposes that who has the seat keeps it: then it is not open, and need not be.
    """
    if not goes_on and not seat.is_open:
        raise SeatNotOpen
    _check_only(talent.id, seat.id, today)
    proposal = Proposal(
        talent=talent,
        seat=seat,
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=share_pct,
        note=note,
        expires_on=today + HOLDS_FOR,
        proposed_by_id=by.id if by else None,
        status=ProposalStatus.PROPOSED,
    )
    db.session.add(proposal)
    journal.record("proposal.made", proposal, by=by, talent=talent.id, seat=seat.id)
    return proposal


def advance(proposal: Proposal, status: ProposalStatus, *, today: date, by: Account | None) -> None:
    """Move a proposal to another of its tentative steps; raises `IllegalMove`."""
    _check(proposal, today, *TENTATIVE)
    if status not in TENTATIVE:
        raise IllegalMove(status)
    _move(proposal, status, today=today, by=by)


def confirm(proposal: Proposal, *, today: date, by: Account | None) -> list[Proposal]:
    """Confirm a proposal, and return the person's other live ones, obsolete from now on.

    Raises `IllegalMove`. Whether the pool has room is the caller's to check, under the same lock.
    """
    _check(proposal, today, *TENTATIVE)
    _move(proposal, ProposalStatus.CONFIRMED, today=today, by=by)
    others = db.session.scalars(
        select(Proposal)
        .where(Proposal.talent_id == proposal.talent_id, Proposal.id != proposal.id)
        .order_by(Proposal.id)
    )
    obsolete = [
        other
        for other in others
        if other.is_live_on(today)
        and other.starts_on <= proposal.ends_on
        and proposal.starts_on <= other.ends_on
    ]
    for other in obsolete:
        _move(other, ProposalStatus.OBSOLETE, today=today, by=by)
    return obsolete


def placed(proposal: Proposal, *, today: date, by: Account | None) -> None:
    """Note that a confirmed proposal became a placement; raises `IllegalMove`."""
    _check(proposal, today, ProposalStatus.CONFIRMED)
    _move(proposal, ProposalStatus.PLACED, today=today, by=by)


def decline(
    proposal: Proposal,
    *,
    side: Side,
    reason: DeclineReason,
    note: str,
    today: date,
    by: Account | None,
) -> None:
    """Note that a side declines, and why; raises `IllegalMove` or `NoteMissing`."""
    if reason is DeclineReason.OTHER and not note:
        raise NoteMissing
    _check(proposal, today, *LIVE)
    proposal.declined_by, proposal.decline_reason = side, reason
    proposal.note = note or proposal.note
    _move(proposal, ProposalStatus.DECLINED, today=today, by=by)


def reopen(proposal: Proposal, *, today: date, by: Account | None) -> None:
    """Propose again what expired or became obsolete, which was never a refusal.

    Raises `IllegalMove`, `SeatNotOpen` or `AlreadyProposed`.
    """
    _check(proposal, today, ProposalStatus.EXPIRED, ProposalStatus.OBSOLETE)
    if not proposal.seat.is_open:
        raise SeatNotOpen
    _check_only(proposal.talent_id, proposal.seat_id, today)
    _move(proposal, ProposalStatus.PROPOSED, today=today, by=by)


def _check_only(talent_id: int, seat_id: int, today: date) -> None:
    """Raise `AlreadyProposed` if another proposal of the person for the seat still holds."""
    standing = db.session.scalars(
        select(Proposal).where(Proposal.talent_id == talent_id, Proposal.seat_id == seat_id)
    )
    if any(proposal.is_live_on(today) for proposal in standing):
        raise AlreadyProposed


def _check(proposal: Proposal, today: date, *allowed: ProposalStatus) -> None:
    status = proposal.status_on(today)
    if status not in allowed:
        raise IllegalMove(status)


def _move(proposal: Proposal, status: ProposalStatus, *, today: date, by: Account | None) -> None:
    proposal.status, proposal.moved_at = status, now()
    proposal.expires_on = today + HOLDS_FOR
    journal.record("proposal.moved", proposal, by=by, status=status.value)
