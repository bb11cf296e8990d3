import re
from collections.abc import Callable, Iterator

import pytest

from talentpool import create_app
from talentpool.access import Role
from talentpool.config import AppProfile
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.web.pipeline import Application
from talentpool.web.redirects import own_address
from talentpool.web.security import limiter
from tests.conftest import disposed, settings_for
from tests.factories.accounts import PASSWORD, make_account
from tests.proofreader import ProofreadingClient


@pytest.fixture
def production(sqlite_url: str, sqlite_app: Application) -> Iterator[Application]:
    settings = settings_for(
        sqlite_url,
        app_profile=AppProfile.PRODUCTION,
        secret_key="a secret that nobody could guess, long enough",
        public_url="https://localhost",
        session_cookie_secure=True,
    )
    yield from disposed(create_app(settings))


class TestHeaders:
    @pytest.mark.parametrize("address", ["/", "/connexion", "/nowhere", "/static/app.css"])
    def test_every_answer_is_closed(self, client: ProofreadingClient, address: str) -> None:
        with client.get(address) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert directive in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]

    def test_signed_in_pages_are_not_stored(self, client_as: Callable) -> None:
        assert client_as(Role.TALENT).get("/").headers["Cache-Control"] == "no-store"

    def test_a_file_neither_depends_on_the_session_nor_writes_it(self, client_as: Callable) -> None:
        with client_as(Role.TALENT).get("/static/app.css") as answer:
            assert answer.status_code == 200
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert "Set-Cookie" not in answer.headers

    def test_production_asks_for_https_for_a_year(self, production: Application) -> None:
        answer = production.test_client().get("/", base_url="https://localhost")
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]

    def test_production_cookies_are_locked(self, production: Application) -> None:
        answer = production.test_client().get("/langue/en", base_url="https://localhost")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-session=")
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


class TestHosts:
    def test_a_forged_host_is_refused(self, client: ProofreadingClient) -> None:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400

    def test_a_forwarded_host_writes_no_link(self, client: ProofreadingClient) -> None:
        account = make_account()
        client.post(
            "/mot-de-passe-oublie",
            data={"email": account.email},
            headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"},
        )
        text = db.session.scalars(db.select(OutgoingMail.text)).one()
        site = client.application.config["PUBLIC_URL"]
        assert re.findall(r"\S+/mot-de-passe-oublie/", text) == [f"{site}/mot-de-passe-oublie/"]
        assert "evil" not in text

    @pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 404)])
    def test_who_forwards_is_believed_behind_a_proxy_alone(
        self, proxies: int, last: int, sqlite_url: str, sqlite_app: Application
    ) -> None:
        app = create_app(settings_for(sqlite_url, link_limit="3 per hour", trusted_proxies=proxies))
        limiter.reset()
        guesser = app.test_client()
        statuses = [
            guesser.get(
                f"/inscription/{number:043d}", headers={"X-Forwarded-For": f"192.0.2.{number}"}
            ).status_code
            for number in range(5)
        ]
        limiter.reset()
        assert (statuses[0], statuses[-1]) == (404, last)
        with app.app_context():
            db.engine.dispose()


class TestForgery:
    @pytest.fixture
    def guarded(self, app: Application, monkeypatch: pytest.MonkeyPatch) -> Application:
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        return app

    @pytest.mark.parametrize("token", [None, "", "made-up", "IjEi.aaaa.bbbb"])
    def test_a_post_without_a_good_token_is_refused(
        self, guarded: Application, token: str | None
    ) -> None:
        data = {} if token is None else {"csrf_token": token}
        answer = guarded.test_client().post("/affichage", data={"theme": "dark", **data})
        assert answer.status_code == 400

    def test_another_browser_s_token_is_refused(self, guarded: Application) -> None:
        page = guarded.test_client().get("/affichage").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        data = {"theme": "dark", "csrf_token": token}
        assert guarded.test_client().post("/affichage", data=data).status_code == 400

    def test_one_s_own_token_is_taken(self, guarded: Application) -> None:
        browser = guarded.test_client()
        page = browser.get("/affichage").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        data = {"theme": "dark", "csrf_token": token}
        assert browser.post("/affichage", data=data).status_code == 303


