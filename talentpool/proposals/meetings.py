"""Times at which the two could meet: offered by one side, chosen by another, sent as a calendar file."""

from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.proposals import asking
from talentpool.proposals.models import InterviewSlot, Proposal
from talentpool.proposals.reach import check_limit
from talentpool.proposals.services import IllegalMove
from talentpool.proposals.stages import ProposalStatus, Side

#: How many times may be open to choose from.
MOST_SLOTS = 10


@dataclass(frozen=True)
class Time:
    """When, for how long and where a meeting could be."""

    starts_at: datetime
    minutes: int
    place: str


class InThePast(Exception):
    """The time has passed."""


class OwnOffer(Exception):
    """A side does not choose among the times that it offered itself."""


class TooManySlots(Exception):
    """There are times enough to choose from."""


def offer_slots(
    proposal: Proposal, times: list[Time], *, side: Side, today: date, by: Account | None
) -> None:
    """Offer times to meet.

    Raises `IllegalMove` before both want to, `ProcessingLimited`, `InThePast` or `TooManySlots`.
    """
    _check(proposal, today)
    if any(time.starts_at <= now() for time in times):
        raise InThePast
    if len(proposal.slots) + len(times) > MOST_SLOTS:
        raise TooManySlots
    for time in times:
        proposal.slots.append(InterviewSlot(offered_by=side, **vars(time)))
    journal.record("proposal.slots_offered", proposal, by=by, side=side.value, count=len(times))
    asking.tell_slots(proposal, offered_by=side, today=today)


def choose_slot(slot: InterviewSlot, *, side: Side, today: date, by: Account | None) -> None:
    """Settle on a time, in place of another if one was chosen.

    Raises `IllegalMove`, `ProcessingLimited`, `OwnOffer` or `InThePast`.
    """
    proposal = slot.proposal
    _check(proposal, today)
    if side is slot.offered_by and side is not Side.AGENCY:
        raise OwnOffer
    if slot.starts_at <= now():
        raise InThePast
    standing = proposal.chosen_slot
    if standing is slot:
        return
    if standing is not None:
        standing.chosen_at = standing.chosen_by = None
    slot.chosen_at, slot.chosen_by = now(), side
    proposal.moved_at = now()
    journal.record("proposal.slot_chosen", proposal, by=by, side=side.value, slot=slot.id)
    asking.tell_meeting(proposal, slot, calendar_file(slot), today=today)


def calendar_file(slot: InterviewSlot) -> bytes:
    """Return a meeting as iCalendar text (RFC 5545)."""
    proposal = slot.proposal
    event = Event()
    event.add("uid", f"entretien-{proposal.id}@vivier")
    event.add("dtstamp", slot.chosen_at or slot.created_at)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("sequence", proposal.version_id)
    event.add("summary", _line(f"Entretien : {proposal.seat.need.title}"))
    event.add("description", _line(proposal.seat.label))
    if slot.place:
        event.add("location", _line(slot.place))
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier du numerique//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _check(proposal: Proposal, today: date) -> None:
    db.session.flush()
    db.session.refresh(proposal, with_for_update=True)
    db.session.refresh(proposal.talent, ["restricted_at"])
    check_limit(proposal.talent)
    status = proposal.status_on(today)
    if status is not ProposalStatus.MEETING_AGREED:
        raise IllegalMove(status)
