"""What Alembic runs: the application's own engine and models."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from talentpool.db import Share, UtcDateTime, db

target = db.metadata


def _rendered(kind: str, item: object, _context: object) -> str | bool:
    """Write our types as plain ones: a migration must outlive the code that made it."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Share):
        return "sa.Integer()"
    return False


@contextmanager
def _tables_may_be_built_anew(connection: Connection) -> Iterator[None]:
    """Keep SQLite from emptying, by cascade, whatever refers to a table that Alembic builds anew."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Before any transaction: within one, SQLite ignores it.
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        driver.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"rows refer to rows that are not there: {broken[:5]}")


def run() -> None:
    """Run the migrations, each in a transaction of its own."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, _tables_may_be_built_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=target,
            render_as_batch=True,
            transaction_per_migration=True,
            compare_type=True,
            render_item=_rendered,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    context.configure(
        url=str(current_app.extensions["migrate"].db.engine.url), target_metadata=target
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    run()
