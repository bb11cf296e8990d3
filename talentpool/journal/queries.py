"""Reading the journal."""

from sqlalchemy import Select, select

from talentpool.db import Base, db
from talentpool.journal.models import JournalEntry


def entries(*, action: str = "") -> Select[JournalEntry]:
    """Select the entries, newest first, of one action or of all."""
    chosen = select(JournalEntry).order_by(JournalEntry.id.desc())
    return chosen.where(JournalEntry.action == action) if action else chosen


def actions() -> list[str]:
    """List the actions that the journal holds, in alphabetical order."""
    found = select(JournalEntry.action).distinct().order_by(JournalEntry.action)
    return list(db.session.scalars(found))


def history_of(subject: Base, limit: int = 50) -> list[JournalEntry]:
    """List what was done on one object, newest first."""
    return list(
        db.session.scalars(
            entries()
            .where(
                JournalEntry.subject_kind == subject.__tablename__,
                JournalEntry.subject_id == subject.id,
            )
            .limit(limit)
        )
    )
