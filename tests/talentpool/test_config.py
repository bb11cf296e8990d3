import pytest

from talentpool import create_app
from talentpool.config import DEFAULT_SECRET, AppProfile, Settings, UnsafeSettings, read_settings

SAFE = {
    "SECRET_KEY": "a secret that nobody could guess, long enough",
    "PUBLIC_URL": "https://vivier.example",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class TestProduction:
    def test_it_is_the_default(self, environment: pytest.MonkeyPatch) -> None:
        assert read_settings().is_production

    @pytest.mark.parametrize(
        ("name", "value", "problem"),
        [
            ("SECRET_KEY", DEFAULT_SECRET, "SECRET_KEY"),
            ("SECRET_KEY", "short", "SECRET_KEY"),
            ("DEBUG", "true", "DEBUG"),
            ("SESSION_COOKIE_SECURE", "false", "SESSION_COOKIE_SECURE"),
            ("PUBLIC_URL", "http://vivier.example", "PUBLIC_URL"),
        ],
    )
    def test_unsafe_settings_stop_the_start(
        self, environment: pytest.MonkeyPatch, name: str, value: str, problem: str
    ) -> None:
        environment.setenv(name, value)
        with pytest.raises(UnsafeSettings, match=problem):
            create_app()

    def test_a_value_of_the_wrong_type_is_named(self, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("PORT", "eighty")
        with pytest.raises(UnsafeSettings, match="PORT"):
            read_settings()


class TestDevelopment:
    def test_plain_http_works_on_one_s_own_machine(self) -> None:
        settings = Settings(app_profile=AppProfile.DEVELOPMENT)
        assert not settings.session_cookie_secure
        assert settings.public_url.startswith("http://")


class TestShown:
    def test_secrets_are_masked(self) -> None:
        settings = Settings(
            secret_key="a secret that nobody could guess, long enough",
            database_url="postgresql://agent:hushhush@db.example/pool",
        )
        shown = " ".join(settings.shown().values())
        assert "nobody could guess" not in shown
        assert "hushhush" not in shown
        assert "db.example/pool" in shown

    def test_a_platform_s_address_gets_our_driver(self) -> None:
        settings = Settings(database_url="postgres://agent:x@db.example/pool")
        assert settings.database_url.get_secret_value().startswith("postgresql+psycopg://")

    def test_an_address_that_is_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match="database address"):
            Settings(database_url="nonsense")
