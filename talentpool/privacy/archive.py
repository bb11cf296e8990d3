"""The archive that a person takes away: one JSON file, the same to read, and their letters."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask import render_template
from sqlalchemy import select

from matching import Answer
from talentpool.db import db, now
from talentpool.i18n import _, date_in_words, translated
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.presenting import ANSWERS, CRITERIA
from talentpool.placements.letters import mission_letter_pdf
from talentpool.placements.models import Placement
from talentpool.placements.paperwork import mission_letter_of
from talentpool.privacy.collecting import Held, held_on, plain
from talentpool.privacy.people import Person
from talentpool.privacy.schema import NOT_GIVEN
from talentpool.privacy.wording import COLUMNS, LABELS, NOT_SHOWN

#: What the JSON file calls its own form; a change that a reader would notice takes another number.
FORMAT = "talentpool/personal-data"
FORMAT_VERSION = 1
#: The same instant in every archive: a file says nothing of when its parts were made.
STAMP = (1980, 1, 1, 0, 0, 0)


#: What the page leaves to the JSON file: it tells nothing of the person.
PLUMBING = {"id", "position", "is_demo", "code_version", "once", "url_path"}


def archive_of(person: Person) -> bytes:
    """Return a ZIP with everything that is held on a person; nothing of it is kept here."""
    held = held_on(person)
    files = dict(_letters(person))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("donnees.json", _as_json(held, list(files)).encode()),
            ("donnees.html", as_page(held, list(files)).encode()),
            *files.items(),
        ):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _letters(person: Person) -> Iterator[tuple[str, bytes]]:
    """Yield the person's letters: explanations as they were issued, mission letters as they read now."""
    issued = select(ExplanationLetter).where(ExplanationLetter.talent_id.in_(person.numbers))
    for letter in db.session.scalars(issued.order_by(ExplanationLetter.id)):
        yield f"lettres/explication-{letter.reference}.pdf", letter.pdf
    placed = select(Placement).where(
        Placement.talent_id.in_(person.numbers), Placement.cancelled_at.is_(None)
    )
    for placement in db.session.scalars(placed.order_by(Placement.id)):
        letter_pdf = mission_letter_pdf(mission_letter_of(placement))
        yield f"lettres/mission-{placement.reference}.pdf", letter_pdf


def _as_json(held: Held, files: list[str]) -> str:
    content = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": now(),
        "person": held.person.code,
        "data": held.groups,
        "acts_counted": held.acts,
        "files": files,
        "not_given": {**NOT_GIVEN, **NOT_SHOWN},
    }
    return json.dumps(plain(content), ensure_ascii=False, indent=2)


def as_page(held: Held, files: list[str]) -> str:
    """Return the archive as one page to read, which needs no other file."""
    return render_template(
        "privacy/archive.html",
        held=held,
        groups=[
            (key, label, [_readable(row) for row in rows])
            for key, label, rows in shown_groups(held)
        ],
        files=files,
        made_on=now(),
        column=_column,
        told=told,
    )


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the page shows it: without what is empty or only counts, rankings in words."""
    shown = {
        name: value
        for name, value in row.items()
        if name not in PLUMBING and value is not None and value not in ("", [], {})
    }
    if "explanation" in shown:
        shown["explanation"] = list(_reasons(row["explanation"]))
        shown["score"] = f"{row['score'] * 100:.1f}"
        shown["set_apart_for"] = [
            translated(CRITERIA.get(name, name)) for name in row["set_apart_for"]
        ]
    return shown


def _reasons(explanation: dict[str, Any]) -> Iterator[str]:
    """Say what a place is made of: points by word, answers to criteria, what was missing."""
    for reason in explanation["reasons"]:
        yield f"{reason['label']} : {reason['amount'] * 100:+.1f}"
    for criterion in explanation["criteria"]:
        name = translated(CRITERIA.get(criterion["name"], criterion["name"]))
        answer = translated(ANSWERS[Answer(criterion["answer"])][0])
        yield f"{name} : {answer} ({criterion['held'] or '–'} / {criterion['asked'] or '–'})"
    missing = [one["label"] for one in explanation["missing"]]
    if missing:
        yield translated(_("Non trouvé dans le profil : %(words)s"), words=", ".join(missing))


def _column(name: str) -> str:
    """Return what a column is called, or its name as the JSON file has it."""
    return translated(COLUMNS[name]) if name in COLUMNS else name


def shown_groups(held: Held) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """List the parts that hold something: key, name in the reader's language, rows."""
    groups = held.groups
    known = [key for key in LABELS if groups.get(key)]
    others = [key for key in groups if key not in LABELS and groups[key]]
    return [(key, translated(LABELS.get(key, key)), groups[key]) for key in known + others]


def told(value: Any) -> str:
    """Write a plain value as people read it."""
    if isinstance(value, bool):
        return translated("oui" if value else "non")
    if isinstance(value, datetime | date):
        return date_in_words(value)
    if isinstance(value, Enum) and hasattr(value, "label"):
        return translated(str(value.label))
    return str(getattr(value, "value", value))
