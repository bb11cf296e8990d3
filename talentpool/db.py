"""The database: one declarative base, its conventions, and the guarantees asked of SQLite and PostgreSQL."""

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    TypeDecorator,
    event,
    func,
    select,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

from talentpool.config import ROOT, Settings

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: Set while a request only reads: SQLite then takes no write lock at the start of its transaction.
reading_only: ContextVar[bool] = ContextVar("reading_only", default=False)


class Lock(IntEnum):
    """What only one transaction at a time may do; the numbers are PostgreSQL's advisory locks."""

    JOURNAL = 7_306_418
    IMPORT = 7_306_419
    RANKING = 7_306_420
    STAFFING = 7_306_421
    MAIL = 7_306_422
    WAITING_LIST = 7_306_423


def new_identifier() -> str:
    """Return an identifier that no row, here or on another installation, has yet."""
    return uuid4().hex


def hash_of(token: str) -> str:
    """Return what is stored of a secret that travels in a link or a cookie: its SHA-256."""
    return sha256(token.encode()).hexdigest()


def now() -> datetime:
    """Return the present instant, in UTC and aware of it."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant that goes in aware and comes out in UTC, on databases that forget time zones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant whose zone nobody knows."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back where the database dropped it."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Share(TypeDecorator[Decimal]):
    """A percentage of full time, exact to a hundredth on databases that have no decimals too."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse what would have to be rounded."""
        if value is None:
            return None
        hundredths = value * 100
        if hundredths != int(hundredths):
            raise ValueError(f"{value} % is finer than a hundredth of a percent")
        return int(hundredths)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give the percentage back, written without needless zeros."""
        return None if value is None else plain(Decimal(value) / 100)


def plain(number: Decimal) -> Decimal:
    """Return an equal number without trailing zeros nor exponent: 80 rather than 8E+1 or 80.00."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


class Base(DeclarativeBase):
    """What every table has: a number, and the instant at which the row was made."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, Decimal: Share},
    )

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(default=now, sort_order=90)


class Versioned:
    """A row that people edit: its version rises with each save, so that a stale save is noticed."""

    version_id: Mapped[int] = mapped_column(sort_order=91)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the mapper check the version whenever it writes the row."""
        return {"version_id_col": cls.version_id}


def enum_column(enum: type[StrEnum]) -> Enum:
    """Store an enum by its values, as text that migrations can extend on either database."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(model_class=Base, session_options={"join_transaction_mode": "create_savepoint"})
migrate = Migrate(directory=str(ROOT / "talentpool" / "migrations"), render_as_batch=True)


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Make SQLite keep its word: foreign keys, durable commits, readers that never wait."""
    # The driver's own transaction handling would begin too late for `BEGIN IMMEDIATE`.
    connection.isolation_level = None
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"]
    # What is deleted is overwritten: an erased person is not found again in the file's free space.
    pragmas.append("secure_delete=ON")
    # A ranking writes some hundreds of pages: the log is not folded in after every second one.
    for pragma in (*pragmas, "wal_autocheckpoint=8000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once, unless the request only reads: two writers queue, none deadlocks."""
    connection.exec_driver_sql("BEGIN" if reading_only.get() else "BEGIN IMMEDIATE")


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection))
        event.listen(engine, "begin", _begin_sqlite)


def queue_on(lock: Lock) -> None:
    """Wait for whoever holds `lock`, and keep it until the transaction ends.

    On SQLite writers queue already.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(lock.value)))


def engine_options(url: str) -> dict[str, Any]:
    """Return the pool and the time limits that suit the database at `url`."""
    # An error that quotes its statement would quote people's addresses into logs.
    options: dict[str, Any] = {"hide_parameters": True}
    if make_url(url).get_backend_name() != "postgresql":
        return options
    limits = (
        "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    )
    return {
        **options,
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "connect_args": {"options": limits, "connect_timeout": 5},
    }


def init_db(app: Flask, settings: Settings) -> None:
    """Bind the application to its database."""
    url = settings.database_url.get_secret_value()
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        # A relative path starts from the instance folder, as Flask-SQLAlchemy has it.
        (Path(app.instance_path) / parsed.database).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        _listen(db.engine)
