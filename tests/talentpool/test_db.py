"""What each database is asked to guarantee."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from talentpool.db import db
from talentpool.organisations.models import Membership
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.needs import make_need


def _value(statement: str) -> object:
    return db.session.execute(text(statement)).scalar_one()


@pytest.mark.usefixtures("app")
class TestSqlite:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 5000), ("foreign_keys", 1)],
    )
    def test_it_keeps_its_word(self, pragma: str, value: object) -> None:
        assert _value(f"PRAGMA {pragma}") == value


class TestPostgresql:
    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("statement_timeout", "10s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ],
    )
    def test_nothing_waits_for_ever(
        self, postgresql_app: Application, setting: str, value: str
    ) -> None:
        with postgresql_app.app_context():
            assert _value(f"SHOW {setting}") == value


@pytest.mark.usefixtures("each_database")
class TestEveryDatabase:
    def test_a_row_cannot_point_at_nothing(self) -> None:
        db.session.add(Membership(account_id=987_654, organisation_id=987_654))
        with pytest.raises(IntegrityError):
            db.session.flush()

    def test_an_instant_comes_back_in_utc(self) -> None:
        account = make_account()
        noon = datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=2)))
        account.created_at = noon
        db.session.flush()
        db.session.expire_all()
        assert account.created_at == noon
        assert account.created_at.tzinfo is UTC

    def test_an_instant_without_a_zone_is_refused(self) -> None:
        account = make_account()
        account.created_at = datetime(2026, 11, 25, 12)
        with pytest.raises(StatementError, match="time zone"):
            db.session.flush()

    def test_a_stale_save_is_noticed(self) -> None:
        need = make_need()
        db.session.flush()
        db.session.execute(text(f"UPDATE need SET version_id = 99 WHERE id = {need.id}"))
        need.title = "Écrit par-dessus"
        with pytest.raises(StaleDataError):
            db.session.flush()
