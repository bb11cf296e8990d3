"""What a time line is made of: lanes of bars, and levels of full-time equivalents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from talentpool.i18n import _, chosen_locale, date_in_figures, translated

#: What a bar may be, in the order of the legend. Each has its own outline or pattern in timeline.css.
KINDS = {
    "placed": _("Mission"),
    "bench": _("Sans mission"),
    "absent": _("Absence"),
    "reserved": _("Temps réservé"),
    "tentative": _("Proposition en cours"),
    "contract": _("Contrat"),
    "overlap": _("Chevauchement"),
    "open": _("Poste à pourvoir"),
}
#: The last day of a bar whose end nobody knows.
NO_END = date.max
FREE = _("libre %(free)s sur un plafond de %(cap)s")
EXCEEDED = _("dépassement de %(free)s sur un plafond de %(cap)s")


@dataclass(frozen=True)
class Bar:
    """What somebody is doing over some days, the last one included, or `NO_END`.

    `label` is written in the bar when it fits; `text` is the whole sentence that hover and focus say.
    `share` is a percentage of full time, drawn as the bar's height; None is drawn full.
    """

    starts_on: date
    ends_on: date
    kind: str
    label: str
    text: str
    share: Decimal | None = None
    url: str | None = None


@dataclass(frozen=True)
class Lane:
    """One line of the chart; lanes of one `group` that follow each other stand under its heading."""

    label: str
    bars: tuple[Bar, ...]
    group: str = ""
    detail: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Level:
    """Full-time equivalents that hold on each of these days, the last one included."""

    starts_on: date
    ends_on: date
    held: Decimal
    reserved: Decimal
    tentative: Decimal

    @property
    def total(self) -> Decimal:
        """Everything that counts against the cap."""
        return self.held + self.reserved + self.tentative


@dataclass(frozen=True)
class Timeline:
    """What to draw between two days, both included; `levels` and `cap` are full-time equivalents."""

    first: date
    last: date
    today: date
    lanes: tuple[Lane, ...]
    levels: tuple[Level, ...] = ()
    cap: Decimal | None = None

    @property
    def levels_drawn(self) -> tuple[Level, ...]:
        """The levels that hold on some day of the chart."""
        return tuple(
            level
            for level in self.levels
            if level.ends_on >= self.first and level.starts_on <= self.last
        )


def level_text(level: Level, cap: Decimal | None) -> str:
    """Say a level in one sentence, with what is left under the cap."""
    said = translated(
        _(
            "Du %(first)s au %(last)s, en ETP : sous contrat %(held)s, réservé %(reserved)s,"
            " proposé %(tentative)s"
        ),
        first=date_in_figures(level.starts_on),
        last=date_in_figures(level.ends_on),
        held=number_text(level.held),
        reserved=number_text(level.reserved),
        tentative=number_text(level.tentative),
    )
    if cap is None:
        return said
    free = cap - level.total
    left = FREE if free >= 0 else EXCEEDED
    return f"{said}, {translated(left, free=number_text(abs(free)), cap=number_text(cap))}"


def number_text(number: Decimal) -> str:
    """Write a number as the request's language does: « 4,5 »."""
    return format_decimal(number, locale=chosen_locale())
