"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from talentpool.db import db
from talentpool.mail.models import OutgoingMail


def is_due(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a mail is to be tried now: others, sent or given up, have no `due_at`."""
    return OutgoingMail.due_at <= at


def due_numbers(at: datetime) -> list[int]:
    """List the mails to try now, those that have waited longest first."""
    chosen = select(OutgoingMail.id).where(is_due(at))
    return list(db.session.scalars(chosen.order_by(OutgoingMail.due_at, OutgoingMail.id)))


def waiting_count() -> int:
    """Count the mails that are still to leave."""
    chosen = select(func.count()).where(OutgoingMail.due_at.is_not(None))
    return db.session.scalar(chosen) or 0


def unsent() -> Select[OutgoingMail]:
    """Select the mails that wait and those given up, oldest first."""
    return select(OutgoingMail).where(OutgoingMail.sent_at.is_(None)).order_by(OutgoingMail.id)
