"""Noting what was said, saying who comes back to what and when, and giving a person what is kept on them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.casework.models import CaseNote, FollowUp, NoteKind, Subject
from talentpool.casework.queries import confirmations_of, follow_up_of, key_of
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.needs.lifecycle import when_moved
from talentpool.needs.models import NeedMove
from talentpool.needs.stages import Move
from talentpool.talents.models import Talent

WEEK = timedelta(days=7)


class NotTheAuthor(Exception):
    """A note is struck out by whoever wrote it, and nobody else."""


class AlreadyStruck(Exception):
    """The note is struck out already."""


class NotACaretaker(Exception):
    """Only active staff of the agency follow something."""


def write_note(
    subject: Subject,
    *,
    text: str,
    by: Account,
    kind: NoteKind = NoteKind.NOTE,
    with_whom: str = "",
    happened_at: datetime | None = None,
) -> CaseNote:
    """Note something on a need, a seat or a person: dated, signed, and never edited."""
    note = CaseNote(
        **key_of(subject),
        kind=kind,
        text=text,
        with_whom=with_whom,
        happened_at=happened_at,
        author_id=by.id,
    )
    db.session.add(note)
    journal.record("note.written", note, by=by, kind=kind.value, **key_of(subject))
    return note


def strike_note(note: CaseNote, *, reason: str, by: Account) -> None:
    """Strike one's own note out, and say why; it stays readable. Raises `NotTheAuthor`, `AlreadyStruck`."""
    if note.author_id != by.id:
        raise NotTheAuthor
    if note.is_struck:
        raise AlreadyStruck
    note.struck_at, note.strike_reason = now(), reason
    journal.record("note.struck", note, by=by)


def set_follow_up(
    subject: Subject, *, owner: Account | None, due_on: date | None, reason: str, by: Account | None
) -> FollowUp:
    """Say who follows a subject, when they come back to it and what for; raises `NotACaretaker`.

    An owner who is no caretaker any more may stay, until somebody else is named.
    """
    found = follow_up_of(subject)
    stays = found is not None and owner is not None and found.owner_id == owner.id
    if owner is not None and not stays and not is_caretaker(owner):
        raise NotACaretaker
    found = found or _begun(subject)
    if (found.owner, found.due_on, found.reason) != (owner, due_on, reason):
        found.owner, found.due_on, found.reason = owner, due_on, reason
        _record("follow_up.set", found, by=by)
    return found


def come_back(subject: Subject, *, on: date, by: Account) -> FollowUp:
    """Come back to a subject on a day: its owner does, or whoever says so when it has none."""
    found = follow_up_of(subject)
    owner = found.owner if found is not None and found.owner is not None else by
    return set_follow_up(
        subject, owner=owner, due_on=on, reason=found.reason if found else "", by=by
    )


def is_caretaker(account: Account) -> bool:
    """Tell whether an account may follow something."""
    return account.is_active and account.role is Role.AGENCY_STAFF


def finish(follow_up: FollowUp, *, by: Account | None) -> bool:
    """Note that what was to be done is done; the owner stays. False when it was done already."""
    if not follow_up.is_open:
        return False
    follow_up.due_on = None
    _record("follow_up.done", follow_up, by=by)
    return True


def postpone(chosen: Iterable[FollowUp], *, today: date, by: Account | None) -> int:
    """Come back to follow-ups a week later than planned, or than today when late; return how many."""
    still_open = [follow_up for follow_up in chosen if follow_up.due_on is not None]
    for follow_up in still_open:
        follow_up.due_on = max(follow_up.due_on or today, today) + WEEK
        _record("follow_up.postponed", follow_up, by=by)
    return len(still_open)


def raise_today(subject: Subject, *, today: date, owner: Account | None) -> FollowUp:
    """Have somebody come back to a subject today at the latest: its owner, or else `owner`."""
    found = follow_up_of(subject) or _begun(subject)
    if found.owner is None or not is_caretaker(found.owner):
        found.owner = owner if owner is not None and is_caretaker(owner) else None
    found.due_on = min(found.due_on or today, today)
    _record("follow_up.raised", found, by=None)
    return found


def _begun(subject: Subject) -> FollowUp:
    """Begin a follow-up; when somebody else does at this moment, theirs is the one."""
    follow_up = FollowUp(**key_of(subject))
    try:
        with db.session.begin_nested():
            db.session.add(follow_up)
    except IntegrityError:
        return db.session.scalars(select(FollowUp).filter_by(**key_of(subject))).one()
    return follow_up


def _record(action: str, follow_up: FollowUp, *, by: Account | None) -> None:
    db.session.flush()
    due_on = follow_up.due_on.isoformat() if follow_up.due_on else None
    owner = follow_up.owner_id
    about = key_of(follow_up.subject)
    journal.record(action, follow_up, by=by, owner=owner, due_on=due_on, **about)


def _follow_approved_need(made: NeedMove, by: Account | None) -> None:
    """Let whoever takes a need on follow it, and come back to it in a week."""
    need = made.need
    if (
        made.move is Move.APPROVE
        and by is not None
        and is_caretaker(by)
        and follow_up_of(need) is None
    ):
        set_follow_up(need, owner=by, due_on=date.today() + WEEK, reason="", by=by)


when_moved.append(_follow_approved_need)


def notes_about(talent: Talent) -> list[dict[str, Any]]:
    """Give all notes on a person as they may read them, oldest first, those struck out among them.

    Who wrote a note is not theirs to know: the agency answers for it.
    """
    chosen = select(CaseNote).where(CaseNote.talent_id == talent.id).order_by(CaseNote.id)
    return [
        {
            "kind": note.kind.value,
            "written_at": note.created_at.isoformat(),
            "happened_at": note.happened_at.isoformat() if note.happened_at else None,
            "with_whom": note.with_whom,
            "text": note.text,
            "struck_at": note.struck_at.isoformat() if note.struck_at else None,
            "strike_reason": note.strike_reason,
        }
        for note in db.session.scalars(chosen)
    ]


def file_on(talent: Talent) -> dict[str, Any]:
    """Give everything that casework keeps on a person, for an access request: JSON-safe."""
    follow_up = follow_up_of(talent)
    return {
        "person": talent.code,
        "notes": notes_about(talent),
        "follow_up": None
        if follow_up is None
        else {
            "due_on": follow_up.due_on.isoformat() if follow_up.due_on else None,
            "reason": follow_up.reason,
        },
        "confirmations": [
            {
                "contact_email": asked.contact_email,
                "sent_at": asked.sent_at.isoformat(),
                "answer": asked.answer.value if asked.answer else None,
                "answered_at": asked.answered_at.isoformat() if asked.answered_at else None,
                "corrected_text": asked.corrected_text,
            }
            for asked in reversed(confirmations_of(talent))
        ],
    }
