"""Who stands on each side of a need: in its ministry, and at the agency."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.access import AGENCY, Role, Viewer
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _
from talentpool.needs.models import Need
from talentpool.organisations.models import Membership


class Party(StrEnum):
    """The two sides of a need."""

    HOST = "host"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """The side as people say it, marked for translation."""
        return PARTY_LABELS[self]

    @property
    def other(self) -> "Party":
        """The side that it speaks to."""
        return Party.AGENCY if self is Party.HOST else Party.HOST


PARTY_LABELS = {Party.HOST: _("Le ministère"), Party.AGENCY: _("L’agence")}

#: How higher features name who follows a need at the agency: the first that knows somebody is heard.
caretakers: list[Callable[[Need], Account | None]] = []


def party_of(viewer: Viewer) -> Party | None:
    """Return the side that somebody speaks for, None for talents and visitors."""
    if viewer.role in AGENCY:
        return Party.AGENCY
    return Party.HOST if viewer.role is Role.MINISTRY_MEMBER else None


def people_of(need: Need, party: Party) -> list[Account]:
    """List the active accounts that answer for a need on one side, its owner alone where there is one."""
    return _at_ministry(need) if party is Party.HOST else _at_agency(need)


def _at_ministry(need: Need) -> list[Account]:
    if need.organisation_id is None:
        return []
    chosen = (
        select(Membership)
        .where(Membership.organisation_id == need.organisation_id)
        .options(joinedload(Membership.account))
        .order_by(Membership.id)
    )
    found = [row.account for row in db.session.scalars(chosen)]
    members = [one for one in found if one.is_active and one.role is Role.MINISTRY_MEMBER]
    # An owner who has left speaks for nobody.
    return [one for one in members if one.id == need.owner_id] or members


def _at_agency(need: Need) -> list[Account]:
    for caretaker in caretakers:
        owner = caretaker(need)
        if owner is not None and owner.is_active and owner.role is Role.AGENCY_STAFF:
            return [owner]
    team = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    return list(db.session.scalars(team.order_by(Account.id)))
