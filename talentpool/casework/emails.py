"""What casework says by mail: none of what was entered."""

from flask import current_app

from talentpool.casework.models import Confirmation
from talentpool.mail.writing import Email, written


def of_confirmation(asked: Confirmation, *, path: str) -> Email:
    """Write the mail that asks whether an entry is right; `path` is the link's, token included."""
    link = current_app.config["PUBLIC_URL"] + path
    return written("casework/emails/confirmation", asked=asked, link=link)
