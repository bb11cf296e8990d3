"""Everything that is held on a person, row by row: the schema says where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.matches.models import MatchResult, MatchRun
from talentpool.matches.order_models import ShortlistOrder
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.privacy.people import Identity, Person, identity_of, keys_of
from talentpool.privacy.schema import (
    ACCOUNT,
    AUTHORED,
    METADATA,
    NOT_THEIRS,
    TALENT,
    is_given,
    ties_of,
)
from talentpool.privacy.wording import NOT_SHOWN
from talentpool.skills.models import JobFamily, Skill

#: What a link ends with that opens a page to whoever has it: nothing else in a mail is as long.
SECRET_IN_LINK = re.compile(r"(?<=[/=?&#])[\w~-]{32,}")
#: One row as the archive gives it: what each column is called, and what it holds.
Row = dict[str, Any]
#: Numbers of rows, by table.
Places = dict[str, set[int]]


@dataclass(frozen=True)
class Held:
    """What is held on one person; `tables` by name, then what no foreign key ties to them."""

    person: Person
    tables: dict[str, list[Row]]
    rankings: list[Row] = field(default_factory=list)
    shortlists: list[Row] = field(default_factory=list)
    mails: list[Row] = field(default_factory=list)
    written: list[Row] = field(default_factory=list)
    journal: list[Row] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)

    @property
    def groups(self) -> dict[str, list[Row]]:
        """Everything, by the key that the archive gives each part under."""
        beside = {
            "rankings": self.rankings,
            "shortlists": self.shortlists,
            "mails": self.mails,
            "written": self.written,
            "journal": self.journal,
        }
        return {**self.tables, **beside}


def held_on(person: Person) -> Held:
    """Gather everything that is held on a person."""
    identity = identity_of(person)
    named = _Names()
    return Held(
        person=person,
        tables={
            table.name: [_shown(table, row, named) for row in rows]
            for table, rows in own_rows(person)
            if rows and table.name not in NOT_SHOWN
        },
        rankings=_rankings(person, named),
        shortlists=_shortlists(person, named),
        mails=_mails(identity),
        written=_written(person, named),
        journal=_journal(person, named),
        acts=_acts(person),
    )


def own_rows(person: Person) -> Iterator[tuple[Table, list[Any]]]:
    """Yield the rows of a person by table, those of their own first."""
    found: dict[str, dict[Any, Any]] = {}
    waiting: list[tuple[Table, list[int]]] = []

    def take(table: Table, condition: Any) -> None:
        rows = db.session.execute(select(table).where(condition)).all()
        known = found.setdefault(table.name, {})
        new = [row for row in rows if _key(table, row) not in known]
        known.update({_key(table, row): row for row in new})
        if new and "id" in table.c:
            waiting.append((table, [row.id for row in new]))

    take(TALENT, TALENT.c.id.in_(person.numbers))
    take(ACCOUNT, ACCOUNT.c.id.in_(person.account_numbers))
    while waiting:
        table, numbers = waiting.pop(0)
        for tie in ties_of(table):
            if tie.fate not in NOT_THEIRS:
                take(tie.table, tie.column.in_(numbers))
    for name, rows in found.items():
        yield METADATA.tables[name], [rows[key] for key in sorted(rows)]


def places_of(person: Person) -> Places:
    """Return the rows in which a name is surely this person's: their own, and what they wrote to others."""
    found = {
        table.name: {row.id for row in rows} for table, rows in own_rows(person) if "id" in table.c
    }
    for tie in AUTHORED:
        name, _point, column = tie.partition(".")
        table = METADATA.tables[name]
        theirs = select(table.c.id).where(table.c[column].in_(person.account_numbers))
        found.setdefault(name, set()).update(db.session.scalars(theirs))
    return found


def _key(table: Table, row: Any) -> tuple[Any, ...]:
    return tuple(row._mapping[column] for column in table.primary_key.columns)


