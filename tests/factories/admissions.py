"""Makers of applications to the pool."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.admissions.criteria import Criterion, InterviewCriterion
from talentpool.admissions.interviews import Meeting, note_interview, plan_interview
from talentpool.admissions.lifecycle import (
    ApplicationText,
    begin_application,
    submit_application,
)
from talentpool.admissions.models import Application, Screening
from talentpool.admissions.screening import Mark, assign_reviewer, submit_screening
from talentpool.admissions.waiting import put_on_waiting_list
from talentpool.db import db
from talentpool.talents.models import PoolStatus, Talent
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent

TODAY = date.today()
NEEDED, DAYS = 2, 10
TEXT = ApplicationText(
    motivation="Je voudrais que les démarches se comprennent.",
    enterprise="J’ai lancé une association de cartographie.",
)


def make_candidate(**changes: Any) -> Talent:
    """Make the profile of somebody outside the pool, who signs in."""
    account = changes.pop("account", None) or make_account(role=Role.TALENT)
    return make_talent(account=account, pool_status=PoolStatus.CANDIDATE, **changes)


def make_draft(talent: Talent | None = None, text: ApplicationText = TEXT) -> Application:
    """Make an application that was not handed in."""
    application = begin_application(
        talent or make_candidate(), text, today=TODAY, again_days=180, by=None
    )
    db.session.commit()
    return application


def make_application(talent: Talent | None = None) -> Application:
    """Make an application that was handed in."""
    application = make_draft(talent)
    submit_application(application, agrees=True, by=application.talent.account)
    db.session.commit()
    return application


def make_marks(
    score: int = 3, *, comment: str = "Montré par un projet."
) -> Mapping[Criterion, Mark]:
    """Make an evaluation that scores all alike."""
    return dict.fromkeys(Criterion, Mark(score, comment))


def make_screening(
    application: Application | None = None,
    *,
    reviewer: Account | None = None,
    marks: Mapping[Criterion, Mark] | None = None,
) -> Screening:
    """Ask somebody new to score a file, and take what they say in if it is given."""
    screening = assign_reviewer(
        application or make_application(),
        reviewer or make_account(),
        needed=NEEDED,
        days=DAYS,
        today=TODAY,
        by=None,
    )
    if marks:
        submit_screening(screening, marks, needed=NEEDED, by=screening.reviewer)
    db.session.commit()
    return screening


def make_scored(*scores: int, talent: Talent | None = None) -> Application:
    """Make an application whose evaluations are all in, 3 and 4 unless told."""
    application = make_application(talent)
    screenings = [make_screening(application) for _score in scores or (3, 4)]
    for screening, score in zip(screenings, scores or (3, 4), strict=True):
        submit_screening(screening, make_marks(score), needed=NEEDED, by=screening.reviewer)
    db.session.commit()
    return application


def make_meeting(**changes: Any) -> Meeting:
    """Make when, where and with whom somebody is met."""
    values: dict[str, Any] = {
        "meets_on": TODAY,
        "meets_at": "14:30",
        "place": "Salle Ada, 3e étage",
        **changes,
    }
    panel = values.pop("panel", None) or [make_account()]
    return Meeting(panel=panel, **values)


def make_interviewed(
    *, is_held: bool = True, talent: Talent | None = None, panel: list[Account] | None = None
) -> Application:
    """Make an application whose person was met today, or is to be tomorrow."""
    application = make_scored(talent=talent)
    meets_on = TODAY if is_held else TODAY + timedelta(days=1)
    meeting = make_meeting(meets_on=meets_on, panel=panel)
    plan_interview(application, meeting, needed=NEEDED, today=TODAY, by=None)
    if is_held:
        grid = dict.fromkeys(InterviewCriterion, 4)
        note_interview(application, grid, "Écoute, puis reformule.", today=TODAY, by=None)
    db.session.commit()
    return application


def make_waiting(
    *, talent: Talent | None = None, rank: int | None = None, until: date | None = None
) -> Application:
    """Make an application whose person was met and stands on the waiting list, for a month unless told."""
    application = make_interviewed(talent=talent)
    until = until or TODAY + timedelta(days=30)
    put_on_waiting_list(application, until=until, rank=rank, today=TODAY, by=make_account())
    db.session.commit()
    return application
