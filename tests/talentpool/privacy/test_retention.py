"""Two years without a sign, a month's notice, then nothing: to the day."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, update

from talentpool.access import Role
from talentpool.accounts.models import Account, SignIn
from talentpool.admissions.models import Application as PoolApplication
from talentpool.admissions.stages import Stage
from talentpool.casework.models import Answer, Confirmation, NoteKind
from talentpool.contests.services import withdraw
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.mail.models import OutgoingMail
from talentpool.notifications.models import Notification
from talentpool.privacy import retention
from talentpool.privacy.cli import commands
from talentpool.privacy.contacts import Contacts
from talentpool.privacy.eliminations import NoVisa, withdraw_visas
from talentpool.privacy.models import (
    DataRequest,
    Erasure,
    ErasureKind,
    RequestKind,
    RetentionNotice,
)
from talentpool.privacy.people import person_behind
from talentpool.privacy.restricting import answer, lift_restriction, restrict
from talentpool.privacy.retention import Rule, Standing, Step
from talentpool.privacy.terms import months_after
from talentpool.proposals.models import ProposalAnswer
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.casework import make_note
from tests.factories.placements import make_contract, make_proposal
from tests.factories.privacy import make_visa
from tests.factories.talents import make_talent
from tests.factories.visibility import make_contest
from tests.proofreader import ProofreadingClient
from tests.signing_in import signed_in

RULE = Rule(months=24, warning_days=30, refused_months=3)
KEY = b"a key that only tests have"
ARRIVED = date(2020, 3, 15)
LIMIT = date(2022, 3, 15)
WARNED_FROM = date(2022, 2, 13)
DAY = timedelta(days=1)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@pytest.fixture
def talent() -> Talent:
    """Somebody who came on a day and was never heard of again."""
    account = make_account(role=Role.TALENT)
    made = make_talent(account=account, display_name="Lou Silence")
    account.created_at = made.created_at = at(ARRIVED)
    db.session.execute(delete(SignIn))
    db.session.commit()
    return made


def standing(talent: Talent, today: date) -> Standing | None:
    found = retention.standings(RULE, today=today)
    return next((one for one in found if talent in one.person.talents), None)


def applied(talent: Talent, today: date) -> Step:
    make_visa(today)
    return retention.apply_rule(RULE, talent.code, today=today, key=KEY)


def warned_on(talent: Talent, day: date) -> RetentionNotice:
    """Apply the rule on a day, and let its notice have been written then."""
    assert applied(talent, day) is Step.WARN
    notice = db.session.scalars(select(RetentionNotice).order_by(RetentionNotice.id.desc())).first()
    notice.created_at = at(day)
    db.session.commit()
    return notice


def told_by_hand(talent: Talent, day: date) -> RetentionNotice:
    """Make the notice of a day, as if the person had been told then."""
    notice = RetentionNotice(
        talent_id=talent.id, warned_on=day, erase_on=day + 30 * DAY, token_hash=""
    )
    notice.created_at = at(day)
    db.session.add(notice)
    db.session.commit()
    return notice


def assert_lapses(talent: Talent) -> None:
    """Of what happened today, a notice before it lapses; one after it stays."""
    db.session.commit()
    person, contacts = person_behind(talent), Contacts(date.today())
    before, after = (told_by_hand(talent, date.today() + days) for days in (-DAY, DAY))
    assert contacts.overtake(before, person)
    assert not contacts.overtake(after, person)


@pytest.mark.usefixtures("each_database")
class TestStandings:
    @pytest.mark.parametrize(
        ("today", "step"),
        [
            (WARNED_FROM - timedelta(days=1), None),
            (WARNED_FROM, Step.WARN),
            (LIMIT + timedelta(days=400), Step.WARN),
        ],
    )
    def test_somebody_is_told_thirty_days_before_and_never_erased_untold(
        self, talent: Talent, today: date, step: Step | None
    ) -> None:
        found = standing(talent, today)
        assert (found.step if found else None) is step
        if found:
            assert found.erase_on == max(LIMIT, today + timedelta(days=30))

    def test_what_comes_is_told_ahead(self, talent: Talent) -> None:
        day = WARNED_FROM - timedelta(days=20)
        [found] = retention.standings(RULE, today=day, ahead=timedelta(days=30))
        assert (found.step, found.erase_on) == (Step.COMING, LIMIT)
        assert applied(talent, day) is Step.KEEP

    @pytest.mark.parametrize(
        ("today", "step"),
        [
            (LIMIT - timedelta(days=1), Step.WAIT),
            (LIMIT, Step.ERASE),
            (LIMIT + timedelta(days=1), Step.ERASE),
        ],
    )
    def test_who_was_told_is_erased_on_the_day_and_not_before(
        self, talent: Talent, today: date, step: Step
    ) -> None:
        warned_on(talent, WARNED_FROM)
        assert standing(talent, today).step is step

    def test_each_sign_of_the_person_counts(self, talent: Talent) -> None:
        account, later = talent.account, at(date(2021, 6, 1))
        db.session.add(SignIn(account_id=account.id, token_hash="t", started_at=later))
        db.session.flush()
        assert standing(talent, LIMIT) is None
        db.session.execute(delete(SignIn))
        assert standing(talent, LIMIT) is not None

        db.session.add(
            Confirmation(
                talent=talent,
                contact_email="lou@test.example",
                token_hash="t",
                sent_at=later,
                expires_on=later.date(),
                answer=Answer.CONFIRMED,
                answered_at=later,
            )
        )
        db.session.commit()
        assert standing(talent, LIMIT) is None
        db.session.execute(delete(Confirmation))
        assert standing(talent, LIMIT) is not None

        make_proposal(talent, status=ProposalStatus.MEETING_AGREED).status = ProposalStatus.DECLINED
        db.session.execute(update(ProposalAnswer).values(created_at=later))
        db.session.commit()
        assert standing(talent, LIMIT) is None

    def test_an_act_in_the_journal_is_a_sign(self, talent: Talent) -> None:
        journal.record("talent.edited", talent, by=talent.account)
        db.session.commit()
        assert standing(talent, LIMIT) is None

    def test_what_others_read_or_write_is_none(self, talent: Talent) -> None:
        officer = make_account()
        make_note(talent, by=officer)
        journal.record("talent.edited", talent, by=officer)
        talent.edited_at = at(LIMIT)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.WARN

    def test_that_the_agency_reads_a_profile_is_none(
        self, each_database: Application, talent: Talent
    ) -> None:
        officer = make_account()
        page = signed_in(each_database, officer).get(f"/talents/{talent.id}")
        assert "Lou Silence" in page.get_data(as_text=True)
        db.session.expire_all()
        assert standing(talent, LIMIT).step is Step.WARN

    def test_a_request_that_waits_holds_and_its_answer_tells_again(self, talent: Talent) -> None:
        warned_on(talent, WARNED_FROM)
        # Not by `ask`: its act in the journal would be a sign by itself.
        asked = DataRequest(account_id=talent.account_id, kind=RequestKind.OTHER, text="Une copie.")
        db.session.add(asked)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.HELD
        answer(asked, text="C’est fait.", by=make_account(role=Role.ADMINISTRATOR))
        db.session.commit()
        assert standing(talent, LIMIT) is None

    def test_a_call_counts_from_when_it_happened_and_the_end_of_a_contract_too(
        self, talent: Talent
    ) -> None:
        note = make_note(talent, by=make_account(), kind=NoteKind.CALL)
        note.happened_at = at(date(2021, 6, 1))
        db.session.commit()
        assert standing(talent, LIMIT) is None
        note.struck_at = at(LIMIT)
        db.session.commit()
        assert standing(talent, LIMIT) is not None
        contract = make_contract(talent)
        contract.starts_on, contract.ends_on = date(2020, 5, 1), date(2021, 6, 1)
        db.session.commit()
        assert standing(talent, LIMIT) is None
        assert standing(talent, date(2023, 6, 1)).step is Step.WARN

    def test_what_is_asked_by_letter_counts(self, talent: Talent) -> None:
        journal.record("privacy.archive_made", talent, by=make_account())
        db.session.commit()
        assert standing(talent, LIMIT) is None

    def test_a_notice_lapses_when_something_held_the_person_after_it(self, talent: Talent) -> None:
        warned_on(talent, WARNED_FROM)
        proposal = make_proposal(talent)
        proposal.expires_on = LIMIT + timedelta(days=60)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.HELD
        found = standing(talent, LIMIT + timedelta(days=61))
        assert (found.step, found.erase_on) == (Step.WARN, LIMIT + timedelta(days=91))

    def test_a_notice_lapses_when_a_limit_was_lifted_after_it(self, talent: Talent) -> None:
        person = person_behind(talent)
        restrict(person, by=None)
        lift_restriction(person, by=None)
        assert_lapses(talent)

    def test_a_notice_lapses_when_a_contest_was_withdrawn_after_it(self, talent: Talent) -> None:
        withdraw(make_contest(talent), by=None)
        assert_lapses(talent)

    def test_a_notice_whose_day_passed_in_vain_lapses(self, talent: Talent) -> None:
        warned_on(talent, WARNED_FROM)
        assert standing(talent, LIMIT + 30 * DAY).step is Step.ERASE
        found = standing(talent, LIMIT + 31 * DAY)
        assert (found.step, found.erase_on) == (Step.WARN, LIMIT + 61 * DAY)
        warned_on(talent, LIMIT + 31 * DAY)
        assert standing(talent, LIMIT + 60 * DAY).step is Step.WAIT
        assert standing(talent, LIMIT + 61 * DAY).step is Step.ERASE

    @pytest.mark.parametrize(
        "stage", [Stage.SUBMITTED, Stage.IN_REVIEW, Stage.INTERVIEW, Stage.WAITING]
    )
    def test_who_waits_for_an_answer_to_an_application_is_held(
        self, talent: Talent, stage: Stage
    ) -> None:
        application = PoolApplication(talent=talent, number=1, stage=stage, stage_since=at(ARRIVED))
        db.session.add(application)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.HELD
        # The answer tells again: what was said before it holds no more.
        told_by_hand(talent, WARNED_FROM)
        application.stage, application.stage_since = Stage.ADMITTED, at(LIMIT + DAY)
        db.session.commit()
        assert standing(talent, LIMIT + 2 * DAY).step is Step.WARN

    def test_who_waits_for_another_look_is_held(self, talent: Talent) -> None:
        application = PoolApplication(
            talent=talent,
            number=1,
            stage=Stage.DECLINED,
            stage_since=at(ARRIVED),
            look_asked_at=at(ARRIVED),
        )
        db.session.add(application)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.HELD
        told_by_hand(talent, WARNED_FROM)
        application.look_answered_at = at(LIMIT)
        db.session.commit()
        assert standing(talent, LIMIT).step is Step.WARN

    def test_whom_something_still_runs_for_is_held(self, talent: Talent) -> None:
        make_contract(talent)
        assert standing(talent, LIMIT).step is Step.HELD

    def test_whose_use_is_limited_is_held(self, talent: Talent) -> None:
        restrict(person_behind(talent), by=None)
        assert standing(talent, date(2039, 1, 1)).step is Step.HELD

    def test_who_works_for_a_ministry_or_the_agency_is_not_concerned(self, talent: Talent) -> None:
        talent.account.role = Role.AGENCY_STAFF
        db.session.commit()
        assert standing(talent, LIMIT) is None

    def test_an_account_without_a_profile_is(self) -> None:
        account = make_account(role=Role.TALENT)
        account.created_at = at(ARRIVED)
        db.session.commit()
        [found] = retention.standings(RULE, today=LIMIT)
        assert (found.person.account, found.step) == (account, Step.WARN)

    def test_months_end_where_they_end(self) -> None:
        assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
        assert months_after(date(2024, 11, 30), 3) == date(2025, 2, 28)


@pytest.mark.usefixtures("each_database")
class TestApplyRule:
    def test_tells_once_then_erases(self, talent: Talent) -> None:
        number, account = talent.id, talent.account_id
        warned_on(talent, WARNED_FROM)
        [mail] = db.session.scalars(select(OutgoingMail)).all()
        assert "15 mars 2022" in mail.text
        assert applied(talent, LIMIT - timedelta(days=1)) is Step.WAIT
        assert applied(talent, LIMIT) is Step.ERASE
        assert db.session.get(Talent, number) is None
        assert db.session.get(Account, account) is None
        [erasure] = db.session.scalars(select(Erasure)).all()
        assert erasure.kind is ErasureKind.RETENTION

    def test_a_visa_withdrawn_meanwhile_keeps_everybody(self, talent: Talent) -> None:
        warned_on(talent, WARNED_FROM)
        make_visa(LIMIT - timedelta(days=340))
        make_visa(LIMIT)
        withdraw_visas(today=LIMIT, by=None)
        db.session.commit()
        with pytest.raises(NoVisa):
            retention.apply_rule(RULE, talent.code, today=LIMIT, key=KEY)
        assert db.session.get(Talent, talent.id) is talent

    def test_who_has_no_account_is_told_where_the_agency_wrote_to_them(self) -> None:
        person = make_talent()
        make_proposal(person, talent_email="lou@test.example").expires_on = ARRIVED
        person.created_at = at(ARRIVED)
        db.session.commit()
        db.session.execute(delete(OutgoingMail))
        notice = warned_on(person, WARNED_FROM)
        [mail] = db.session.scalars(select(OutgoingMail)).all()
        assert (mail.recipient, bool(notice.token_hash)) == ("lou@test.example", True)

    def test_the_agency_is_told_of_who_has_no_address(self) -> None:
        officer = make_account()
        person = make_talent()
        person.created_at = at(ARRIVED)
        db.session.commit()
        notice = warned_on(person, WARNED_FROM)
        [told] = db.session.scalars(select(Notification)).all()
        assert (told.account_id, told.kind) == (officer.id, "privacy.unreachable")
        assert told.params == {"code": person.code, "day": "15/03/2022"}
        assert notice.token_hash == ""

    def test_who_renews_stays(self, talent: Talent) -> None:
        notice = warned_on(talent, WARNED_FROM)
        retention.renew(notice)
        notice.renewed_at = at(LIMIT)
        db.session.commit()
        assert standing(talent, LIMIT) is None
        assert standing(talent, date(2024, 2, 14)).step is Step.WARN


class TestRenew:
    def test_one_button_behind_the_link_keeps_somebody_who_is_signed_out(
        self, client: ProofreadingClient, talent: Talent, count_rows: Callable
    ) -> None:
        notice = warned_on(talent, WARNED_FROM)
        mail = db.session.scalars(select(OutgoingMail)).one()
        path = re.search(r"/garder-mon-profil/\S+", mail.text)[0]
        before = count_rows()
        assert "mardi 15 mars 2022" in client.get(path).text
        assert count_rows() == before
        assert client.post(path).location == path
        assert "Votre profil est gardé" in client.get(path).text
        db.session.refresh(notice)
        assert notice.renewed_at is not None

    def test_a_wrong_link_is_not_found(self, client: ProofreadingClient, talent: Talent) -> None:
        warned_on(talent, WARNED_FROM)
        assert client.get("/garder-mon-profil/wrong").status_code == 404


class TestCommand:
    def test_a_dry_run_prints_and_writes_nothing(
        self, app: object, talent: Talent, count_rows: Callable
    ) -> None:
        before = count_rows()
        result = app.test_cli_runner().invoke(
            commands, ["retain", "--dry-run", "--on", "2022-03-01"]
        )
        assert result.exit_code == 0, result.output
        assert f"{talent.code}   2020-03-15  2022-03-31  warn    silence" in result.output
        assert count_rows() == before
