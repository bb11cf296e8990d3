"""Merging two rows: what points at one comes to point at the other, and everything can be put back.

Which rows point at a record is read from the foreign keys of the whole schema, so that a table added
later moves along without anybody thinking of it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import (
    Column,
    MetaData,
    Table,
    UniqueConstraint,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy import Enum as EnumType

from talentpool.db import Share, UtcDateTime, db, now

#: What says when a row was written: it only goes forward, so that nobody's stale form overwrites.
CLOCKS = ("version_id", "edited_at")


@dataclass(frozen=True)
class Subject:
    """A kind of record that can be merged.

    `owned` are the foreign keys of what the record itself says, which is chosen rather than moved;
    `kept` those whose rows stay with the alias. Every other one moves.
    """

    table: Table
    owned: frozenset[str]
    kept: frozenset[str]

    def moving(self, metadata: MetaData) -> list[Column[Any]]:
        """List the foreign keys whose rows move."""
        return [
            column
            for column in pointers(self.table, metadata)
            if str(column) not in self.owned | self.kept
        ]


@dataclass
class Undo:
    """What takes a merge back; rows as JSON, by table, and the keys of those that moved, by column."""

    before: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    after: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    moved: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """Return it as a column of JSON keeps it."""
        return asdict(self)


def pointers(table: Table, metadata: MetaData) -> list[Column[Any]]:
    """List every column of the schema that refers to rows of `table`."""
    return [
        column
        for other in metadata.sorted_tables
        for column in other.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def said(subject: Subject, kept: int, merged: int) -> dict[str, list[dict[str, Any]]]:
    """Read both records, and the rows of which the kept one's content is made."""
    table = subject.table
    found = {table.name: _rows(table, table.c.id.in_([kept, merged]))}
    for column in _columns(subject.owned):
        found[column.table.name] = _rows(column.table, column == kept)
    return found


def move(subject: Subject, *, source: int, target: int) -> dict[str, list[dict[str, Any]]]:
    """Have whatever refers to `source` refer to `target`, and return the keys of the rows that did.

    A row that `target` may have once only, and has, stays where it is.
    """
    moved: dict[str, list[dict[str, Any]]] = {}
    for column in subject.moving(db.metadata):
        table = column.table
        for row in db.session.execute(select(table).where(column == source)).mappings().all():
            if not _is_taken(column, row, target):
                key = {part.name: row[part.name] for part in table.primary_key}
                db.session.execute(update(table).where(_is(table, key)).values({column: target}))
                moved.setdefault(str(column), []).append(key)
    return moved


def put_back(subject: Subject, undo: Undo, *, kept: int, merged: int) -> None:
    """Restore both records; what was changed or added since the merge stays with the kept one."""
    for name, keys in undo.moved.items():
        [column] = _columns([name])
        for key in keys:
            here = key | {column.name: kept} if column.name in key else key
            still_there = and_(_is(column.table, here), column == kept)
            db.session.execute(update(column.table).where(still_there).values({column: merged}))
    _put_back_owned(list(_columns(subject.owned)), undo, kept)
    _put_back_records(subject.table, undo)


def _put_back_owned(columns: list[Column[Any]], undo: Undo, kept: int) -> None:
    """Have the kept record say what it said, but in tables that somebody changed since."""
    # What points at other rows comes after them, and goes before them.
    columns = sorted(columns, key=lambda column: db.metadata.sorted_tables.index(column.table))
    untouched = [column for column in columns if _is_as_merged(column, undo, kept)]
    for column in reversed(untouched):
        table, before = column.table, undo.before[column.table.name]
        for row in _rows(table, column == kept):
            if _stays(table, row, before):
                continue
            db.session.execute(delete(table).where(_is(table, _key(table, row))))
    renumbered: dict[Column[Any], dict[Any, Any]] = {}
    for column in untouched:
        for row in undo.before[column.table.name]:
            _write_row(column, kept, _pointing(column.table, row, renumbered), renumbered)


def _is_as_merged(column: Column[Any], undo: Undo, kept: int) -> bool:
    before, after = undo.before[column.table.name], undo.after[column.table.name]
    if before == after:
        return False
    # A column that came since the merge says nothing of what was changed since.
    names = set(after[0] if after else ())
    current = [
        {name: value for name, value in row.items() if name in names}
        for row in _rows(column.table, column == kept)
    ]
    return current == after


