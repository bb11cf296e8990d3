"""Migrations build what the models say, and can be taken back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
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
