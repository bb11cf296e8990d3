"""Having files scored: two people at least, each alone, until all are in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.access import Permission, allows
from talentpool.accounts.models import Account
from talentpool.admissions import notices
from talentpool.admissions.criteria import Criterion
from talentpool.admissions.lifecycle import check_usable, lock, move
from talentpool.admissions.models import (
    Application,
    Screening,
    ScreeningScore,
    Tie,
)
from talentpool.admissions.progress import progress_by_application, progress_of
from talentpool.admissions.queries import reading_of
from talentpool.admissions.stages import Move, Stage
from talentpool.db import db, now
from talentpool.evaluations.progress import EvaluationState, Progress, ReleaseReason
from talentpool.journal import services as journal

MOST_REVIEWERS = 5


class NotInScreening(Exception):
    """Only an application that was handed in and is not past its evaluation is scored."""


class NotAReviewer(Exception):
    """Only active accounts of the agency score files."""


class NotBlind(Exception):
    """Whoever knows the name, or asks for one more reading of what they read, does not score the file."""


class AlreadyReviewer(Exception):
    """The person scores this file already, or stepped aside from it."""


class EnoughReviewers(Exception):
    """A file is not read by everybody."""


class ScreeningClosed(Exception):
    """The evaluations were read, or the application went on: they don't change any more."""


class ScoresMissing(Exception):
    """An evaluation gives every criterion a score and a comment."""


@dataclass(frozen=True)
class Mark:
    """What an evaluation says of one criterion; a draft may lack either."""

    score: int | None
    comment: str


def assign_reviewer(
    application: Application,
    reviewer: Account,
    *,
    needed: int,
    days: int,
    today: date,
    by: Account | None,
) -> Screening:
    """Ask somebody of the agency to score a file within `days`, and tell them unless they took it.

    Who was released may be asked again, and writes from the start.

    Raises `NotInScreening`, `NotAReviewer`, `NotBlind`, `AlreadyReviewer` or `EnoughReviewers`.
    """
    lock(application)
    check_usable(application)
    if application.stage not in (Stage.SUBMITTED, Stage.IN_REVIEW):
        raise NotInScreening
    if not reviewer.is_active or not allows(reviewer, Permission.REVIEW_APPLICATIONS, application):
        raise NotAReviewer
    is_judge_chosen_by_themselves = by is not None and by.id == reviewer.id
    if application.opened_at is not None and is_judge_chosen_by_themselves:
        raise NotBlind
    if reading_of(application, reviewer):
        raise NotBlind
    progress = progress_of(application, needed=needed)
    earlier = db.session.scalar(
        select(Screening).filter_by(application_id=application.id, reviewer_id=reviewer.id)
    )
    if earlier is not None and earlier.state is not EvaluationState.RELEASED:
        raise AlreadyReviewer
    if len(progress.standing) >= MOST_REVIEWERS:
        raise EnoughReviewers
    screening = earlier or Screening(application=application, reviewer=reviewer)
    screening.state, screening.edited_at = EvaluationState.ASKED, now()
    screening.assigned_by_id = by.id if by else None
    screening.due_on = today + timedelta(days=days)
    db.session.add(screening)
    db.session.flush()
    codes = {"application": application.id, "reviewer": reviewer.id}
    journal.record("screening.assigned", screening, by=by, **codes)
    if by is None or by.id != reviewer.id:
        notices.tell_asked(screening)
    if application.stage is Stage.SUBMITTED:
        application.lead_id = by.id if by else None
        move(application, Move.TAKE_UP, by=by)
    return screening


def save_draft(screening: Screening, marks: Mapping[Criterion, Mark], *, by: Account) -> None:
    """Keep an unfinished evaluation for its reviewer alone; raises `ScreeningClosed`."""
    lock(screening.application)
    check_usable(screening.application)
    _check_open(screening)
    _check_blind(screening)
    _write(screening, marks)
    if screening.state is EvaluationState.DONE:
        # What was handed in and is taken up again counts once it is handed in again.
        screening.state, screening.done_at = EvaluationState.ASKED, None
    journal.record("screening.drafted", screening, by=by, application=screening.application_id)