class TestLimits:
    def test_an_upload_beyond_the_limit_gets_413(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        heavy = b"x" * (11 * 1024 * 1024)
        kind = "multipart/form-data; boundary=x"
        answer = browser.post("/talents/importer", data=heavy, content_type=kind)
        assert answer.status_code == 413

    def test_guessing_from_an_address_is_stopped_there_alone(
        self, sqlite_url: str, sqlite_app: Application, cheap_passwords: None
    ) -> None:
        app = create_app(settings_for(sqlite_url, sign_in_limit="3 per hour"))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            account = make_account()
            email = account.email
        guesses = [{"email": email, "password": f"guess {n}"} for n in range(5)]
        guesser = app.test_client()
        statuses = [guesser.post("/connexion", data=guess).status_code for guess in guesses]
        assert statuses == [422, 422, 422, 429, 429]
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        assert (
            app.test_client()
            .post("/connexion", data={"email": "x@y.example"}, environ_overrides=elsewhere)
            .status_code
            == 422
        )
        with app.app_context():
            db.session.execute(db.text("DELETE FROM sign_in"))
            db.session.execute(db.text("DELETE FROM account WHERE email = :e"), {"e": email})
            db.session.commit()
            db.session.remove()
            db.engine.dispose()


class TestSharedCounts:
    def test_what_several_processes_count_in_is_there(
        self, sqlite_url: str, sqlite_app: Application
    ) -> None:
        app = create_app(settings_for(sqlite_url, rate_limit_storage="redis://localhost:1"))
        assert "redis" in type(limiter.storage).__name__.lower()
        create_app(settings_for(sqlite_url))
        for _app in disposed(app):
            pass


class TestErrors:
    def test_a_failure_is_a_plain_page_with_an_identifier(
        self, app: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        monkeypatch.setitem(app.config, "TESTING", False)

        def fail() -> str:
            raise RuntimeError("a secret detail")

        fail.__dict__["guard"] = "public"
        monkeypatch.setitem(app.view_functions, "pages.legal", fail)
        answer = app.test_client().get("/mentions-legales")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 500
        assert "secret detail" not in page
        assert "Traceback" not in page
        assert re.search(r"\b[0-9a-f]{8}\b", page)

    def test_an_unknown_address_is_a_page(self, client: ProofreadingClient) -> None:
        answer = client.get("/nowhere")
        assert answer.status_code == 404
        assert "Page introuvable" in answer.get_data(as_text=True)


class TestOddInput:
    @pytest.mark.parametrize("address", ["/talents?q=a%00", "/classements/1/%00", "/%00"])
    def test_a_nul_is_refused(self, client_as: Callable, address: str) -> None:
        assert client_as(Role.AGENCY_STAFF).get(address).status_code == 400

    def test_a_nul_in_a_form_is_refused(self, client: ProofreadingClient) -> None:
        answer = client.post("/connexion", data={"email": "a\0b", "password": "c"})
        assert answer.status_code == 400

    @pytest.mark.parametrize("number", [2**31, 10**20])
    def test_a_number_that_no_row_has_is_not_found(self, client_as: Callable, number: int) -> None:
        assert client_as(Role.AGENCY_STAFF).get(f"/talents/{number}").status_code == 404


class TestOwnAddress:
    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example",
            "/\\evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "",
            None,
            "evil",
            "/a\nb",
            "\\/evil",
        ],
    )
    def test_an_address_elsewhere_is_not_followed(self, target: str | None) -> None:
        assert own_address(target) is None

    @pytest.mark.parametrize("target", ["/", "/besoins?q=a&page=2", "/postes/3"])
    def test_a_path_of_this_site_is(self, target: str) -> None:
        assert own_address(target) == target

    def test_signing_in_lands_home_when_the_address_is_forged(
        self, client: ProofreadingClient
    ) -> None:
        account = make_account(role=Role.TALENT)
        data = {"email": account.email, "password": PASSWORD, "next": "//evil.example"}
        assert client.post("/connexion", data=data).location == "/"
