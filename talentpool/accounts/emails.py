"""What accounts say by mail: each link on a line of its own."""

from flask import current_app

from talentpool.mail.writing import Email, written

#: Where each link leads; what is written without one only tells.
PATHS = {
    "register": "/inscription/",
    "reset_password": "/mot-de-passe-oublie/",
    "password_voided": "/mot-de-passe-oublie/",
    "first_password": "/mot-de-passe-oublie/",
    "leave_address": "/mon-compte/adresse/",
    "take_address": "/mon-compte/adresse/",
}


def of_event(event: str, *, token: str, new_email: str) -> Email:
    """Write the mail of one event; `token` opens its link."""
    link = f"{current_app.config['PUBLIC_URL']}{PATHS[event]}{token}" if token else ""
    return written(f"accounts/emails/{event}", link=link, new_email=new_email)


def of_change(act: str, **context: object) -> Email:
    """Write what tells somebody that their second factors changed: not their doing, they must act."""
    return written("accounts/emails/factors_changed", act=act, **context)
