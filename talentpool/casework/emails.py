"""What casework says by mail: in French, with whole addresses, and none of what was entered."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale

from talentpool.casework.models import Confirmation


@dataclass(frozen=True)
class Email:
    """A subject, and a text that says everything by itself."""

    subject: str
    text: str


def of_confirmation(asked: Confirmation, *, path: str) -> Email:
    """Write the mail that asks whether an entry is right; `path` is the link's, token included."""
    site = current_app.config["PUBLIC_URL"]
    with force_locale("fr"):
        subject, text = (
            current_app.jinja_env.get_template(f"casework/emails/confirmation/{name}").render(
                asked=asked, site=site, link=site + path
            )
            for name in ("subject.txt", "body.txt")
        )
    return Email(subject, text)
