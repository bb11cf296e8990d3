"""What is written to whoever nobody heard of for long."""

from datetime import date

from flask import current_app

from talentpool.mail.writing import Email, written


def retention(token: str, erase_on: date) -> Email:
    """Write that somebody's data will be erased on a day, and how to stay."""
    link = f"{current_app.config['PUBLIC_URL']}/garder-mon-profil/{token}"
    return written("privacy/emails/retention", link=link, erase_on=erase_on)
