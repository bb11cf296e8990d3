"""Three months to explain a no, then nothing, unless the person chose to be kept: to the day."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import SignIn
from talentpool.admissions.lifecycle import begin_application, choose_keeping
from talentpool.admissions.models import Application
from talentpool.admissions.stages import Stage
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.privacy import retention
from talentpool.privacy.cli import commands
from talentpool.privacy.models import Erasure, RetentionNotice
from talentpool.privacy.people import person_behind
from talentpool.privacy.restricting import leave_pool, lift_restriction
from talentpool.privacy.retention import Rule, Standing, Step, Why
from talentpool.privacy.terms import months_after
from talentpool.talents.models import PoolStatus, Talent
from talentpool.web.pipeline import Application as App
from tests.factories.accounts import make_account
from tests.factories.admissions import TEXT, make_application, make_candidate
from tests.factories.placements import make_proposal
from tests.factories.privacy import make_visa
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient

RULE = Rule(months=24, warning_days=30, refused_months=3)
KEY = b"a key that only tests have"
ANSWERED = date(2021, 5, 10)
LIMIT = date(2021, 8, 10)
WARNED_FROM = date(2021, 7, 11)
DAY = timedelta(days=1)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def closed(stage: Stage = Stage.DECLINED, talent: Talent | None = None) -> Application:
    """Make an application that was answered on a day, of somebody who signs in again and again."""
    application = make_application(talent)
    application.stage, application.stage_since = stage, at(ANSWERED)
    application.keep_chosen_at = at(ANSWERED - 20 * DAY)
    application.talent.created_at = at(ANSWERED - 30 * DAY)
    account = application.talent.account
    account.created_at = at(ANSWERED - 30 * DAY)
    db.session.add(
        SignIn(account_id=account.id, token_hash=f"t{account.id}", started_at=at(LIMIT - DAY))
    )
    db.session.commit()
    return application


def standing(application: Application, today: date) -> Standing | None:
    found = retention.standings(RULE, today=today)
    return next((one for one in found if application.talent in one.person.talents), None)


def step(application: Application, today: date) -> Step | None:
    found = standing(application, today)
    return found.step if found else None


def applied(application: Application, today: date) -> Step:
    code = application.talent.code
    make_visa(today)
    return retention.apply_rule(RULE, code, today=today, key=KEY)


def told(application: Application, day: date = WARNED_FROM) -> RetentionNotice:
    """Apply the rule on a day, and let its notice have been written then."""
    assert applied(application, day) is Step.WARN
    notice = db.session.scalars(select(RetentionNotice).order_by(RetentionNotice.id.desc())).first()
    notice.created_at = at(day)
    db.session.commit()
    return notice


@pytest.mark.usefixtures("each_database")
class TestClock:
    @pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED])
    def test_who_was_not_admitted_is_told_then_erased_to_the_day(self, stage: Stage) -> None:
        application = closed(stage)
        assert step(application, WARNED_FROM - DAY) is None
        found = standing(application, WARNED_FROM)
        assert (found.step, found.erase_on, found.why) == (Step.WARN, LIMIT, Why.REFUSED)
        told(application)
        assert step(application, LIMIT - DAY) is Step.WAIT
        assert step(application, LIMIT) is Step.ERASE
        number = application.talent_id
        assert applied(application, LIMIT) is Step.ERASE
        assert db.session.get(Talent, number) is None
        assert db.session.scalars(select(Application)).all() == []
        assert len(db.session.scalars(select(Erasure)).all()) == 1

    @pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.INTERVIEW, Stage.WAITING])
    def test_while_it_is_under_way_nothing_runs(self, stage: Stage) -> None:
        assert step(closed(stage), LIMIT) is None

    def test_who_chose_to_be_kept_is_kept_two_years(self) -> None:
        application = closed()
        choose_keeping(application, keeps=True, by=None)
        db.session.commit()
        assert step(application, LIMIT) is None
        # The journal cannot be written over: the person acted today.
        found = standing(application, months_after(date.today(), 24))
        assert (found.step, found.why) == (Step.WARN, Why.SILENCE)

    def test_a_choice_taken_back_tells_again_before_anything(self) -> None:
        application = closed()
        told(application)
        application.keep_chosen_at = at(LIMIT)
        db.session.commit()
        found = standing(application, LIMIT + DAY)
        assert (found.step, found.erase_on) == (Step.WARN, LIMIT + 31 * DAY)

    def test_a_limit_that_was_lifted_tells_again_before_anything(self) -> None:
        application = closed()
        # The journal cannot be written over: they limit and lift today.
        today = date.today()
        application.stage_since = at(months_after(today, -3) - 20 * DAY)
        application.keep_chosen_at = application.stage_since
        application.talent.restricted_at = at(today - 20 * DAY)
        notice = RetentionNotice(
            talent_id=application.talent_id,
            warned_on=today - 40 * DAY,
            erase_on=today - 10 * DAY,
            token_hash="",
        )
        notice.created_at = at(today - 40 * DAY)
        db.session.add(notice)
        db.session.commit()
        assert step(application, today) is Step.HELD
        lift_restriction(person_behind(application.talent), by=application.talent.account)
        db.session.commit()
        found = standing(application, today)
        assert (found.step, found.erase_on) == (Step.WARN, today + 30 * DAY)

    def test_a_new_application_stops_the_clock(self) -> None:
        application = closed()
        told(application)
        begin_application(
            application.talent, TEXT, today=LIMIT + 180 * DAY, again_days=180, by=None
        )
        db.session.commit()
        assert step(application, LIMIT) is None

    def test_another_look_stops_it_and_its_answer_starts_it_again(self) -> None:
        application = closed()
        application.look_asked_at = at(LIMIT - 20 * DAY)
        db.session.commit()
        assert step(application, LIMIT) is None
        application.look_answered_at = at(LIMIT)
        db.session.commit()
        assert step(application, date(2021, 10, 10)) is None
        assert standing(application, date(2021, 10, 11)).erase_on == date(2021, 11, 10)

    def test_who_was_ever_in_the_pool_is_not_a_candidate_only(self) -> None:
        left = make_talent(account=make_account(role=Role.TALENT))
        leave_pool(person_behind(left), by=left.account)
        assert step(closed(talent=left), LIMIT) is None
        proposed = make_talent(account=make_account(role=Role.TALENT))
        make_proposal(proposed).expires_on = ANSWERED
        proposed.pool_status = PoolStatus.CANDIDATE
        db.session.commit()
        assert step(closed(talent=proposed), LIMIT) is None

    def test_who_never_applied_is_not_concerned(self) -> None:
        application = closed()
        other = make_candidate()
        found = retention.standings(RULE, today=LIMIT)
        assert [one.person.talent for one in found] == [application.talent]
        assert other.id != application.talent_id


class TestWarning:
    @pytest.mark.parametrize(
        ("stage", "again_days", "is_a_way"),
        [
            (Stage.DECLINED, 180, False),
            (Stage.DECLINED, 92, False),
            (Stage.DECLINED, 91, True),
            (Stage.WITHDRAWN, 180, True),
            (Stage.LAPSED, 180, True),
        ],
    )
    def test_applying_again_is_a_way_to_stay_only_if_it_opens_in_time(
        self, app: App, stage: Stage, again_days: int, is_a_way: bool
    ) -> None:
        app.config["APPLICATION_AGAIN_DAYS"] = again_days
        told(closed(stage))
        mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert ("tant que vous donnez signe. Candidater" in mail.text) is is_a_way
        assert "tant que vous donnez signe." in mail.text


class TestRenewing:
    def test_one_button_makes_the_choice(self, client: ProofreadingClient) -> None:
        application = closed()
        notice = told(application)
        mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert "candidature au vivier est close" in mail.text
        assert "pas de nouvelles de vous" not in mail.text
        path = re.search(r"/garder-mon-profil/\S+", mail.text)[0]
        assert "mardi 10 août 2021" in client.get(path).text
        client.post(path)
        db.session.refresh(application)
        db.session.refresh(notice)
        assert application.keeps_profile
        assert application.keep_chosen_at > at(LIMIT)
        assert step(application, LIMIT) is None
        acts = db.session.scalars(select(JournalEntry.action)).all()
        assert {"privacy.renewed", "application.keeping_chosen"} <= {*acts}


class TestCommand:
    def test_a_dry_run_names_them_with_the_reason(self, app: object) -> None:
        application = closed()
        result = app.test_cli_runner().invoke(
            commands, ["retain", "--dry-run", "--on", WARNED_FROM.isoformat()]
        )
        assert result.exit_code == 0, result.output
        code = application.talent.code
        assert f"{code}   2021-05-10  2021-08-10  warn    refused" in result.output
        assert db.session.scalars(select(RetentionNotice)).all() == []
