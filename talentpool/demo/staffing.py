"""The demo's contracts, placements, absences and proposals, entered through the services that people use."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.needs.models import Need, NeedSeat
from talentpool.placements import services
from talentpool.placements.absences import Away, note_absence
from talentpool.placements.contracts import Terms, sign_contract
from talentpool.placements.kinds import AbsenceKind, ContractKind, Employer, Half, RenewalDecision
from talentpool.placements.reminders import remind
from talentpool.placements.services import Booking
from talentpool.proposals.models import Proposal
from talentpool.proposals.services import answer, note_interview, propose_talent
from talentpool.proposals.stages import YES_REASONS, Channel, ProposalStatus, Side
from talentpool.talents.models import Talent

RECORDS = Path(__file__).parent / "staffing.jsonl"
#: Who is away: person, kind, first and last day, and the half-day that it ends with.
ABSENCES = [
    ("p-013", AbsenceKind.LONG, date(2026, 9, 14), date(2027, 2, 12), Half.AFTERNOON),
    ("p-002", AbsenceKind.LEAVE, date(2026, 12, 21), date(2027, 1, 1), Half.AFTERNOON),
    ("p-022", AbsenceKind.TRAINING, date(2026, 12, 7), date(2026, 12, 9), Half.MORNING),
    ("p-018", AbsenceKind.LEAVE, date(2027, 2, 8), date(2027, 2, 19), Half.AFTERNOON),
]
#: Who is proposed where: person, need, seat, how far it has come, and days since it moved.
PROPOSALS = [
    ("p-071", "n-013", 2, ProposalStatus.CONFIRMED, 2),
    ("p-049", "n-025", 1, ProposalStatus.PROPOSED, 12),
    ("p-050", "n-026", 1, ProposalStatus.MEETING_AGREED, 9),
    ("p-032", "n-026", 2, ProposalStatus.PROPOSED, 3),
    ("p-033", "n-027", 2, ProposalStatus.INTERVIEWED, 8),
    ("p-021", "n-030", 2, ProposalStatus.HOST_AGREED, 1),
    ("p-072", "n-025", 2, ProposalStatus.PROPOSED, 5),
    ("p-065", "n-027", 3, ProposalStatus.TALENT_AGREED, 4),
    ("p-001", "n-027", 2, ProposalStatus.PROPOSED, 2),
]

#: Whose final yes a proposal has at each stage after the interview.
FINAL_YES = {
    ProposalStatus.HOST_AGREED: (Side.HOST,),
    ProposalStatus.TALENT_AGREED: (Side.TALENT,),
    ProposalStatus.CONFIRMED: (Side.HOST, Side.TALENT),
}


def seed_staffing(officer: Account, *, cap: Decimal, today: date) -> None:
    """Enter the demo's staffing as of `today`."""
    people = _by_external_id(Talent)
    needs = _by_external_id(Need)
    for line in RECORDS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        talent = people[record["person"]]
        starts_on = date.fromisoformat(record["starts_on"])
        terms = Terms(
            Employer.AGENCY,
            ContractKind(record["kind"]),
            starts_on,
            date.fromisoformat(record["ends_on"]),
            ((starts_on, Decimal(record["share_pct"])),),
            starts_on - timedelta(days=20),
        )
        sign_contract(talent, terms, cap=cap, today=today, by=officer)
        for placed in record["placements"]:
            _place(talent, _seat(needs, placed["need"], placed["seat"]), placed, officer, today)
    for person, kind, first, last, half in ABSENCES:
        away = Away(kind, first, last, ends_half=half)
        note_absence(people[person], away, today=today, by=officer)
    for person, need, position, status, days in PROPOSALS:
        seat = _seat(needs, need, position)
        _propose(people[person], seat, status, days, officer=officer, cap=cap, today=today)
    remind(today)


def _by_external_id(model: Any) -> dict[str, Any]:
    return {row.external_id: row for row in db.session.scalars(select(model))}


def _seat(needs: dict[str, Need], need: str, position: int) -> NeedSeat:
    return needs[need].seats[position - 1]


def _place(
    talent: Talent, seat: NeedSeat, record: dict[str, Any], officer: Account, today: date
) -> None:
    starts_on = date.fromisoformat(record["starts_on"])
    booking = Booking(
        starts_on, date.fromisoformat(record["ends_on"]), Decimal(record["share_pct"])
    )
    placement = services.place_talent(talent, seat, booking, today=today, by=officer)
    signed_on = starts_on - timedelta(days=12)
    services.sign_agreement(placement.agreement, on=signed_on, by=officer)
    services.sign_letter(placement, on=signed_on, by=officer)
    if starts_on > today:
        return
    services.start_placement(placement, on=starts_on, by=officer)
    if starts_on + timedelta(days=61) <= today:
        passed_on = starts_on + timedelta(days=50)
        services.pass_probation(placement, on=passed_on, by=officer)
    if record["renewal"]:
        # Decided in time, well before the end, whenever the demo is looked at.
        on = placement.ends_on - timedelta(days=80)
        decision = RenewalDecision(record["renewal"])
        services.decide_renewal(placement, decision, note="", today=on, by=officer)


def _propose(
    talent: Talent,
    seat: NeedSeat,
    status: ProposalStatus,
    days: int,
    *,
    officer: Account,
    cap: Decimal,
    today: date,
) -> None:
    starts_on, ends_on = seat.days_from(today)
    moved_on = today - timedelta(days=days)
    proposal = propose_talent(
        talent,
        seat,
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=Decimal(seat.share_pct or 100),
        note="",
        today=moved_on,
        by=officer,
    )
    both = (Side.HOST, Side.TALENT)
    if status is not ProposalStatus.PROPOSED:
        _answer_yes(proposal, both, moved_on, officer)
    if status not in (ProposalStatus.PROPOSED, ProposalStatus.MEETING_AGREED):
        note_interview(proposal, today=moved_on, by=officer)
        _answer_yes(proposal, FINAL_YES.get(status, ()), moved_on, officer)
    if status is ProposalStatus.CONFIRMED:
        services.confirm_proposal(proposal, cap=cap, today=moved_on, by=officer)
    proposal.created_at = now() - timedelta(days=days + len(proposal.answers))
    proposal.moved_at = now() - timedelta(days=days)
    for given in proposal.answers:
        given.created_at = proposal.moved_at


def _answer_yes(proposal: Proposal, sides: tuple[Side, ...], today: date, officer: Account) -> None:
    """Note by telephone, as officers do, that sides say yes to what they are asked."""
    for side in sides:
        answer(
            proposal,
            side,
            is_yes=True,
            reason=YES_REASONS[side][0],
            note="",
            channel=Channel.AGENCY,
            today=today,
            by=officer,
        )
