import re
from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account
from tests.proofreader import ProofreadingClient

TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')


class TestSignIn:
    def test_both_refusals_read_the_same(self, client: ProofreadingClient) -> None:
        account = make_account()
        unknown = client.post("/connexion", data={"email": "no@one.example", "password": "x"})
        wrong = client.post("/connexion", data={"email": account.email, "password": "x"})
        assert unknown.status_code == wrong.status_code == 422
        # The form's token carries the second at which it was signed.
        pages = [TOKEN.sub("", answer.get_data(as_text=True)) for answer in (unknown, wrong)]
        assert pages[0].replace("no@one.example", account.email) == pages[1]

    def test_the_page_asked_for_opens_afterwards(self, client: ProofreadingClient) -> None:
        account = make_account(role=Role.TALENT)
        asked = client.get("/postes?etat=open")
        assert asked.location.startswith("/connexion?next=")
        page = client.get(asked.location)
        assert "/postes?etat=open" in page.get_data(as_text=True)
        data = {"email": account.email, "password": PASSWORD, "next": "/postes?etat=open"}
        assert client.post("/connexion", data=data).location == "/postes?etat=open"

    def test_what_was_in_the_cookie_before_is_gone(self, client: ProofreadingClient) -> None:
        account = make_account(role=Role.TALENT)
        with client.session_transaction() as session:
            session["planted"] = "by somebody else"
        client.post("/connexion", data={"email": account.email, "password": PASSWORD})
        with client.session_transaction() as session:
            assert "planted" not in session


class TestSignOut:
    def test_a_copied_cookie_is_dead(self, app: Application, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        stolen = browser.get_cookie("session").value
        browser.post("/deconnexion")
        thief = app.test_client()
        thief.set_cookie("session", stolen)
        assert thief.get("/postes").status_code == 303

    def test_an_idle_session_ends(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        with browser.session_transaction() as session:
            session["seen_at"] -= 31 * 60
        assert browser.get("/postes").status_code == 303

    def test_a_session_in_use_goes_on(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        for _time in range(2):
            with browser.session_transaction() as session:
                session["seen_at"] -= 20 * 60
            assert browser.get("/postes").status_code == 200

    def test_reading_twice_writes_the_cookie_once(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        browser.get("/postes")
        assert "Set-Cookie" not in browser.get("/postes").headers

    def test_a_page_says_how_long_is_left_and_whether_it_can_be_more(
        self, client: ProofreadingClient, client_as: Callable
    ) -> None:
        assert "data-tp-session" not in client.get("/connexion").text
        account = make_account(role=Role.TALENT)
        client.post("/connexion", data={"email": account.email, "password": PASSWORD})
        assert client.get("/ma-session").json == {
            "seconds": pytest.approx(1800, abs=5),
            "may_go_on": True,
        }
        with client.session_transaction() as session:
            session["ends_at"] -= 12 * 3600 - 600
        assert client.get("/ma-session").json == {
            "seconds": pytest.approx(600, abs=5),
            "may_go_on": False,
        }
        assert re.search(r'data-seconds="(59\d|600)" data-may-go-on=""', client.get("/").text)

    def test_asking_for_more_is_a_sign_of_life(self, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        with browser.session_transaction() as session:
            session["seen_at"] -= 29 * 60
        assert browser.get("/ma-session").json["seconds"] > 1790


class TestOwnAccount:
    def test_this_browser_stays_signed_in_after_a_new_password(self, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        data = {
            "current": PASSWORD,
            "new": "another long password",
            "again": "another long password",
        }
        assert browser.post("/mon-compte", data=data).status_code == 303
        assert browser.get("/mon-compte").status_code == 200

    @pytest.mark.parametrize(
        "changes",
        [{"current": "wrong"}, {"again": "different"}, {"new": "short", "again": "short"}],
    )
    def test_a_mistake_is_said_beside_the_field(self, client_as: Callable, changes: dict) -> None:
        data = {"current": PASSWORD, "new": "a" * 20, "again": "a" * 20, **changes}
        answer = client_as(Role.TALENT).post("/mon-compte", data=data)
        assert answer.status_code == 422
        assert "fr-message--error" in answer.get_data(as_text=True)

    def test_guessing_the_present_one_is_stopped(self, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        data = {"current": "wrong", "new": "a" * 20, "again": "a" * 20}
        answers = [browser.post("/mon-compte", data=data) for _try in range(11)]
        assert [one.status_code for one in answers] == [422] * 10 + [429]


class TestResetPassword:
    def test_the_new_password_opens_and_old_sessions_are_closed(
        self, client_as: Callable, client_of: Callable, client: ProofreadingClient
    ) -> None:
        account = make_account(role=Role.TALENT)
        forgetful = client_of(account)
        new = {"password": "un mot de passe neuf"}
        answer = client_as(Role.ADMINISTRATOR).post(f"/comptes/{account.id}/mot-de-passe", data=new)
        assert answer.status_code == 303
        assert forgetful.get("/mon-compte").status_code == 303
        data = {"email": account.email, **new}
        assert client.post("/connexion", data=data).status_code == 303

    def test_a_short_one_is_refused(self, client_as: Callable) -> None:
        address = f"/comptes/{make_account().id}/mot-de-passe"
        answer = client_as(Role.ADMINISTRATOR).post(address, data={"password": "court"})
        assert answer.status_code == 422


class TestEdit:
    def test_a_stale_save_is_answered_with_both_versions(self, client_as: Callable) -> None:
        account = make_account(role=Role.TALENT, display_name="Nom de départ")
        browser = client_as(Role.ADMINISTRATOR)
        version = account.version_id
        form = {"role": "talent", "is_active": "y", "version": version}
        address = f"/comptes/{account.id}"
        assert browser.post(address, data={**form, "display_name": "Nom A"}).status_code == 303
        answer = browser.post(address, data={**form, "display_name": "Nom B"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "Nom A" in page
        assert "Nom B" in page
        db.session.refresh(account)
        assert account.display_name == "Nom A"
