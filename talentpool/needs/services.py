"""Writing needs and their seats, and moving them from draft to end."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.naming import TYPED, folded
from talentpool.needs.models import Need, NeedSeat, NeedStatus, SeatSkill, SeatStatus
from talentpool.organisations.models import Organisation
from talentpool.skills.held import NamedSkill, once_each
from talentpool.skills.models import JobFamily

#: What higher features do when a need is taken on: called with it and with who approves.
when_approved: list[Callable[[Need, Account | None], None]] = []
#: What higher features do when a need is closed: called with it and with who closes.
when_closed: list[Callable[[Need, Account | None], None]] = []


class IllegalMove(Exception):
    """The need's status does not allow this move."""

    def __init__(self, status: NeedStatus) -> None:
        super().__init__(status)
        self.status = status


class NeedNotReady(Exception):
    """The need lacks a text or a seat."""


class LastSeatKept(Exception):
    """A need that the agency has received keeps at least one seat."""


@dataclass(frozen=True)
class SeatContent:
    """Everything that a seat says; what nobody gave stays unknown."""

    title: str = ""
    mission: str = ""
    family: JobFamily | None = None
    family_as_given: str = ""
    must: list[NamedSkill] = field(default_factory=list)
    nice: list[NamedSkill] = field(default_factory=list)
    share_pct: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    town: str = ""
    remote_days: int | None = None
    status: SeatStatus = SeatStatus.OPEN


@dataclass(frozen=True)
class NeedContent:
    """Everything that a need says, without its seats."""

    title: str = ""
    summary: str = ""
    text: str = ""
    organisation: Organisation | None = None
    organisation_as_given: str = ""
    themes: list[str] = field(default_factory=list)
    town: str = ""


def content_of(need: Need) -> NeedContent:
    """Return what a stored need says."""
    return NeedContent(**{item.name: getattr(need, item.name) for item in fields(NeedContent)})


def seat_content_of(seat: NeedSeat) -> SeatContent:
    """Return what a stored seat says."""
    plain = {
        item.name: getattr(seat, item.name)
        for item in fields(SeatContent)
        if item.name not in {"must", "nice"}
    }
    asked = [(s.is_must, NamedSkill(s.label, s.skill, s.level)) for s in seat.skills]
    return SeatContent(
        **plain,
        must=[named for is_must, named in asked if is_must],
        nice=[named for is_must, named in asked if not is_must],
    )


def create_need(
    content: NeedContent,
    *,
    by: Account | None,
    source: str = TYPED,
    external_id: str | None = None,
    entered_by_agency: bool = False,
    status: NeedStatus = NeedStatus.DRAFT,
) -> Need:
    """Enter a need; one that the agency enters or imports may come in already approved."""
    need = Need(
        source=source,
        external_id=external_id or new_identifier(),
        entered_by_agency=entered_by_agency,
        status=status,
    )
    if status is not NeedStatus.DRAFT:
        need.submitted_at = now()
    if status in {NeedStatus.APPROVED, NeedStatus.FILLED}:
        need.approved_at = now()
    _write(need, content)
    db.session.add(need)
    journal.record("need.created", need, by=by, status=status.value)
    return need


def edit_need(need: Need, content: NeedContent, *, by: Account | None) -> list[str]:
    """Change what a need says, and return the names of what changed."""
    changed = _differences(content_of(need), content)
    if changed:
        _write(need, content)
        need.edited_at = now()
        journal.record("need.edited", need, by=by, changed=changed)
    return changed


def add_seat(need: Need, content: SeatContent, *, by: Account | None) -> NeedSeat:
    """Add a seat to a need."""
    last = max((seat.position for seat in need.seats), default=0)
    seat = NeedSeat(position=last + 1)
    _write_seat(seat, content)
    need.seats.append(seat)
    need.edited_at = now()
    journal.record("seat.added", seat, by=by, need=need.id)
    return seat


def edit_seat(seat: NeedSeat, content: SeatContent, *, by: Account | None) -> list[str]:
    """Change what a seat asks for, and return the names of what changed."""
    changed = _differences(seat_content_of(seat), content)
    if changed:
        _write_seat(seat, content)
        # Skills live in a table of their own: the seat's version rises for them too.
        flag_modified(seat, "position")
        seat.need.edited_at = now()
        journal.record("seat.edited", seat, by=by, changed=changed)
    return changed