class _Names:
    """What rows are called that the person's own refer to: whoever acted is told by function, not by name."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Any] = {}

    def of(self, table: str, number: int) -> Any:
        """Return what a row is called, or its number when it has no name to show."""
        key = (table, number)
        if key not in self._known:
            self._known[key] = self._read(table, number)
        return self._known[key]

    def _read(self, table: str, number: int) -> Any:
        kinds: dict[str, Any] = {
            "account": Account,
            "job_family": JobFamily,
            "need": Need,
            "need_seat": NeedSeat,
            "organisation": Organisation,
            "skill": Skill,
        }
        row = db.session.get(kinds[table], number) if table in kinds else None
        if row is None:
            return number
        if isinstance(row, Account):
            return row.role
        if isinstance(row, NeedSeat):
            return f"{row.need.title} / {row.label}"
        if isinstance(row, Need):
            return row.title
        return row.label if isinstance(row, Organisation) else row.label_fr


def _shown(table: Table, row: Any, named: _Names) -> Row:
    shown: Row = {}
    for column in table.columns:
        value = row._mapping[column]
        if not is_given(column) or isinstance(value, bytes):
            continue
        if column.foreign_keys and value is not None:
            [key] = column.foreign_keys
            shown[column.name.removesuffix("_id")] = named.of(key.column.table.name, value)
        else:
            shown[column.name] = value
    return shown


def _rankings(person: Person, named: _Names) -> list[Row]:
    """List every place that a person had in a ranking, with its reasons and the profile that was read."""
    found = (
        select(MatchResult)
        .join(MatchRun)
        .where(MatchResult.person_key.in_(keys_of(person)))
        .options(contains_eager(MatchResult.run), joinedload(MatchResult.snapshot))
        .order_by(MatchResult.id)
    )
    return [
        {
            "ranking": result.run_id,
            "seat": named.of("need_seat", result.run.seat_id),
            "as_of": result.run.as_of,
            "rank": result.rank,
            "pool_size": result.run.pool_size,
            "score": result.score,
            "set_apart_for": result.misses.split(),
            "explanation": result.explanation,
            "profile_read": _without_key(result.snapshot.profile) if result.snapshot else None,
            "code_version": result.run.code_version,
        }
        for result in db.session.scalars(found)
    ]


def _without_key(profile: Row) -> Row:
    """Return a profile as a ranking read it, without the opaque key: see `NOT_SHOWN`."""
    return {name: value for name, value in profile.items() if name != "key"}


def _shortlists(person: Person, named: _Names) -> list[Row]:
    """List one's own places in orders chosen by hand, without who else stood there."""
    numbers = set(person.numbers)
    found = []
    for order in db.session.scalars(select(ShortlistOrder).order_by(ShortlistOrder.id)):
        places = [n for n, one in enumerate(order.human_order, start=1) if one in numbers]
        if places:
            found.append(
                {
                    "seat": named.of("need_seat", order.seat_id),
                    "created_at": order.created_at,
                    "place": places[0],
                    "people": len(order.human_order),
                    "reason": order.reason,
                }
            )
    return found


def _mails(identity: Identity) -> list[Row]:
    """List the mails to addresses that are nobody else's, with no link that would still open a page."""
    found = (
        select(OutgoingMail)
        .where(func.lower(OutgoingMail.recipient).in_(identity.addresses))
        .order_by(OutgoingMail.id)
    )
    return [
        {
            "recipient": mail.recipient,
            "subject": mail.subject,
            "text": SECRET_IN_LINK.sub("…", mail.text),
            "created_at": mail.created_at,
            "sent_at": mail.sent_at,
            "attachments": [attachment.filename for attachment in mail.attachments],
        }
        for mail in db.session.scalars(found)
    ]


def _written(person: Person, named: _Names) -> list[Row]:
    """List what a person wrote in rows that are not theirs."""
    found = []
    for tie, columns in AUTHORED.items():
        name, _point, column = tie.partition(".")
        table = METADATA.tables[name]
        theirs = table.c[column].in_(person.account_numbers)
        rows = select(table).where(theirs).order_by(table.c.id)
        for row in db.session.execute(rows):
            words = {one: row._mapping[table.c[one]] for one in columns}
            about = named.of("need", row.need_id) if "need_id" in table.c else row.proposal_id
            found.append({"in": name, "about": about, "created_at": row.created_at, **words})
    return found


def _journal(person: Person, named: _Names) -> list[Row]:
    """List what a person did, and what was done on their account or profile."""
    own = person.account_numbers
    subjects = [("talent", person.numbers), ("account", own)]
    on = [
        (JournalEntry.subject_kind == kind) & JournalEntry.subject_id.in_(numbers)
        for kind, numbers in subjects
    ]
    found = (
        select(JournalEntry)
        .where(or_(JournalEntry.actor_id.in_(own), *on))
        .order_by(JournalEntry.id)
    )
    return [
        {
            "number": entry.id,
            "at": entry.at,
            "action": entry.action,
            "by": _actor(entry.actor_id, own, named),
            "on": f"{entry.subject_kind} {entry.subject_id or ''}".strip(),
        }
        for entry in db.session.scalars(found)
    ]


def _actor(number: int | None, own: list[int], named: _Names) -> Any:
    if number is None:
        return None
    return "you" if number in own else named.of("account", number)


def _acts(person: Person) -> dict[str, int]:
    """Count the rows on others that say who acted: their content is about those others (art. 15(4))."""
    counted = {}
    for tie in ties_of(ACCOUNT):
        if tie.fate in NOT_THEIRS and tie.table is not TALENT and str(tie.column) not in AUTHORED:
            rows = select(func.count()).where(tie.column.in_(person.account_numbers))
            if number := db.session.scalar(rows):
                counted[str(tie.column)] = number
    return counted


def plain(value: Any) -> Any:
    """Return a value as JSON has it: ISO dates, codes, exact numbers as text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return getattr(value, "value", value)
