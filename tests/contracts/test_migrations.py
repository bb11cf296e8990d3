"""Migrations build what the models say, and can be taken back, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.engine import make_url

from talentpool import create_app
from talentpool.db import db
from tests.conftest import settings_for


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: object) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    url = make_url(request.getfixturevalue("postgresql_url"))
    app = create_app(settings_for(url.render_as_string(False)))
    name = f"empty_{abs(hash(tmp_path))}"
    with app.app_context(), db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text(f"CREATE DATABASE {name}")
        )
        connection.close()
        db.engine.dispose()
    db_url = url.set(database=name)
    return db_url.render_as_string(False)


def test_up_down_and_up_again_give_the_models_tables(empty_database: str) -> None:
    app = create_app(settings_for(empty_database))
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()


EMPTY: dict[type, Any] = {int: 0, str: "", bool: False, datetime: datetime(2026, 5, 4, tzinfo=UTC)}
EMPTY |= {date: date(2026, 5, 4), object: []}


def put(connection: Connection, name: str, **values: Any) -> None:
    """Add a row to a table as it stands between two migrations, empty but for these values."""
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    needed = (one for one in table.columns if not one.nullable and one.name not in values)
    rest = {one.name: EMPTY[one.type.python_type] for one in needed}
    connection.execute(table.insert().values(**rest, **values))


def read(query: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_contests_of_a_skill_follow_it_to_its_assessment_and_back(empty_database: str) -> None:
    app = create_app(settings_for(empty_database))
    with app.app_context():
        upgrade(revision="0027")
        later = EMPTY[datetime] + timedelta(days=1)
        with db.engine.begin() as connection:
            put(connection, "talent", id=1)
            for number, label in enumerate(("Elm", "Cobol", "Ada"), start=1):
                put(connection, "talent_skill", id=number, talent_id=1, label=label)
                put(
                    connection,
                    "contest",
                    id=number,
                    talent_id=1,
                    talent_skill_id=number,
                    about="competence",
                )
            made = {"talent_id": 1, "method": "interview"}
            put(connection, "skill_assessment", id=1, label="elm", withdrawn_at=later, **made)
            put(connection, "skill_assessment", id=2, label="ELM", **made)
            put(connection, "skill_assessment", id=3, label="Elm", created_at=later, **made)
            put(connection, "skill_assessment", id=4, label="Cobol", withdrawn_at=later, **made)
        upgrade(revision="0028")
        told = "SELECT id, about, {} FROM contest ORDER BY id"
        about = "evaluation"
        followed = [(1, about, 2), (2, about, 4), (3, about, None)]
        assert read(told.format("assessment_id")) == followed
        downgrade(revision="0027")
        about = "competence"
        went_back = [(1, about, 1), (2, about, 2), (3, about, None)]
        assert read(told.format("talent_skill_id")) == went_back
        db.engine.dispose()


def test_older_code_meets_no_evaluation_that_was_released(empty_database: str) -> None:
    app = create_app(settings_for(empty_database))
    with app.app_context():
        upgrade(revision="0028")
        with db.engine.begin() as connection:
            put(connection, "account", id=1)
            put(connection, "talent", id=1)
            put(connection, "application", id=1, talent_id=1)
            put(connection, "organisation", id=1)
            put(connection, "need", id=1, organisation_id=1)
            whose = {"id": 1, "reviewer_id": 1, "state": "released"}
            put(connection, "application_screening", application_id=1, **whose)
            put(connection, "need_review", need_id=1, **whose)
        downgrade(revision="0027")
        for table in ("application_screening", "need_review"):
            assert read(f"SELECT state FROM {table}") == [("replaced",)]
        db.engine.dispose()
