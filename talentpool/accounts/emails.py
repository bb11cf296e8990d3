"""What accounts say by mail: in French, with whole addresses, and each link on a line of its own."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale

#: Where each link leads; what is written without one only tells.
PATHS = {
    "register": "/inscription/",
    "reset_password": "/mot-de-passe-oublie/",
    "leave_address": "/mon-compte/adresse/",
    "take_address": "/mon-compte/adresse/",
}


@dataclass(frozen=True)
class Email:
    """A subject, and a text that says everything by itself."""

    subject: str
    text: str


def written(event: str, *, token: str, new_email: str) -> Email:
    """Write the mail of one event; `token` opens its link."""
    site = current_app.config["PUBLIC_URL"]
    link = f"{site}{PATHS[event]}{token}" if token else ""
    with force_locale("fr"):
        subject, text = (
            current_app.jinja_env.get_template(f"accounts/emails/{event}/{name}").render(
                site=site, link=link, new_email=new_email
            )
            for name in ("subject.txt", "body.txt")
        )
    return Email(subject, text)
