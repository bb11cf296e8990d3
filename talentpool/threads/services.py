"""Writing in a need's thread, asking about a published need, and answering."""

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.needs.models import Need
from talentpool.needs.people import Party
from talentpool.threads import notices, queries
from talentpool.threads.models import Asker, NeedMessage, NeedQuestion, NeedReading

Row = TypeVar("Row", NeedMessage, NeedQuestion)


class QuestionsClosed(Exception):
    """The need is no longer published, or takes no candidates any more."""


class AlreadyAnswered(Exception):
    """Somebody has answered the question."""


class QuestionStruck(Exception):
    """The agency took the question out of sight."""


def post_message(
    need: Need, text: str, *, party: Party, token: str, by: Account | None
) -> NeedMessage:
    """Add a message and tell the other side; a form sent twice makes one message."""
    message = NeedMessage(
        need_id=need.id,
        party=party,
        author_id=by.id if by else None,
        text=text.strip(),
        token=token,
    )
    stored = _first(message)
    if stored is message:
        journal.record("need.message_posted", need, by=by, message=message.id, side=party.value)
        notices.tell_message(message, by=by)
        if by is not None:
            mark_read(need, party=party, by=by)
    return stored


def mark_read(need: Need, *, party: Party, by: Account) -> None:
    """Note that somebody has read a thread until now."""
    reading = queries.reading_of(need, by.id)
    if reading is None:
        reading = _first_reading(need, party, by)
    reading.party = party
    reading.read_until = now()
    db.session.flush()


def _first_reading(need: Need, party: Party, by: Account) -> NeedReading:
    """Open somebody's reading of a thread, or return the one that they have opened at this moment."""
    reading = NeedReading(need_id=need.id, account_id=by.id, party=party, read_until=now())
    try:
        with db.session.begin_nested():
            db.session.add(reading)
    except IntegrityError:
        opened = queries.reading_of(need, by.id)
        if opened is None:
            raise
        return opened
    return reading


def ask(need: Need, text: str, *, token: str, today: date, by: Account) -> NeedQuestion:
    """Ask about a published need; a form sent twice asks once. Raises `QuestionsClosed`."""
    if not queries.takes_questions(need, today):
        raise QuestionsClosed
    question = NeedQuestion(
        need_id=need.id, asker=_asker(by), asker_id=by.id, text=text.strip(), token=token
    )
    stored = _first(question)
    if stored is question:
        journal.record("question.asked", question, by=by, need=need.id)
        notices.tell_asked(question, by=by)
    return stored


def answer(question: NeedQuestion, text: str, *, party: Party, by: Account | None) -> None:
    """Answer a question, for all who may read the need; raises `AlreadyAnswered`, `QuestionStruck`."""
    # Of two who answer at once, the second sees the first one's words.
    db.session.refresh(question, with_for_update=True)
    if question.is_answered:
        raise AlreadyAnswered
    if question.is_struck:
        raise QuestionStruck
    question.answer = text.strip()
    question.answered_at = now()
    question.answered_by = party
    question.answered_by_id = by.id if by else None
    journal.record("question.answered", question, by=by, need=question.need_id)
    notices.tell_answered(question, by=by)


def strike(question: NeedQuestion, *, by: Account | None) -> None:
    """Take a question and its answer out of sight; `restore` undoes it."""
    if not question.is_struck:
        question.struck_at = now()
        journal.record("question.struck", question, by=by, need=question.need_id)


def restore(question: NeedQuestion, *, by: Account | None) -> None:
    """Show a question that was struck out again."""
    if question.is_struck:
        question.struck_at = None
        journal.record("question.restored", question, by=by, need=question.need_id)


def _asker(account: Account) -> Asker:
    if account.role is Role.TALENT:
        return Asker.TALENT
    return Asker.MINISTRY if account.role is Role.MINISTRY_MEMBER else Asker.AGENCY


def _first(row: Row) -> Row:
    """Write a row unless its form was sent before, perhaps at this moment; return the one that stands."""
    kind = type(row)
    same = select(kind).where(kind.token == row.token, kind.need_id == row.need_id)
    before = db.session.scalar(same)
    if before is not None and before.text == row.text:
        return before
    if before is not None:
        # Somebody went back to the form that they had sent, and wrote something else in it.
        row.token = new_identifier()
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        before = db.session.scalar(same)
        if before is None:
            raise
        return before
    return row
