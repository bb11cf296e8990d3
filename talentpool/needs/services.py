"""Writing needs and their seats."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.naming import TYPED, folded
from talentpool.needs import lifecycle
from talentpool.needs.models import (
    ContactRole,
    HostTeamMember,
    Need,
    NeedContact,
    NeedSeat,
    SeatSkill,
    SeatStatus,
)
from talentpool.needs.stages import SERVED, NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.skills.held import NamedSkill, once_each
from talentpool.skills.models import JobFamily


class NotADraft(Exception):
    """The agency has received the need: it can be withdrawn, and is kept."""


#: What higher features do once nobody is sought for a seat any more, though its need goes on.
when_seat_closed: list[Callable[[NeedSeat, Account | None], None]] = []


class SeatOccupied(Exception):
    """Somebody has the seat: their placement ends first."""


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
    seniority_years: int | None = None
    clearance: str = ""
    statuses: list[str] = field(default_factory=list)
    starts_on: date | None = None
    ends_on: date | None = None
    town: str = ""
    remote_days: int | None = None
    status: SeatStatus = SeatStatus.OPEN


@dataclass(frozen=True)
class Teammate:
    """Somebody of the ministry who will work with those who come."""

    name: str
    function: str = ""
    time_pct: int | None = None
    contribution: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to write to, in one of four roles."""

    role: ContactRole
    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


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
    beneficiaries: str = ""
    solution: str = ""
    data_access: str = ""
    risks: str = ""
    value: str = ""
    exit_plan: str = ""
    co_funding: bool | None = None
    budget_programme: str = ""
    employer_cost: int | None = None
    allows_off_site_work: bool = False
    has_lawful_data: bool = False
    is_open_by_default: bool = False
    is_public: bool = True
    candidates_until: date | None = None
    team: list[Teammate] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)


#: What a need says in tables of their own.
_IN_ROWS = frozenset({"team", "contacts"})


def content_of(need: Need) -> NeedContent:
    """Return what a stored need says."""
    plain = {
        item.name: getattr(need, item.name)
        for item in fields(NeedContent)
        if item.name not in _IN_ROWS
    }
    return NeedContent(
        **plain,
        team=[Teammate(m.name, m.function, m.time_pct, m.contribution) for m in need.team],
        contacts=[Contact(c.role, c.name, c.function, c.email, c.phone) for c in need.contacts],
    )


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
    if status in SERVED:
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
    if any(other.status is SeatStatus.FILLED for other in need.seats):
        lifecycle.restand(need, by=by)
    return seat


def edit_seat(seat: NeedSeat, content: SeatContent, *, by: Account | None) -> list[str]:
    """Change what a seat asks for, and return the names of what changed.

    Placements alone fill a seat and free it: a status that would say so is not taken.
    """
    if SeatStatus.FILLED in {seat.status, content.status}:
        content = replace(content, status=seat.status)
    was_open = seat.status is SeatStatus.OPEN
    changed = _differences(seat_content_of(seat), content)
    if changed:
        _write_seat(seat, content)
        # Skills live in a table of their own: the seat's version rises for them too.
        flag_modified(seat, "position")
        seat.need.edited_at = now()
        journal.record("seat.edited", seat, by=by, changed=changed)
        if was_open and seat.status is SeatStatus.CLOSED:
            _tell_closed(seat, by)
        lifecycle.restand(seat.need, by=by)
    return changed


def remove_seat(seat: NeedSeat, *, by: Account | None) -> None:
    """Take a seat out of a draft; one that the agency has received is closed instead.

    Raises `SeatOccupied` or `LastSeatKept`.
    """
    need = seat.need
    if need.status is NeedStatus.DRAFT:
        journal.record("seat.removed", seat, by=by, need=need.id)
        need.seats.remove(seat)
        need.edited_at = now()
        db.session.flush()
        return
    if seat.status is SeatStatus.FILLED:
        raise SeatOccupied
    if not any(other.status is SeatStatus.OPEN for other in need.seats if other is not seat):
        raise LastSeatKept
    seat.status = SeatStatus.CLOSED
    need.edited_at = now()
    journal.record("seat.closed", seat, by=by, need=need.id)
    _tell_closed(seat, by)
    lifecycle.restand(need, by=by)


def _tell_closed(seat: NeedSeat, by: Account | None) -> None:
    db.session.flush()
    for follow in when_seat_closed:
        follow(seat, by)


def discard_draft(need: Need, *, by: Account | None) -> None:
    """Throw a draft away, with all that it says; raises `NotADraft`."""
    if need.status is not NeedStatus.DRAFT:
        raise NotADraft
    journal.record("need.discarded", need, by=by)
    db.session.delete(need)
    db.session.flush()


def _differences(before: Any, after: Any) -> list[str]:
    return [
        item.name
        for item in fields(before)
        if getattr(before, item.name) != getattr(after, item.name)
    ]


def _write(need: Need, content: NeedContent) -> None:
    for item in fields(content):
        if item.name not in _IN_ROWS:
            setattr(need, item.name, getattr(content, item.name))
    _write_team(need, content.team)
    _write_contacts(need, content.contacts)
    host = need.organisation.name_on(date.today()) if need.organisation else None
    hosts = (host.label_fr, host.label_en) if host else (need.organisation_as_given,)
    said = (need.title, *hosts, need.town, need.summary, need.words)
    need.findable = folded(" / ".join(said))


def _write_team(need: Need, team: list[Teammate]) -> None:
    stored = content_of(need).team
    if team != stored:
        need.team = [
            HostTeamMember(position=position, **vars(member))
            for position, member in enumerate(team)
        ]


def _write_contacts(need: Need, contacts: list[Contact]) -> None:
    stored = {contact.role: contact for contact in need.contacts}
    need.contacts = []
    for contact in contacts:
        row = stored.get(contact.role) or NeedContact(role=contact.role)
        for name, value in vars(contact).items():
            setattr(row, name, value)
        need.contacts.append(row)


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
