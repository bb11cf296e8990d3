"""Moving a need from draft to end, as the table in `stages` allows and no other way."""

from collections.abc import Callable

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.needs.models import Need, NeedMove, NeedSeat, SeatStatus
from talentpool.needs.stages import ENDED, MOVES, SERVED, Move, MoveReason, NeedStatus

#: What higher features do once a need has moved: called with the move and with who made it.
when_moved: list[Callable[[NeedMove, Account | None], None]] = []

ACTIONS = {
    Move.SUBMIT: "need.submitted",
    Move.TAKE_UP: "need.taken_up",
    Move.ASK_COMPLEMENT: "need.complement_asked",
    Move.COMPLETE: "need.completed",
    Move.APPROVE: "need.approved",
    Move.DECLINE: "need.declined",
    Move.SEARCH: "need.search_started",
    Move.FILL: "need.seat_filled",
    Move.FREE: "need.seat_freed",
    Move.CLOSE: "need.closed",
    Move.WITHDRAW: "need.withdrawn",
    Move.GIVE_UP: "need.given_up",
    Move.REOPEN: "need.reopened",
}


class IllegalMove(Exception):
    """The need's status does not allow this move."""

    def __init__(self, status: NeedStatus) -> None:
        super().__init__(status)
        self.status = status


class NeedNotReady(Exception):
    """The need lacks something that this move asks for."""

    def __init__(self, *lacking: str) -> None:
        super().__init__(*lacking)
        self.lacking = lacking


class ReasonMissing(Exception):
    """The move takes one of its own reasons, or a sentence for the other side."""


def submit_need(need: Need, *, by: Account | None) -> NeedMove:
    """Hand a draft to the agency; raises `IllegalMove`, or `NeedNotReady` with what it lacks."""
    _check(need, Move.SUBMIT)
    if need.lacking:
        raise NeedNotReady(*need.lacking)
    need.submitted_at = now()
    return _move(need, Move.SUBMIT, by=by)


def take_up_need(need: Need, *, by: Account | None) -> NeedMove:
    """Begin to examine a submitted need; raises `IllegalMove`."""
    return _move(need, Move.TAKE_UP, by=by)


def ask_complement(need: Need, *, words: str, by: Account | None) -> NeedMove:
    """Ask its ministry for what is missing, and let it write again; raises `IllegalMove`, `ReasonMissing`."""
    return _move(need, Move.ASK_COMPLEMENT, by=by, words=words)


def complete_need(need: Need, *, words: str, by: Account | None) -> NeedMove:
    """Bring what the agency asked for; raises `IllegalMove`, `ReasonMissing` or `NeedNotReady`."""
    _check(need, Move.COMPLETE)
    if need.lacking:
        raise NeedNotReady(*need.lacking)
    return _move(need, Move.COMPLETE, by=by, words=words)


def approve_need(need: Need, *, by: Account | None) -> NeedMove:
    """Take a need on: its seats are open from now.

    Raises `IllegalMove`, or `NeedNotReady` when it has no seat or does not say what follows the mission.
    """
    _check(need, Move.APPROVE)
    if lacking := lacking_to_approve(need):
        raise NeedNotReady(*lacking)
    need.approved_at = now()
    return _move(need, Move.APPROVE, by=by)


def lacking_to_approve(need: Need) -> list[str]:
    """Name what must be said before the need is taken on, and is not."""
    return [*need.lacking, *(() if need.exit_plan else ("exit_plan",))]


def decline_need(need: Need, *, reason: MoveReason, words: str, by: Account | None) -> NeedMove:
    """Say no, why, and what to do next; raises `IllegalMove` or `ReasonMissing`."""
    return _move(need, Move.DECLINE, by=by, reason=reason, words=words)


def start_search(need: Need, *, by: Account | None) -> None:
    """Note that somebody is sought for an approved need; one that is searched already stays as it is."""
    if need.status is NeedStatus.APPROVED:
        _move(need, Move.SEARCH, by=by)


