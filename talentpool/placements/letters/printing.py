"""From texts to a tagged PDF, by typst: texts travel as data and are never read as markup."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
DRAFT = "Projet, non signé"

#: No signs to print: controls other than ends of lines and tabs.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: Characters that no font of typst has, as its errors name them: one, or a few that combine.
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: The last letter of Latin scripts: errors blame a letter too for the mark that no font puts on it.
_LAST_LATIN = "\u024f"


@dataclass(frozen=True)
class Section:
    """A part of a document: its title, its paragraphs, then its points."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def print_pdf(
    template: str,
    *,
    dated_on: date,
    signed_on: date | None = None,
    status: str | None = None,
    **data: Any,
) -> bytes:
    """Return the PDF that `template` makes of `data`; the same data gives the same bytes.

    `status` is what a document that nobody signs says instead of being a draft.
    Characters that no font has are written by their numbers, « [U+1F600] »: PDF/UA refuses others.
    """
    written = {
        **data,
        "sections": [asdict(section) for section in data["sections"]],
        "year": dated_on.year,
        "month": dated_on.month,
        "day": dated_on.day,
        "page_word": "Page ",
        "draft": "" if signed_on or status else DRAFT,
        "signed": status or (f"Signé le {in_words(signed_on)}" if signed_on else ""),
    }
    text = json.dumps(_printable(written), ensure_ascii=False)
    while True:
        try:
            return _compiled(template, text, dated_on)
        except typst.TypstError as error:
            missing = _missing(error.diagnostic)
            if not missing:
                raise
            text = _by_number(text, missing)


def _compiled(template: str, text: str, dated_on: date) -> bytes:
    return typst.compile(
        HERE / template,
        root=HERE,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"data": text},
        timestamp=datetime(dated_on.year, dated_on.month, dated_on.day, tzinfo=UTC),
    )


def _printable(value: Any) -> Any:
    """Return what JSON and fonts can hold of texts, at any depth."""
    match value:
        case str():
            return _CONTROLS.sub("", value.encode(errors="replace").decode())
        case dict():
            return {name: _printable(held) for name, held in value.items()}
        case list() | tuple():
            return [_printable(held) for held in value]
    return value


def _missing(diagnostic: str) -> set[str]:
    """Return the characters that an error says no font has; none if it says something else."""
    found = {
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
        for text in _MISSING.findall(diagnostic)
    }
    return {text for text in found if text > _LAST_LATIN} or {
        text for text in found if not text.isascii()
    }


def _by_number(text: str, missing: set[str]) -> str:
    longest_first = sorted(missing, key=len, reverse=True)
    runs = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+")
    return runs.sub(lambda run: f"[{' '.join(f'U+{ord(sign):04X}' for sign in run[0])}]", text)


def in_words(day: date) -> str:
    """Write a day as French letters do: 1er janvier 2027."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
