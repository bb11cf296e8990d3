"""Where a database may still hold what its rows no longer say, and how it is made to forget."""

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url

from talentpool.db import db


def forget_freed_space() -> None:
    """Rebuild the database so that nothing deleted is left in its files; call it outside a transaction.

    SQLite: the write-ahead log is folded in and emptied, the file rewritten. PostgreSQL: dead rows are
    removed; its log and its backups keep them until they go themselves (docs/operations.md).
    """
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            _vacuum(connection.execution_options(isolation_level="AUTOCOMMIT"))
            return
        _outside_transaction(connection, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def _vacuum(connection: Connection) -> None:
    """Remove dead rows, however long that takes: the limit is for pages, and the connection gets it back."""
    connection.exec_driver_sql("SET statement_timeout = 0")
    try:
        connection.exec_driver_sql("VACUUM")
    finally:
        connection.exec_driver_sql("RESET statement_timeout")


def fold_in_log() -> None:
    """Fold SQLite's write-ahead log into the file, where what is deleted has been overwritten."""
    engine = db.engine
    if isinstance(engine, Engine) and engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            _outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


def _outside_transaction(connection: Connection, *statements: str) -> None:
    """Run what no transaction may hold, on the driver's own connection, which begins none."""
    for statement in statements:
        connection.connection.cursor().execute(statement).fetchall()


def files(instance: str) -> list[Path]:
    """List the files of this installation: those of its folder, and the database's own."""
    found = {path for path in Path(instance).rglob("*") if path.is_file()}
    url = make_url(db.engine.url)
    if url.get_backend_name() == "sqlite" and url.database:
        database = Path(instance) / url.database
        found.update(database.parent.glob(f"{database.name}*"))
    return sorted(found)
