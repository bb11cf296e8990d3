import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from talentpool.access import Role
from talentpool.accounts.models import SignIn
from talentpool.db import db, now
from talentpool.mail.models import OutgoingMail
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account, path_in
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

GOOD = "quatre lampes sous la neige"
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

    @pytest.mark.parametrize(
        ("age", "status"),
        [(timedelta(hours=11, minutes=59), 200), (timedelta(hours=12, minutes=1), 303)],
    )
    def test_a_session_in_use_ends_after_twelve_hours(
        self, age: timedelta, status: int, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        browser = client_of(account)
        db.session.execute(update(SignIn).values(started_at=now() - age))
        db.session.commit()
        assert browser.get("/mon-compte").status_code == status

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
            "new": GOOD,
            "again": GOOD,
        }
        assert browser.post("/mon-compte", data=data).status_code == 303
        assert browser.get("/mon-compte").status_code == 200

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"current": "wrong"}, "current"),
            ({"again": "different"}, "again"),
            ({"new": "short", "again": "short"}, "new"),
            ({"new": "Ursuline Vaucanson", "again": "Ursuline Vaucanson"}, "new"),
        ],
    )
    def test_a_mistake_is_said_beside_its_field_alone(
        self, client_of: Callable, changes: dict, field: str
    ) -> None:
        browser = client_of(make_account(role=Role.TALENT, display_name="Ursuline Vaucanson"))
        data = {"current": PASSWORD, "new": GOOD, "again": GOOD}
        answer = browser.post("/mon-compte", data={**data, **changes})
        assert answer.status_code == 422
        assert list(complaints(answer)) == [field]
        assert browser.post("/mon-compte", data=data).status_code == 303

    def test_guessing_the_present_one_is_stopped(self, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        data = {"current": "wrong", "new": GOOD, "again": GOOD}
        answers = [browser.post("/mon-compte", data=data) for _try in range(11)]
        assert [one.status_code for one in answers] == [422] * 10 + [429]


class TestCreate:
    def test_the_person_chooses_the_password_and_nobody_types_it(
        self, client_as: Callable, client: ProofreadingClient
    ) -> None:
        admin = client_as(Role.ADMINISTRATOR)
        typed = {"display_name": "Aubeline Carrosse", "email": "Aube@aube.example"}
        form = filled(admin.get("/comptes/nouveau"), role="talent", **typed)
        assert "password" not in form
        # What the form does not ask counts for nothing.
        answer = admin.post("/comptes/nouveau", data={**form, "password": GOOD})
        assert answer.status_code == 303
        sign_in = {"email": "aube@aube.example", "password": GOOD}
        assert client.post("/connexion", data=sign_in).status_code == 422
        mail = db.session.scalars(db.select(OutgoingMail)).one()
        assert (mail.recipient, "14 jours" in mail.subject) == ("aube@aube.example", True)
        path = path_in(mail)
        assert "Choisir votre mot de passe" in client.get(path).text
        assert client.post(path, data={"password": GOOD}).location == "/connexion"
        assert client.post("/connexion", data=sign_in).status_code == 303
        assert client.get(path).status_code == 404

    def test_an_address_that_has_an_account_is_said_beside_it(self, client_as: Callable) -> None:
        account = make_account()
        data = {"display_name": "X", "email": account.email, "role": "talent"}
        answer = client_as(Role.ADMINISTRATOR).post("/comptes/nouveau", data=data)
        assert "existe déjà" in complaints(answer)["email"]
        assert db.session.scalars(db.select(OutgoingMail)).all() == []


class TestResetPassword:
    def test_the_old_one_ends_and_the_person_chooses_another(
        self, client_as: Callable, client_of: Callable, client: ProofreadingClient
    ) -> None:
        account = make_account(role=Role.TALENT)
        forgetful = client_of(account)
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/mot-de-passe"
        assert account.email in text_of(admin.get(address))
        assert forgetful.get("/mon-compte").status_code == 200
        assert admin.post(address, data={"password": GOOD}).status_code == 303
        assert forgetful.get("/mon-compte").status_code == 303
        for password in (PASSWORD, GOOD):
            data = {"email": account.email, "password": password}
            assert client.post("/connexion", data=data).status_code == 422
        mail = db.session.scalars(db.select(OutgoingMail)).one()
        assert mail.recipient == account.email
        client.post(path_in(mail), data={"password": GOOD})
        assert client.post("/connexion", data=data).status_code == 303

    def test_a_disabled_account_is_sent_nothing(self, client_as: Callable) -> None:
        account = make_account(role=Role.TALENT)
        account.is_active = False
        db.session.commit()
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/mot-de-passe"
        assert "Rendez-le d’abord actif" in text_of(admin.post(address))
        assert db.session.scalars(db.select(OutgoingMail)).all() == []

    def test_one_s_own_is_changed_elsewhere(self, client_of: Callable) -> None:
        admin = make_account(role=Role.ADMINISTRATOR)
        browser = client_of(admin)
        assert browser.post(f"/comptes/{admin.id}/mot-de-passe").location == "/mon-compte"
        assert browser.get("/mon-compte").status_code == 200


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
