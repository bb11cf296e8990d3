"""What a morning brings: reviewers who are late, promised days that passed, places that are over."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.access import AGENCY
from talentpool.accounts.models import Account
from talentpool.admissions import notices
from talentpool.admissions.models import Application, Screening
from talentpool.admissions.promises import days_late, due_on, promised_days
from talentpool.admissions.screening import open_read_files
from talentpool.admissions.stages import PENDING, Stage
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState
from talentpool.journal import services as journal
from talentpool.talents.models import Talent

WEEK = 7


def remind(today: date, *, needed: int) -> int:
    """Tell who is late, and who has a place that is over to decide on, once then weekly; return how many."""
    with journal.deferred():
        open_read_files(needed=needed)
        return _remind_reviewers(today) + _remind_leads(today) + _remind_of_places(today)


def _remind_reviewers(today: date) -> int:
    late = (
        select(Screening)
        .join(Screening.application)
        .join(Application.talent)
        .where(
            Talent.restricted_at.is_(None),
            Screening.state == EvaluationState.ASKED,
            Screening.due_on < today,
            Screening.reviewer.has(Account.is_active & Account.role.in_(sorted(AGENCY))),
            Application.stage == Stage.IN_REVIEW,
        )
        .options(joinedload(Screening.application), joinedload(Screening.reviewer))
        .order_by(Screening.id)
    )
    return sum(
        notices.tell_late_reviewer(one, week=_week((today - one.due_on).days))
        for one in db.session.scalars(late).all()
    )


def _remind_leads(today: date) -> int:
    days = promised_days()
    waiting = select(Application).where(Application.stage.in_(PENDING)).order_by(Application.id)
    told = 0
    for application in db.session.scalars(waiting).all():
        promised, late = due_on(application, days), days_late(application, days, today)
        if promised and late:
            told += notices.tell_late(application, due_on=promised, week=_week(late))
    return told


def _remind_of_places(today: date) -> int:
    """Say which places on the waiting list are over: what becomes of them is for people to decide."""
    over = select(Application).where(
        Application.stage == Stage.WAITING, Application.waits_until < today
    )
    return sum(
        notices.tell_place_over(one, week=_week((today - one.waits_until).days))
        for one in db.session.scalars(over.order_by(Application.id)).all()
        if one.waits_until and not one.is_restricted
    )


def _week(days: int) -> int:
    # Numbered by week, so that a morning on which nothing ran loses nothing.
    return (days - 1) // WEEK
