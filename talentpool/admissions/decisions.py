"""Saying yes or no to somebody, by a named person; and looking again when somebody asks for it."""

from talentpool.accounts.models import Account
from talentpool.admissions import notices
from talentpool.admissions.interviews import check_met, check_read
from talentpool.admissions.lifecycle import (
    IllegalStage,
    check,
    check_signed,
    check_usable,
    lock,
    move,
)
from talentpool.admissions.models import Application, ApplicationMove, NameReading
from talentpool.admissions.progress import progress_of
from talentpool.admissions.queries import name_readings, reading_of
from talentpool.admissions.stages import DeclineReason, Move, Stage
from talentpool.db import db, now
from talentpool.i18n import date_in_figures
from talentpool.journal import services as journal
from talentpool.talents.models import PoolStatus


class WordsMissing(Exception):
    """A no comes with a reason and a sentence; a request for another look with its own."""


class AlreadyAsked(Exception):
    """Another look was asked for before."""


class ReviewerStaysBlind(Exception):
    """Whoever scores a file does not read its name before their evaluation can no more change."""


def admit(application: Application, *, by: Account, words: str = "") -> ApplicationMove:
    """Take somebody into the pool, ranked from now on; raises `ApplicationAlreadyDecided`, `InterviewMissing`."""
    lock(application)
    check(application, Move.ADMIT)
    check_met(application)
    talent = application.talent
    if talent.is_outside_pool:
        talent.pool_status = PoolStatus.POOL
    # Rankings read again whoever was edited.
    talent.edited_at = now()
    application.waits_until = application.wait_rank = None
    return move(application, Move.ADMIT, by=by, words=words)


def decline(
    application: Application,
    *,
    reason: DeclineReason,
    words: str,
    needed: int,
    by: Account,
) -> ApplicationMove:
    """Say no, why, and what to do next.

    Raises `ApplicationAlreadyDecided`, `EvaluationsMissing` or `WordsMissing`.
    """
    lock(application)
    check(application, Move.DECLINE)
    check_read(application, needed=needed)
    if not words.strip():
        raise WordsMissing
    return move(application, Move.DECLINE, reason=reason, words=words, by=by)


def ask_look(application: Application, words: str, *, by: Account) -> None:
    """Ask that a person looks again at a no; raises `IllegalStage`, `AlreadyAsked` or `WordsMissing`."""
    lock(application)
    if application.stage is not Stage.DECLINED:
        raise IllegalStage(application.stage)
    if application.look_asked_at is not None:  # Once for each application.
        raise AlreadyAsked
    if not words.strip():
        raise WordsMissing
    application.look_words, application.look_asked_at = words.strip(), now()
    journal.record("application.look_asked", application, by=by)
    notices.tell_look_asked(application)


def answer_look(application: Application, *, reopens: bool, words: str, by: Account) -> None:
    """Answer who asked for another look: take the file up again, or uphold the no and say why.

    Raises `IllegalStage` when nobody waits for an answer, `WordsMissing` or `NobodyDecides`.
    """
    lock(application)
    check_signed(by)
    check_usable(application)
    if application.stage is not Stage.DECLINED or not application.awaits_look:
        raise IllegalStage(application.stage)
    if not words.strip():
        raise WordsMissing
    application.look_answer, application.look_answered_at = words.strip(), now()
    if reopens:
        _note_panel(application)
        application.interview = None
        move(application, Move.REOPEN, by=by)
    else:
        journal.record("application.upheld", application, by=by)
    notices.tell_look_answered(application, by=by)


def read_name(application: Application, reason: str, *, needed: int, by: Account) -> NameReading:
    """Let somebody read a name before the interview, for a reason that is kept; again changes nothing.

    Raises `ReviewerStaysBlind` or `WordsMissing`.
    """
    lock(application)
    check_usable(application)
    progress = progress_of(application, needed=needed)
    # What is in is still corrected until all are: whoever could does not read the name either.
    if progress.asked_of(by.id) or (application.opened_at is None and progress.is_scored_by(by.id)):
        raise ReviewerStaysBlind
    if not reason.strip():
        raise WordsMissing
    if found := reading_of(application, by):
        return found
    return _note_reading(application, reason.strip(), by=by)


def _note_panel(application: Application) -> None:
    """Keep who met the person: the interview goes with the answer, and they score no file whose name they know."""
    interview = application.interview
    if interview is None:
        return
    reason = f"Jury de l’entretien du {date_in_figures(interview.meets_on)}"
    known = {one.account_id for one in name_readings(application)}
    for one in interview.panel:
        if one.id not in known:
            _note_reading(application, reason, by=one)


def _note_reading(application: Application, reason: str, *, by: Account) -> NameReading:
    reading = NameReading(application_id=application.id, account_id=by.id, reason=reason)
    db.session.add(reading)
    db.session.flush()
    journal.record("application.name_read", application, by=by, reading=reading.id)
    return reading
