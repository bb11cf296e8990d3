"""Who is late is told once, then weekly; what was promised to a person is kept or owned up to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.admissions import decisions, lifecycle
from talentpool.admissions.cli import commands
from talentpool.admissions.reminders import remind
from talentpool.admissions.stages import Stage
from talentpool.db import db, now
from talentpool.notifications.models import Notification
from talentpool.web.pipeline import Application as App
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    TODAY,
    make_application,
    make_interviewed,
    make_marks,
    make_screening,
)

pytestmark = pytest.mark.usefixtures("each_database")


def kinds() -> list[str]:
    chosen = select(Notification.kind).where(Notification.kind.contains("late"))
    return sorted(db.session.scalars(chosen))


def test_a_reviewer_who_is_late_is_told_once_a_week() -> None:
    make_screening()
    assert remind(TODAY + timedelta(days=10)) == (0, 0)
    assert remind(TODAY + timedelta(days=11)) == (1, 0)
    assert remind(TODAY + timedelta(days=17)) == (0, 0)
    assert remind(TODAY + timedelta(days=18)) == (1, 0)
    assert set(kinds()) == {"application.late_reviewer"}


def test_who_is_done_is_left_alone() -> None:
    make_screening(marks=make_marks())
    assert remind(TODAY + timedelta(days=12)) == (0, 0)


def test_both_sides_learn_that_a_promised_day_has_passed() -> None:
    officer = make_account()
    application = make_application()
    assert remind(TODAY + timedelta(days=5)) == (0, 0)
    assert remind(TODAY + timedelta(days=6)) == (2, 0)
    late = select(Notification).where(Notification.kind.contains("late"))
    assert {row.account_id for row in db.session.scalars(late)} == {
        officer.id,
        application.talent.account_id,
    }


def test_what_follows_an_interview_is_promised_from_its_day() -> None:
    make_account(role=Role.AGENCY_STAFF)
    application = make_interviewed(is_held=False)
    assert application.interview is not None
    assert remind(application.interview.meets_on + timedelta(days=21)) == (0, 0)
    told, _lapsed = remind(application.interview.meets_on + timedelta(days=22))
    assert told > 0


def test_places_end_with_their_day_and_nothing_that_ended_is_late() -> None:
    application, withdrawn = make_interviewed(), make_application()
    lifecycle.withdraw_application(withdrawn, by=None)
    until = TODAY + timedelta(days=30)
    decisions.put_on_waiting_list(application, until=until, today=TODAY, by=None)
    assert remind(until) == (0, 0)
    assert remind(until + timedelta(days=1)) == (0, 1)
    assert application.stage is Stage.LAPSED


def test_the_morning_command_says_how_many(each_database: App) -> None:
    make_screening()
    day = (TODAY + timedelta(days=11)).isoformat()
    result = each_database.test_cli_runner().invoke(commands, ["remind", "--on", day])
    assert "1 reminders, 0 places" in result.output


def test_whoever_limits_the_use_of_their_data_is_left_out() -> None:
    make_account()
    reviewed, waiting = make_screening().application, make_interviewed()
    day = TODAY + timedelta(days=1)
    decisions.put_on_waiting_list(waiting, until=day, today=TODAY, by=None)
    for one in (reviewed, waiting):
        one.talent.restricted_at = now()
    db.session.commit()
    assert remind(TODAY + timedelta(days=60)) == (0, 0)
    assert waiting.stage is Stage.WAITING
    for one in (reviewed, waiting):
        one.talent.restricted_at = None
    db.session.commit()
    told, lapsed = remind(TODAY + timedelta(days=60))
    assert told
    assert lapsed == 1
