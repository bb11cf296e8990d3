"""A table of the oversight page: its rows, its bars, and how its figures are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal

from talentpool.i18n import _, translated
from talentpool.oversight.effects import Portion
from talentpool.tabular.columns import Columns

Row = Mapping[str, Any]
#: What a table writes where there is nothing to say, or too little.
NOTHING = "–"
#: What stands above a bar that there is nothing to draw of.
NO_BAR = _("rien")


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its length, and what is written above it."""

    label: str
    length: float
    words: str


@dataclass(frozen=True)
class Chart:
    """Bars that say what a column of a table says."""

    caption: str
    bars: list[Bar]

    @property
    def longest(self) -> float:
        """The length that fills the width."""
        return max((bar.length for bar in self.bars), default=0) or 1


@dataclass(frozen=True)
class Sheet:
    """One table with what it answers, how it is made, its bars, and a sentence that sums it up."""

    code: str
    title: str
    how: str
    columns: Columns
    rows: Sequence[Row]
    charts: list[Chart] = field(default_factory=list)
    summary: str = ""
    #: What to read before concluding; shown as a warning.
    alarm: str = ""
    notes: list[str] = field(default_factory=list)


def number(value: float, pattern: str = "#,##0.0") -> str:
    """Write a number with one decimal, as the reader's language does."""
    return str(format_decimal(value, format=pattern))


def portion(one: Portion) -> dict[str, int | None]:
    """Return the cells of a portion."""
    return {"count": one.count, "out_of": one.out_of, "percent": one.percent}


def in_words(one: Portion) -> str:
    """Write a portion: « 12 sur 30, soit 40 % », without percentage under five cases."""
    if one.percent is None:
        return translated(_("%(count)d sur %(out_of)d"), count=one.count, out_of=one.out_of)
    text = _("%(count)d sur %(out_of)d, soit %(percent)d %%")
    return translated(text, count=one.count, out_of=one.out_of, percent=one.percent)


def bars(
    caption: str,
    rows: Sequence[Row],
    label: str,
    value: str,
    unit: str = "",
    *,
    also: str = "",
    sizes: list[float] | None = None,
) -> Chart:
    """Draw a column; `sizes` are its lengths where its cells are words."""
    bars = []
    for place, row in enumerate(rows):
        said = (
            translated(NO_BAR)
            if row[value] is None
            else f"{row[value]}\N{NO-BREAK SPACE}{unit}".rstrip()
        )
        name = f"{row[label]} – {row[also]}" if also else row[label]
        bars.append(Bar(name, sizes[place] if sizes else float(row[value] or 0), said))
    return Chart(caption, bars)
