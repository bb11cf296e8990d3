"""Looking for a person in every text of the database and every file of the installation."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Enum,
    LargeBinary,
    String,
    Table,
    Text,
    cast,
    or_,
    select,
    update,
)

from talentpool.db import db
from talentpool.naming import folded
from talentpool.privacy.people import Identity
from talentpool.privacy.schema import METADATA
from talentpool.talents.models import ERASED_PERSON

#: Where the same name is somebody else's, or something's: read again by a person, never blanked.
OTHERS = {
    "account",
    "job_family",
    "observed_mission",
    "organisation",
    "organisation_name",
    "referential_snapshot",
    "skill",
    "talent",
}
#: What nobody may change.
SEALED = {"journal_entry"}
#: Letters without accents that are enough to look for in the database before reading a text.
LONGEST_NEEDLE = 3


@dataclass(frozen=True)
class Trace:
    """One place where a person may be read: a column of a row, or a file."""

    where: str
    row: int | None
    is_address: bool

    @property
    def label(self) -> str:
        """The place in short: « need_message.text#12 »."""
        return self.where if self.row is None else f"{self.where}#{self.row}"


class Finder:
    """Finds names and addresses in a text, whatever their case, accents and spaces."""

    def __init__(self, identity: Identity) -> None:
        self._sure = [_pattern(address) for address in identity.addresses]
        self._names = [_pattern(name) for name in identity.names | identity.identifiers]
        self._names += [_pattern(_turned(name)) for name in identity.names]
        self.needles = [_needle(term) for term in identity.terms]

    def kinds_in(self, text: str) -> set[bool]:
        """Tell what a text has: True for an address, False for a name."""
        flat, _places = _flat(text)
        found = {True} if any(one.search(flat) for one in self._sure) else set()
        return found | ({False} if any(one.search(flat) for one in self._names) else set())

    def blanked(self, text: str, *, with_names: bool) -> str:
        """Return a text with « personne effacée » instead of the person's addresses, and names too if asked."""
        for pattern in (*self._sure, *(self._names if with_names else ())):
            flat, places = _flat(text)
            for found in reversed(list(pattern.finditer(flat))):
                start, end = places[found.start()], places[found.end() - 1] + 1
                text = text[:start] + ERASED_PERSON + text[end:]
        return text


def _pattern(term: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in re.split(r"[\s’'\-]+", _flat(term)[0]) if word]
    # Between the words of a name, whatever is neither a letter nor part of an address.
    whole = r"[^\w@]+".join(words)
    return re.compile(rf"(?<!\w){whole}(?!\w)")


def _turned(name: str) -> str:
    """Return « Essai Maëlle » for « Maëlle Essai »."""
    first, *rest = name.split()
    return " ".join([*rest, first])


def _needle(term: str) -> str:
    """Return the longest run of plain letters of a term, which SQL can look for whatever wrote it."""
    runs = re.findall(r"[a-z0-9]+", term.casefold())
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= LONGEST_NEEDLE else ""


def _flat(text: str) -> tuple[str, list[int]]:
    """Return a text without case and accents, and for each of its letters the place that it came from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "ignore")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _blanked(value: Any, finder: Finder, *, with_names: bool) -> Any:
    if isinstance(value, str):
        return finder.blanked(value, with_names=with_names)
    if isinstance(value, dict):
        return {
            finder.blanked(key, with_names=with_names): _blanked(one, finder, with_names=with_names)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_blanked(one, finder, with_names=with_names) for one in value]
    return value


def _columns(table: Table) -> list[Column[Any]]:
    kinds = (String, Text, JSON, LargeBinary)
    return [
        column
        for column in table.columns
        if isinstance(column.type, kinds) and not isinstance(column.type, Enum)
    ]


def _suspects(table: Table, columns: Iterable[Column[Any]], finder: Finder) -> Iterator[Any]:
    """Yield the rows of a table that may hold a term; each is then read as people read."""
    chosen = select(table)
    if "" not in finder.needles:
        chosen = chosen.where(
            or_(
                *(
                    cast(column, Text).icontains(needle, autoescape=True)
                    for column in columns
                    if not isinstance(column.type, LargeBinary)
                    for needle in finder.needles
                ),
                *(
                    column.is_not(None)
                    for column in columns
                    if isinstance(column.type, LargeBinary)
                ),
            )
        )
    yield from db.session.execute(chosen)


def _hits(finder: Finder) -> Iterator[tuple[Column[Any], Any, Any, set[bool]]]:
    db.session.flush()
    if not finder.needles:
        return
    for table in METADATA.sorted_tables:
        columns = _columns(table)
        if not columns:
            continue
        for row in _suspects(table, columns, finder):
            for column in columns:
                value = row._mapping[column]
                kinds = {kind for text in _texts(value) for kind in finder.kinds_in(text)}
                if kinds:
                    yield column, row, value, kinds


def traces_of(identity: Identity) -> list[Trace]:
    """List every place of the database where a person's whole name, address or identifier stands."""
    finder = Finder(identity)
    return [
        Trace(str(column), row._mapping.get("id"), is_address=True in kinds)
        for column, row, _value, kinds in _hits(finder)
    ]


def blank_traces(identity: Identity, own: Mapping[str, Collection[int]]) -> None:
    """Write « personne effacée » over a person's addresses wherever they are, over their names in rows of theirs.

    A name is a name only for who knows: « chef de projet » may be one. In what others wrote it stays,
    and a person reads it again. `own` has the numbers of the person's rows by table.
    """
    finder = Finder(identity)
    for column, row, value, kinds in list(_hits(finder)):
        table = column.table
        if table.name in SEALED or isinstance(value, bytes):
            continue
        row_is_own = row._mapping.get("id") in own.get(table.name, ())
        if table.name in OTHERS or (not row_is_own and True not in kinds):
            continue
        values = {column.name: _blanked(value, finder, with_names=row_is_own)}
        db.session.execute(update(table).where(table.c.id == row.id).values(values))


def file_traces(identity: Identity, files: Iterable[Path]) -> list[Trace]:
    """List the files in which a person's name or address stands, byte for byte, as text or as JSON."""
    needles = {
        form.encode()
        for term in identity.terms
        for said in (term, term.lower(), term.upper(), folded(term))
        for form in (said, json.dumps(said)[1:-1])
    }
    return [
        Trace(str(path), None, is_address=False)
        for path in files
        if any(needle in path.read_bytes() for needle in needles)
    ]
