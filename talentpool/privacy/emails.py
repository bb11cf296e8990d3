"""What is written to whoever nobody heard of for long."""

from datetime import date

from flask import current_app

from talentpool.mail.writing import Email, written


def retention(token: str, erase_on: date) -> Email:
    """Write that somebody's data will be erased on a day, and how to stay."""
    return written("privacy/emails/retention", link=_link(token), erase_on=erase_on)


def refused(token: str, erase_on: date) -> Email:
    """Write the same to whoever applied, was not admitted and did not choose to be kept."""
    return written("privacy/emails/refused", link=_link(token), erase_on=erase_on)


def _link(token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/garder-mon-profil/{token}"
