"""What waits: seats for people, with the reason that facts give, and proposals for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from talentpool.i18n import _
from talentpool.needs.models import NeedSeat
from talentpool.placements.ledger import FULL_TIME
from talentpool.placements.spans import Steps
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import ProposalStatus, Side
from talentpool.steering.facts import Facts, Person
from talentpool.steering.supply import Supply

#: A proposal that has not moved for longer is idle.
IDLE = timedelta(days=7)
BOTH = (Side.HOST, Side.TALENT)
#: On whom a proposal waits, by how far it has come.
WAITS_ON = {
    ProposalStatus.PROPOSED: BOTH,
    ProposalStatus.INTERVIEWED: BOTH,
    ProposalStatus.MEETING_AGREED: (Side.AGENCY,),
    ProposalStatus.HOST_AGREED: (Side.TALENT,),
    ProposalStatus.TALENT_AGREED: (Side.HOST,),
    ProposalStatus.AGREED: (Side.AGENCY,),
    ProposalStatus.CONFIRMED: (Side.AGENCY,),
}


class Reason(StrEnum):
    """Why a seat is not filled, or what became of it."""

    NOBODY = "nobody"
    NO_ROOM = "no_room"
    PARTLY = "partly"
    TO_PROPOSE = "to_propose"
    FILLED_SINCE = "filled_since"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return REASON_LABELS[self]


REASON_LABELS = {
    Reason.NOBODY: _("Personne de la famille n’est libre à cette date"),
    Reason.NO_ROOM: _("Pas de place sous le plafond à cette date"),
    Reason.PARTLY: _("Une partie seulement du temps demandé est libre à cette date"),
    Reason.TO_PROPOSE: _("À proposer"),
    Reason.FILLED_SINCE: _("Pourvu depuis"),
    Reason.CLOSED: _("Clos sans être pourvu"),
}


@dataclass(frozen=True)
class Unmet:
    """An open seat, how many days its need was approved ago, and why nobody has it."""

    seat: NeedSeat
    days: int
    reason: Reason


@dataclass(frozen=True)
class Idle:
    """A proposal that has not moved for more than a week, and on whom it waits."""

    proposal: Proposal
    days: int
    sides: tuple[Side, ...]


def share_of(seat: NeedSeat) -> Decimal:
    """Return the percents that a seat takes; unknown, it counts as full time."""
    return FULL_TIME if seat.share_pct is None else Decimal(seat.share_pct)


def of_family(seat: NeedSeat, people: Iterable[Person]) -> list[Person]:
    """List the people of a seat's family, everybody where the family is unknown."""
    family = seat.family_id
    return list(people) if family is None else [p for p in people if family in p.family_ids]


def unmet(facts: Facts, supply: Supply) -> list[Unmet]:
    """List the open seats, those that have waited longest first."""
    room = facts.ledger.room()
    return [
        Unmet(seat, _days_since_approval(seat, facts.today), reason_of(seat, facts, supply, room))
        for seat in facts.open_seats
    ]


def _days_since_approval(seat: NeedSeat, today: date) -> int:
    approved_at = seat.need.approved_at
    return (today - approved_at.date()).days if approved_at else 0


def reason_of(seat: NeedSeat, facts: Facts, supply: Supply, room: Steps) -> Reason:
    """Return why nobody has an open seat, as of its first day or today if that is later.

    `room` is what the cap leaves, in percents.
    """
    day = max(seat.starts_on or facts.today, facts.today)
    free = {p.id: supply.free_on(p.id, day) for p in of_family(seat, facts.people.values())}
    if not any(free.values()):
        return Reason.NOBODY
    share = share_of(seat)
    if room.on(day) < share:
        free = {number: part for number, part in free.items() if supply.is_on_bench(number, day)}
    if not free:
        return Reason.NO_ROOM
    return Reason.TO_PROPOSE if max(free.values()) >= share else Reason.PARTLY


def _waits_on(proposal: Proposal, today: date) -> tuple[Side, ...]:
    """Return the sides that a proposal waits on: of those asked, whoever has not answered."""
    sides = WAITS_ON[proposal.status]
    return tuple(side for side in sides if side is Side.AGENCY or proposal.awaits(side, today))


def idle(proposals: Iterable[Proposal], today: date) -> list[Idle]:
    """List the proposals unmoved for more than seven days, the most idle first."""
    found = [
        Idle(proposal, (today - proposal.moved_at.date()).days, _waits_on(proposal, today))
        for proposal in proposals
        if today - proposal.moved_at.date() > IDLE
    ]
    return sorted(found, key=lambda one: (-one.days, one.proposal.id))
