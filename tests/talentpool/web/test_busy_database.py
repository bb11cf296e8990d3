"""While somebody writes for long, everybody reads; who writes is told to come back."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.factories.accounts import make_account
from tests.signing_in import signed_in


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "busy.db"


@pytest.fixture
def own_app(database: Path) -> Iterator[Application]:
    yield from disposed(migrated_app(f"sqlite:///{database}"))


@pytest.fixture
def somebody_writing(own_app: Application, database: Path) -> Iterator[None]:
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("PRAGMA busy_timeout=5000")
    yield writer.execute
    writer.close()


def test_reading_goes_on_and_a_write_is_told_to_wait(
    own_app: Application, somebody_writing
) -> None:
    with own_app.app_context():
        browser = signed_in(own_app, make_account())
    somebody_writing("BEGIN IMMEDIATE")
    assert browser.get("/postes").status_code == 200
    answer = browser.post("/deconnexion")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Rien n’a été enregistré" in answer.text
    somebody_writing("ROLLBACK")
    assert browser.post("/deconnexion").status_code == 303
