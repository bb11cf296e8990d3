from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts import links, own_views, services
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import db, now
from talentpool.mail.models import OutgoingMail
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account, path_in
from tests.proofreader import ProofreadingClient
from tests.reading import complaints

GOOD = "quatre lampes sous la neige"
NEWCOMER = {"display_name": "Aubeline Carrosse", "password": GOOD, "accepts": "y"}


def _mails() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def _at(email: str) -> Account | None:
    db.session.expire_all()
    return db.session.scalar(select(Account).where(Account.email == email))


class TestJoin:
    def test_from_an_address_to_a_talent_s_account(self, client: ProofreadingClient) -> None:
        assert client.post("/inscription", data={"email": "Aube@Aube.example"}).status_code == 303
        path = path_in(_mails()[0])
        assert "aube@aube.example" in client.get(path).text
        assert _at("aube@aube.example") is None
        answer = client.post(path, data=NEWCOMER)
        assert answer.status_code == 303
        account = _at("aube@aube.example")
        assert account is not None
        assert (account.role, account.display_name) == (Role.TALENT, "Aubeline Carrosse")
        assert client.get("/mon-compte").status_code == 200
        assert client.get(path).status_code == 404

    def test_nobody_learns_who_has_an_account(self, client: ProofreadingClient) -> None:
        account = make_account()
        answers = [
            client.post(page, data={"email": email})
            for page in ("/inscription", "/mot-de-passe-oublie")
            for email in (account.email, "nobody@aube.example")
        ]
        assert answers[0].location == answers[1].location
        assert answers[2].location == answers[3].location
        assert [mail.recipient for mail in _mails()] == [account.email, "nobody@aube.example"] * 2

    def test_nor_by_how_long_an_answer_takes(
        self, client: ProofreadingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = make_account()
        instants, waited = iter(range(100)), []
        monkeypatch.setattr(own_views, "TAKES", 60)
        monkeypatch.setattr(own_views, "monotonic", lambda: next(instants))
        monkeypatch.setattr(own_views, "sleep", waited.append)
        for page in ("/inscription", "/mot-de-passe-oublie"):
            client.get(page)
            assert not waited
            for email in (account.email, "nobody@aube.example"):
                client.post(page, data={"email": email})
            assert waited == [59, 59]
            waited.clear()

    def test_what_the_form_does_not_ask_changes_nothing(self, client: ProofreadingClient) -> None:
        client.post("/inscription", data={"email": "aube@aube.example"})
        path = path_in(_mails()[0])
        client.post(path, data={**NEWCOMER, "email": "else@aube.example", "role": "administrator"})
        account = _at("aube@aube.example")
        assert account is not None
        assert account.role is Role.TALENT
        assert _at("else@aube.example") is None

    @pytest.mark.parametrize(
        ("password", "words"),
        [
            ("court", "12 à 256 caractères"),
            ("motdepasse123", "premiers que l’on essaie"),
            ("aubeline carrosse", "reprend votre nom"),
        ],
    )
    def test_a_password_that_is_guessed_is_refused_beside_it(
        self, password: str, words: str, client: ProofreadingClient
    ) -> None:
        client.post("/inscription", data={"email": "aube@aube.example"})
        answer = client.post(path_in(_mails()[0]), data={**NEWCOMER, "password": password})
        assert answer.status_code == 422
        assert words in answer.text
        assert "Aubeline Carrosse" in answer.text

    def test_a_link_ends(self, client: ProofreadingClient) -> None:
        client.post("/inscription", data={"email": "aube@aube.example"})
        link = db.session.scalars(select(AccountLink)).one()
        link.expires_at = now() - timedelta(seconds=1)
        db.session.commit()
        assert client.get(path_in(_mails()[0])).status_code == 404

    def test_guessing_links_is_stopped(self, client: ProofreadingClient) -> None:
        answers = [client.get(f"/inscription/{number:043d}").status_code for number in range(25)]
        assert answers[0] == 404
        assert answers[-1] == 429


class TestForgottenPassword:
    def test_another_password_ends_every_session(
        self, app: Application, client: ProofreadingClient, client_of: Callable
    ) -> None:
        account = make_account()
        elsewhere = client_of(account)
        client.post("/mot-de-passe-oublie", data={"email": account.email})
        path = path_in(_mails()[0])
        assert client.post(path, data={"password": GOOD}).location == "/connexion"
        assert elsewhere.get("/mon-compte").status_code == 303
        assert client.get(path).status_code == 404
        db.session.expire_all()
        assert services.account_with(email=account.email, password=GOOD)
        assert services.account_with(email=account.email, password=PASSWORD) is None

    @pytest.mark.parametrize("purpose", links.PASSWORD_LINKS)
    def test_one_s_own_name_is_refused_though_nobody_is_signed_in(
        self, purpose: LinkPurpose, client: ProofreadingClient
    ) -> None:
        account = make_account(display_name="Ursuline Vaucanson", email="urvauc.lande@aube.example")
        token = links.issue(purpose, email=account.email, account=account)
        db.session.commit()
        for password in ("ursuline vaucanson", "urvauc.lande"):
            answer = client.post(f"/mot-de-passe-oublie/{token}", data={"password": password})
            assert answer.status_code == 422
            assert "reprend votre nom" in complaints(answer)["password"]

    def test_a_disabled_account_gets_no_link(self, client: ProofreadingClient) -> None:
        account = make_account()
        account.is_active = False
        db.session.commit()
        client.post("/mot-de-passe-oublie", data={"email": account.email})
        assert _mails()[0].subject == "Aucun compte à cette adresse"

    def test_an_account_disabled_since_keeps_no_link(self, client: ProofreadingClient) -> None:
        account = make_account()
        token = links.issue(LinkPurpose.RESET_PASSWORD, email=account.email, account=account)
        account.is_active = False
        db.session.commit()
        assert client.get(f"/mot-de-passe-oublie/{token}").status_code == 404


class TestMove:
    def test_both_addresses_must_agree(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        account = make_account()
        before = account.email
        browser = client_of(account)
        wrong = browser.post("/mon-compte/adresse", data={"email": "b@c.example", "password": "x"})
        assert wrong.status_code == 422
        browser.post("/mon-compte/adresse", data={"email": "b@c.example", "password": PASSWORD})
        leave, take = _mails()
        assert (leave.recipient, take.recipient) == (before, "b@c.example")
        client.post(path_in(take))
        db.session.expire_all()
        assert account.email == before
        client.post(path_in(leave))
        db.session.expire_all()
        assert account.email == "b@c.example"
        assert browser.get("/mon-compte").status_code == 303

    def test_an_agreement_to_an_earlier_request_counts_for_nothing(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        account = make_account()
        before = account.email
        browser = client_of(account)
        data = {"email": "b@c.example", "password": PASSWORD}
        browser.post("/mon-compte/adresse", data=data)
        client.post(path_in(_mails()[1]))
        browser.post("/mon-compte/adresse", data=data)
        client.post(path_in(_mails()[2]))
        db.session.expire_all()
        assert account.email == before

    def test_a_yes_to_an_earlier_address_takes_nothing_over(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        account = make_account()
        browser = client_of(account)
        browser.post("/mon-compte/adresse", data={"email": "typo@c.example", "password": PASSWORD})
        leave_typo, take_typo = _mails()
        client.post(path_in(leave_typo))
        browser.post("/mon-compte/adresse", data={"email": "right@c.example", "password": PASSWORD})
        for mail in _mails()[2:]:
            client.post(path_in(mail))
        db.session.expire_all()
        assert account.email == "right@c.example"
        assert client.get(path_in(take_typo)).status_code == 404

    def test_a_new_password_closes_the_links_that_would_change_it(
        self, client_of: Callable
    ) -> None:
        account = make_account()
        token = links.issue(LinkPurpose.RESET_PASSWORD, email=account.email, account=account)
        db.session.commit()
        data = {"current": PASSWORD, "new": GOOD, "again": GOOD}
        browser = client_of(account)
        assert browser.post("/mon-compte", data=data).status_code == 303
        assert browser.get(f"/mot-de-passe-oublie/{token}").status_code == 404

    def test_an_address_that_is_taken_is_not_written_to(self, client_of: Callable) -> None:
        account, other = make_account(), make_account()
        data = {"email": other.email, "password": PASSWORD}
        answer = client_of(account).post("/mon-compte/adresse", data=data)
        assert answer.status_code == 303
        assert [mail.recipient for mail in _mails()] == [account.email]


class TestCloseSessions:
    def test_this_browser_alone_stays(self, client_of: Callable) -> None:
        account = make_account()
        here, elsewhere = client_of(account), client_of(account)
        assert "2 sessions sont ouvertes" in here.get("/mon-compte").text
        here.post("/mon-compte/sessions")
        assert here.get("/mon-compte").status_code == 200
        assert elsewhere.get("/mon-compte").status_code == 303
