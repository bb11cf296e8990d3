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
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
            return
        _outside_transaction(connection, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


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


def folders(instance: str) -> list[Path]:
    """List the folders that hold files of this installation, the database's own among them."""
    found = [Path(instance)]
    url = make_url(db.engine.url)
    if url.get_backend_name() == "sqlite" and url.database:
        found.append((Path(instance) / url.database).parent)
    return [folder for folder in dict.fromkeys(found) if folder.is_dir()]
