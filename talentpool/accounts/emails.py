"""What accounts say by mail: each link on a line of its own."""

from flask import current_app

from talentpool.accounts.address_models import AddressChange
from talentpool.mail.writing import Email, written

#: Where each link leads; what is written without one only tells.
PATHS = {
    "register": "/inscription/",
    "reset_password": "/mot-de-passe-oublie/",
    "password_voided": "/mot-de-passe-oublie/",
    "first_password": "/mot-de-passe-oublie/",
    "leave_address": "/mon-compte/adresse/",
    "take_address": "/mon-compte/adresse/",
    "keep_address": "/adresse-a-garder/",
    "replace_address": "/adresse-de-remplacement/",
}


def of_event(event: str, *, token: str, new_email: str) -> Email:
    """Write the mail of one event; `token` opens its link."""
    return written(f"accounts/emails/{event}", link=_link(event, token), new_email=new_email)


def of_replacement(event: str, token: str, change: AddressChange) -> Email:
    """Write what one of the two addresses is told when the administration replaces one."""
    return written(f"accounts/emails/{event}", link=_link(event, token), change=change)


def _link(event: str, token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{PATHS[event]}{token}" if token else ""


def of_change(act: str, **context: object) -> Email:
    """Write what tells somebody that their second factors changed: not their doing, they must act."""
    return written("accounts/emails/factors_changed", act=act, **context)
