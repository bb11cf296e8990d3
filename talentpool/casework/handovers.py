"""Handing one's cases over for an absence, and taking exactly them back."""

from collections.abc import Sequence
from datetime import date

from talentpool.accounts.models import Account
from talentpool.casework import queries
from talentpool.casework.models import FollowUp, Handover, HandoverItem
from talentpool.casework.services import NotACaretaker, is_caretaker
from talentpool.db import db, now
from talentpool.i18n import _, date_in_figures
from talentpool.journal import services as journal
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.placements.models import Placement

GIVEN, RECEIVED, RETURNED = "handover.given", "handover.received", "handover.returned"

register(
    RECEIVED,
    group=Group.CASES,
    subject=_("À suivre pour %(giver)s du %(start)s au %(end)s"),
    sentence=_(
        "%(giver)s vous confie ses dossiers du %(start)s au %(end)s. Nombre de dossiers : %(number)s."
    ),
)
register(
    GIVEN,
    group=Group.CASES,
    subject=_("Vos dossiers sont confiés à %(receiver)s du %(start)s au %(end)s"),
    sentence=_(
        "%(receiver)s suit vos dossiers du %(start)s au %(end)s. Nombre de dossiers : %(number)s. "
        "À votre retour, reprenez-les."
    ),
)
register(
    RETURNED,
    group=Group.CASES,
    subject=_("Dossiers repris : %(giver)s les suit de nouveau"),
    sentence=_(
        "%(giver)s suit de nouveau ses dossiers, confiés à %(receiver)s depuis le %(start)s. "
        "Nombre de dossiers revenus : %(number)s."
    ),
)


class NothingHandedOver(Exception):
    """A handover without anything to follow hands nothing over."""


class NotTheirs(Exception):
    """What is handed over belongs to whoever hands it over."""


class ReceiverAway(Exception):
    """The colleague is away on some of these days."""


class AlreadyTakenBack(Exception):
    """The handover is over."""


def hand_over(
    *,
    giver: Account,
    receiver: Account,
    starts_on: date,
    ends_on: date,
    note: str,
    follow_ups: Sequence[FollowUp],
    placements: Sequence[Placement],
    by: Account | None,
) -> Handover:
    """Entrust cases to a colleague, from this moment, for an absence from a day to a day.

    Raises `NotACaretaker`, `NothingHandedOver`, `NotTheirs` or `ReceiverAway`.
    """
    if receiver.id == giver.id or not is_caretaker(receiver):
        raise NotACaretaker
    things: list[FollowUp | Placement] = [*follow_ups, *placements]
    if not things:
        raise NothingHandedOver
    if any(thing.owner_id != giver.id for thing in things):
        raise NotTheirs
    if queries.is_away(receiver, starts_on, ends_on):
        raise ReceiverAway
    handover = Handover(
        giver=giver, receiver=receiver, starts_on=starts_on, ends_on=ends_on, note=note
    )
    handover.items = [HandoverItem(follow_up=follow_up) for follow_up in follow_ups]
    handover.items += [HandoverItem(placement=placement) for placement in placements]
    db.session.add(handover)
    for thing in things:
        thing.owner = receiver
    journal.record("handover.made", handover, by=by, to=receiver.id, **_numbers(things))
    _tell(handover, receiver, RECEIVED, len(things))
    _tell(handover, giver, GIVEN, len(things))
    return handover


def take_back(handover: Handover, *, by: Account | None) -> list[FollowUp | Placement]:
    """Give back what was handed over, and return what stays with others; raises `AlreadyTakenBack`.

    What the colleague handed on in turn comes back too. What was deliberately given to somebody else
    meanwhile, or belongs to nobody any more, stays where it is.
    """
    if handover.taken_back_at is not None:
        raise AlreadyTakenBack
    returned: list[FollowUp | Placement] = []
    kept: list[FollowUp | Placement] = []
    for item in handover.items:
        (returned if item.thing.owner_id in _holders(item) else kept).append(item.thing)
    for thing in returned:
        thing.owner = handover.giver
    handover.taken_back_at = now()
    journal.record("handover.taken_back", handover, by=by, **_numbers(returned))
    for account in (handover.receiver, handover.giver):
        _tell(handover, account, RETURNED, len(returned))
    return kept


def _holders(item: HandoverItem) -> set[int]:
    """Return who may hold the thing on behalf of the giver: the colleague, or whom it was lent on to."""
    holders = {item.handover.receiver_id}
    for later in queries.lent_onwards(item):
        if later.handover.giver_id in holders:
            holders.add(later.handover.receiver_id)
    return holders


def _numbers(things: Sequence[FollowUp | Placement]) -> dict[str, list[int]]:
    return {
        "follow_ups": [thing.id for thing in things if isinstance(thing, FollowUp)],
        "placements": [thing.id for thing in things if isinstance(thing, Placement)],
    }


def _tell(handover: Handover, account: Account, kind: str, number: int) -> None:
    notify(
        account,
        kind=kind,
        params={
            "giver": handover.giver.display_name,
            "receiver": handover.receiver.display_name,
            "start": date_in_figures(handover.starts_on),
            "end": date_in_figures(handover.ends_on),
            "number": number,
        },
        url_path="/suivis",
        once=f"{kind}:{handover.id}",
        subject=handover,
    )
