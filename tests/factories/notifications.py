"""Makers of notifications, of a kind that only tests know."""

from itertools import count

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.notifications.kinds import register
from talentpool.notifications.models import Notification
from talentpool.notifications.services import notify

KIND = "test.kind"
_numbers = count(1)

register(
    KIND,
    subject="À signer : la mission %(need)s",
    sentence="La mission %(need)s de Léa est à signer à 100 %%.",
)


def make_notification(account: Account, **changes: object) -> Notification | None:
    """Tell an account something that leads home, and commit as a request does."""
    values = {
        "kind": KIND,
        "params": {"need": "Guichet"},
        "url_path": "/mon-compte",
        "once": f"test:{next(_numbers)}",
        **changes,
    }
    notification = notify(account, **values)
    db.session.commit()
    return notification
