import re
from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.anonymity import services
from talentpool.anonymity.queries import passages_of
from talentpool.anonymity.services import choose_passages
from talentpool.db import db
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent
from tests.reading import complaints, filled, text_of

OWN = "/mon-profil/fiche-anonyme"
TEXT = "Je m’appelle Inès Essai, je code. Je dessine des cartes en Python."


@pytest.fixture
def person(app: object) -> Account:
    return make_account(role=Role.TALENT, display_name="Inès Essai")


def own_talent(person: Account, **changes: object) -> Talent:
    return make_talent(account=person, display_name="Inès Essai", text=TEXT, **changes)


def approved(talent: Talent) -> list[str]:
    db.session.expire_all()
    return [passage.text for passage in passages_of([talent])[talent.id]]


class TestOwnSheet:
    def test_shows_nothing_of_the_text_until_it_is_approved(
        self, person: Account, client_of: Callable
    ) -> None:
        talent = own_talent(person)
        browser = client_of(person)
        page = browser.get(OWN)
        assert "Aucun passage n’est approuvé" in text_of(page)
        boxes = re.findall(r'value="(s-\w+)"', page.text)
        assert len(boxes) == 2
        ticked = filled(page, passages=[boxes[1]], own_words="Inès Essai aime les cartes.")
        assert browser.post(OWN, data=ticked).status_code == 303
        shown = ["Je dessine des cartes en Python.", "[nom] aime les cartes."]
        assert approved(talent) == shown
        page = browser.get(OWN)
        assert "Aucun passage n’est approuvé" not in text_of(page)
        assert "Je m’appelle [nom], je code." in text_of(page)
        # What stays ticked stays; nothing ticked withdraws all.
        browser.post(OWN, data=filled(page))
        assert approved(talent) == shown
        browser.post(OWN, data={"own_words": ""})
        assert approved(talent) == []

    def test_refuses_what_is_too_long_and_keeps_it_on_the_page(
        self, person: Account, client_of: Callable
    ) -> None:
        talent = own_talent(person)
        answer = client_of(person).post(OWN, data={"own_words": "a" * 1001})
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["own_words"]
        assert approved(talent) == []

    def test_says_when_a_sheet_is_full(
        self, person: Account, client_of: Callable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "MOST_PASSAGES", 0)
        own_talent(person)
        answer = client_of(person).post(OWN, data={"own_words": "Je code."})
        assert answer.status_code == 422
        assert "passages" in complaints(answer)

    def test_invites_to_write_a_profile_first(self, person: Account, client_of: Callable) -> None:
        assert "pas encore écrit" in text_of(client_of(person).get(OWN))

    def test_is_linked_from_the_profile(self, person: Account, client_of: Callable) -> None:
        own_talent(person)
        assert OWN in client_of(person).get("/mon-profil").text


class TestRewrite:
    def test_says_a_passage_otherwise(self, person: Account, client_of: Callable) -> None:
        talent = own_talent(person)
        passage = choose_passages(talent, keep=(), add=["Je code."], by=person)[0]
        db.session.commit()
        address = f"{OWN}/{passage.id}"
        browser = client_of(person)
        opened = filled(browser.get(address), text="Inès Essai code.")
        assert browser.post(address, data=opened).status_code == 303
        assert approved(talent) == ["[nom] code."]
        # The same page sent again was opened on words that are no longer there.
        assert browser.post(address, data={**opened, "text": ["Je dors."]}).status_code == 409
        assert approved(talent) == ["[nom] code."]

    def test_is_for_one_s_own_passages_only(self, person: Account, client_of: Callable) -> None:
        passage = choose_passages(own_talent(person), keep=(), add=["Je code."], by=person)[0]
        db.session.commit()
        other = client_of(make_account(role=Role.TALENT))
        assert other.get(f"{OWN}/{passage.id}").status_code in {403, 404}
