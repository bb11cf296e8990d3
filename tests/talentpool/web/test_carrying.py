"""A form that arrives after its session ended: the words come back, and are sent once more knowingly."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from talentpool.db import db, now
from talentpool.needs.stages import NeedStatus
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.reading import filled, text_of

HERE = {"Origin": "http://localhost"}
WORDS = "Deux fois moins d’attente au guichet."


@pytest.fixture
def member(app: Any) -> Any:
    return make_member()


@pytest.fixture
def address(member: Any) -> str:
    host = member.membership.organisation
    need = make_need(organisation=host, status=NeedStatus.DRAFT)
    return f"/besoins/{need.id}/rediger/valeur"


@pytest.fixture
def with_tokens(app: Any) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def sign_in(browser: Any, member: Any, page: Any) -> Any:
    secrets = {"email": member.email, "password": "a long enough password"}
    return brought_along(browser, filled(page, **secrets))


def brought_along(browser: Any, form: Any) -> Any:
    """Sign in, then send the same form on, as browsers do when they are answered 307."""
    answer = browser.post("/connexion", data=form)
    assert answer.status_code == 307
    return browser.post(answer.location, data=form)


class TestSignedOut:
    def test_what_was_typed_is_found_again_and_saved(
        self, member: Any, address: str, client_of: Callable
    ) -> None:
        browser = client_of(member)
        form = filled(browser.get(address), value=WORDS)
        browser.post("/deconnexion")
        page = browser.post(address, data=form, headers=HERE)
        assert page.status_code == 401
        assert "gardé dans cette page" in text_of(page)
        assert WORDS not in page.text
        shown = sign_in(browser, member, page)
        assert "Voici ce que vous aviez écrit" in text_of(shown)
        assert WORDS in text_of(shown)
        assert f'action="{address}"' in shown.text
        assert browser.post(address, data=filled(shown), headers=HERE).status_code == 303
        assert WORDS in browser.get(address).text

    def test_a_wrong_password_first_loses_nothing(
        self, member: Any, address: str, client: Any
    ) -> None:
        page = client.post(address, data={"value": WORDS}, headers=HERE)
        wrong = client.post("/connexion", data=filled(page, email=member.email, password="x"))
        assert wrong.status_code == 422
        assert WORDS in text_of(sign_in(client, member, wrong))

    def test_signing_in_elsewhere_meanwhile_loses_nothing(
        self, member: Any, address: str, client: Any, client_of: Callable
    ) -> None:
        page = client.post(address, data={"value": WORDS}, headers=HERE)
        browser = client_of(member)
        assert WORDS in text_of(brought_along(browser, filled(page)))

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "https://ailleurs.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_another_site_s_form_is_never_carried(
        self, headers: dict, address: str, client: Any
    ) -> None:
        answer = client.post(address, data={"value": WORDS}, headers=headers)
        assert answer.status_code == 303
        assert answer.location.startswith("/connexion")

    def test_passwords_and_what_is_too_long_are_not_carried(
        self, address: str, client: Any
    ) -> None:
        for path, data in (
            ("/mon-compte", {"current": "un secret", "new": "un autre secret"}),
            (address, {"password": "un secret"}),
            (address, {"value": "v" * 300_001}),
        ):
            assert client.post(path, data=data, headers=HERE).status_code == 303

    def test_a_forged_text_is_shown_to_nobody(self, member: Any, client_of: Callable) -> None:
        answer = client_of(member).post("/connexion/reprise", data={"carried": "forgé"})
        assert answer.status_code == 303


def token_of_age(age: timedelta, browser: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Sign the browser's own token as a page did that was opened so long ago."""
    with browser.session_transaction() as session:
        raw = session["csrf_token"]
    signer = URLSafeTimedSerializer(browser.application.secret_key, salt="wtf-csrf-token")
    signed_at = int((now() - age).timestamp())
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _self: signed_at)
        return str(signer.dumps(raw))


class TestStaleToken:
    @pytest.mark.parametrize(
        ("age", "status"),
        [(timedelta(hours=11, minutes=59), 303), (timedelta(hours=12, minutes=1), 400)],
    )
    def test_a_token_of_one_s_own_expires_after_twelve_hours(
        self,
        age: timedelta,
        status: int,
        member: Any,
        address: str,
        client_of: Callable,
        with_tokens: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        browser = client_of(member)
        form = filled(browser.get(address), value=WORDS)
        token = token_of_age(age, browser, monkeypatch)
        page = browser.post(address, data={**form, "csrf_token": token}, headers=HERE)
        assert page.status_code == status
        assert status == 303 or WORDS in text_of(page)

    def test_what_was_typed_is_shown_with_a_fresh_token(
        self, member: Any, address: str, client_of: Callable, with_tokens: None, app: Any
    ) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        browser = client_of(member)
        app.config["WTF_CSRF_ENABLED"] = True
        form = filled(browser.get(address), value=WORDS)
        page = browser.post(address, data={**form, "csrf_token": "forgé"}, headers=HERE)
        assert page.status_code == 400
        assert WORDS in text_of(page)
        token = page.text.split('name="csrf_token" value="')[-1].split('"')[0]
        again = browser.post(address, data={**filled(page), "csrf_token": token}, headers=HERE)
        assert again.status_code == 303
        db.session.expire_all()

    def test_another_site_s_words_are_not_shown(
        self, address: str, client: Any, with_tokens: None
    ) -> None:
        headers = {"Origin": "https://ailleurs.example"}
        answer = client.post(address, data={"value": WORDS}, headers=headers)
        assert answer.status_code == 400
        assert WORDS not in answer.text