def remove_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Take a seat out of a draft; one that the agency has received is closed instead.

    Raises `LastSeatKept`.
    """
    need = seat.need
    if need.status is NeedStatus.DRAFT:
        journal.record("seat.removed", seat, by=by, need=need.id)
        need.seats.remove(seat)
        need.edited_at = now()
        db.session.flush()
        return
    if not any(other.status is SeatStatus.OPEN for other in need.seats if other is not seat):
        raise LastSeatKept
    seat.status = SeatStatus.CLOSED
    journal.record("seat.closed", seat, by=by, need=need.id)


def submit_need(need: Need, *, by: Account | None) -> None:
    """Hand a draft to the agency; raises `IllegalMove` or `NeedNotReady`."""
    _check_move(need, NeedStatus.DRAFT)
    if not need.is_ready:
        raise NeedNotReady
    need.status, need.submitted_at = NeedStatus.SUBMITTED, now()
    journal.record("need.submitted", need, by=by)


def approve_need(need: Need, *, by: Account | None) -> None:
    """Take a submitted need on: its seats are open from now. Raises `IllegalMove`, `NeedNotReady`."""
    _check_move(need, NeedStatus.SUBMITTED)
    if not need.seats:
        raise NeedNotReady
    need.status, need.approved_at = NeedStatus.APPROVED, now()
    journal.record("need.approved", need, by=by)
    for follow in when_approved:
        follow(need, by)


def close_need(need: Need, *, by: Account | None) -> None:
    """End a need that the agency had received, with every seat still open; raises `IllegalMove`."""
    _check_move(need, NeedStatus.SUBMITTED, NeedStatus.APPROVED, NeedStatus.FILLED)
    need.status, need.closed_at = NeedStatus.CLOSED, now()
    for seat in need.seats:
        if seat.status is SeatStatus.OPEN:
            seat.status = SeatStatus.CLOSED
    journal.record("need.closed", need, by=by)
    for follow in when_closed:
        follow(need, by)


def reopen_need(need: Need, *, by: Account | None) -> None:
    """Undo a closing: the need stands where it stood, its unfilled seats open. Raises `IllegalMove`.

    A need that nobody had approved waits for approval again.
    """
    _check_move(need, NeedStatus.CLOSED)
    need.status = NeedStatus.APPROVED if need.approved_at else NeedStatus.SUBMITTED
    need.closed_at = None
    for seat in need.seats:
        if seat.status is SeatStatus.CLOSED:
            seat.status = SeatStatus.OPEN
    journal.record("need.reopened", need, by=by)


def fill_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Note that somebody has the seat; a need whose every open seat is filled is filled too."""
    if seat.status is SeatStatus.FILLED:
        return
    seat.status = SeatStatus.FILLED
    need = seat.need
    if need.status is NeedStatus.APPROVED and not _has_open_seat(need):
        need.status = NeedStatus.FILLED
    journal.record("seat.filled", seat, by=by)


def free_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Note that nobody has the seat any more: it is sought for again, unless its need is closed."""
    need = seat.need
    if seat.status is not SeatStatus.FILLED or need.status is NeedStatus.CLOSED:
        return
    seat.status = SeatStatus.OPEN
    if need.status is NeedStatus.FILLED:
        need.status = NeedStatus.APPROVED
    journal.record("seat.freed", seat, by=by)


def _has_open_seat(need: Need) -> bool:
    return any(seat.status is SeatStatus.OPEN for seat in need.seats)


def _check_move(need: Need, *allowed: NeedStatus) -> None:
    if need.status not in allowed:
        raise IllegalMove(need.status)


def _differences(before: Any, after: Any) -> list[str]:
    return [
        item.name
        for item in fields(before)
        if getattr(before, item.name) != getattr(after, item.name)
    ]


def _write(need: Need, content: NeedContent) -> None:
    for item in fields(content):
        setattr(need, item.name, getattr(content, item.name))
    host = need.organisation.name_on(date.today()) if need.organisation else None
    hosts = (host.label_fr, host.label_en) if host else (need.organisation_as_given,)
    said = (need.title, *hosts, need.town, need.summary, need.text)
    need.findable = folded(" / ".join(said))


def _write_seat(seat: NeedSeat, content: SeatContent) -> None:
    for item in fields(content):
        if item.name not in {"must", "nice"}:
            setattr(seat, item.name, getattr(content, item.name))
    must = once_each(content.must)
    asked = once_each([*must, *content.nice])
    seat.skills = [
        SeatSkill(
            skill=named.skill,
            label=named.label,
            is_must=position < len(must),
            level=named.level,
            position=position,
        )
        for position, named in enumerate(asked)
    ]
