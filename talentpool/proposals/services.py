"""Proposing somebody for a seat, taking each side's answers, and moving the proposal on to its end."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, select, true

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.needs.lifecycle import when_moved
from talentpool.needs.models import NeedMove, NeedSeat, SeatStatus
from talentpool.needs.services import when_seat_closed
from talentpool.needs.stages import ENDED
from talentpool.proposals import asking, links
from talentpool.proposals.models import AnswerLink, Proposal, ProposalAnswer
from talentpool.proposals.reach import check_limit, check_reach
from talentpool.proposals.stages import (
    FIRST_YES,
    LIVE,
    MOVES,
    NO_REASONS,
    SIDES,
    YES_REASONS,
    AnswerReason,
    Channel,
    ProposalStatus,
    Question,
    Side,
)
from talentpool.talents.models import Talent

#: Days for which a proposal holds after each step: silence then releases what it held.
HOLDS_FOR = timedelta(days=21)
#: What a side's yes makes of a proposal, once the other has said yes too.
BOTH_YES = {
    Question.MEETING: ProposalStatus.MEETING_AGREED,
    Question.FINAL: ProposalStatus.AGREED,
}


class IllegalMove(Exception):
    """The proposal's status does not allow this move."""

    def __init__(self, status: ProposalStatus) -> None:
        super().__init__(status)
        self.status = status


class AlreadyAnswered(Exception):
    """The side answered this question before."""


class AlreadyProposed(Exception):
    """The person is proposed for this seat already."""


class SeatNotOpen(Exception):
    """Nobody is sought for the seat now."""