def _stays(table: Table, row: dict[str, Any], before: list[dict[str, Any]]) -> bool:
    """Whether a row was there before; what others point at keeps its place even if it changed."""
    if pointers(table, db.metadata):
        return _key(table, row) in [_key(table, one) for one in before]
    return row in before


def _pointing(
    table: Table, row: dict[str, Any], renumbered: dict[Column[Any], dict[Any, Any]]
) -> dict[str, Any]:
    """Return a row that points at what stands today for the rows it pointed at, or at nothing."""
    values = dict(row)
    for key in (key for column in table.columns for key in column.foreign_keys):
        name, target = key.parent.name, key.column
        if not key.parent.nullable or values.get(name) is None:
            continue
        values[name] = renumbered.get(target, {}).get(values[name], values[name])
        if not _rows(target.table, target == values[name]):
            values[name] = None
    return values


def _write_row(
    column: Column[Any],
    kept: int,
    row: dict[str, Any],
    renumbered: dict[Column[Any], dict[Any, Any]],
) -> None:
    table = column.table
    here, values = _is(table, _key(table, row)), _decoded(table, row)
    there = next(iter(_rows(table, here)), None)
    if there is not None and there[column.name] == kept:
        db.session.execute(update(table).where(here).values(values))
        return
    # SQLite gives the numbers of removed rows again.
    if "id" in row and there is not None:
        del values["id"]
    if "id" not in row:
        db.session.execute(insert(table).values(values))
        return
    number = table.c["id"]
    made = db.session.scalar(insert(table).values(values).returning(number))
    renumbered.setdefault(number, {})[row["id"]] = made


def _put_back_records(table: Table, undo: Undo) -> None:
    changes: dict[int, dict[str, Any]] = {}
    numbers = [row["id"] for row in undo.before[table.name]]
    current = {row["id"]: row for row in _rows(table, table.c.id.in_(numbers))}
    after = {row["id"]: row for row in undo.after[table.name]}
    for row in undo.before[table.name]:
        number = row["id"]
        changes[number] = {
            name: value
            for name, value in row.items()
            if name not in CLOCKS
            and value != after[number][name]
            and current[number][name] == after[number][name]
        }
    # What only one row may say is first unsaid by both.
    for number, values in changes.items():
        blank = {name: None for name in values if table.c[name].unique and table.c[name].nullable}
        if blank:
            db.session.execute(update(table).where(table.c.id == number).values(blank))
    for number, values in changes.items():
        clocks: dict[str, Any] = {"version_id": table.c.version_id + 1}
        if "edited_at" in table.c:
            clocks["edited_at"] = now()
        written = _decoded(table, values) | clocks
        db.session.execute(update(table).where(table.c.id == number).values(written))


def _columns(names: Any) -> Iterator[Column[Any]]:
    for name in sorted(names):
        table, _dot, column = name.partition(".")
        yield db.metadata.tables[table].c[column]


def _key(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {part.name: row[part.name] for part in table.primary_key}


def _is(table: Table, key: dict[str, Any]) -> Any:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _is_taken(column: Column[Any], row: Any, target: int) -> bool:
    """Tell whether a row's move would make two where the schema allows one."""
    for unique in _uniques(column):
        others = [part for part in unique if part is not column]
        if any(row[part.name] is None for part in others):
            continue
        alike = [part == row[part.name] for part in others]
        if db.session.execute(select(column).where(column == target, *alike)).first():
            return True
    return False


def _uniques(column: Column[Any]) -> Iterator[list[Column[Any]]]:
    table = column.table
    if column.unique:
        yield [column]
    groups: list[Any] = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    for group in [table.primary_key, *groups, *indexes]:
        if column.name in group.columns:
            yield list(group.columns)


def _rows(table: Table, *conditions: Any) -> list[dict[str, Any]]:
    found = select(table).where(*conditions).order_by(*table.primary_key)
    return [
        {name: _encoded(value) for name, value in row.items()}
        for row in db.session.execute(found).mappings()
    ]


def _encoded(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def _decoded(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _of_type(table.c[name].type, value) for name, value in row.items()}


def _of_type(kind: Any, value: Any) -> Any:
    """Return a value of JSON as its column has it."""
    if value is None:
        return None
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Share):
        return Decimal(value)
    return date.fromisoformat(value) if kind.python_type is date else value
