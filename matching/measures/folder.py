"""Folders of public postings and profiles, as JSON Lines, with judged pairs as TREC qrels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POSTING_FIELDS = ("title", "summary", "text", "themes", "skills")
PROFILE_FIELDS = ("headline", "skills", "experience", "text")
_LISTS = frozenset({"themes", "skills", "experience", "families"})


class BadFolder(Exception):
    """A file that cannot be read, with its name, its line and what is wrong with it."""


@dataclass(frozen=True)
class Document:
    """One line of a folder: an id, families, and the fields that are text, absent ones empty.

    ``organisation`` (of a posting) and ``group`` (of a profile) serve measures and are never text.
    """

    key: str
    families: tuple[str, ...]
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    organisation: str = ""
    group: str = ""

    def joined(self) -> str:
        """Join every text field by spaces, in the order of the protocol."""
        parts = {**self.texts, **{name: " ".join(items) for name, items in self.lists.items()}}
        order = POSTING_FIELDS if "title" in parts else PROFILE_FIELDS
        return " ".join(parts[name] for name in order)


Judgements = dict[str, frozenset[str]]
"""For each posting with at least one, the keys of the profiles judged relevant."""


def read_postings(folder: Path) -> list[Document]:
    """Read ``postings.jsonl``; raise ``BadFolder`` on what is not as the format says."""
    return _read_documents(folder / "postings.jsonl", POSTING_FIELDS)


def read_profiles(folder: Path) -> list[Document]:
    """Read ``profiles.jsonl``; raise ``BadFolder`` on what is not as the format says."""
    return _read_documents(folder / "profiles.jsonl", PROFILE_FIELDS)


def read_judgements(folder: Path, postings: list[Document], profiles: list[Document]) -> Judgements:
    """Read ``qrels.tsv``: posting, 0, profile, relevance; raise ``BadFolder`` on unknown ids."""
    path = folder / "qrels.tsv"
    known_postings = {posting.key for posting in postings}
    known_profiles = {profile.key for profile in profiles}
    relevant: dict[str, set[str]] = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) != 4 or not columns[3].strip().lstrip("-").isdigit():
            raise BadFolder(f"{path}:{number}: expected posting, 0, profile and a whole relevance")
        posting, _, profile, relevance = (column.strip() for column in columns)
        if posting not in known_postings:
            raise BadFolder(f"{path}:{number}: no posting has the id {posting!r}")
        if profile not in known_profiles:
            raise BadFolder(f"{path}:{number}: no profile has the id {profile!r}")
        if int(relevance) > 0:
            relevant.setdefault(posting, set()).add(profile)
    return {posting: frozenset(keys) for posting, keys in relevant.items()}


def _read_documents(path: Path, fields: tuple[str, ...]) -> list[Document]:
    documents: dict[str, Document] = {}
    for number, line in _lines(path):
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadFolder(f"{place}: not JSON ({error})") from None
        if not isinstance(row, dict):
            raise BadFolder(f"{place}: expected an object")
        key = row.get("id")
        if not isinstance(key, str) or not key or key.splitlines() != [key] or "\t" in key:
            raise BadFolder(f"{place}: 'id' must be a text, on one line and without tabs")
        if key in documents:
            raise BadFolder(f"{place}: the id {key!r} was given before")
        documents[key] = Document(
            key,
            _list(row, "families", place),
            {name: _text(row, name, place) for name in fields if name not in _LISTS},
            {name: _list(row, name, place) for name in fields if name in _LISTS},
            _text(row, "organisation", place),
            _text(row, "group", place),
        )
    return list(documents.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open("rb") as source:
            for number, raw in enumerate(source, start=1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
                if line.strip():
                    yield number, line
    except UnicodeDecodeError:
        raise BadFolder(f"{path}:{number}: not UTF-8") from None
    except OSError as error:
        raise BadFolder(f"{path}: {error.strerror}") from None


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadFolder(f"{place}: {name!r} must be a text")
    return value


def _list(row: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadFolder(f"{place}: {name!r} must be a list of texts")
    return tuple(value)
