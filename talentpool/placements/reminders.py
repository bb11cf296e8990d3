"""Who is reminded of what: ends to decide at −90 and −60 days, day 45 of probation, letters before a start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _, date_in_figures
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.organisations.models import Membership
from talentpool.placements import queries
from talentpool.placements.contracts import refresh_status
from talentpool.placements.kinds import PlacementStatus
from talentpool.placements.models import Contract, Placement
from talentpool.talents.models import PoolStatus, Talent

#: Days before a start from which missing signatures are called for.
SIGN_BEFORE = timedelta(days=21)
RENEWAL, LAST_CALL = "placement.renewal_opens", "placement.renewal_last_call"
PROBATION, UNSIGNED = "placement.probation_check", "placement.unsigned"

register(
    RENEWAL,
    group=Group.PLACEMENTS,
    subject=_("À décider : que se passe-t-il après la mission %(need)s ?"),
    sentence=_(
        "La mission %(need)s de %(person)s finit le %(end)s. Qui décide : %(decides)s, "
        "avant le %(limit)s."
    ),
)
register(
    LAST_CALL,
    group=Group.PLACEMENTS,
    subject=_("Dernier délai : la suite de la mission %(need)s n’est pas décidée"),
    sentence=_(
        "La mission %(need)s de %(person)s finit le %(end)s et rien n’est décidé : le préavis de "
        "deux mois commence le %(limit)s. Qui décide : %(decides)s."
    ),
)
register(
    PROBATION,
    group=Group.PLACEMENTS,
    subject=_("Point du 45e jour : la mission %(need)s continue-t-elle ?"),
    sentence=_(
        "La période d’essai de %(person)s sur la mission %(need)s arrive à son 45e jour. Dites à "
        "l’agence si la mission continue. Qui décide : %(decides)s et l’administration."
    ),
)
register(
    UNSIGNED,
    group=Group.PLACEMENTS,
    subject=_("À signer avant l’arrivée : la mission %(need)s"),
    sentence=_(
        "%(person)s arrive le %(start)s sur la mission %(need)s, et il manque une signature. Rien ne "
        "commence sans convention ni lettre. Qui s’en charge : %(decides)s."
    ),
)


@dataclass(frozen=True)
class Reminder:
    """One thing due about one placement; `about` keeps it from being said twice for the same date."""

    kind: str
    placement: Placement
    due_on: date
    tells_talent: bool = False

    @property
    def about(self) -> str:
        """What the reminder is about: an end that moves is reminded of anew."""
        return f"{self.kind}:{self.placement.id}:{self.due_on.isoformat()}"

    @property
    def params(self) -> dict[str, str]:
        """Return what its sentences name; dates as tables write them."""
        placement = self.placement
        return {
            "need": placement.seat.need.title,
            "person": placement.talent.label,
            "start": date_in_figures(placement.starts_on),
            "end": date_in_figures(placement.ends_on),
            "limit": date_in_figures(placement.notice_on),
            "decides": placement.owner.display_name if placement.owner else "l’agence",
        }


def due_reminders(today: date) -> list[Reminder]:
    """List what is due on `today`, the soonest first, whether or not it was said before."""
    chosen = queries.whole_placements().where(
        Placement.cancelled_at.is_(None), Placement.ends_on >= today
    )
    found = [
        reminder
        for placement in db.session.scalars(chosen.order_by(Placement.id))
        for reminder in _due(placement, today)
    ]
    return sorted(found, key=lambda reminder: reminder.due_on)


def _due(placement: Placement, today: date) -> Iterator[Reminder]:
    status = placement.status_on(today)
    if status is PlacementStatus.TO_SIGN and placement.starts_on - SIGN_BEFORE <= today:
        yield Reminder(UNSIGNED, placement, placement.starts_on)
    if status is PlacementStatus.PROBATION and placement.probation_check_on <= today:
        yield Reminder(PROBATION, placement, placement.probation_check_on, tells_talent=True)
    if status is PlacementStatus.RENEWAL_DUE:
        is_late = placement.notice_on <= today
        due_on = placement.notice_on if is_late else placement.renewal_due_on
        yield Reminder(LAST_CALL if is_late else RENEWAL, placement, due_on)


def remind(today: date) -> int:
    """Tell everybody concerned what is due, once each, in the app and by mail; return how many."""
    told = 0
    for reminder in due_reminders(today):
        for account in _recipients(reminder):
            notification = notify(
                account,
                kind=reminder.kind,
                params=reminder.params,
                url_path=f"/placements/{reminder.placement.id}",
                once=reminder.about,
                due_on=reminder.due_on,
                subject=reminder.placement,
            )
            told += notification is not None
    return told


def _recipients(reminder: Reminder) -> list[Account]:
    """Return who is told: whoever decides, the director at the last call, the host, the person."""
    placement = reminder.placement
    staff = _active(Role.AGENCY_STAFF)
    owner = placement.owner
    people = [owner] if owner is not None and owner.is_active else staff
    if reminder.kind == LAST_CALL:
        people = [*people, *_active(Role.AGENCY_DIRECTOR)]
    people = [*people, *_hosts(placement)]
    account = placement.talent.account
    if reminder.tells_talent and account is not None and account.is_active:
        people = [*people, account]
    return list({person.id: person for person in people}.values())


def _active(role: Role) -> list[Account]:
    chosen = select(Account).where(Account.role == role, Account.is_active).order_by(Account.id)
    return list(db.session.scalars(chosen))


def _hosts(placement: Placement) -> list[Account]:
    organisation = placement.seat.need.organisation_id
    chosen = (
        select(Membership)
        .where(Membership.organisation_id == organisation)
        .options(joinedload(Membership.account))
        .order_by(Membership.id)
    )
    return [m.account for m in db.session.scalars(chosen) if m.account.is_active]


def refresh_statuses(today: date) -> int:
    """Bring everybody's standing in line with contracts that began or ended; return how many changed."""
    running = (
        select(Contract.talent_id)
        .where(Contract.starts_on <= today)
        .where(Contract.ends_on.is_(None) | (Contract.ends_on >= today))
    )
    is_employed = Talent.pool_status == PoolStatus.EMPLOYED
    stale = select(Talent).where(Talent.id.in_(running) != is_employed).order_by(Talent.id)
    found = list(db.session.scalars(stale))
    for talent in found:
        refresh_status(talent, today=today)
    return len(found)
