from collections.abc import Callable
from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs.lifecycle import decline_need, withdraw_need
from talentpool.needs.models import ContactRole
from talentpool.needs.services import Contact, Teammate
from talentpool.needs.stages import MoveReason, NeedStatus
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.proofreader import ProofreadingClient
from tests.reading import text_of

BOARD = "/besoins-ouverts"


def words_of(answer: object) -> str:
    return text_of(answer).replace("\xa0", " ")


class TestListing:
    def test_states_what_filters_do_and_gives_each_a_way_out(
        self, client: ProofreadingClient
    ) -> None:
        make_need()
        make_need(title="Juges", summary="Autre chose.", text="Autre chose.")
        page = client.get(f"{BOARD}?q=forrets&part=80&tri=debut")
        assert "1 besoin, 2 filtres" in words_of(page)
        assert "nous avons cherché « forets »" in words_of(page)
        assert f'href="{BOARD}?q=forrets&amp;tri=debut"' in page.text

    def test_who_finds_nothing_is_helped(self, client: ProofreadingClient) -> None:
        make_need()
        words = words_of(client.get(f"{BOARD}?q=carte+xylophones&lieu="))
        assert "0 besoin, 1 filtre" in words
        assert "Aucun besoin ne dit « xylophones »" in words
        assert "Ceux qui disent une partie de vos mots" in words
        assert "Sans le filtre Mots : « carte xylophones » : 1 besoin" in words

    def test_pages_keep_filters(self, client: ProofreadingClient) -> None:
        for number in range(21):
            make_need(title=f"Besoin {number}")
        page = client.get(f"{BOARD}?famille=dev")
        assert f'href="{BOARD}?famille=dev&amp;page=2"' in page.text
        assert "Besoin 0" in words_of(client.get(f"{BOARD}?famille=dev&page=2"))
        assert client.get(f"{BOARD}?famille=dev&page=99").status_code == 200

    def test_an_empty_board_says_so(self, client: ProofreadingClient) -> None:
        assert "Aucun besoin ouvert" in words_of(client.get(BOARD))

    @pytest.mark.parametrize(
        "typed",
        [
            "%",
            "_",
            "\\",
            "%25%5f",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
        ],
    )
    def test_hostile_words_find_nothing_and_break_nothing(
        self, typed: str, client: ProofreadingClient
    ) -> None:
        make_need()
        for name in ("q", "lieu", "competence", "ministere", "famille", "debut", "part", "tri"):
            page = client.get(BOARD, query_string={name: typed, "page": typed})
            assert page.status_code == 200
            assert "<script>alert" not in page.text
        assert "0 besoin" in words_of(client.get(BOARD, query_string={"q": typed}))

    def test_what_needs_say_is_shown_as_text(self, client: ProofreadingClient) -> None:
        hostile = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(2)>'
        need = make_need(
            title=hostile, summary=hostile, text=hostile, town=hostile, themes=[hostile]
        )
        for address in ("/", BOARD, f"{BOARD}/{need.id}", f"{BOARD}?q=alert&lieu=img"):
            page = client.get(address).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "{{7*7}}" in page

    def test_a_hundred_thousand_letters_are_cut(self, client: ProofreadingClient) -> None:
        make_need()
        page = client.get(BOARD, query_string={"q": "é" * 100_000})
        assert "0 besoin, 1 filtre" in words_of(page)
        assert f'value="{"é" * 120}"' in page.text

    def test_the_home_page_of_visitors_shows_the_last_needs(
        self, client: ProofreadingClient
    ) -> None:
        need = make_need()
        make_need(title="Rien pour vous", is_public=False)
        page = client.get("/")
        assert f'href="{BOARD}/{need.id}"' in page.text
        assert "Rien pour vous" not in page.text


class TestShow:
    def test_everybody_reads_it_but_nothing_of_people_or_money(
        self, client: ProofreadingClient, client_as: Callable, client_of: Callable
    ) -> None:
        need = make_need(
            beneficiaries="Les forestiers.",
            risks="Risque secret",
            team=[Teammate("Ada Équipe", "Cheffe", 30)],
            contacts=[Contact(ContactRole.SPONSOR, "Bob Contact", email="bob@hote.example")],
            employer_cost=98_765,
            budget_programme="BOP 218",
        )
        browsers = [client, client_of(make_member()), *map(client_as, Role)]
        for browser in browsers:
            answer = browser.get(f"{BOARD}/{need.id}")
            words = words_of(answer)
            assert "Les forestiers." in words
            assert "Python" in words
            for hidden in ("Ada", "Bob", "bob@", "98", "BOP 218", "Risque secret"):
                assert hidden not in words, hidden
        assert "Se connecter" in words_of(client.get(f"{BOARD}/{need.id}"))

    @pytest.mark.parametrize("status", [*NeedStatus])
    def test_what_is_not_on_the_board_does_not_exist(
        self, status: NeedStatus, client: ProofreadingClient
    ) -> None:
        hidden = make_need(status=status, is_public=False, title="Caché")
        assert client.get(f"{BOARD}/{hidden.id}").status_code == 404
        assert client.get(f"{BOARD}/{9**12}").status_code == 404

    def test_what_was_there_says_only_that_it_is_over(self, client: ProofreadingClient) -> None:
        need = make_need(title="Titre parti")
        withdraw_need(need, reason=MoveReason.BUDGET, words="Plus un sou.", by=None)
        db.session.commit()
        answer = client.get(f"{BOARD}/{need.id}")
        assert answer.status_code == 410
        assert "n’est plus ouvert" in words_of(answer)
        for hidden in ("Titre parti", "Retiré", "budget", "Plus un sou"):
            assert hidden not in answer.text
        refused = make_need(status=NeedStatus.IN_REVIEW)
        decline_need(refused, reason=MoveReason.NOT_PRIORITY, words="Non.", by=None)
        db.session.commit()
        assert client.get(f"{BOARD}/{refused.id}").status_code == 404

    def test_a_need_that_closed_to_candidates_says_so(self, client: ProofreadingClient) -> None:
        need = make_need(candidates_until=date.today() - timedelta(days=1))
        words = words_of(client.get(f"{BOARD}/{need.id}"))
        assert "Ne prend plus de candidatures" in words
        assert "Trop tard pour ce besoin" in words
