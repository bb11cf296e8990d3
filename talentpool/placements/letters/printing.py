"""From texts to a tagged PDF, by typst: texts travel as data and are never read as markup."""

import json
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


@dataclass(frozen=True)
class Section:
    """A part of a document: its title, its paragraphs, then its points."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def print_pdf(template: str, *, dated_on: date, signed_on: date | None, **data: Any) -> bytes:
    """Return the PDF that `template` makes of `data`; the same data gives the same bytes."""
    written = {
        **data,
        "sections": [asdict(section) for section in data["sections"]],
        "year": dated_on.year,
        "month": dated_on.month,
        "day": dated_on.day,
        "page_word": "Page ",
        "draft": "" if signed_on else DRAFT,
        "signed": f"Signé le {in_words(signed_on)}" if signed_on else "",
    }
    content = typst.compile(
        HERE / template,
        root=HERE,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(written, ensure_ascii=False)},
        timestamp=int(
            datetime(dated_on.year, dated_on.month, dated_on.day, tzinfo=UTC).timestamp()
        ),
    )
    assert isinstance(content, bytes)  # noqa: S101 - one file, since it is one PDF
    return content


def in_words(day: date) -> str:
    """Write a day as French letters do: 1er janvier 2027."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
