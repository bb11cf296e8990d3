"""Who is late is told once, then weekly; what was promised to a person is kept or owned up to."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.cli import AppGroup
from sqlalchemy import select

from talentpool.access import Role
from talentpool.admissions import lifecycle, queries, waiting
from talentpool.admissions.cli import commands
from talentpool.admissions.reminders import remind
from talentpool.admissions.screening import submit_screening
from talentpool.admissions.stages import Stage
from talentpool.cli import talentpool
from talentpool.db import db, now
from talentpool.notifications.models import Notification
from talentpool.web.pipeline import Application as App
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    NEEDED,
    TODAY,
    make_application,
    make_interviewed,
    make_marks,
    make_scored,
    make_screening,
)

pytestmark = pytest.mark.usefixtures("each_database")


def kinds() -> list[str]:
    chosen = select(Notification.kind).where(Notification.kind.contains("late"))
    return sorted(db.session.scalars(chosen))


def test_a_reviewer_who_is_late_is_told_once_a_week() -> None:
    make_screening()
    assert remind(TODAY + timedelta(days=10), needed=NEEDED) == 0
    assert remind(TODAY + timedelta(days=11), needed=NEEDED) == 1
    assert remind(TODAY + timedelta(days=17), needed=NEEDED) == 0
    assert remind(TODAY + timedelta(days=18), needed=NEEDED) == 1
    assert set(kinds()) == {"application.late_reviewer"}


def test_who_cannot_answer_any_more_is_not_reminded_and_the_file_opens_without_them() -> None:
    application = make_application()
    first, second, gone = (make_screening(application) for _place in range(3))
    for one in (first, second):
        submit_screening(one, make_marks(), needed=NEEDED, by=one.reviewer)
    gone.reviewer.is_active = False
    db.session.commit()
    assert application.opened_at is None
    remind(TODAY + timedelta(days=11), needed=NEEDED)
    assert application.opened_at is not None
    assert "application.late_reviewer" not in kinds()


def test_who_is_done_is_left_alone() -> None:
    make_screening(marks=make_marks())
    assert remind(TODAY + timedelta(days=12), needed=NEEDED) == 0


def test_both_sides_learn_that_a_promised_day_has_passed() -> None:
    officer = make_account()
    application = make_application()
    assert remind(TODAY + timedelta(days=5), needed=NEEDED) == 0
    assert remind(TODAY + timedelta(days=6), needed=NEEDED) == 2
    late = select(Notification).where(Notification.kind.contains("late"))
    assert {row.account_id for row in db.session.scalars(late)} == {
        officer.id,
        application.talent.account_id,
    }


def test_what_follows_an_interview_is_promised_from_its_day() -> None:
    make_account(role=Role.AGENCY_STAFF)
    application = make_interviewed(is_held=False)
    assert application.interview is not None
    assert remind(application.interview.meets_on + timedelta(days=21), needed=NEEDED) == 0
    told = remind(application.interview.meets_on + timedelta(days=22), needed=NEEDED)
    assert told > 0


def test_a_place_that_is_over_is_told_to_the_agency_weekly_and_decided_by_nobody() -> None:
    officer = make_account()
    application, withdrawn = make_interviewed(), make_application()
    lifecycle.withdraw_application(withdrawn, by=None)
    until = TODAY + timedelta(days=30)
    waiting.put_on_waiting_list(application, until=until, today=TODAY, by=officer)
    team = len(queries.team())
    assert remind(until, needed=NEEDED) == 0
    assert remind(until + timedelta(days=1), needed=NEEDED) == team
    assert remind(until + timedelta(days=7), needed=NEEDED) == 0
    assert remind(until + timedelta(days=8), needed=NEEDED) == team
    assert application.stage is Stage.WAITING
    over = select(Notification).where(Notification.kind == "application.place_over")
    assert application.talent.account_id not in {row.account_id for row in db.session.scalars(over)}


def test_no_command_of_the_morning_answers_an_application(each_database: App) -> None:
    officer = make_account()
    waits, met, read, handed_in = (
        make_interviewed(),
        make_interviewed(),
        make_scored(),
        make_application(),
    )
    day = TODAY + timedelta(days=1)
    waiting.put_on_waiting_list(waits, until=day, today=TODAY, by=officer)
    db.session.commit()
    before = [one.stage for one in (waits, met, read, handed_in)]
    long_after = (TODAY + timedelta(days=300)).isoformat()
    text = (Path(__file__).parents[3] / "docs/operations.md").read_text(encoding="utf-8")
    told = next(line for line in text.splitlines() if "Every morning: `" in line)
    routine = re.findall(r"talentpool ([a-z]+) (remind|alert|forget|digest)", told)
    assert ("admissions", "remind") in routine
    for group, name in routine:
        gathered = talentpool.commands[group]
        assert isinstance(gathered, AppGroup)
        command = gathered.commands[name]
        dated = any(option.name == "on" for option in command.params)
        args = ["--on", long_after] if dated else []
        result = each_database.test_cli_runner().invoke(command, args)
        assert result.exit_code == 0, (group, name, result.output)
    db.session.expire_all()
    assert [one.stage for one in (waits, met, read, handed_in)] == before


def test_the_morning_command_says_how_many(each_database: App) -> None:
    make_screening()
    day = (TODAY + timedelta(days=11)).isoformat()
    result = each_database.test_cli_runner().invoke(commands, ["remind", "--on", day])
    assert "1 reminders." in result.output


def test_whoever_limits_the_use_of_their_data_is_left_out() -> None:
    make_account()
    reviewed, waits = make_screening().application, make_interviewed()
    day = TODAY + timedelta(days=1)
    waiting.put_on_waiting_list(waits, until=day, today=TODAY, by=make_account())
    for one in (reviewed, waits):
        one.talent.restricted_at = now()
    db.session.commit()
    assert remind(TODAY + timedelta(days=60), needed=NEEDED) == 0
    for one in (reviewed, waits):
        one.talent.restricted_at = None
    db.session.commit()
    assert remind(TODAY + timedelta(days=60), needed=NEEDED) > 0
    assert waits.stage is Stage.WAITING
