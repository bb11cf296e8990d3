from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.pool.models import SavedSearch
from talentpool.skills.held import NamedSkill
from tests.factories.accounts import make_account
from tests.factories.placements import make_contract, make_proposal
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

NEW = "/talents/recherches/nouvelle"


@pytest.fixture
def officer(app: object) -> Account:
    return make_account()


@pytest.fixture
def browser(officer: Account, client_of: Callable) -> ProofreadingClient:
    return client_of(officer)


class TestListing:
    def test_filters_state_their_effect_and_each_has_its_way_out(
        self, browser: ProofreadingClient
    ) -> None:
        make_talent(display_name="Anne Essai", town="Brest")
        make_talent(display_name="Zoé Essai", town="Lille")
        page = browser.get("/talents?ville=brest&q=pyhton&tri=-part")
        words = text_of(page)
        assert "1 personne, 2 filtres" in words.replace("\xa0", " ")
        assert "nous avons cherché « python »" in words.replace("\xa0", " ")
        assert 'href="/talents?q=pyhton&amp;tri=-part"' in page.text
        assert 'name="tri" value="-part"' in page.text

    def test_nobody_found_says_which_filter_to_drop(self, browser: ProofreadingClient) -> None:
        make_talent(town="Brest")
        words = text_of(browser.get("/talents?ville=brest&q=introuvable")).replace("\xa0", " ")
        assert "Sans le filtre Mots : « introuvable » : 1 personne" in words
        assert "Sans le filtre Ville : brest : 0 personne" in words

    def test_time_says_whether_it_is_proven_or_claimed(self, browser: ProofreadingClient) -> None:
        make_talent(display_name="Anne Essai")
        make_contract(make_talent(display_name="Zoé Essai"), ends_on=None)
        rows = browser.get("/talents").text.split("<tr>")
        assert "déclaré" in next(row for row in rows if "Anne Essai" in row)
        assert "prouvé" in next(row for row in rows if "Zoé Essai" in row)

    def test_heads_sort_and_turn(self, browser: ProofreadingClient) -> None:
        make_proposal(make_talent(display_name="Zoé Essai"))
        make_talent(display_name="Anne Essai")
        page = browser.get("/talents?tri=-propositions")
        assert page.text.index("Zoé Essai") < page.text.index("Anne Essai")
        assert 'aria-sort="descending"' in page.text
        assert 'href="/talents?tri=propositions"' in page.text

    @pytest.mark.parametrize("asked", ["page=9", "q=%25", "part=abc", "libre=hier", "tri=x"])
    def test_a_strange_address_is_no_fault(self, asked: str, browser: ProofreadingClient) -> None:
        make_talent()
        assert browser.get(f"/talents?{asked}").status_code == 200

    def test_what_is_found_is_what_is_exported(self, browser: ProofreadingClient) -> None:
        make_talent(display_name="Anne Essai", skills=[NamedSkill("Rust")])
        make_talent(display_name="Zoé Essai")
        found = browser.get("/talents/trouves.csv?q=rust")
        assert "Anne Essai" in found.text
        assert "Zoé Essai" not in found.text
        assert browser.get("/talents/trouves.pdf").status_code == 404


class TestSavedSearches:
    def test_a_search_is_saved_opened_renamed_and_forgotten(
        self, browser: ProofreadingClient
    ) -> None:
        form = filled(browser.get(f"{NEW}?q=carte&part=80&inconnu=1"), name="Cartes")
        assert browser.post(NEW, data=form).location == "/talents?q=carte&part=80"
        search = db.session.scalars(select(SavedSearch)).one()
        assert search.query == "q=carte&part=80"
        assert 'href="/talents?q=carte&amp;part=80"' in browser.get("/talents").text
        address = f"/talents/recherches/{search.id}"
        form = filled(browser.get(f"{address}/modifier"), name="Atlas", is_shared="y")
        browser.post(f"{address}/modifier", data=form)
        db.session.refresh(search)
        assert (search.name, search.is_shared) == ("Atlas", True)
        browser.get(f"{address}/retirer")
        browser.post(f"{address}/retirer")
        assert db.session.scalars(select(SavedSearch)).all() == []

    def test_colleagues_open_what_is_shared_and_change_nothing(
        self, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        for name, shared in (("Pour tous", ["y"]), ("Pour moi", [])):
            form = filled(browser.get(f"{NEW}?q=carte"), name=name) | {"is_shared": shared}
            browser.post(NEW, data=form)
        colleague = client_as(Role.AGENCY_DIRECTOR)
        listed = text_of(colleague.get("/talents"))
        assert "Pour tous" in listed
        assert "Pour moi" not in listed
        for search in db.session.scalars(select(SavedSearch)):
            for act in ("modifier", "retirer"):
                address = f"/talents/recherches/{search.id}/{act}"
                assert colleague.post(address, data={"name": "x"}).status_code == 404

    def test_one_name_means_one_search(self, browser: ProofreadingClient) -> None:
        form = filled(browser.get(f"{NEW}?q=carte"), name="Cartes")
        browser.post(NEW, data=form)
        again = browser.post(NEW, data=form)
        assert again.status_code == 422
        assert "déjà" in complaints(again)["name"]
