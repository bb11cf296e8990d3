"""Makers of contracts, placements, proposals and absences."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from talentpool.db import db
from talentpool.needs.models import NeedSeat
from talentpool.placements import queries
from talentpool.placements.absences import Away, note_absence
from talentpool.placements.contracts import Terms, sign_contract
from talentpool.placements.kinds import AbsenceKind, ContractKind, Employer, PlacementKind
from talentpool.placements.models import Absence, Contract, Placement
from talentpool.placements.services import (
    Booking,
    place_talent,
    sign_agreement,
    sign_letter,
    start_placement,
)
from talentpool.proposals.meetings import Time, offer_slots
from talentpool.proposals.models import InterviewSlot, Proposal
from talentpool.proposals.services import answer, note_interview, propose_talent
from talentpool.proposals.stages import INTRODUCED, YES_REASONS, Channel, ProposalStatus, Side
from talentpool.talents.models import Talent
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent

TODAY = date(2026, 12, 1)
#: A cap that stands in nobody's way.
ROOMY = Decimal(1_000)


def make_terms(**changes: Any) -> Terms:
    """Make what a contract says: full time with the agency from 2026 to 2027."""
    values: dict[str, Any] = {
        "employer": Employer.AGENCY,
        "kind": ContractKind.PROJECT,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 12, 31),
        **changes,
    }
    share = values.pop("share", 100)
    values.setdefault("shares", [(values["starts_on"], Decimal(share))])
    return Terms(**values)


def make_contract(talent: Talent | None = None, *, today: date = TODAY, **changes: Any) -> Contract:
    """Make a signed contract; `share` holds throughout, or give `shares` by day."""
    contract = sign_contract(
        talent or make_talent(), make_terms(**changes), cap=ROOMY, today=today, by=None
    )
    db.session.commit()
    return contract


def make_booking(**changes: Any) -> Booking:
    """Make a mission of ten months, full time."""
    values: dict[str, Any] = {
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 11, 4),
        "share": 100,
        "kind": PlacementKind.MISSION,
        **changes,
    }
    return Booking(share_pct=Decimal(values.pop("share")), **values)


def make_placement(
    talent: Talent | None = None,
    seat: NeedSeat | None = None,
    *,
    signed: bool = False,
    started: bool = False,
    today: date = TODAY,
    **changes: Any,
) -> Placement:
    """Make a placement, signed or started if asked; somebody without a contract gets one."""
    talent, booking = talent or make_talent(), make_booking(**changes)
    if queries.contract_on(talent.id, booking.starts_on) is None:
        make_contract(talent, today=today)
    placement = place_talent(talent, seat or make_seat(), booking, today=today, by=None)
    if signed or started:
        signed_on = min(today, placement.starts_on)
        sign_agreement(placement.agreement, on=signed_on, by=None)
        sign_letter(placement, on=signed_on, by=None)
    if started:
        start_placement(placement, on=placement.starts_on, by=None)
    db.session.commit()
    return placement


def make_proposal(
    talent: Talent | None = None,
    seat: NeedSeat | None = None,
    *,
    status: ProposalStatus = ProposalStatus.PROPOSED,
    today: date = TODAY,
    **changes: Any,
) -> Proposal:
    """Make a proposal of ten months, full time, that has come as far as `status`."""
    values: dict[str, Any] = {
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 11, 4),
        "share": 100,
        "note": "",
        **changes,
    }
    share = Decimal(values.pop("share"))
    proposal = propose_talent(
        talent or make_talent(),
        seat or make_seat(),
        share_pct=share,
        today=today,
        by=None,
        **values,
    )
    bring_to(proposal, status, today=today)
    db.session.commit()
    return proposal


def bring_to(proposal: Proposal, status: ProposalStatus, *, today: date = TODAY) -> None:
    """Have both sides answer until a proposal has come as far as `status`; ends are just written."""
    both = (Side.HOST, Side.TALENT)
    finals = {ProposalStatus.HOST_AGREED: both[:1], ProposalStatus.TALENT_AGREED: both[1:]}
    if status in (*INTRODUCED, ProposalStatus.PLACED):
        _say_yes(proposal, both, today)
    if status in (*INTRODUCED[1:], ProposalStatus.PLACED):
        note_interview(proposal, today=today, by=None)
        asked = () if status is ProposalStatus.INTERVIEWED else finals.get(status, both)
        _say_yes(proposal, asked, today)
    proposal.status = status
    db.session.flush()


def _say_yes(proposal: Proposal, sides: tuple[Side, ...], today: date) -> None:
    for side in sides:
        answer(
            proposal,
            side,
            is_yes=True,
            reason=YES_REASONS[side][0],
            note="",
            channel=Channel.AGENCY,
            today=today,
            by=None,
        )


def make_slot(proposal: Proposal | None = None) -> InterviewSlot:
    """Make a time at which two people who want to meet could."""
    proposal = proposal or make_proposal(status=ProposalStatus.MEETING_AGREED)
    time = Time(datetime(2099, 1, 5, 9, 30, tzinfo=UTC), 45, "Salle bleue")
    offer_slots(proposal, [time], side=Side.HOST, today=TODAY, by=None)
    db.session.commit()
    return proposal.slots[0]


def make_absence(talent: Talent, *, today: date = TODAY, **changes: Any) -> Absence:
    """Make an absence of a week."""
    values: dict[str, Any] = {
        "kind": AbsenceKind.LEAVE,
        "starts_on": date(2027, 2, 1),
        "ends_on": date(2027, 2, 5),
        **changes,
    }
    absence = note_absence(talent, Away(**values), today=today, by=None)
    db.session.commit()
    return absence
