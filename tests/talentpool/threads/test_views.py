"""The pages of threads, questions and promises."""

from collections.abc import Callable
from datetime import date, timedelta

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs.people import Party
from talentpool.needs.stages import NeedStatus
from talentpool.threads import services
from talentpool.threads.models import NeedMessage, NeedQuestion, NeedReading
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.threads import make_question
from tests.proofreader import ProofreadingClient


def read_aloud(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


class TestThread:
    def test_a_ministry_reads_what_is_new_and_answers(self, client_of: Callable) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        services.post_message(need, "Bonjour.", party=Party.AGENCY, token="x", by=make_account())
        db.session.commit()
        browser, address = client_of(member), f"/besoins/{need.id}/messages"
        assert "Lire 1 nouveau message" in read_aloud(browser.get(f"/besoins/{need.id}").text)
        assert "Lire les messages sur" in browser.get("/").text
        assert "Nouveau" in browser.get(address).text
        assert db.session.query(NeedReading).count() == 1
        answer = browser.post(f"{address}/lus")
        assert answer.location.startswith(f"{address}#message-")
        assert "Nouveau" not in browser.get(address).text
        typed = {"text": "Bonjour à vous.", "token": "y"}
        assert [browser.post(address, data=typed).status_code for _time in range(2)] == [303, 303]
        assert db.session.query(NeedMessage).filter_by(text="Bonjour à vous.").count() == 1

    def test_an_empty_message_is_shown_again(self, client_as: Callable) -> None:
        need = make_need()
        browser = client_as(Role.AGENCY_STAFF)
        assert browser.post(f"/besoins/{need.id}/messages", data={"text": " "}).status_code == 422

    def test_nobody_else_opens_it(self, client_of: Callable) -> None:
        need = make_need()
        assert client_of(make_member()).get(f"/besoins/{need.id}/messages").status_code == 404
        talent = client_of(make_account(role=Role.TALENT))
        assert talent.get(f"/besoins/{need.id}/messages").status_code == 403


class TestQuestions:
    def test_another_ministry_asks_and_is_not_named(self, client_of: Callable) -> None:
        member, other = make_member(), make_member()
        need = make_need(organisation=member.membership.organisation)
        asking, address = client_of(other), f"/besoins/{need.id}/questions"
        answer = asking.post(address, data={"text": "Et chez nous ?", "token": "x"})
        assert answer.status_code == 303
        assert "Et chez nous ?" in asking.get(address).text
        assert asking.get(f"/besoins/{need.id}").status_code == 404
        host = client_of(member)
        page = host.get(f"/besoins/{need.id}").text
        assert "Un autre ministère" in page
        assert other.display_name not in page
        question = db.session.query(NeedQuestion).one()
        typed = {"text": "Oui, le code est ouvert."}
        place = f"/besoins/questions/{question.id}/repondre"
        assert asking.post(place, data=typed).status_code == 404
        assert host.post(place, data=typed).status_code == 303
        assert host.post(place, data=typed).status_code == 422
        talent = client_of(make_account(role=Role.TALENT))
        assert "Oui, le code est ouvert." in talent.get(f"/besoins/{need.id}").text

    def test_a_visitor_of_the_board_reads_answers_and_nothing_else(
        self, client: ProofreadingClient
    ) -> None:
        need = make_need()
        answered, waiting = make_question(need), make_question(need, text="Et de Brest ?")
        services.answer(answered, "Deux jours par semaine.", party=Party.HOST, by=None)
        db.session.commit()
        page = client.get(f"/besoins-ouverts/{need.id}").text
        assert "Deux jours par semaine." in page
        assert "Vous</strong>" not in page
        assert waiting.text not in page
        assert "Poser la question" not in page

    def test_what_was_typed_too_late_is_kept_on_the_page(self, client_as: Callable) -> None:
        need = make_need()
        need.candidates_until = date.today() - timedelta(days=1)
        db.session.commit()
        answer = client_as(Role.TALENT).post(
            f"/besoins/{need.id}/questions", data={"text": "Est-ce ouvert ?", "token": "x"}
        )
        assert answer.status_code == 422
        assert "Est-ce ouvert ?" in answer.text
        assert db.session.query(NeedQuestion).count() == 0

    def test_the_agency_strikes_one_out_and_brings_it_back(self, client_as: Callable) -> None:
        question = make_question(make_need())
        browser = client_as(Role.AGENCY_STAFF)
        browser.post(f"/besoins/questions/{question.id}/barrer")
        assert "Barrée par l’agence" in browser.get(f"/besoins/{question.need_id}").text
        browser.post(f"/besoins/questions/{question.id}/remettre")
        db.session.refresh(question)
        assert not question.is_struck


class TestPromises:
    def test_both_sides_read_the_promised_day(self, client_of: Callable) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        for reader in (member, make_account()):
            page = read_aloud(client_of(reader).get(f"/besoins/{need.id}").text)
            assert "Réponse promise avant le" in page
            assert "Étape 2 sur 4" in page

    def test_the_agency_says_why_and_when(self, client_of: Callable) -> None:
        member, officer = make_member(), make_account()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        need.stage_since -= timedelta(days=9)
        db.session.commit()
        agency, host = client_of(officer), client_of(member)
        assert "En retard de 4 jours" in read_aloud(host.get(f"/besoins/{need.id}").text)
        assert "4 jours de retard" in read_aloud(host.get("/besoins").text)
        assert "En retard depuis le" in agency.get("/").text
        assert "l’agence est en retard" in host.get("/").text
        address = f"/besoins/{need.id}/delai"
        past = {"words": "Un comité.", "due_on": date.today().isoformat()}
        assert agency.post(address, data=past).status_code == 422
        later = {**past, "due_on": (date.today() + timedelta(days=5)).isoformat()}
        assert agency.post(address, data=later).status_code == 303
        page = read_aloud(host.get(f"/besoins/{need.id}").text)
        assert "L’agence explique : « Un comité. »" in page
        assert "En retard" not in page
        assert host.get(address).status_code == 403

    def test_a_talent_reads_none_of_it(self, client_as: Callable) -> None:
        page = client_as(Role.TALENT).get(f"/besoins/{make_need().id}").text
        assert "promise" not in page
        assert "Retenu le" in page
