"""What a promised day that has passed brings: both sides are told once, then every week."""

from datetime import date

from sqlalchemy import select

from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.needs import notices
from talentpool.needs.models import Need
from talentpool.needs.promises import Promise, promised_days, promises_of
from talentpool.needs.stages import NeedStatus

WEEK = 7


def remind(today: date) -> int:
    """Tell both sides of every need that waits longer than promised; return how many were told."""
    days = promised_days()
    statuses = [NeedStatus(code) for code in days]
    found = list(db.session.scalars(select(Need).where(Need.status.in_(statuses))))
    promises = promises_of(found, days)
    with journal.deferred():
        return sum(_remind(need, promises[need.id], today) for need in found)


def _remind(need: Need, promise: Promise, today: date) -> int:
    late = promise.days_late(today)
    if not late:
        return 0
    # Numbered by week, so that a morning on which nothing ran loses nothing.
    return notices.tell_late(
        need,
        party=promise.party,
        due_on=promise.due_on,
        words=promise.words,
        week=(late - 1) // WEEK,
    )
