"""Adding, removing, renewing and resetting factors, by the pages that people see."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from talentpool.access import Role
from talentpool.accounts import factors
from talentpool.accounts.models import SignIn
from talentpool.db import db, now
from tests.factories.accounts import PASSWORD, make_account, make_app, make_recovery_codes
from tests.reading import filled, text_of
from tests.signing_in import code_of, secret_on


def grow_old(account: Any) -> None:
    """Let five minutes pass since the account last gave its password."""
    for sign_in in db.session.query(SignIn).filter_by(account_id=account.id):
        sign_in.confirmed_at = now() - timedelta(minutes=5, seconds=1)
    db.session.commit()


class TestConfirmIdentity:
    @pytest.mark.parametrize(
        "path", ["application", "cle", "codes-de-secours", "facteurs/{factor}/retirer"]
    )
    def test_changing_anything_asks_for_the_password_again(
        self, path: str, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        factor, _secret = make_app(account)
        path = path.format(factor=factor.id)
        browser = client_of(account)
        assert browser.get(f"/mon-compte/{path}").status_code == 200
        grow_old(account)
        asked = browser.get(f"/mon-compte/{path}")
        assert asked.location == f"/mon-compte/confirmation?next=/mon-compte/{path}"
        assert browser.post(f"/mon-compte/{path}").location == asked.location
        assert factors.factors_of(account) == [factor]
        page = browser.get(asked.location)
        wrong = browser.post(asked.location, data=filled(page, password="x"))
        assert wrong.status_code == 422
        right = browser.post(asked.location, data=filled(wrong, password=PASSWORD))
        assert right.location == f"/mon-compte/{path}"
        assert browser.get(right.location).status_code == 200

    def test_guessing_it_is_stopped(self, client_of: Callable) -> None:
        browser = client_of(make_account(role=Role.TALENT))
        data = {"password": "x"}
        answers = [browser.post("/mon-compte/confirmation", data=data) for _try in range(12)]
        assert (answers[0].status_code, answers[-1].status_code) == (422, 429)

    def test_a_forged_address_leads_to_one_s_account(self, client_of: Callable) -> None:
        browser = client_of(make_account(role=Role.TALENT))
        data = {"password": PASSWORD, "next": "//evil.example"}
        assert browser.post("/mon-compte/confirmation", data=data).location == "/mon-compte"


class TestOwnFactors:
    def test_an_application_is_added_and_other_sessions_end(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        browser, elsewhere = client_of(account), client_of(account)
        page = browser.get("/mon-compte/application")
        form = filled(page, name="Téléphone rouge", code=code_of(secret_on(page)))
        assert browser.post("/mon-compte/application", data=form).status_code == 303
        assert "Téléphone rouge" in text_of(browser.get("/mon-compte"))
        assert elsewhere.get("/mon-compte").status_code == 303

    def test_the_file_holds_the_codes_of_the_page(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        make_app(account)
        browser = client_of(account)
        shown = re.findall(r"<li><code>([\w-]+)", browser.get("/mon-compte/codes-de-secours").text)
        answer = browser.get("/mon-compte/codes-de-secours.txt")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert all(code in answer.text for code in shown)
        assert factors.recovery_codes_left(account) == 0
        browser.post("/mon-compte/codes-de-secours")
        assert factors.recovery_codes_left(account) == 10
        again = re.findall(r"<li><code>([\w-]+)", browser.get("/mon-compte/codes-de-secours").text)
        assert not set(again) & set(shown)

    def test_codes_that_nobody_saw_are_never_kept(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        make_app(account)
        browser, address = client_of(account), "/mon-compte/codes-de-secours"
        browser.get(address)
        with browser.session_transaction() as session:
            del session["waiting_codes"]
        answer = browser.post(f"{address}?next=/mon-compte")
        assert answer.location == f"{address}?next=/mon-compte"
        assert factors.recovery_codes_left(account) == 0
        assert "en voici d’autres" in text_of(browser.get(answer.location))
        assert browser.post(answer.location).location == "/mon-compte"
        assert factors.recovery_codes_left(account) == 10

    def test_only_one_s_own_is_removed(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        own, _secret = make_app(account)
        other, _secret = make_app(make_account(role=Role.TALENT))
        browser = client_of(account)
        assert browser.post(f"/mon-compte/facteurs/{other.id}/retirer").status_code == 404
        assert "seul" in text_of(browser.get(f"/mon-compte/facteurs/{own.id}/retirer"))
        assert browser.post(f"/mon-compte/facteurs/{own.id}/retirer").status_code == 303
        assert factors.factors_of(account) == []

    def test_staff_are_told_to_add_another_first(self, client_of: Callable) -> None:
        account = make_account()
        own, _secret = make_app(account)
        browser = client_of(account)
        page = browser.get(f"/mon-compte/facteurs/{own.id}/retirer")
        assert "ajoutez-en d’abord un autre" in text_of(page)
        assert browser.post(f"/mon-compte/facteurs/{own.id}/retirer").status_code == 409
        assert len(factors.factors_of(account)) == 1


class TestReset:
    def test_the_administration_resets_once_confirmed(
        self, client_of: Callable, client_as: Callable
    ) -> None:
        account = make_account(display_name="Aubeline Carrosse")
        make_app(account)
        make_recovery_codes(account)
        locked_out = client_of(account)
        browser = client_as(Role.ADMINISTRATOR)
        address = f"/comptes/{account.id}/facteurs"
        assert "Toutes ses sessions se ferment" in text_of(browser.get(address))
        assert len(factors.factors_of(account)) == 1
        assert browser.post(address).status_code == 303
        assert factors.factors_of(account) == []
        assert locked_out.get("/postes").status_code == 303

    def test_it_asks_for_the_administrator_s_password(self, client_of: Callable) -> None:
        admin, account = make_account(role=Role.ADMINISTRATOR), make_account()
        make_app(account)
        browser = client_of(admin)
        grow_old(admin)
        answer = browser.post(f"/comptes/{account.id}/facteurs")
        assert answer.location.startswith("/mon-compte/confirmation")
        assert len(factors.factors_of(account)) == 1

    def test_nobody_resets_their_own(self, client_of: Callable) -> None:
        admin = make_account(role=Role.ADMINISTRATOR)
        make_app(admin)
        browser = client_of(admin)
        assert browser.post(f"/comptes/{admin.id}/facteurs").location == "/mon-compte"
        assert len(factors.factors_of(admin)) == 1
