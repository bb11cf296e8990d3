"""Writing the journal, and proving that nobody rewrote it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from sqlalchemy import select

from talentpool.db import Base, Lock, db, now, queue_on
from talentpool.journal.models import JournalEntry

FIRST_SEAL = "0" * 64
#: Entries held back by `deferred`, None when nothing is.
_held_back: ContextVar[list[JournalEntry] | None] = ContextVar("held_back", default=None)


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
    entry = JournalEntry(
        at=now(),
        actor_id=by.id if by else None,
        action=action,
        subject_kind=subject.__tablename__ if subject is not None else "",
        subject_id=subject.id if subject is not None else None,
        details=details,
    )
    held_back = _held_back.get()
    if held_back is None:
        _seal([entry])
    else:
        held_back.append(entry)
    return entry


@contextmanager
def deferred() -> Iterator[list[JournalEntry]]:
    """Hold entries back until the block ends: who writes for long keeps nobody from the journal.

    They are written in their order, in the caller's transaction, unless the block takes them out of
    the list that it is given; a block that raises writes none. A block within another hands its
    entries over to it.
    """
    entries: list[JournalEntry] = []
    token = _held_back.set(entries)
    try:
        yield entries
    finally:
        _held_back.reset(token)
    outer = _held_back.get()
    if outer is None:
        _seal(entries)
    else:
        outer.extend(entries)


def _seal(entries: list[JournalEntry]) -> None:
    queue_on(Lock.JOURNAL)
    seal = head()[1]
    for entry in entries:
        entry.previous_seal = seal
        entry.seal = seal = entry.computed_seal()
    # Rows are numbered in the order in which they are added, which is the chain's.
    db.session.add_all(entries)
    db.session.flush()


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
