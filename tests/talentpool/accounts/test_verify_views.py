"""The second step of signing in, by the pages that people see."""

import logging
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts import services
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.needs.stages import NeedStatus
from talentpool.web.pipeline import Application
from talentpool.web.security import limiter
from tests.factories.accounts import PASSWORD, make_account, make_app, make_recovery_codes
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.proofreader import ProofreadingClient
from tests.reading import filled, text_of
from tests.signing_in import code_of, give_password, secret_on

VERIFY = "/connexion/verification"
ENROL = "/connexion/second-facteur"
STAFF = [Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR, Role.ADMINISTRATOR]


class TestVerify:
    def test_password_then_code_open_the_page_asked_for(self, client: ProofreadingClient) -> None:
        account = make_account()
        _app, secret = make_app(account)
        where = give_password(client, account, next="/postes?etat=open")
        assert where.startswith(VERIFY)
        assert client.get("/postes").status_code == 303
        form = filled(client.get(where), code=code_of(secret))
        answer = client.post(VERIFY, data=form)
        assert (answer.status_code, answer.location) == (303, "/postes?etat=open")
        assert client.get("/postes").status_code == 200

    def test_a_factor_is_asked_of_whoever_chose_to_have_one(
        self, client: ProofreadingClient
    ) -> None:
        account = make_account(role=Role.TALENT)
        _app, secret = make_app(account)
        assert give_password(client, account) == VERIFY
        assert client.get("/mon-compte").status_code == 303
        client.post(VERIFY, data={"code": code_of(secret)})
        assert client.get("/mon-compte").status_code == 200

    def test_a_code_that_served_and_a_wrong_one_read_the_same(
        self, app: Application, client: ProofreadingClient
    ) -> None:
        account = make_account()
        _app, secret = make_app(account)
        give_password(client, account)
        code = code_of(secret)
        assert client.post(VERIFY, data={"code": code}).status_code == 303
        again = app.test_client()
        give_password(again, account)
        spent = again.post(VERIFY, data={"code": code})
        wrong = again.post(VERIFY, data={"code": "000000"})
        assert spent.status_code == wrong.status_code == 422
        assert text_of(spent) == text_of(wrong)
        assert again.get("/postes").status_code == 303

    def test_a_recovery_code_opens_once(self, app: Application) -> None:
        account = make_account()
        make_app(account)
        code = make_recovery_codes(account)[0]
        first, second = app.test_client(), app.test_client()
        give_password(first, account)
        assert first.post(VERIFY, data={"recovery": code}).status_code == 303
        assert "Il vous reste 9 codes de secours" in text_of(first.get("/mon-compte"))
        give_password(second, account)
        assert second.post(VERIFY, data={"recovery": code}).status_code == 422

    def test_nonsense_from_a_key_is_refused(self, client: ProofreadingClient) -> None:
        account = make_account()
        make_app(account)
        give_password(client, account)
        for credential in ("", "{", "[]", '{"id": 3}', '{"id": "AAAA"}'):
            assert client.post(VERIFY, data={"credential": credential}).status_code == 422

    def test_guessing_is_stopped_on_the_account_from_wherever(self, app: Application) -> None:
        account = make_account()
        make_app(account)
        statuses = []
        for number in range(12):
            browser = app.test_client()
            give_password(browser, account)
            elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
            answer = browser.post(VERIFY, data={"code": "000000"}, environ_overrides=elsewhere)
            statuses.append(answer.status_code)
        assert statuses[0] == 422
        assert statuses[-1] == 429
        other = make_account()
        make_app(other)
        give_password(browser, other)
        assert browser.post(VERIFY, data={"code": "000000"}).status_code == 422

    def test_guesses_are_logged_and_told_to_the_holder_once(
        self, app: Application, caplog: pytest.LogCaptureFixture
    ) -> None:
        account = make_account()
        make_app(account)
        db.session.query(OutgoingMail).delete()
        browser = app.test_client()
        give_password(browser, account)
        caplog.set_level(logging.WARNING, "talentpool")
        statuses = []
        for number in range(11):
            elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
            answer = browser.post(VERIFY, data={"code": "000000"}, environ_overrides=elsewhere)
            statuses.append(answer.status_code)
        assert statuses == [422] * 9 + [307, 429]
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.recipient == account.email
        assert "Quelqu’un a donné votre mot de passe" in mail.text
        said = [row.getMessage() for row in caplog.records if "second proof" in row.getMessage()]
        assert len(said) == 10
        assert account.email not in "".join(said)
        assert f"account={account.id}" in said[0]
        limiter.reset()
        more = [browser.post(VERIFY, data={"code": "000000"}).status_code for _try in range(11)]
        assert more == [422] * 10 + [429]
        assert len(db.session.scalars(select(OutgoingMail)).all()) == 1

    def test_half_a_sign_in_dies_after_five_minutes(self, client: ProofreadingClient) -> None:
        account = make_account()
        _app, secret = make_app(account)
        give_password(client, account)
        with client.session_transaction() as session:
            session["half"] = {**session["half"], "at": session["half"]["at"] - 301}
        answer = client.post(VERIFY, data={"code": code_of(secret), "next": "/postes"})
        assert answer.location == "/connexion?next=/postes"
        assert "cinq minutes" in text_of(client.get("/connexion"))

    def test_half_a_sign_in_dies_with_its_password(self, client: ProofreadingClient) -> None:
        account = make_account()
        _app, secret = make_app(account)
        give_password(client, account)
        services.reset_password(account, password="quatre lampes sous la neige", by=None)
        db.session.commit()
        assert client.post(VERIFY, data={"code": code_of(secret)}).location == "/connexion"

    def test_each_step_empties_the_cookie(self, client: ProofreadingClient) -> None:
        account = make_account()
        _app, secret = make_app(account)
        with client.session_transaction() as session:
            session["planted"] = "before"
        give_password(client, account)
        with client.session_transaction() as session:
            assert "planted" not in session
            session["planted"] = "between"
        client.post(VERIFY, data={"code": code_of(secret)})
        with client.session_transaction() as session:
            assert not {"planted", "half", "challenge"} & set(session)

    def test_a_lost_password_leaves_the_factor(self, client: ProofreadingClient) -> None:
        account = make_account()
        make_app(account)
        services.reset_password(account, password=PASSWORD, by=account)
        db.session.commit()
        assert give_password(client, account) == VERIFY


