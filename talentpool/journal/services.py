"""Writing the journal, and proving that nobody rewrote it."""

from typing import Any, Protocol

from sqlalchemy import select, text

from talentpool.db import Base, db, now
from talentpool.journal.models import JournalEntry

FIRST_SEAL = "0" * 64
#: Any fixed number: writers of the journal queue on this lock of PostgreSQL's.
JOURNAL_LOCK = 7_306_418


class Actor(Protocol):
    """Whoever acts; the command line has none."""

    @property
    def id(self) -> int | None:
        """The account's number."""


def record(
    action: str, subject: Base | None = None, *, by: Actor | None, **details: Any
) -> JournalEntry:
    """Add an entry for `action` on `subject`, in the caller's transaction.

    `details` must be JSON-safe and hold numbers and codes, never names or free text about persons.
    """
    db.session.flush()
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": JOURNAL_LOCK})
    entry = JournalEntry(
        at=now(),
        actor_id=by.id if by else None,
        action=action,
        subject_kind=subject.__tablename__ if subject is not None else "",
        subject_id=subject.id if subject is not None else None,
        details=details,
        previous_seal=head()[1],
    )
    entry.seal = entry.computed_seal()
    db.session.add(entry)
    db.session.flush()
    return entry


def head() -> tuple[int, str]:
    """Return number and seal of the newest entry, to be kept outside the database once a day."""
    newest = db.session.execute(
        select(JournalEntry.id, JournalEntry.seal).order_by(JournalEntry.id.desc()).limit(1)
    ).first()
    return (newest.id, newest.seal) if newest else (0, FIRST_SEAL)


def broken_links(anchor: tuple[int, str] | None = None) -> list[str]:
    """Name each row that was edited, removed, reordered or cut off; an intact journal names none.

    `anchor` is an earlier `head()`: without it a journal cut at its end cannot be told from a short one.
    """
    problems = []
    seal = FIRST_SEAL
    anchored = anchor is None or anchor[0] == 0
    entries = db.session.scalars(
        select(JournalEntry).order_by(JournalEntry.id).execution_options(yield_per=1_000)
    )
    for entry in entries:
        if entry.previous_seal != seal:
            problems.append(f"before entry {entry.id}: a row was removed, added or moved")
        if entry.computed_seal() != entry.seal:
            problems.append(f"entry {entry.id}: its content was changed")
        if anchor is not None and (entry.id, entry.seal) == anchor:
            anchored = True
        seal = entry.seal
    if not anchored and anchor is not None:
        problems.append(f"entry {anchor[0]}: the anchored row is missing or was rewritten")
    return problems