class SeatPromised(Exception):
    """The seat is promised to somebody else for some of these days."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal.id)
        self.proposal = proposal


class WrongReason(Exception):
    """The reason does not go with this answer of this side."""


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
    talent_note: str = "",
    host_email: str = "",
    talent_email: str = "",
    goes_on: bool = False,
    asks: bool = True,
) -> Proposal:
    """Propose somebody for an open seat and ask both sides.

    `goes_on` proposes that who has the seat keeps it: then it is not open, and need not be, and its host
    knows them. Without `asks` nobody is written to yet. Raises `SeatNotOpen`, `AlreadyProposed`,
    `HostBlocked`, `TalentPaused` or `ProcessingLimited`.
    """
    check_limit(talent)
    if not goes_on:
        if not seat.is_open:
            raise SeatNotOpen
        check_reach(talent, seat, today=today)
    # Whoever proposes for the same seat at once waits, and then sees this proposal.
    db.session.execute(select(NeedSeat.id).where(NeedSeat.id == seat.id).with_for_update())
    _check_only(talent.id, seat.id, today)
    proposal = Proposal(
        talent=talent,
        seat=seat,
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=share_pct,
        note=note,
        talent_note=talent_note,
        host_email=host_email,
        talent_email=talent_email,
        expires_on=today + HOLDS_FOR,
        proposed_by_id=by.id if by else None,
        status=ProposalStatus.PROPOSED,
    )
    db.session.add(proposal)
    journal.record("proposal.made", proposal, by=by, talent=talent.id, seat=seat.id)
    if asks:
        asking.ask(proposal, today=today, is_checked=True)
    return proposal


def answer(
    proposal: Proposal,
    side: Side,
    *,
    is_yes: bool,
    reason: AnswerReason,
    note: str,
    channel: Channel,
    today: date,
    by: Account | None,
    seen: Question | None = None,
    link: AnswerLink | None = None,
) -> ProposalAnswer:
    """Take a side's answer to what it is asked now; a no declines, the second yes moves on.

    `seen` is the question that was on the screen, and `link` what it was answered by, which is used up.
    Raises `WrongReason`, `NoteMissing`, `IllegalMove` when nothing or something else is asked,
    `AlreadyAnswered`, or `ProcessingLimited` for a yes: a no ends what the person limited.
    """
    _check_reason(side, reason, note, is_yes=is_yes)
    if is_yes:
        check_limit(proposal.talent)
    _lock(proposal)
    question = proposal.asked_on(today)
    if question is None or (seen is not None and seen is not question):
        raise IllegalMove(proposal.status_on(today))
    if proposal.answer_of(side, question) is not None:
        raise AlreadyAnswered
    given = ProposalAnswer(
        question=question,
        side=side,
        is_yes=is_yes,
        reason=reason,
        note=note,
        channel=channel,
        answered_by_id=by.id if by else None,
    )
    proposal.answers.append(given)
    links.revoke(proposal, side)
    if link is not None:
        links.use(link)
    journal.record(
        "proposal.answered",
        proposal,
        by=by,
        side=side.value,
        question=question.value,
        yes=is_yes,
        reason=reason.value,
        channel=channel.value,
    )
    if is_yes:
        _go_on(proposal, side, question, today=today, by=by)
    else:
        _end(proposal, side, reason, note, today=today, by=by)
    asking.tell_answered(proposal, given, today=today)
    return given


def note_interview(proposal: Proposal, *, today: date, by: Account | None) -> None:
    """Note that the two have met, and ask both for their final answer.

    Raises `IllegalMove` or `ProcessingLimited`.
    """
    check_limit(proposal.talent)
    _lock(proposal)
    _move(proposal, ProposalStatus.INTERVIEWED, today=today, by=by)
    asking.ask(proposal, today=today)


def confirm(proposal: Proposal, *, today: date, by: Account | None) -> list[Proposal]:
    """Confirm what both sides agreed to; return the person's other live ones, obsolete from now on.

    Raises `IllegalMove`, `SeatNotOpen`, `SeatPromised` or `ProcessingLimited`. Whether the pool has room
    is the caller's to check, under the same lock.
    """
    check_limit(proposal.talent)
    _check(proposal, today, ProposalStatus.AGREED)
    if proposal.seat.status is SeatStatus.CLOSED or not proposal.seat.need.is_served:
        raise SeatNotOpen
    check_promise(
        proposal.seat_id, proposal.talent_id, proposal.starts_on, proposal.ends_on, today=today
    )
    _move(proposal, ProposalStatus.CONFIRMED, today=today, by=by)
    days = proposal.starts_on, proposal.ends_on
    obsolete = _overlapping(Proposal.talent_id == proposal.talent_id, *days, today, proposal.id)
    _make_obsolete(obsolete, today=today, by=by)
    asking.tell_confirmed(proposal, today=today)
    return obsolete


def placed(proposal: Proposal, *, today: date, by: Account | None) -> None:
    """Note that a confirmed proposal became a placement; raises `IllegalMove` or `ProcessingLimited`."""
    check_limit(proposal.talent)
    _move(proposal, ProposalStatus.PLACED, today=today, by=by)


def check_promise(
    seat_id: int, talent_id: int, starts_on: date, ends_on: date, *, today: date
) -> None:
    """Raise `SeatPromised` if a seat is promised to somebody else on some of these days."""
    for rival in _overlapping(Proposal.seat_id == seat_id, starts_on, ends_on, today):
        if rival.status is ProposalStatus.CONFIRMED and rival.talent_id != talent_id:
            raise SeatPromised(rival)


def give_way(
    seat_id: int, starts_on: date, ends_on: date, *, today: date, by: Account | None
) -> None:
    """Note that somebody has a seat on these days: whoever is proposed for it waits no more."""
    others = _overlapping(Proposal.seat_id == seat_id, starts_on, ends_on, today)
    _make_obsolete(others, today=today, by=by)


def _end_with(made: NeedMove, by: Account | None) -> None:
    """Note, when a need ends, that nobody is sought for its seats any more."""
    if made.to_status not in ENDED:
        return
    seats = [seat.id for seat in made.need.seats]
    today = date.today()
    standing = _overlapping(Proposal.seat_id.in_(seats), date.min, date.max, today)
    _make_obsolete(standing, today=today, by=by)


def _end_with_seat(seat: NeedSeat, by: Account | None) -> None:
    """Note that nobody is sought for one seat any more, though its need goes on."""
    today = date.today()
    standing = _overlapping(Proposal.seat_id == seat.id, date.min, date.max, today)
    _make_obsolete(standing, today=today, by=by)


when_moved.append(_end_with)
when_seat_closed.append(_end_with_seat)


def decline(
    proposal: Proposal,
    *,
    side: Side,
    reason: AnswerReason,
    note: str,
    today: date,
    by: Account | None,
) -> None:
    """Note that a side declines, at whatever stage; raises `IllegalMove`, `WrongReason`, `NoteMissing`."""
    _check_reason(side, reason, note, is_yes=False)
    _lock(proposal)
    _check(proposal, today, *LIVE)
    for other in SIDES:
        links.revoke(proposal, other)
    _end(proposal, side, reason, note, today=today, by=by)
    asking.tell_ended(proposal, but=side, today=today)


def reopen(proposal: Proposal, *, today: date, by: Account | None) -> None:
    """Take up again what expired or became obsolete, where it had come to: neither was a refusal.

    What had been reserved must be confirmed anew. Raises `IllegalMove`, `SeatNotOpen`, `AlreadyProposed`,
    or what `check_reach` raises.
    """
    _lock(proposal)
    _check(proposal, today, ProposalStatus.EXPIRED, ProposalStatus.OBSOLETE)
    if not proposal.seat.is_open:
        raise SeatNotOpen
    check_reach(proposal.talent, proposal.seat, today=today)
    _check_only(proposal.talent_id, proposal.seat_id, today)
    resumed = proposal.resumes_as or proposal.status
    if resumed is ProposalStatus.CONFIRMED:
        resumed = ProposalStatus.AGREED
    if resumed not in LIVE:
        resumed = ProposalStatus.PROPOSED
    proposal.resumes_as = None
    _set(proposal, resumed, today=today, by=by)
    asking.ask(proposal, today=today, is_checked=True)


def _go_on(
    proposal: Proposal, side: Side, question: Question, *, today: date, by: Account | None
) -> None:
    """Move on after a yes: all the way if the other side has said yes too."""
    other = Side.TALENT if side is Side.HOST else Side.HOST
    theirs = proposal.answer_of(other, question)
    if theirs is not None and theirs.is_yes:
        _move(proposal, BOTH_YES[question], today=today, by=by)
    elif question is Question.FINAL:
        _move(proposal, FIRST_YES[side], today=today, by=by)
    else:
        # A first yes to a meeting is a sign of life: the proposal holds on.
        proposal.moved_at, proposal.expires_on = now(), today + HOLDS_FOR


def _end(
    proposal: Proposal,
    side: Side,
    reason: AnswerReason,
    note: str,
    *,
    today: date,
    by: Account | None,
) -> None:
    proposal.declined_by, proposal.decline_reason = side, reason
    proposal.decline_note = note
    _set(proposal, ProposalStatus.DECLINED, today=today, by=by)


def _make_obsolete(proposals: list[Proposal], *, today: date, by: Account | None) -> None:
    for proposal in proposals:
        proposal.resumes_as = proposal.status
        for side in SIDES:
            links.revoke(proposal, side)
        _set(proposal, ProposalStatus.OBSOLETE, today=today, by=by)
        asking.tell_ended(proposal, but=None, today=today)


def _overlapping(
    same: ColumnElement[bool], starts_on: date, ends_on: date, today: date, but: int | None = None
) -> list[Proposal]:
    """List the live proposals of a person, or for a seat, on some of these days; `but` one."""
    others = db.session.scalars(
        select(Proposal)
        .where(same, Proposal.id != but if but is not None else true())
        .where(Proposal.starts_on <= ends_on, Proposal.ends_on >= starts_on)
        .order_by(Proposal.id)
        # As others left them, not as this session remembers them.
        .execution_options(populate_existing=True)
    )
    return [other for other in others if other.is_live_on(today)]


def _check_only(talent_id: int, seat_id: int, today: date) -> None:
    """Raise `AlreadyProposed` if another proposal of the person for the seat still holds."""
    standing = db.session.scalars(
        select(Proposal).where(Proposal.talent_id == talent_id, Proposal.seat_id == seat_id)
    )
    if any(proposal.is_live_on(today) for proposal in standing):
        raise AlreadyProposed


def _check_reason(side: Side, reason: AnswerReason, note: str, *, is_yes: bool) -> None:
    if reason not in (YES_REASONS if is_yes else NO_REASONS)[side]:
        raise WrongReason(reason)
    if reason is AnswerReason.OTHER and not note:
        raise NoteMissing


def _check(proposal: Proposal, today: date, *allowed: ProposalStatus) -> None:
    status = proposal.status_on(today)
    if status not in allowed:
        raise IllegalMove(status)


def _lock(proposal: Proposal) -> None:
    """Wait for whoever moves the same proposal, then read it as they left it."""
    db.session.flush()
    db.session.refresh(proposal, with_for_update=True)


def _move(proposal: Proposal, status: ProposalStatus, *, today: date, by: Account | None) -> None:
    """Move on to the next stage, and to no other; raises `IllegalMove`."""
    standing = proposal.status_on(today)
    if status not in MOVES.get(standing, ()):
        raise IllegalMove(standing)
    _set(proposal, status, today=today, by=by)


def _set(proposal: Proposal, status: ProposalStatus, *, today: date, by: Account | None) -> None:
    proposal.status, proposal.moved_at = status, now()
    proposal.expires_on = today + HOLDS_FOR
    journal.record("proposal.moved", proposal, by=by, status=status.value)
