"""One thread between two sides, and questions whose askers nobody learns."""

from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs import lifecycle
from talentpool.needs.people import Party
from talentpool.needs.stages import NeedStatus
from talentpool.notifications.models import Notification
from talentpool.threads import queries, services
from talentpool.threads.models import NeedMessage
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.threads import make_question

pytestmark = pytest.mark.usefixtures("each_database")


def kinds(account: object) -> list[str]:
    found = db.session.query(Notification).filter_by(account_id=account.id)
    return [one.kind for one in found.order_by(Notification.id)]


class TestThread:
    def test_messages_and_moves_stand_in_their_order(self) -> None:
        member, officer = make_member(), make_account()
        need = make_need(status=NeedStatus.IN_REVIEW, organisation=member.membership.organisation)
        services.post_message(need, "Bonjour.", party=Party.AGENCY, token="a", by=officer)
        lifecycle.ask_complement(need, words="Qui ouvre les données ?", by=officer)
        services.post_message(need, "La DSI.", party=Party.HOST, token="b", by=member)
        entries = queries.thread_of(member, need)
        assert [entry.words for entry in entries] == [
            "Bonjour.",
            "Qui ouvre les données ?",
            "La DSI.",
        ]
        assert [entry.party for entry in entries] == [Party.AGENCY, Party.AGENCY, Party.HOST]
        assert kinds(officer) == ["need.message_to_agency"]

    def test_a_form_sent_twice_is_one_message(self) -> None:
        need, officer = make_need(), make_account()
        first, second = (
            services.post_message(need, "Bonjour.", party=Party.AGENCY, token="x", by=officer)
            for _time in range(2)
        )
        assert first is second
        # Going back to a form and writing something else loses nothing.
        services.post_message(need, "Autre chose.", party=Party.AGENCY, token="x", by=officer)
        assert db.session.query(NeedMessage).count() == 2

    def test_what_the_other_side_wrote_is_unread_until_it_is_read(self) -> None:
        member, officer = make_member(), make_account()
        need = make_need(organisation=member.membership.organisation)
        services.post_message(need, "Bonjour.", party=Party.AGENCY, token="x", by=officer)
        assert [number for _need, number in queries.unread_by_need(member)] == [1]
        assert queries.unread_by_need(officer) == []
        [own] = queries.thread_of(officer, need)
        assert (own.is_unread, own.was_read) == (False, False)
        services.mark_read(need, party=Party.HOST, by=member)
        assert queries.unread_by_need(member) == []
        [own] = queries.thread_of(officer, need)
        assert own.was_read

    def test_nobody_else_reads_it(self) -> None:
        need = make_need()
        services.post_message(need, "Entre nous.", party=Party.AGENCY, token="x", by=None)
        for stranger in (make_account(role=Role.TALENT), make_member()):
            assert queries.thread_of(stranger, need) == []
            assert queries.unread_by_need(stranger) == []


class TestQuestions:
    def test_they_are_read_by_all_once_answered(self) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        asker, other = make_account(role=Role.TALENT), make_member()
        question = make_question(need, by=asker)

        def readers() -> list[bool]:
            people = (asker, member, make_account(), other, make_account(role=Role.TALENT))
            return [bool(queries.questions_on(one, need)) for one in people]

        assert readers() == [True, True, True, False, False]
        assert kinds(member) == ["question.asked"]
        services.answer(question, "Oui.", party=Party.HOST, by=member)
        assert readers() == [True] * 5
        assert kinds(asker) == ["question.answered"]
        with pytest.raises(services.AlreadyAnswered):
            services.answer(question, "Non.", party=Party.AGENCY, by=None)

    def test_one_struck_out_is_seen_by_the_agency_and_its_asker(self) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        asker = make_account(role=Role.TALENT)
        question = make_question(need, by=asker)
        services.answer(question, "Oui.", party=Party.HOST, by=member)
        services.strike(question, by=None)
        people = (make_account(), asker, member, make_account(role=Role.TALENT))
        seen = [bool(queries.questions_on(one, need)) for one in people]
        assert seen == [True, True, False, False]
        services.restore(question, by=None)
        assert queries.questions_on(member, need) == [question]

    def test_none_is_taken_after_the_last_day(self) -> None:
        need, today = make_need(), date.today()
        need.candidates_until = today
        assert queries.takes_questions(need, today)
        with pytest.raises(services.QuestionsClosed):
            services.ask(
                need,
                "Trop tard ?",
                token="x",
                today=today + timedelta(days=1),
                by=make_account(role=Role.TALENT),
            )

    def test_none_is_taken_on_what_is_not_published(self) -> None:
        for status in (NeedStatus.SUBMITTED, NeedStatus.FILLED, NeedStatus.DECLINED):
            assert not queries.takes_questions(make_need(status=status), date.today())

    def test_others_ask_about_the_board_only(self) -> None:
        other, need, today = make_member(), make_need(), date.today()
        assert queries.may_ask(other, need, today)
        need.is_public = False
        assert not queries.may_ask(other, need, today)
        assert not queries.may_ask(make_account(role=Role.TALENT), need, today)

    def test_a_ministry_does_not_ask_itself(self) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        assert not queries.may_ask(member, need, date.today())

    def test_the_agency_has_the_thread(self) -> None:
        for role in (Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR):
            assert not queries.may_ask(make_account(role=role), make_need(), date.today())
