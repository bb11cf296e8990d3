"""Makers of accounts."""

from itertools import count

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.accounts.services import create_account
from talentpool.db import db

PASSWORD = "a long enough password"
_numbers = count(1)


def make_account(*, role: Role = Role.AGENCY_STAFF, **changes: object) -> Account:
    """Make an account that may sign in with `PASSWORD`."""
    number = next(_numbers)
    values = {
        "email": f"person{number}@test.example",
        "display_name": f"Personne {number}",
        "password": PASSWORD,
        "by": None,
        **changes,
    }
    account = create_account(role=role, **values)
    db.session.commit()
    return account
