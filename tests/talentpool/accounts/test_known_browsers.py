import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts import factors, known_browsers
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account, make_app
from tests.proofreader import ProofreadingClient
from tests.signing_in import give_password

GOOD = "quatre lampes sous la neige"
#: As many failures as are borne by default, and from more addresses than one.
BORNE = 10


def _guess(
    browser: ProofreadingClient, email: str, password: str = "a guess", *, at: int = 1
) -> int:
    elsewhere = {"REMOTE_ADDR": f"192.0.2.{at}"}
    data = {"email": email, "password": password}
    return browser.post("/connexion", data=data, environ_overrides=elsewhere).status_code


def _guess_from_everywhere(app: Application, account: Account) -> None:
    for number in range(BORNE):
        assert _guess(app.test_client(), account.email, at=number) == 422
    assert _guess(app.test_client(), account.email, PASSWORD, at=99) == 429


def _used_before(app: Application, account: Account) -> ProofreadingClient:
    browser = app.test_client()
    give_password(browser, account)
    browser.post("/deconnexion")
    return browser


class TestTheHolder:
    def test_signs_in_with_a_browser_used_before(self, app: Application) -> None:
        account = make_account(role=Role.TALENT)
        browser = _used_before(app, account)
        _guess_from_everywhere(app, account)
        assert _guess(browser, account.email, PASSWORD, at=99) == 303

    def test_signs_in_elsewhere_with_another_password(
        self, app: Application, client: ProofreadingClient
    ) -> None:
        account = make_account(role=Role.TALENT)
        _guess_from_everywhere(app, account)
        client.post("/mot-de-passe-oublie", data={"email": account.email})
        mail = db.session.scalars(select(OutgoingMail)).one()
        path = re.search(r"https?://[^/\s]+(/\S+/\S{30,})", mail.text)
        assert path
        assert client.post(path[1], data={"password": GOOD}).status_code == 303
        assert _guess(client, account.email, GOOD) == 303

    def test_gives_a_second_proof_too(self, app: Application) -> None:
        account = make_account(role=Role.TALENT)
        _factor, secret = make_app(account)
        browser = app.test_client()
        verify = give_password(browser, account)
        code = factors.code_at(secret, factors.present_counter())
        assert browser.post(verify, data={"code": code}).status_code == 303
        browser.post("/deconnexion")
        for number in range(BORNE + 1):
            guesser = app.test_client()
            give_password(guesser, account)
            elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
            refused = guesser.post(verify, data={"code": "000000"}, environ_overrides=elsewhere)
        assert refused.status_code == 429
        give_password(browser, account)
        code = factors.code_at(secret, factors.present_counter() + 1)
        assert browser.post(verify, data={"code": code}).status_code == 303


def test_a_mail_s_link_gives_no_more_tries_at_the_second_step(app: Application) -> None:
    account = make_account(role=Role.TALENT)
    make_app(account)
    statuses = []
    for _time in range(6):
        browser = app.test_client()
        browser.post("/mot-de-passe-oublie", data={"email": account.email})
        mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
        links = [re.search(r"(/mot-de-passe-oublie/\S{30,})", mail.text) for mail in mails]
        path = [link for link in links if link][-1][1]
        assert browser.post(path, data={"password": GOOD}).status_code == 303
        data = {"email": account.email, "password": GOOD}
        verify = browser.post("/connexion", data=data).location
        statuses += [browser.post(verify, data={"code": "000000"}).status_code for _ in range(2)]
    assert statuses == [422] * (BORNE - 1) + [307, 429, 429]


class TestAKnownBrowser:
    def test_does_not_guess_for_ever(self, app: Application) -> None:
        account = make_account(role=Role.TALENT)
        browser = _used_before(app, account)
        statuses = [_guess(browser, account.email, at=number) for number in range(BORNE + 1)]
        assert statuses == [422] * BORNE + [429]

    def test_is_a_stranger_to_other_accounts(self, app: Application) -> None:
        account, other = make_account(role=Role.TALENT), make_account(role=Role.TALENT)
        browser = _used_before(app, other)
        _guess_from_everywhere(app, account)
        assert _guess(browser, account.email, PASSWORD) == 429

    @pytest.mark.parametrize("mark", ["", "forged", "gAAAAAB"])
    def test_is_not_made_by_hand(self, mark: str, app: Application) -> None:
        account = make_account(role=Role.TALENT)
        _guess_from_everywhere(app, account)
        browser = app.test_client()
        browser.set_cookie("known", mark)
        assert _guess(browser, account.email, PASSWORD) == 429

    def test_is_forgotten_in_time(self, app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
        account = make_account(role=Role.TALENT)
        browser = _used_before(app, account)
        _guess_from_everywhere(app, account)
        monkeypatch.setattr(known_browsers, "LASTS", timedelta(seconds=-1))
        assert _guess(browser, account.email, PASSWORD) == 429


def test_guesses_at_many_accounts_from_many_places_are_stopped_together(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_LIMIT_OVERALL", "3 per hour")
    account = make_account(role=Role.TALENT)
    browser = _used_before(app, account)
    statuses = [_guess(app.test_client(), f"x{n}@one.example", at=n) for n in range(5)]
    assert statuses == [422, 422, 422, 429, 429]
    assert _guess(browser, account.email, PASSWORD, at=98) == 303
