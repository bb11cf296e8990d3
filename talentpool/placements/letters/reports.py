"""Reports made of titled blocks, in French, as tagged PDFs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from talentpool.placements.letters.printing import print_pdf
from talentpool.placements.paperwork import AGENCY

REPORT = "report.typ"


@dataclass(frozen=True)
class Block:
    """One titled part of a report; `figures` are the columns of its table that hold numbers."""

    title: str
    paragraphs: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    figures: tuple[int, ...] = ()
    points: tuple[str, ...] = ()


def report_pdf(
    *,
    title: str,
    reference: str,
    status: str,
    dated_on: date,
    facts: Sequence[tuple[str, str]],
    blocks: Sequence[Block],
    flipped: bool = False,
) -> bytes:
    """Return a report as a tagged PDF; the same words give the same bytes."""
    return print_pdf(
        REPORT,
        dated_on=dated_on,
        status=status,
        title=title,
        reference=reference,
        agency=AGENCY,
        facts=facts,
        sections=blocks,
        flipped=flipped,
    )
