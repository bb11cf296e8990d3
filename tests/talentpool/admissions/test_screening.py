"""Files are scored alone, hidden until all are in, and never by whoever knows the name."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.admissions import decisions, interviews, lifecycle, queries, screening
from talentpool.admissions.criteria import Criterion
from talentpool.admissions.models import Application, NameReading, Screening, Tie
from talentpool.admissions.progress import progress_of
from talentpool.admissions.screening import Mark
from talentpool.admissions.stages import DeclineReason, Stage
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState, ReleaseReason
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    DAYS,
    NEEDED,
    TODAY,
    make_application,
    make_interviewed,
    make_marks,
    make_scored,
    make_screening,
)


def read_by(viewer: Any, application: Application) -> list[Screening]:
    return list(db.session.scalars(queries.readable_screenings(viewer, of=application)))


def make_reader(application: Application) -> Account:
    officer = make_account()
    decisions.read_name(application, "Un appel", needed=NEEDED, by=officer)
    return officer


def submit(one: Screening, score: int = 3) -> None:
    screening.submit_screening(one, make_marks(score), needed=NEEDED, by=one.reviewer)


@pytest.mark.usefixtures("each_database")
class TestAssigning:
    def test_who_is_asked_has_ten_days_and_reads_a_code(self) -> None:
        application, officer, reviewer = make_application(), make_account(), make_account()
        db.session.query(Notification).delete()
        one = screening.assign_reviewer(
            application, reviewer, needed=NEEDED, days=DAYS, today=TODAY, by=officer
        )
        assert one.due_on == TODAY + timedelta(days=10)
        told = db.session.scalars(select(Notification)).one()
        assert (told.account_id, told.params["code"]) == (reviewer.id, application.code)
        assert (application.stage, application.lead_id) == (Stage.IN_REVIEW, officer.id)
        details = {"application": application.id, "reviewer": reviewer.id}
        assert history_of(one)[0].details == details

    def test_only_the_agency_scores_and_each_once(self) -> None:
        first = make_screening()
        again: dict[str, Any] = {"needed": NEEDED, "days": DAYS, "today": TODAY, "by": None}
        for role in (Role.TALENT, Role.MINISTRY_MEMBER, Role.ADMINISTRATOR):
            with pytest.raises(screening.NotAReviewer):
                screening.assign_reviewer(first.application, make_account(role=role), **again)
        with pytest.raises(screening.AlreadyReviewer):
            screening.assign_reviewer(first.application, first.reviewer, **again)

    def test_a_draft_and_an_end_are_not_scored(self) -> None:
        application = make_application()
        lifecycle.withdraw_application(application, by=None)
        with pytest.raises(screening.NotInScreening):
            make_screening(application)

    def test_whoever_read_the_name_is_not_offered_and_whoever_scores_does_not_read_it(self) -> None:
        one, curious = make_screening(), make_account()
        with pytest.raises(decisions.ReviewerStaysBlind):
            decisions.read_name(one.application, "Un appel", needed=NEEDED, by=one.reviewer)
        decisions.read_name(one.application, "Un appel", needed=NEEDED, by=curious)
        assert curious not in queries.possible_reviewers(make_account(), one.application)
        names = queries.names_for(curious, [one.application])
        assert names[one.application_id] == one.application.talent.label
        assert queries.names_for(one.reviewer, [one.application]) == {
            one.application_id: one.application.code
        }

    def test_whoever_handed_in_stays_blind_as_long_as_it_can_be_corrected(self) -> None:
        one = make_screening(marks=make_marks())
        with pytest.raises(decisions.ReviewerStaysBlind):
            decisions.read_name(one.application, "Un appel", needed=NEEDED, by=one.reviewer)
        submit(make_screening(one.application))
        decisions.read_name(one.application, "Un appel", needed=NEEDED, by=one.reviewer)

    def test_whoever_read_the_name_writes_no_more(self) -> None:
        one = make_screening()
        reading = NameReading(
            application_id=one.application_id, account_id=one.reviewer_id, reason="Un appel"
        )
        db.session.add(reading)
        db.session.flush()
        with pytest.raises(screening.ScreeningClosed):
            submit(one)
        with pytest.raises(screening.ScreeningClosed):
            screening.save_draft(one, {}, by=one.reviewer)
        application = make_application()
        with pytest.raises(screening.NotBlind):
            make_screening(application, reviewer=make_reader(application))

    def test_one_more_reading_is_not_of_whoever_asks_for_it_nor_of_the_panel(self) -> None:
        lead, juror, other = make_account(), make_account(), make_account()
        application = make_interviewed(panel=[juror])
        assert application.talent.account is not None
        decisions.decline(
            application,
            reason=DeclineReason.POOL_FULL,
            words="Plus de place.",
            needed=NEEDED,
            by=lead,
        )
        decisions.ask_look(application, "Relisez.", by=application.talent.account)
        decisions.answer_look(application, reopens=True, words="Nous relisons.", by=lead)
        offered = queries.possible_reviewers(lead, application)
        assert other in offered
        assert lead not in offered
        assert juror not in offered
        assert "Jury de l’entretien" in queries.name_readings(application)[0].reason
        for apart in (lead, juror):
            with pytest.raises(screening.NotBlind):
                screening.assign_reviewer(
                    application, apart, needed=NEEDED, days=DAYS, today=TODAY, by=lead
                )


@pytest.mark.usefixtures("each_database")
class TestBlindness:
    def test_nobody_is_given_another_s_before_all_are_in(self) -> None:
        application = make_application()
        first, second = make_screening(application), make_screening(application)
        lead = make_account(role=Role.AGENCY_DIRECTOR)
        submit(first, 2)
        assert read_by(first.reviewer, application) == [first]
        assert read_by(second.reviewer, application) == []
        assert read_by(lead, application) == []
        for viewer in (first.reviewer, second.reviewer, lead):
            assert queries.comparisons(viewer, [application]) == {}
        submit(second, 5)
        for viewer in (first.reviewer, second.reviewer, lead):
            assert read_by(viewer, application) == [first, second]

    def test_one_in_of_two_stays_closed_before_the_other_is_asked(self) -> None:
        one = make_screening(marks=make_marks())
        assert one.application.opened_at is None
        assert read_by(make_account(), one.application) == []

    def test_a_third_reading_is_blind_and_what_was_read_stays_open(self) -> None:
        application = make_scored(1, 4)
        lead = make_account()
        third = make_screening(application)
        assert read_by(third.reviewer, application) == []
        assert queries.comparisons(third.reviewer, [application]) == {}
        assert len(read_by(lead, application)) == 2
        submit(third, 3)
        assert len(read_by(lead, application)) == 3
        assert len(read_by(third.reviewer, application)) == 3

    def test_drafts_are_kept_and_read_by_nobody_else(self) -> None:
        one = make_screening()
        marks = {Criterion.FRAMES: Mark(4, ""), Criterion.ORGANISES: Mark(None, "À relire")}
        screening.save_draft(one, marks, by=one.reviewer)
        assert one.by_criterion[Criterion.FRAMES].score == 4
        assert one.state is EvaluationState.ASKED
        assert read_by(make_account(), one.application) == []
        with pytest.raises(screening.ScoresMissing):
            screening.submit_screening(one, marks, needed=NEEDED, by=one.reviewer)

    def test_what_was_read_does_not_change(self) -> None:
        application = make_scored()
        for one in db.session.scalars(select(Screening)).all():
            with pytest.raises(screening.ScreeningClosed):
                submit(one, 0)
            with pytest.raises(screening.ScreeningClosed):
                screening.save_draft(one, {}, by=one.reviewer)
        assert application.opened_at is not None

    def test_people_outside_the_agency_are_given_none(self) -> None:
        application = make_scored()
        for viewer in (application.talent.account, make_account(role=Role.ADMINISTRATOR)):
            assert read_by(viewer, application) == []

    def test_reviewers_lose_a_file_that_is_withdrawn_or_declined(self) -> None:
        for stage in (Stage.WITHDRAWN, Stage.DECLINED, Stage.LAPSED):
            application = make_scored()
            reviewers = [one.reviewer for one in read_by(make_account(), application)]
            application.stage = stage
            db.session.flush()
            assert len(reviewers) == 2
            assert [read_by(one, application) for one in reviewers] == [[], []]


@pytest.mark.usefixtures("each_database")
class TestSteppingAside:
    def test_what_they_wrote_is_gone_and_another_is_asked(self) -> None:
        one, other = make_screening(marks=make_marks()), make_account()
        new = screening.step_aside(
            one,
            Tie.RECOGNISED,
            replacement=other,
            needed=NEEDED,
            days=DAYS,
            today=TODAY,
            by=one.reviewer,
        )
        assert (one.state, one.scores) == (EvaluationState.REPLACED, [])
        assert new is not None
        assert [
            who.reviewer_id for who in progress_of(one.application, needed=NEEDED).standing
        ] == [other.id]
        details = {"application": one.application_id, "tie": "recognised"}
        assert history_of(one)[0].details == details

    def test_a_third_who_leaves_opens_nothing_less(self) -> None:
        application = make_scored()
        third = make_screening(application)
        screening.step_aside(
            third,
            Tie.OTHER,
            replacement=None,
            needed=NEEDED,
            days=DAYS,
            today=TODAY,
            by=third.reviewer,
        )
        assert len(read_by(third.reviewer, application)) == 2


@pytest.mark.usefixtures("each_database")
class TestReleasing:
    def test_a_third_who_stays_silent_holds_nothing_up_once_released(self) -> None:
        application, officer = make_application(), make_account()
        first, second, third = (make_screening(application) for _place in range(3))
        for one in (first, second):
            submit(one)
        assert application.opened_at is None
        screening.release(third, ReleaseReason.SILENT, needed=NEEDED, by=officer)
        assert application.opened_at is not None
        assert len(read_by(officer, application)) == 2
        entry = history_of(third)[0]
        details = {"application": application.id, "reason": "silent"}
        assert (entry.action, entry.actor_id, entry.details) == (
            "screening.released",
            officer.id,
            details,
        )
        told = select(Notification).where(Notification.account_id == third.reviewer_id)
        kinds = [row.kind for row in db.session.scalars(told)]
        assert "application.screening_released" in kinds
        with pytest.raises(screening.ScreeningClosed):
            submit(third)

    def test_as_many_readings_as_before_are_asked_for(self) -> None:
        one = make_screening(marks=make_marks())
        silent, officer = make_screening(one.application), make_account()
        screening.release(silent, ReleaseReason.AWAY, needed=NEEDED, by=officer)
        assert one.application.opened_at is None
        assert progress_of(one.application, needed=NEEDED).vacant == 1
        with pytest.raises(interviews.EvaluationsMissing):
            interviews.check_read(one.application, needed=NEEDED)
        submit(make_screening(one.application))
        assert one.application.opened_at is not None

    def test_who_was_released_is_asked_again_and_told_each_time(self) -> None:
        one, officer = make_screening(), make_account()
        application, reviewer = one.application, one.reviewer
        asked: dict[str, Any] = {"needed": NEEDED, "days": DAYS, "today": TODAY, "by": officer}
        for _time in range(2):
            assert reviewer not in queries.possible_reviewers(officer, application)
            screening.release(one, ReleaseReason.AWAY, needed=NEEDED, by=officer)
            assert reviewer in queries.possible_reviewers(officer, application)
            again = screening.assign_reviewer(application, reviewer, **asked)
            assert (again, again.state) == (one, EvaluationState.ASKED)
        submit(one)
        told = select(Notification.kind).where(Notification.account_id == reviewer.id)
        kinds = list(db.session.scalars(told))
        assert kinds.count("application.screening_asked") == 3
        assert kinds.count("application.screening_released") == 2
        with pytest.raises(screening.AlreadyReviewer):
            screening.assign_reviewer(application, reviewer, **asked)

    def test_what_is_in_stays(self) -> None:
        one = make_screening(marks=make_marks())
        with pytest.raises(screening.ScreeningClosed):
            screening.release(one, ReleaseReason.OTHER, needed=NEEDED, by=make_account())

    @pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.TALENT}])
    def test_whoever_cannot_answer_any_more_is_not_waited_for(self, change: dict[str, Any]) -> None:
        application = make_scored()
        third = make_screening(application)
        assert not progress_of(application, needed=NEEDED).are_all_in
        for name, value in change.items():
            setattr(third.reviewer, name, value)
        db.session.flush()
        assert progress_of(application, needed=NEEDED).are_all_in
        interviews.check_read(application, needed=NEEDED)
        # Whoever left after handing in still counts, and nobody counts for two.
        alone = make_screening(marks=make_marks())
        alone.reviewer.is_active = False
        db.session.flush()
        progress = progress_of(alone.application, needed=NEEDED)
        assert (progress.in_count, progress.vacant, progress.are_all_in) == (1, 1, False)


@pytest.mark.usefixtures("each_database")
def test_means_and_spread_and_what_is_to_be_discussed() -> None:
    application = make_application()
    first, second = make_screening(application), make_screening(application)
    mixed = {
        **make_marks(3),
        Criterion.KNOW_HOW: Mark(5, "Montré."),
        Criterion.FRAMES: Mark(1, "Peu."),
    }
    screening.submit_screening(first, mixed, needed=NEEDED, by=first.reviewer)
    submit(second, 3)
    found = queries.comparisons(make_account(), [application])[application.id]
    by_criterion = {line.criterion: line for line in found.lines}
    assert by_criterion[Criterion.KNOW_HOW].scores == [5, 3]
    assert (by_criterion[Criterion.KNOW_HOW].mean, by_criterion[Criterion.KNOW_HOW].spread) == (
        4,
        2,
    )
    assert [line.criterion for line in found.wide] == [Criterion.FRAMES, Criterion.KNOW_HOW]
    assert (found.mean, found.widest) == (3.0, 2)
