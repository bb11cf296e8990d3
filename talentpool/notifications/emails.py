"""What notifications say by mail: in French, since accounts have no language, with whole addresses."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale

from talentpool.notifications.models import Notification


@dataclass(frozen=True)
class Email:
    """A subject, and a text that says everything by itself."""

    subject: str
    text: str


def of_notification(notification: Notification) -> Email:
    """Write the mail of one notification."""
    return _written("notification", notification=notification)


def of_digest(notifications: list[Notification]) -> Email:
    """Write the mail that gathers several."""
    return _written("digest", notifications=notifications)


def _written(event: str, **context: object) -> Email:
    folder = f"notifications/emails/{event}"
    with force_locale("fr"):
        subject, text = (
            current_app.jinja_env.get_template(f"{folder}/{name}").render(
                site=current_app.config["PUBLIC_URL"], **context
            )
            for name in ("subject.txt", "body.txt")
        )
    return Email(subject, text)
