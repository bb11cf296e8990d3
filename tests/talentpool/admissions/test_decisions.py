"""Nobody is answered before being read, nor admitted before being met; each answer is a person's, and told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Permission, Role, allows
from talentpool.accounts.models import Account
from talentpool.admissions import decisions, interviews, lifecycle, queries, screening, waiting
from talentpool.admissions.criteria import InterviewCriterion
from talentpool.admissions.models import Application
from talentpool.admissions.sheets import sheet_of
from talentpool.admissions.stages import DeclineReason, Move, Stage
from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.mail.models import OutgoingMail
from talentpool.notifications.models import Notification
from talentpool.talents.models import PoolStatus
from talentpool.talents.queries import rankable_talents, talents
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    NEEDED,
    TODAY,
    make_application,
    make_interviewed,
    make_marks,
    make_meeting,
    make_scored,
    make_screening,
)
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
GRID = dict.fromkeys(InterviewCriterion, 4)


def told(account: Account | None) -> list[Notification]:
    assert account is not None
    chosen = select(Notification).where(Notification.account_id == account.id)
    return list(db.session.scalars(chosen.order_by(Notification.id)))


def decline(application: Application, **changes: Any) -> None:
    values: dict[str, Any] = {
        "reason": DeclineReason.SHORT_EXPERIENCE,
        "words": "Candidatez de nouveau.",
        "needed": NEEDED,
        "by": changes.pop("by", None) or make_account(),
        **changes,
    }
    decisions.decline(application, **values)


class TestInterviews:
    def test_nobody_is_invited_before_all_evaluations_are_in(self) -> None:
        one = make_screening()
        with pytest.raises(interviews.EvaluationsMissing):
            interviews.plan_interview(
                one.application, make_meeting(), needed=NEEDED, today=TODAY, by=None
            )
        assert not one.application.is_named

    def test_one_more_reading_that_was_asked_for_is_awaited(self) -> None:
        application = make_scored()
        third = make_screening(application)
        with pytest.raises(interviews.EvaluationsMissing):
            interviews.plan_interview(
                application, make_meeting(), needed=NEEDED, today=TODAY, by=None
            )
        with pytest.raises(interviews.EvaluationsMissing):
            decline(application)
        screening.submit_screening(third, make_marks(), needed=NEEDED, by=third.reviewer)
        decline(application)

    def test_the_person_and_the_panel_are_told_and_again_when_it_moves(self) -> None:
        application, juror = make_scored(), make_account()
        before = len(told(application.talent.account))
        meeting = make_meeting(panel=[juror], meets_on=TODAY + timedelta(days=3))
        interviews.plan_interview(application, meeting, needed=NEEDED, today=TODAY, by=None)
        assert (application.stage, application.is_named) == (Stage.INTERVIEW, True)
        moved = replace(meeting, meets_at="16:00")
        interview = interviews.plan_interview(
            application, moved, needed=NEEDED, today=TODAY, by=None
        )
        assert interview.meets_at == "16:00"
        assert len(told(application.talent.account)) == before + 2
        hours = [row.params["hour"] for row in told(juror) if "hour" in row.params]
        assert hours == ["14:30", "16:00"]
        assert len([made for made in application.moves if made.move is Move.INVITE]) == 1

    def test_a_panel_is_of_the_agency_and_the_day_is_to_come(self) -> None:
        application = make_scored()
        for wrong, refused in (
            (make_meeting(panel=[make_account(role=Role.TALENT)]), interviews.PanelMissing),
            (make_meeting(meets_on=TODAY - timedelta(days=1)), interviews.InterviewToCome),
        ):
            with pytest.raises(refused):
                interviews.plan_interview(application, wrong, needed=NEEDED, today=TODAY, by=None)

    def test_what_is_concluded_comes_after_it(self) -> None:
        application = make_interviewed(is_held=False)
        with pytest.raises(interviews.InterviewToCome):
            interviews.note_interview(application, GRID, "Bien.", today=TODAY, by=None)
        after = TODAY + timedelta(days=1)
        interview = interviews.note_interview(application, GRID, "Bien.", today=after, by=None)
        assert interview.score_of(InterviewCriterion.ADAPTS) == 4
        assert history_of(interview)[0].details == {"application": application.id}


class TestAdmitting:
    def test_somebody_admitted_is_listed_and_ranked_from_then_on(self) -> None:
        application, director = make_interviewed(), make_account(role=Role.AGENCY_DIRECTOR)
        talent = application.talent
        before = talent.edited_at
        assert talent not in rankable_talents()
        assert talent not in db.session.scalars(talents(director)).all()
        decisions.admit(application, by=director, words="Bienvenue.")
        assert talent.pool_status is PoolStatus.POOL
        assert talent in rankable_talents()
        assert talent in db.session.scalars(talents(director)).all()
        assert talent.edited_at > before
        entry = history_of(application)[0]
        assert (entry.action, entry.actor_id) == ("application.admitted", director.id)
        assert told(talent.account)[-1].params["words"] == "Bienvenue."
        mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert mail is not None
        assert "Bienvenue." in mail.text
        assert "/ma-candidature" in mail.text

    def test_a_former_member_stays_one_until_they_are_admitted_again(self) -> None:
        account = make_account(role=Role.TALENT)
        talent = make_talent(account=account, pool_status=PoolStatus.ALUMNI)
        application = make_interviewed(talent=talent)
        assert (talent.pool_status, talent in rankable_talents()) == (PoolStatus.ALUMNI, False)
        decisions.admit(application, by=make_account())
        assert (talent.pool_status, talent in rankable_talents()) == (PoolStatus.POOL, True)

    def test_nobody_is_admitted_nor_kept_waiting_without_having_been_met(self) -> None:
        application = make_interviewed(is_held=False)
        with pytest.raises(interviews.InterviewMissing):
            decisions.admit(application, by=make_account())
        with pytest.raises(interviews.InterviewMissing):
            waiting.put_on_waiting_list(
                application, until=TODAY + timedelta(days=30), today=TODAY, by=make_account()
            )
        with pytest.raises(lifecycle.IllegalStage):
            decisions.admit(make_scored(), by=make_account())

    def test_a_second_decision_is_refused(self) -> None:
        application = make_interviewed()
        decisions.admit(application, by=make_account())
        later = TODAY + timedelta(days=30)
        for act in (
            lambda: decisions.admit(application, by=make_account()),
            lambda: decline(application),
            lambda: waiting.put_on_waiting_list(
                application, until=later, today=TODAY, by=make_account()
            ),
        ):
            with pytest.raises(lifecycle.ApplicationAlreadyDecided) as refused:
                act()
            assert refused.value.stage is Stage.ADMITTED
        assert len([m for m in application.moves if m.to_stage is Stage.ADMITTED]) == 1


class TestSigning:
    def test_every_decision_has_a_name_under_it(self) -> None:
        nobody: Any = None
        met, waiting_one, read = make_interviewed(), make_interviewed(), make_scored()
        until = TODAY + timedelta(days=1)
        values: dict[str, Any] = {"until": until, "today": TODAY}
        waiting.put_on_waiting_list(waiting_one, **values, by=make_account())
        after = until + timedelta(days=1)
        refused = make_scored()
        decline(refused)
        decisions.ask_look(refused, "Relisez.", by=make_account())
        no: dict[str, Any] = {"reason": DeclineReason.OTHER, "words": "Non.", "needed": NEEDED}
        for act in (
            lambda: decisions.admit(met, by=nobody),
            lambda: waiting.put_on_waiting_list(met, **values, by=nobody),
            lambda: decisions.decline(read, **no, by=nobody),
            lambda: waiting.end_place(waiting_one, today=after, by=nobody),
            lambda: lifecycle.move(waiting_one, Move.LAPSE, by=nobody),
            lambda: decisions.answer_look(refused, reopens=False, words="Non.", by=nobody),
        ):
            with pytest.raises(lifecycle.NobodyDecides), db.session.begin_nested():
                act()
        stages = [one.stage for one in (met, waiting_one, read)]
        assert stages == [Stage.INTERVIEW, Stage.WAITING, Stage.IN_REVIEW]


class TestDeclining:
    def test_nobody_is_turned_down_before_two_have_read_the_file(self) -> None:
        with pytest.raises(lifecycle.IllegalStage):
            decline(make_application())
        with pytest.raises(interviews.EvaluationsMissing):
            decline(make_screening().application)

    def test_a_no_takes_words_and_is_told_with_its_reason(self) -> None:
        application, officer = make_scored(), make_account()
        with pytest.raises(decisions.WordsMissing):
            decline(application, words=" ")
        decline(application, by=officer)
        last = told(application.talent.account)[-1]
        assert last.params["reason"] == "expérience encore courte pour les missions confiées"
        entry = history_of(application)[0]
        details = {"reason": "short_experience", "stage": "declined"}
        assert (entry.actor_id, entry.details) == (officer.id, details)
        mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert mail is not None
        assert "réexamine" in mail.text
        # Whoever decides may have read the file too, and how many read it is a setting.
        assert "après 2 lectures de votre dossier" in mail.text
        assert "deux autres" not in mail.text
        assert "candidater de nouveau à partir du" in mail.text
        assert "Votre profil n’est gardé que 3 mois après cette réponse." in mail.text

    def test_who_chose_to_be_kept_is_not_told_of_an_end(self) -> None:
        application = make_scored()
        lifecycle.choose_keeping(application, keeps=True, by=None)
        decline(application)
        mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert mail is not None
        assert "candidater de nouveau à partir du" in mail.text
        assert "gardé que" not in mail.text

    def test_the_file_closes_to_the_agency_and_stays_the_person_s(self) -> None:
        application, officer = make_interviewed(), make_account()
        assert sheet_of(officer, application) is not None
        decline(application)
        assert sheet_of(officer, application) is None
        assert sheet_of(application.talent.account, application) is not None
        assert not allows(officer, Permission.READ_TALENTS, application.talent)
        assert queries.names_for(officer, [application]) == {application.id: application.code}


class TestLookingAgain:
    @pytest.fixture
    def declined(self) -> Application:
        application = make_scored()
        decline(application)
        return application

    def test_it_opens_the_file_again_until_it_is_answered(self, declined: Application) -> None:
        person, officer = declined.talent.account, make_account()
        assert person is not None
        decisions.ask_look(declined, "Vous n’avez pas lu ma dernière mission.", by=person)
        assert sheet_of(officer, declined) is not None
        assert len(list(db.session.scalars(queries.readable_screenings(officer, of=declined)))) == 2
        assert told(officer)[-1].kind == "application.look_asked"
        with pytest.raises(decisions.AlreadyAsked):
            decisions.ask_look(declined, "Encore.", by=person)
        decisions.answer_look(declined, reopens=False, words="Nous avons relu.", by=officer)
        assert declined.stage is Stage.DECLINED
        assert sheet_of(officer, declined) is None
        assert told(person)[-1].params["words"] == "Nous avons relu."
        with pytest.raises(lifecycle.IllegalStage):
            decisions.answer_look(declined, reopens=True, words="Encore.", by=officer)

    def test_the_examination_is_taken_up_again(self, declined: Application) -> None:
        person, officer = declined.talent.account, make_account()
        assert person is not None
        decisions.ask_look(declined, "Relisez.", by=person)
        decisions.answer_look(declined, reopens=True, words="Vous aviez raison.", by=officer)
        assert declined.stage is Stage.IN_REVIEW
        interviews.plan_interview(declined, make_meeting(), needed=NEEDED, today=TODAY, by=officer)
        assert declined.stage is Stage.INTERVIEW

    def test_only_a_no_is_looked_at_again(self) -> None:
        application = make_scored()
        with pytest.raises(lifecycle.IllegalStage):
            decisions.ask_look(application, "Relisez.", by=make_account())


def test_reading_a_name_early_leaves_a_reason_and_a_code_in_the_journal() -> None:
    application, officer = make_application(), make_account()
    with pytest.raises(decisions.WordsMissing):
        decisions.read_name(application, " ", needed=NEEDED, by=officer)
    reading = decisions.read_name(application, "Elle a téléphoné", needed=NEEDED, by=officer)
    assert decisions.read_name(application, "Encore", needed=NEEDED, by=officer) is reading
    entry = history_of(application)[0]
    assert (entry.action, entry.details) == ("application.name_read", {"reading": reading.id})
    assert [one.reason for one in queries.name_readings(application)] == ["Elle a téléphoné"]
    assert queries.names_for(make_account(), [application])[application.id] == application.code


def test_nothing_is_done_with_what_its_person_limits_but_taking_it_back() -> None:
    application, officer = make_scored(), make_account()
    submitted, met = make_application(), make_interviewed()
    for one in (application, submitted, met):
        one.talent.restricted_at = now()
    db.session.flush()
    for act in (
        lambda: decline(application),
        lambda: interviews.plan_interview(
            application, make_meeting(), needed=NEEDED, today=TODAY, by=None
        ),
        lambda: interviews.note_interview(met, GRID, "Bien.", today=TODAY, by=None),
        lambda: decisions.admit(met, by=make_account()),
        lambda: decisions.read_name(submitted, "Un appel", needed=NEEDED, by=officer),
        lambda: make_screening(submitted),
    ):
        with pytest.raises(lifecycle.ApplicationRestricted):
            act()
    assert sheet_of(officer, application) is None
    assert sheet_of(application.talent.account, application) is not None
    assert list(db.session.scalars(queries.readable_screenings(officer, of=application))) == []
    lifecycle.withdraw_application(application, by=application.talent.account)
    assert application.stage is Stage.WITHDRAWN
