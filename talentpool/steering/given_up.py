"""The ledger of needs that nobody could be found for: how long they waited, why, what would unblock them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from talentpool.i18n import _, date_in_figures, named, translated
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.needs.stages import Move, MoveReason
from talentpool.organisations.models import Organisation
from talentpool.steering.facts import Facts
from talentpool.steering.supply import Supply
from talentpool.steering.waiting import Reason

Row = dict[str, Any]

#: What would let a need be served, by the reason that it was given up for.
UNBLOCKS = {
    MoveReason.NO_PROFILE: _("Demander moins de compétences, ou recruter dans la famille"),
    MoveReason.NO_CAP: _("Un contrat qui finit, ou un plafond relevé"),
    MoveReason.HOST_NOT_READY: _("Que l’administration réunisse les conditions d’accueil"),
    MoveReason.PAY: _("Une rémunération ou un cofinancement revus"),
    MoveReason.PLACE: _("Davantage de télétravail, ou un autre lieu"),
    MoveReason.CLEARANCE: _("Commencer l’habilitation plus tôt, ou s’en passer au début"),
    MoveReason.OTHER: _("Voir l’historique du besoin"),
}
#: The same for a seat that is open, by the reason that facts give.
UNBLOCKS_SEAT = {
    Reason.NOBODY: _("Une date plus tardive, une autre famille, ou une embauche"),
    Reason.NO_ROOM: _("Un contrat qui finit, ou quelqu’un entre deux missions"),
    Reason.PARTLY: _("Une part plus petite, ou deux personnes"),
    Reason.TO_PROPOSE: _("Proposer quelqu’un"),
}
UNNAMED = _("Non précisé")
WAITED = _("laissé le %(day)s, %(reason)s")


@dataclass(frozen=True)
class GivenUp:
    """A need that stayed without solution, the days that it waited for one, and why it was left."""

    need: Need
    reason: MoveReason
    days: int

    @property
    def seats(self) -> list[NeedSeat]:
        """The seats that nobody had."""
        return [seat for seat in self.need.seats if seat.status is SeatStatus.CLOSED]


def given_up(needs: Iterable[Need]) -> list[GivenUp]:
    """List needs without solution, those that had waited longest first."""
    found = [GivenUp(need, _reason(need), _days_waited(need)) for need in needs]
    return sorted(found, key=lambda one: (-one.days, one.need.id))


def _reason(need: Need) -> MoveReason:
    """Return why a need was given up the last time; a need that came in so says not why."""
    said = [move.reason for move in need.moves if move.move is Move.GIVE_UP and move.reason]
    return said[-1] if said else MoveReason.OTHER


def _days_waited(need: Need) -> int:
    if need.approved_at is None or need.closed_at is None:
        return 0
    return (need.closed_at - need.approved_at).days


def unblocks(reason: Reason) -> str:
    """Say what would let an open seat be filled."""
    return translated(UNBLOCKS_SEAT[reason]) if reason in UNBLOCKS_SEAT else ""


def ministry_of(facts: Facts, need: Need) -> str:
    """Name the body at the head of a need's host."""
    head = facts.host_of(need)
    return head.label if isinstance(head, Organisation) else head


def rows(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield the needs without solution, with their age, the reason, and what would unblock them."""
    for one in given_up(facts.given_up):
        need, reason = one.need, translated(one.reason.label)
        yield {
            "mission": need.title,
            "organisation": need.host_label,
            "ministry": ministry_of(facts, need),
            "family": ", ".join(dict.fromkeys(_families(one))),
            "seats": len(one.seats),
            "approved_on": need.approved_at.date() if need.approved_at else None,
            "closed_on": need.closed_at.date() if need.closed_at else None,
            "days": one.days,
            "code": one.reason.value,
            "reason": reason,
            "unblocks": translated(UNBLOCKS.get(one.reason, UNBLOCKS[MoveReason.OTHER])),
            "link": ("needs.show", {"need_id": need.id}),
            "said": translated(WAITED, day=date_in_figures(need.closed_at), reason=reason),
        }


def by_reason(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield each reason with how many needs and seats it left without solution."""
    return _counted(facts, lambda one: [translated(one.reason.label)])


def by_family(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield each family with how many needs and seats of it were left without solution."""
    return _counted(facts, _families)


def by_ministry(facts: Facts, supply: Supply) -> Iterator[Row]:
    """Yield each ministry with how many of its needs and seats were left without solution."""
    return _counted(facts, lambda one: [ministry_of(facts, one.need)])


def _families(one: GivenUp) -> list[str]:
    seats = one.seats or one.need.seats
    return [named(seat.family) if seat.family else seat.family_as_given for seat in seats]


def _counted(facts: Facts, about: Callable[[GivenUp], list[str]]) -> Iterator[Row]:
    """Yield what needs are about, the most needs first; a need of two families counts in both."""
    needs: dict[str, list[GivenUp]] = defaultdict(list)
    seats: dict[str, int] = defaultdict(int)
    for one in given_up(facts.given_up):
        names = [name or translated(UNNAMED) for name in about(one)]
        for name in dict.fromkeys(names):
            needs[name].append(one)
            # Families name each seat; reasons and ministries are those of all of them.
            seats[name] += names.count(name) if len(names) > 1 else len(one.seats)
    for name, counted in sorted(needs.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield {
            "about": name,
            "needs": len(counted),
            "seats": seats[name],
            "days": round(sum(one.days for one in counted) / len(counted)),
        }
