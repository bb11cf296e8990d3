"""What notifications say by mail."""

from talentpool.mail.writing import Email, written
from talentpool.notifications.models import Notification


def of_notification(notification: Notification) -> Email:
    """Write the mail of one notification."""
    return written("notifications/emails/notification", notification=notification)


def of_digest(notifications: list[Notification]) -> Email:
    """Write the mail that gathers several."""
    return written("notifications/emails/digest", notifications=notifications)
