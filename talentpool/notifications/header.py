"""What every page shows of notifications: how many are unread."""

from flask import Flask
from flask_login import current_user

from talentpool.config import Settings
from talentpool.notifications import queries


def unread_notifications() -> int:
    """Return how many notifications the viewer has not read, 0 for a visitor."""
    return queries.unread_count(current_user) if current_user.is_authenticated else 0


def init_notifications(app: Flask, settings: Settings) -> None:
    """Let pages count what is unread, and mails lead to this site."""
    app.config["PUBLIC_URL"] = settings.public_url.rstrip("/")
    app.jinja_env.globals["unread_notifications"] = unread_notifications
