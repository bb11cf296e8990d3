"""Makers of accounts."""

import re
from itertools import count

from talentpool.access import Role
from talentpool.accounts import factors
from talentpool.accounts.factor_models import Factor
from talentpool.accounts.models import Account
from talentpool.accounts.services import create_account
from talentpool.db import db
from talentpool.mail.models import OutgoingMail

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


def path_in(mail: OutgoingMail) -> str:
    """Return the path of the link that a mail brings."""
    found = re.search(r"https?://[^/\s]+(/\S+/\S{30,})", mail.text)
    assert found, mail.text
    return found[1]


def make_app(account: Account) -> tuple[Factor, str]:
    """Make an application of codes for an account, none of whose codes has served; return its secret too."""
    secret = factors.new_secret()
    code = factors.code_at(secret, factors.present_counter())
    app = factors.add_app(account, name="Téléphone", secret=secret, code=code)
    app.last_counter = 0
    db.session.commit()
    return app, secret


def make_recovery_codes(account: Account) -> list[str]:
    """Make an account's recovery codes."""
    codes = factors.new_recovery_codes()
    factors.keep_recovery_codes(account, codes)
    db.session.commit()
    return codes
