"""Evaluations are blind until all are in, frozen afterwards, and needed before a need is taken on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState, ReleaseReason
from talentpool.journal.queries import history_of
from talentpool.needs import lifecycle
from talentpool.needs.models import Need
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.notifications.models import Notification
from talentpool.reviews import queries, services
from talentpool.reviews.cli import commands
from talentpool.reviews.criteria import Criterion, Family
from talentpool.reviews.models import Advice, Conflict, NeedReview, WaiverReason
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.reviews import TODAY, make_judgement, make_review

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def need() -> Need:
    return make_need(status=NeedStatus.IN_REVIEW)


def read_by(viewer: Any, need: Need) -> list[NeedReview]:
    return list(db.session.scalars(queries.readable_reviews(viewer, need)))


class TestAssigning:
    def test_who_is_asked_has_ten_days_and_is_told_once(self, need: Need) -> None:
        reviewer, officer = make_account(), make_account()
        review = services.assign_reviewer(need, reviewer, needed=1, today=TODAY, by=officer)
        assert review.due_on == TODAY + timedelta(days=10)
        told = db.session.scalars(select(Notification)).one()
        assert (told.account_id, told.url_path) == (reviewer.id, f"/evaluations/{review.id}")
        entry = history_of(review)[0]
        assert entry.action == "review.assigned"
        assert entry.details == {"need": need.id, "reviewer": reviewer.id}

    def test_who_takes_one_is_not_told(self, need: Need) -> None:
        officer = make_account()
        services.assign_reviewer(need, officer, needed=1, today=TODAY, by=officer)
        assert db.session.scalars(select(Notification)).all() == []

    def test_only_the_agency_evaluates(self, need: Need) -> None:
        for outsider in (make_member(need.organisation), make_account(role=Role.ADMINISTRATOR)):
            with pytest.raises(services.NotAReviewer):
                services.assign_reviewer(need, outsider, needed=1, today=TODAY, by=None)

    def test_nobody_evaluates_twice_and_there_are_three_at_most(self, need: Need) -> None:
        first = make_review(need, needed=3)
        with pytest.raises(services.AlreadyReviewer):
            services.assign_reviewer(need, first.reviewer, needed=3, today=TODAY, by=None)
        make_review(need, needed=3)
        make_review(need, needed=3)
        with pytest.raises(services.EnoughReviewers):
            make_review(need, needed=3)

    def test_nobody_is_asked_once_all_are_in_and_read(self, need: Need) -> None:
        make_review(need, judgement=make_judgement())
        with pytest.raises(services.EnoughReviewers):
            make_review(need)

    @pytest.mark.parametrize("status", [NeedStatus.SUBMITTED, NeedStatus.APPROVED])
    def test_a_need_is_evaluated_while_under_review(self, status: NeedStatus) -> None:
        with pytest.raises(services.NotInReview):
            make_review(make_need(status=status))


class TestBlindness:
    def test_nobody_reads_another_s_before_all_are_in(self, need: Need) -> None:
        first = make_review(need, needed=2, judgement=make_judgement(2))
        second = make_review(need, needed=2)
        director = make_account(role=Role.AGENCY_DIRECTOR)
        assert read_by(first.reviewer, need) == [first]
        assert read_by(second.reviewer, need) == []
        assert read_by(director, need) == []
        for viewer in (first.reviewer, second.reviewer, director):
            assert queries.comparison_of(viewer, need, needed=2) is None
        services.submit_review(second, make_judgement(4), needed=2, by=second.reviewer)
        for viewer in (first.reviewer, second.reviewer, director):
            assert read_by(viewer, need) == [first, second]

    def test_one_in_of_three_that_are_needed_stays_closed_before_the_others_are_asked(
        self, need: Need
    ) -> None:
        make_review(need, needed=3, judgement=make_judgement())
        assert read_by(make_account(), need) == []

    def test_one_that_was_asked_for_besides_is_waited_for(self, need: Need) -> None:
        first, second = make_review(need), make_review(need)
        services.submit_review(first, make_judgement(), needed=1, by=first.reviewer)
        assert read_by(second.reviewer, need) == []

    def test_ministries_and_administrators_read_none(self, need: Need) -> None:
        make_review(need, judgement=make_judgement())
        for outsider in (make_member(need.organisation), make_account(role=Role.ADMINISTRATOR)):
            assert read_by(outsider, need) == []

    def test_progress_tells_who_and_when_and_no_score(self, need: Need) -> None:
        review = make_review(need, needed=2, judgement=make_judgement(1))
        progress = queries.progress_of(need, needed=2)
        assert (progress.in_count, progress.asked_count, progress.vacant) == (1, 2, 1)
        assert set(vars(progress.asked[0])) == {
            "number",
            "reviewer_id",
            "name",
            "state",
            "due_on",
            "done_at",
            "is_able",
        }
        assert progress.asked[0].name == review.reviewer.display_name

    def test_who_is_late_shows_on_the_eleventh_day(self, need: Need) -> None:
        make_review(need)
        progress = queries.progress_of(need, needed=1)
        assert progress.late_on(TODAY + timedelta(days=10)) == []
        assert len(progress.late_on(TODAY + timedelta(days=11))) == 1

    def test_an_evaluation_is_corrected_until_the_last_is_in(self, need: Need) -> None:
        first, second = make_review(need, needed=2), make_review(need, needed=2)
        for score in (1, 4):
            services.submit_review(first, make_judgement(score), needed=2, by=first.reviewer)
        assert set(first.score_by_criterion.values()) == {4}
        services.submit_review(second, make_judgement(), needed=2, by=second.reviewer)
        with pytest.raises(services.ReviewClosed):
            services.submit_review(first, make_judgement(1), needed=2, by=first.reviewer)

    def test_who_steps_aside_is_replaced_and_what_they_said_is_gone(self, need: Need) -> None:
        first, other = make_review(need, needed=2, judgement=make_judgement()), make_account()
        new = services.step_aside(
            first, Conflict.TOOK_PART, replacement=other, needed=2, today=TODAY, by=first.reviewer
        )
        assert (first.state, first.scores, first.comments) == (EvaluationState.REPLACED, [], [])
        assert new is not None
        assert new.reviewer_id == other.id
        progress = queries.progress_of(need, needed=2)
        assert [one.reviewer_id for one in progress.standing] == [other.id]
        assert first.reviewer not in queries.possible_reviewers(need)
        details = {"need": need.id, "conflict": "took_part"}
        assert history_of(first)[0].details == details


class TestReleasing:
    def test_a_silent_reviewer_is_waited_for_no_more_and_the_minimum_stays(
        self, need: Need
    ) -> None:
        first = make_review(need, needed=2)
        second, officer = make_review(need, needed=2, judgement=make_judgement()), make_account()
        services.release(first, ReleaseReason.SILENT, needed=2, by=officer)
        progress = queries.progress_of(need, needed=2)
        assert (progress.vacant, progress.are_all_in) == (1, False)
        assert queries.progress_of(need, needed=1).are_all_in
        entry = history_of(first)[0]
        assert (entry.actor_id, entry.details) == (
            officer.id,
            {"need": need.id, "reason": "silent"},
        )
        told = select(Notification.kind).where(Notification.account_id == first.reviewer_id)
        assert "review.released" in db.session.scalars(told).all()
        for closed in (first, second):
            with pytest.raises(services.ReviewClosed):
                services.release(closed, ReleaseReason.OTHER, needed=2, by=officer)

    def test_who_was_released_is_asked_again_and_told_each_time(self, need: Need) -> None:
        review, officer = make_review(need, needed=2), make_account()
        reviewer = review.reviewer
        for _time in range(2):
            assert reviewer not in queries.possible_reviewers(need)
            services.release(review, ReleaseReason.AWAY, needed=2, by=officer)
            assert reviewer in queries.possible_reviewers(need)
            again = services.assign_reviewer(need, reviewer, needed=2, today=TODAY, by=officer)
            assert (again, again.state) == (review, EvaluationState.ASKED)
            assert again.assigned_by_id == officer.id
        services.submit_review(review, make_judgement(), needed=2, by=reviewer)
        told = select(Notification.kind).where(Notification.account_id == reviewer.id)
        kinds = list(db.session.scalars(told))
        assert (kinds.count("review.asked"), kinds.count("review.released")) == (3, 2)
        with pytest.raises(services.AlreadyReviewer):
            services.assign_reviewer(need, reviewer, needed=2, today=TODAY, by=officer)

    def test_whoever_cannot_answer_any_more_is_not_waited_for(self, need: Need) -> None:
        first, second = make_review(need), make_review(need)
        services.submit_review(first, make_judgement(), needed=1, by=first.reviewer)
        second.reviewer.is_active = False
        db.session.flush()
        assert queries.progress_of(need, needed=1).are_all_in


class TestStayingOpen:
    def test_what_was_read_is_not_rewritten_once_a_closed_account_opens_again(
        self, need: Need
    ) -> None:
        first, second, third = (make_review(need, needed=2) for _place in range(3))
        for one in (first, second):
            services.submit_review(one, make_judgement(), needed=2, by=one.reviewer)
        third.reviewer.is_active = False
        db.session.flush()
        # Nothing is read before it is noted, each morning, that nothing else can come.
        assert read_by(first.reviewer, need) == [first]
        assert [services.open_read_needs(needed=2) for _time in range(2)] == [1, 0]
        third.reviewer.is_active = True
        db.session.flush()
        assert read_by(first.reviewer, need) == [first, second]
        assert queries.comparison_of(second.reviewer, need, needed=2) is not None
        assert read_by(third.reviewer, need) == []
        for one in (first, second):
            with pytest.raises(services.ReviewClosed):
                services.submit_review(one, make_judgement(1), needed=2, by=one.reviewer)
        with pytest.raises(services.EnoughReviewers):
            make_review(need, needed=2)
        services.submit_review(third, make_judgement(), needed=2, by=third.reviewer)
        assert read_by(third.reviewer, need) == [first, second, third]

    def test_who_leaves_last_opens_what_is_in(self, need: Need) -> None:
        first, second, third = (make_review(need, needed=1) for _place in range(3))
        services.submit_review(first, make_judgement(), needed=1, by=first.reviewer)
        services.release(second, ReleaseReason.SILENT, needed=1, by=make_account())
        assert read_by(make_account(), need) == []
        services.step_aside(
            third, Conflict.OTHER, replacement=None, needed=1, today=TODAY, by=third.reviewer
        )
        assert read_by(make_account(), need) == [first]

    def test_a_command_opens_them(self, need: Need, each_database: Application) -> None:
        first, second = make_review(need), make_review(need)
        services.submit_review(first, make_judgement(), needed=2, by=first.reviewer)
        second.reviewer.is_active = False
        db.session.commit()
        each_database.config["NEED_REVIEWERS"] = 1
        answer = each_database.test_cli_runner().invoke(commands, ["open"])
        assert "1 needs opened." in answer.output
        assert read_by(make_account(), need) == [first]


class TestComparing:
    def test_means_spread_and_advice(self, need: Need) -> None:
        first, second = make_review(need, needed=2), make_review(need, needed=2)
        scores = {**dict.fromkeys(Criterion, 2), Criterion.REAL: 4, Criterion.POLICY: 4}
        mixed = services.Judgement(scores, dict.fromkeys(Family, "Inégal."), Advice.COMPLEMENT)
        services.submit_review(first, mixed, needed=2, by=first.reviewer)
        services.submit_review(second, make_judgement(2), needed=2, by=second.reviewer)
        found = queries.comparison_of(first.reviewer, need, needed=2)
        assert found is not None
        real = found.lines[Family.VALUE][0]
        assert (real.scores, real.mean, real.spread) == ([4, 2], 3.0, 2)
        assert found.mean_of(Family.VALUE) == pytest.approx((3 + 2 + 2) / 3)
        assert found.mean == pytest.approx((7 / 3 + 2 + 3 + 2) / 4)
        assert (found.is_unanimous, found.advice) == (False, Advice.COMPLEMENT)

    def test_what_all_advise_is_recommended_whatever_the_scores(self, need: Need) -> None:
        make_review(need, judgement=make_judgement(4, advice=Advice.DECLINE))
        found = queries.comparison_of(make_account(), need, needed=1)
        assert found is not None
        assert found.advice is Advice.DECLINE


class TestApproving:
    def test_a_need_is_taken_on_once_its_evaluations_are_in(self, need: Need) -> None:
        review = make_review(need)
        with pytest.raises(services.ReviewsMissing):
            services.approve_need(need, needed=1, by=None)
        services.submit_review(review, make_judgement(), needed=1, by=review.reviewer)
        services.approve_need(need, needed=1, by=None)
        assert need.status is NeedStatus.APPROVED
        assert queries.waiver_of(need) is None

    def test_a_stated_reason_goes_without_and_is_journaled_as_a_code(self, need: Need) -> None:
        officer = make_account()
        services.approve_need(need, needed=2, by=officer, without=WaiverReason.URGENT)
        waiver = queries.waiver_of(need)
        assert need.status is NeedStatus.APPROVED
        assert waiver is not None
        assert (waiver.in_count, waiver.asked_count) == (0, 2)
        entry = history_of(waiver)[0]
        assert entry.details == {"need": need.id, "reason": "urgent", "seen": 0}

    def test_a_reason_replaces_no_exit_plan(self) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW, exit_plan="")
        with pytest.raises(lifecycle.NeedNotReady):
            services.approve_need(need, needed=1, by=None, without=WaiverReason.URGENT)
        assert queries.waiver_of(need) is None

    def test_a_decision_opens_what_is_in_and_closes_the_rest(self, need: Need) -> None:
        done = make_review(need, needed=2, judgement=make_judgement())
        late = make_review(need, needed=2)
        lifecycle.decline_need(need, reason=MoveReason.TOO_NARROW, words="Élargissez.", by=None)
        assert read_by(make_account(), need) == [done]
        with pytest.raises(services.ReviewClosed):
            services.submit_review(late, make_judgement(), needed=2, by=late.reviewer)


def test_a_need_that_has_changed_is_evaluated_again(need: Need) -> None:
    review = make_review(need, judgement=make_judgement())
    lifecycle.ask_complement(need, words="Dites qui reprendra.", by=None)
    lifecycle.complete_need(need, words="C’est écrit.", by=None)
    assert not queries.progress_of(need, needed=1).are_all_in
    services.submit_review(review, make_judgement(4), needed=1, by=review.reviewer)
    assert queries.progress_of(need, needed=1).are_all_in