def submit_screening(
    screening: Screening, marks: Mapping[Criterion, Mark], *, needed: int, by: Account | None
) -> None:
    """Take an evaluation in, or again, as long as nobody read it; the last one opens all.

    Raises `ScreeningClosed` or `ScoresMissing`.
    """
    lock(screening.application)
    check_usable(screening.application)
    _check_open(screening)
    _check_blind(screening)
    if any(
        criterion not in marks
        or marks[criterion].score is None
        or not marks[criterion].comment.strip()
        for criterion in Criterion
    ):
        raise ScoresMissing
    _write(screening, marks)
    screening.state, screening.done_at = EvaluationState.DONE, now()
    db.session.flush()
    journal.record("screening.submitted", screening, by=by, application=screening.application_id)
    _open_if_all_in(screening.application, needed)


def step_aside(
    screening: Screening,
    tie: Tie,
    *,
    replacement: Account | None,
    needed: int,
    days: int,
    today: date,
    by: Account | None,
) -> Screening | None:
    """Note that somebody cannot judge a file, forget what they wrote, and ask somebody else if known.

    Raises `ScreeningClosed`, and what `assign_reviewer` raises.
    """
    application = screening.application
    lock(application)
    check_usable(application)
    _check_open(screening)
    screening.state, screening.tie = EvaluationState.REPLACED, tie
    screening.scores, screening.done_at = [], None
    db.session.flush()
    codes = {"application": application.id, "tie": tie.value}
    journal.record("screening.stepped_aside", screening, by=by, **codes)
    if replacement is None:
        # One who was asked besides leaves: the others may be all that is needed.
        _open_if_all_in(application, needed)
        return None
    return assign_reviewer(application, replacement, needed=needed, days=days, today=today, by=by)


def release(screening: Screening, reason: ReleaseReason, *, needed: int, by: Account) -> None:
    """Wait no more for an evaluation that is not in, and tell its reviewer; the minimum is still asked for.

    Raises `ScreeningClosed` for one that is in, or that nobody waits for.
    """
    application = screening.application
    lock(application)
    check_usable(application)
    db.session.refresh(screening)
    is_asked = screening.state is EvaluationState.ASKED
    if not is_asked or application.stage is not Stage.IN_REVIEW:
        raise ScreeningClosed
    screening.state, screening.scores = EvaluationState.RELEASED, []
    db.session.flush()
    codes = {"application": application.id, "reason": reason.value}
    journal.record("screening.released", screening, by=by, **codes)
    notices.tell_released(screening)
    _open_if_all_in(application, needed)


def open_read_files(*, needed: int) -> int:
    """Open the files of which all that can still come is in, whoever was awaited having left; return how many."""
    chosen = select(Application).where(
        Application.stage == Stage.IN_REVIEW, Application.opened_at.is_(None)
    )
    waiting = db.session.scalars(chosen.order_by(Application.id)).all()
    progress = progress_by_application(waiting, needed=needed)
    found = [one for one in waiting if progress[one.id].are_all_in]
    for application in found:
        lock(application)
        is_open = application.stage is not Stage.IN_REVIEW or application.opened_at is not None
        if not is_open and not application.is_restricted:
            _open_if_all_in(application, needed)
    return sum(one.opened_at is not None for one in found)


def _open_if_all_in(application: Application, needed: int) -> None:
    progress: Progress = progress_of(application, needed=needed)
    if not progress.are_all_in:
        return
    application.opened_at = now()
    notices.tell_opened(application)


def _check_open(screening: Screening) -> None:
    """Raise unless an evaluation may still change: what was read together does not."""
    db.session.refresh(screening)
    opened_at = screening.application.opened_at
    was_read = (
        screening.state is EvaluationState.DONE
        and opened_at is not None
        and screening.done_at is not None
        and screening.done_at <= opened_at
    )
    is_over = screening.application.stage is not Stage.IN_REVIEW
    if is_over or was_read or screening.state.is_left:
        raise ScreeningClosed


def _check_blind(screening: Screening) -> None:
    """Raise once its reviewer has read the name: they may step aside, and write no more."""
    if reading_of(screening.application, screening.reviewer):
        raise ScreeningClosed


def _write(screening: Screening, marks: Mapping[Criterion, Mark]) -> None:
    # What was said before goes first: one row for each criterion is all that the table takes.
    screening.scores = []
    db.session.flush()
    screening.scores = [
        ScreeningScore(criterion=criterion, score=mark.score, comment=mark.comment.strip())
        for criterion, mark in marks.items()
    ]
    screening.edited_at = now()
    db.session.flush()
