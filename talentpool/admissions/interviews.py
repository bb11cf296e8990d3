"""Meeting somebody: when and where, with whom, and what the panel concludes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from talentpool.access import Permission, allows
from talentpool.accounts.models import Account
from talentpool.admissions import notices
from talentpool.admissions.criteria import InterviewCriterion
from talentpool.admissions.lifecycle import IllegalStage, check_usable, lock, move
from talentpool.admissions.models import Application, Interview
from talentpool.admissions.progress import progress_of
from talentpool.admissions.stages import Move, Stage
from talentpool.db import db
from talentpool.journal import services as journal


class EvaluationsMissing(Exception):
    """Nobody is invited nor turned down before two people have read the file."""


class InterviewMissing(Exception):
    """Nobody is admitted, nor put on the waiting list, without having been met."""


class PanelMissing(Exception):
    """An interview has a panel, of the agency's active accounts."""


class InterviewToCome(Exception):
    """What is concluded comes after the interview."""


class NothingPlanned(Exception):
    """No interview was planned."""


@dataclass(frozen=True)
class Meeting:
    """When, where and with whom."""

    meets_on: date
    meets_at: str
    place: str
    panel: Sequence[Account]


def plan_interview(
    application: Application, meeting: Meeting, *, needed: int, today: date, by: Account | None
) -> Interview:
    """Invite somebody, or plan their interview otherwise as long as it was not held, and tell all.

    The name passes to the agency with the first invitation. Raises `EvaluationsMissing`,
    `PanelMissing`, `InterviewToCome` for a day that has passed, or `IllegalStage`.
    """
    lock(application)
    check_usable(application)
    if application.stage not in (Stage.IN_REVIEW, Stage.INTERVIEW):
        raise IllegalStage(application.stage)
    check_read(application, needed=needed)
    if not meeting.panel or not all(
        one.is_active and allows(one, Permission.READ_APPLICATIONS, application)
        for one in meeting.panel
    ):
        raise PanelMissing
    if meeting.meets_on < today:
        raise InterviewToCome
    interview = application.interview
    if interview is not None and interview.held_on and application.stage is Stage.INTERVIEW:
        raise IllegalStage(application.stage)
    if interview is None:
        interview = application.interview = Interview()
    interview.meets_on, interview.meets_at = meeting.meets_on, meeting.meets_at
    interview.place, interview.panel = meeting.place.strip(), list(meeting.panel)
    interview.held_on = None
    db.session.flush()
    codes = {"application": application.id, "meets_on": meeting.meets_on.isoformat()}
    journal.record("interview.planned", interview, by=by, **codes)
    if application.stage is Stage.IN_REVIEW:
        move(application, Move.INVITE, by=by)
    notices.tell_interview(interview, by=by)
    return interview


def check_read(application: Application, *, needed: int) -> None:
    """Raise `EvaluationsMissing` unless all was read that is needed, and all that was asked besides."""
    is_awaited = application.stage is Stage.IN_REVIEW and not (
        progress_of(application, needed=needed).are_all_in
    )
    if application.opened_at is None or is_awaited:
        raise EvaluationsMissing


def check_met(application: Application) -> None:
    """Raise `InterviewMissing` unless somebody was met, and what came of it is noted."""
    if application.interview is None or application.interview.held_on is None:
        raise InterviewMissing


def note_interview(
    application: Application,
    grid: Mapping[InterviewCriterion, int],
    conclusion: str,
    *,
    today: date,
    by: Account | None,
) -> Interview:
    """Write down what the panel concludes, or correct it until the decision.

    Raises `IllegalStage`, `NothingPlanned` or `InterviewToCome`.
    """
    lock(application)
    check_usable(application)
    if application.stage is not Stage.INTERVIEW:
        raise IllegalStage(application.stage)
    interview = application.interview
    if interview is None:
        raise NothingPlanned
    if interview.meets_on > today:
        raise InterviewToCome
    interview.held_on = interview.meets_on
    interview.grid = {criterion.value: grid[criterion] for criterion in InterviewCriterion}
    interview.conclusion = conclusion.strip()
    interview.noted_by_id = by.id if by else None
    journal.record("interview.noted", interview, by=by, application=application.id)
    return interview
