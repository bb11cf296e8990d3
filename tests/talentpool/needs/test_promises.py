"""Each stage promises a day; what overruns is said to both sides, once and then weekly."""

from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs import lifecycle, promises
from talentpool.needs.models import Need
from talentpool.needs.people import Party
from talentpool.needs.reminders import remind
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.needs.standing import standing_of
from talentpool.notifications.models import Notification
from tests.factories.accounts import make_account
from tests.factories.casework import make_follow_up
from tests.factories.needs import make_need
from tests.factories.organisations import make_member

pytestmark = pytest.mark.usefixtures("each_database")


def since(need: Need) -> date:
    return need.stage_since.date()


def told(account: object) -> list[str]:
    found = db.session.query(Notification).filter_by(account_id=account.id)
    return [one.kind for one in found.order_by(Notification.id)]


def sentence(account: object) -> str:
    last = (
        db.session.query(Notification)
        .filter_by(account_id=account.id)
        .order_by(Notification.id.desc())
        .first()
    )
    return last.words.sentence % last.params


class TestPromise:
    def test_each_stage_promises_its_own_days(self) -> None:
        for status, days in ((NeedStatus.SUBMITTED, 5), (NeedStatus.APPROVED, 7)):
            need = make_need(status=status)
            promise = promises.promise_of(need)
            assert (promise.party, promise.due_on - since(need)) == (
                Party.AGENCY,
                timedelta(days=days),
            )
            assert promise.days_late(promise.due_on) == 0
            assert promise.days_late(promise.due_on + timedelta(days=2)) == 2

    def test_what_waits_for_nobody_promises_nothing(self) -> None:
        for status in (NeedStatus.DRAFT, NeedStatus.FILLED, NeedStatus.DECLINED):
            assert promises.promise_of(make_need(status=status)) is None

    def test_an_explanation_moves_the_day_of_this_stage_only(self) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        later = date.today() + timedelta(days=30)
        promises.explain_delay(
            need, words="Le comité est reporté.", due_on=later, today=date.today(), by=None
        )
        promise = promises.promise_of(need)
        assert (promise.due_on, promise.words) == (later, "Le comité est reporté.")
        assert promise.first_on < later
        assert told(member) == ["need.delay"]
        assert "Le comité est reporté." in sentence(member)
        lifecycle.take_up_need(need, by=None)
        assert promises.promise_of(need).words == ""

    def test_only_the_agency_s_day_to_come_can_be_put_off(self) -> None:
        need, today = make_need(status=NeedStatus.COMPLEMENT_ASKED), date.today()
        with pytest.raises(promises.NothingPromised):
            promises.explain_delay(
                need, words="Plus tard.", due_on=today + timedelta(days=9), today=today, by=None
            )
        with pytest.raises(promises.DayPassed):
            promises.explain_delay(
                make_need(status=NeedStatus.SUBMITTED),
                words="Hier.",
                due_on=today,
                today=today,
                by=None,
            )


class TestReminders:
    def test_both_sides_are_told_once_and_then_weekly(self) -> None:
        member, officer = make_member(), make_account()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        due_on = promises.promise_of(need).due_on
        assert remind(due_on) == 0
        assert remind(due_on + timedelta(days=1)) == 2
        # A morning without the command loses nothing, a second run tells nothing.
        assert remind(due_on + timedelta(days=5)) == 0
        assert remind(due_on + timedelta(days=8)) == 2
        assert told(member) == ["need.late_host"] * 2
        assert told(officer) == ["need.late_agency"] * 2

    def test_the_officer_who_follows_a_need_is_told_alone(self) -> None:
        make_member()
        officer, other = make_account(), make_account()
        need = make_need(status=NeedStatus.SUBMITTED)
        make_follow_up(need, owner=officer)
        remind(promises.promise_of(need).due_on + timedelta(days=1))
        assert (told(officer), told(other)) == (["need.late_agency"], [])

    def test_late_needs_come_latest_first(self) -> None:
        director = make_account(role=Role.AGENCY_DIRECTOR)
        approved, submitted = make_need(), make_need(status=NeedStatus.SUBMITTED)
        later = date.today() + timedelta(days=60)
        late = promises.late_needs(director, later)
        assert [need.id for need, _promise in late] == [submitted.id, approved.id]
        assert promises.late_needs(director, date.today()) == []


class TestMovesAreTold:
    def test_the_other_side_is_told_and_never_who_acted(self) -> None:
        member = make_member()
        organisation = member.membership.organisation
        colleague, officer = make_member(organisation), make_account()
        need = make_need(status=NeedStatus.DRAFT, organisation=organisation)
        lifecycle.submit_need(need, by=member)
        assert (told(officer), told(member), told(colleague)) == (["need.moved_submit"], [], [])
        lifecycle.take_up_need(need, by=officer)
        assert told(member) == told(colleague) == ["need.moved_take_up"]
        assert told(officer) == ["need.moved_submit"]

    def test_a_refusal_carries_its_reason_and_its_words(self) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.IN_REVIEW, organisation=member.membership.organisation)
        lifecycle.decline_need(
            need,
            reason=MoveReason.TOO_NARROW,
            words="Revenez vers nous avec l’équipe du produit.",
            by=make_account(),
        )
        said = sentence(member)
        assert "tâche trop étroite pour une mission" in said
        assert "Revenez vers nous avec l’équipe du produit." in said

    def test_its_owner_alone_is_told(self) -> None:
        owner = make_member()
        colleague = make_member(owner.membership.organisation)
        need = make_need(status=NeedStatus.SUBMITTED, organisation=owner.membership.organisation)
        need.owner_id = owner.id
        lifecycle.take_up_need(need, by=None)
        assert (told(owner), told(colleague)) == (["need.moved_take_up"], [])

    def test_what_the_agency_does_for_a_ministry_is_told_to_it(self) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        lifecycle.withdraw_need(need, reason=MoveReason.BUDGET, by=make_account())
        assert told(member) == ["need.moved_on_behalf"]


class TestStanding:
    def test_who_acts_next_depends_on_who_reads(self) -> None:
        member = make_member()
        officer, today = make_account(), date.today()
        need = make_need(
            status=NeedStatus.COMPLEMENT_ASKED, organisation=member.membership.organisation
        )
        assert standing_of(need, member, today).is_viewer
        assert not standing_of(need, officer, today).is_viewer

    def test_a_draft_says_what_is_missing(self) -> None:
        need = make_need(status=NeedStatus.DRAFT, seats=0, exit_plan="", summary="")
        standing = standing_of(need, make_account(), date.today())
        assert standing.lacking == ("le besoin en une phrase", "un poste au moins")
        assert standing.lacks_exit_plan
        assert "à qui cela sert" in standing.wished

    def test_a_served_need_lacks_nothing(self) -> None:
        standing = standing_of(make_need(exit_plan=""), make_account(), date.today())
        assert (standing.lacks_exit_plan, standing.wished) == (False, ())
