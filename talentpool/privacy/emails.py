"""What is written to whoever nobody heard of for long."""

from datetime import date

from flask import current_app

from talentpool.admissions.lifecycle import opens_again_on
from talentpool.admissions.models import Application
from talentpool.mail.writing import Email, written


def retention(token: str, erase_on: date) -> Email:
    """Write that somebody's data will be erased on a day, and how to stay."""
    return written("privacy/emails/retention", link=_link(token), erase_on=erase_on)


def refused(token: str, erase_on: date, *, application: Application | None) -> Email:
    """Write the same to whoever applied, was not admitted and did not choose to be kept.

    Applying again is told as a way to stay when it opens before the night that erases.
    """
    again_days = current_app.config["APPLICATION_AGAIN_DAYS"]
    opens_on = opens_again_on(application, again_days=again_days)
    return written(
        "privacy/emails/refused",
        link=_link(token),
        erase_on=erase_on,
        may_apply=opens_on is None or opens_on < erase_on,
    )


def _link(token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/garder-mon-profil/{token}"