def close_need(need: Need, *, by: Account | None) -> NeedMove:
    """End a need that has been served, with every seat still open; raises `IllegalMove`."""
    return _move(need, Move.CLOSE, by=by)


def withdraw_need(
    need: Need, *, reason: MoveReason, words: str = "", by: Account | None
) -> NeedMove:
    """Take a need back on its ministry's word; raises `IllegalMove` or `ReasonMissing`."""
    return _move(need, Move.WITHDRAW, by=by, reason=reason, words=words)


def give_up_need(need: Need, *, reason: MoveReason, words: str, by: Account | None) -> NeedMove:
    """Note that nobody could be found: the need stays in the ledger. Raises as `decline_need` does."""
    return _move(need, Move.GIVE_UP, by=by, reason=reason, words=words)


def reopen_need(need: Need, *, by: Account | None) -> NeedMove:
    """Undo an end: the need stands where its seats put it, the unfilled ones open. Raises `IllegalMove`.

    A need that nobody had approved is examined again.
    """
    return _move(need, Move.REOPEN, by=by)


def fill_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Note that somebody has the seat: its need is partly filled, or filled when no seat is left open."""
    if seat.status is SeatStatus.FILLED:
        return
    seat.status = SeatStatus.FILLED
    journal.record("seat.filled", seat, by=by)
    restand(seat.need, by=by)


def free_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Note that nobody has the seat any more: it is sought for again, once its need is."""
    if seat.status is not SeatStatus.FILLED:
        return
    need = seat.need
    seat.status = SeatStatus.CLOSED if need.status in ENDED else SeatStatus.OPEN
    journal.record("seat.freed", seat, by=by)
    restand(need, by=by)


def restand(need: Need, *, by: Account | None) -> None:
    """Bring a need that the agency serves to where its seats put it, after they have changed."""
    there = standing(need)
    if need.status not in SERVED or there is need.status:
        return
    if there is NeedStatus.SEARCHING and need.status is NeedStatus.APPROVED:
        return
    is_fuller = there is NeedStatus.FILLED or need.status not in MOVES[Move.FREE].sources
    _move(need, Move.FILL if is_fuller else Move.FREE, by=by)


def standing(need: Need) -> NeedStatus:
    """Return where a need stands by its seats, once the agency has taken it on."""
    if need.approved_at is None:
        return NeedStatus.IN_REVIEW
    statuses = {seat.status for seat in need.seats}
    if SeatStatus.FILLED not in statuses:
        return NeedStatus.SEARCHING
    return NeedStatus.PARTLY_FILLED if SeatStatus.OPEN in statuses else NeedStatus.FILLED


def _check(need: Need, move: Move) -> None:
    if need.status not in MOVES[move].sources:
        raise IllegalMove(need.status)


def _move(
    need: Need,
    move: Move,
    *,
    by: Account | None,
    reason: MoveReason | None = None,
    words: str = "",
) -> NeedMove:
    _check(need, move)
    rule = MOVES[move]
    if (rule.reasons and reason not in rule.reasons) or (rule.says and not words.strip()):
        raise ReasonMissing
    before = need.status
    if move is Move.REOPEN:
        _open_seats(need)
    need.status = rule.target or standing(need)
    need.stage_since = now()
    need.closed_at = now() if need.status in ENDED else None
    if need.status in ENDED:
        _close_seats(need)
    made = NeedMove(
        move=move,
        from_status=before,
        to_status=need.status,
        reason=reason,
        words=words.strip(),
        moved_by=by,
    )
    need.moves.append(made)
    codes = {"reason": reason.value} if reason else {}
    journal.record(ACTIONS[move], need, by=by, status=need.status.value, **codes)
    db.session.flush()
    for follow in when_moved:
        follow(made, by)
    return made


def _close_seats(need: Need) -> None:
    for seat in need.seats:
        if seat.status is SeatStatus.OPEN:
            seat.status = SeatStatus.CLOSED


def _open_seats(need: Need) -> None:
    for seat in need.seats:
        if seat.status is SeatStatus.CLOSED:
            seat.status = SeatStatus.OPEN
