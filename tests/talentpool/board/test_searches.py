from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.board.filters import Filters
from talentpool.board.models import BoardSearch
from talentpool.board.services import MOST, NameTaken, TooManySearches, save_search, tell_new
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.needs.lifecycle import give_up_need, reopen_need
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.notifications.models import Notification
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

TODAY = date(2026, 12, 1)
KEPT = "/besoins-ouverts/recherches"


@pytest.fixture
def talent(each_database: object) -> Account:
    return make_account(role=Role.TALENT)


def told(account: Account) -> list[tuple[str, str]]:
    chosen = select(Notification).where(Notification.account_id == account.id)
    rows = db.session.scalars(chosen.order_by(Notification.id))
    return [(row.kind, row.url_path) for row in rows]


class TestTellNew:
    def test_each_new_need_is_told_once(self, talent: Account) -> None:
        make_need(title="Carte ancienne")
        search = save_search(Filters(text="carte"), name="Cartes", by=talent, today=TODAY)
        assert tell_new(TODAY) == 0
        need = make_need(title="Carte neuve")
        make_need(title="Autre", summary="Rien.", text="Rien de tel.")
        make_need(title="Carte cachée", is_public=False)
        make_need(title="Carte en brouillon", status=NeedStatus.DRAFT)
        assert (tell_new(TODAY), tell_new(TODAY)) == (1, 0)
        assert told(talent) == [("board.one_new", f"/besoins-ouverts/{need.id}")]
        assert len(db.session.scalars(select(OutgoingMail)).all()) == 1
        make_need(title="Carte deux")
        make_need(title="Carte trois")
        tell_new(TODAY)
        assert told(talent)[1:] == [("board.several_new", "/besoins-ouverts?q=carte")]
        assert len(search.known) == 4

    def test_a_need_that_comes_back_is_no_news(self, talent: Account) -> None:
        need = make_need()
        save_search(Filters(), name="Tout", by=talent, today=TODAY)
        give_up_need(need, reason=MoveReason.PAY, words="Personne.", by=None)
        reopen_need(need, by=None)
        db.session.commit()
        assert tell_new(TODAY) == 0

    def test_a_closed_account_is_told_nothing(self, talent: Account) -> None:
        save_search(Filters(), name="Tout", by=talent, today=TODAY)
        talent.is_active = False
        make_need()
        assert tell_new(TODAY) == 0


class TestSaveSearch:
    def test_names_are_told_apart_and_bounded(self, talent: Account) -> None:
        for number in range(MOST):
            save_search(Filters(), name=f"N{number}", by=talent, today=TODAY)
        with pytest.raises(NameTaken):
            save_search(Filters(), name="N1", by=talent, today=TODAY)
        with pytest.raises(TooManySearches):
            save_search(Filters(), name="Autre", by=talent, today=TODAY)
        assert save_search(Filters(), name="N1", by=make_account(), today=TODAY)


class TestPages:
    @pytest.mark.parametrize("role", list(Role))
    def test_whoever_signs_in_keeps_a_search_and_forgets_it(
        self, role: Role, client_as: Callable
    ) -> None:
        browser = client_as(role)
        form = filled(browser.get(f"{KEPT}/nouvelle?q=carte&tri=debut&x=1"), name="Cartes")
        assert browser.post(f"{KEPT}/nouvelle", data=form).location == KEPT
        search = db.session.scalars(select(BoardSearch)).one()
        assert search.query == "q=carte&tri=debut"
        page = browser.get(KEPT)
        assert "Mots : « carte »" in text_of(page).replace("\xa0", " ")
        assert 'href="/besoins-ouverts?q=carte&amp;tri=debut"' in page.text
        again = browser.post(f"{KEPT}/nouvelle", data=form)
        assert again.status_code == 422
        assert "déjà" in complaints(again)["name"]
        browser.get(f"{KEPT}/{search.id}/retirer")
        browser.post(f"{KEPT}/{search.id}/retirer")
        assert db.session.scalars(select(BoardSearch)).all() == []

    def test_nobody_reaches_another_s_search(self, client_as: Callable) -> None:
        owner = make_account()
        search = save_search(Filters(), name="Secrète", by=owner, today=TODAY)
        db.session.commit()
        browser: ProofreadingClient = client_as(Role.AGENCY_DIRECTOR)
        assert "Secrète" not in browser.get(KEPT).text
        assert browser.get(f"{KEPT}/{search.id}/retirer").status_code == 404
        assert browser.post(f"{KEPT}/{search.id}/retirer").status_code == 404