class TestEnrol:
    @pytest.mark.parametrize("role", STAFF)
    def test_staff_set_one_up_before_anything_else(
        self, role: Role, client: ProofreadingClient
    ) -> None:
        account = make_account(role=role)
        where = give_password(client, account, next="/mon-compte")
        assert where.startswith(ENROL)
        for path in ("/mon-compte", "/talents", "/comptes", "/mon-compte/application"):
            assert client.get(path).location.startswith("/connexion")
        page = client.get(where)
        form = filled(page, name="Téléphone", code=code_of(secret_on(page)))
        answer = client.post(ENROL, data=form)
        assert answer.location == "/mon-compte/codes-de-secours?next=/mon-compte"
        codes = client.get(answer.location)
        assert len(re.findall(r"<li><code>", codes.text)) == 10
        assert client.post(answer.location).location == "/mon-compte"
        assert "Il reste 10 codes de secours" in text_of(client.get("/mon-compte"))

    def test_reloading_keeps_the_secret_and_a_wrong_code_too(
        self, client: ProofreadingClient
    ) -> None:
        give_password(client, make_account())
        first = secret_on(client.get(ENROL))
        assert secret_on(client.get(ENROL)) == first
        wrong = client.post(ENROL, data={"name": "Téléphone", "code": "000000"})
        assert wrong.status_code == 422
        assert secret_on(wrong) == first

    def test_it_adds_no_second_one(self, client: ProofreadingClient) -> None:
        account = make_account()
        give_password(client, account)
        secret = secret_on(client.get(ENROL))
        make_app(account)
        data = {"name": "Autre", "code": code_of(secret)}
        assert client.post(ENROL, data=data).location == "/connexion"

    def test_nothing_is_shown_without_a_password(self, client: ProofreadingClient) -> None:
        for path in (ENROL, VERIFY):
            assert client.get(path).location == "/connexion"
            assert client.post(path, data={"code": "000000"}).location == "/connexion"


class TestCarried:
    def test_what_was_typed_comes_through_the_second_step(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        member = make_member()
        _app, secret = make_app(member)
        need = make_need(organisation=member.membership.organisation, status=NeedStatus.DRAFT)
        address = f"/besoins/{need.id}/rediger/valeur"
        words = "Deux fois moins d’attente au guichet."
        here = {"Origin": "http://localhost"}
        asked = client.post(address, data={"value": words}, headers=here)
        form = filled(asked, email=member.email, password=PASSWORD)
        second = client.post("/connexion", data=form)
        assert second.status_code == 200
        assert "toujours gardé" in text_of(second)
        wrong = client.post(VERIFY, data=filled(second, code="000000"))
        assert wrong.status_code == 422
        proved = filled(wrong, code=code_of(secret))
        answer = client.post(VERIFY, data=proved)
        assert answer.status_code == 307
        assert words in text_of(client.post(answer.location, data=proved))
