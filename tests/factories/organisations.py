"""Makers of organisations and their members."""

from datetime import date
from itertools import count

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from talentpool.organisations.services import Name, add_member, create_organisation
from tests.factories.accounts import make_account

_numbers = count(1)


def make_organisation(
    *, code: str = "", label: str = "Ministère des Essais", since: date = date(2020, 1, 1)
) -> Organisation:
    """Make a ministry."""
    organisation = create_organisation(
        code=code or f"essais-{next(_numbers)}",
        kind=OrganisationKind.MINISTRY,
        parent=None,
        name=Name(label_fr=label, label_en="Ministry of Tests", short_label="", valid_from=since),
        by=None,
    )
    db.session.commit()
    return organisation


def make_member(organisation: Organisation | None = None) -> Account:
    """Make a ministry member, of a new organisation unless one is given."""
    account = make_account(role=Role.MINISTRY_MEMBER)
    add_member(organisation or make_organisation(), email=account.email, by=None)
    db.session.commit()
    db.session.expire_all()
    return account
