"""The stretch of days that a page draws: a month, a quarter or a year, and the ones beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from talentpool.i18n import _, chosen_locale

#: How much is seen at once, as addresses name it, with its marked label.
ZOOMS = {"mois": _("Mois"), "trimestre": _("Trimestre"), "annee": _("Année")}
_MONTHS = {"mois": 1, "trimestre": 3, "annee": 12}
_PATTERNS = {"mois": "MMMM yyyy", "trimestre": "QQQQ yyyy", "annee": "yyyy"}
#: Addresses ask for days between these; around them a calendar would end.
_EARLIEST, _LATEST = date(1970, 1, 1), date(2199, 12, 31)


def window(zoom: str, anchor: date) -> tuple[date, date]:
    """Return the first and the last day to draw around `anchor`; a month is padded to whole weeks.

    Raises KeyError for a zoom that is not in `ZOOMS`.
    """
    first = _start(zoom, anchor)
    last = _moved(first, _MONTHS[zoom]) - timedelta(days=1)
    if zoom == "mois":
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    return first, last


def neighbours(zoom: str, anchor: date) -> tuple[date, date]:
    """Return a day of the period before `anchor`'s, and one of the period after it."""
    first = _start(zoom, anchor)
    return _moved(first, -_MONTHS[zoom]), _moved(first, _MONTHS[zoom])


def _start(zoom: str, anchor: date) -> date:
    months = _MONTHS[zoom]
    return anchor.replace(month=(anchor.month - 1) // months * months + 1, day=1)


def _moved(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """What an address asked to see: a zoom, and a day within the period."""

    zoom: str
    anchor: date

    @classmethod
    def asked(cls, zoom: str | None, day: str | None, *, today: date) -> "Period":
        """Read an address's parameters; what it lacks or garbles is the quarter, and `today`."""
        try:
            anchor = date.fromisoformat(day or "")
        except ValueError:
            anchor = today
        if not _EARLIEST <= anchor <= _LATEST:
            anchor = today
        return cls(zoom if zoom in ZOOMS else "trimestre", anchor)

    @property
    def first(self) -> date:
        """The first day drawn."""
        return window(self.zoom, self.anchor)[0]

    @property
    def last(self) -> date:
        """The last day drawn."""
        return window(self.zoom, self.anchor)[1]

    @property
    def earlier(self) -> date:
        """A day of the period before."""
        return neighbours(self.zoom, self.anchor)[0]

    @property
    def later(self) -> date:
        """A day of the period after."""
        return neighbours(self.zoom, self.anchor)[1]

    @property
    def label(self) -> str:
        """The period's name in the request's language: « 3e trimestre 2026 »."""
        start = _start(self.zoom, self.anchor)
        return calendar_text(start, _PATTERNS[self.zoom])


def calendar_text(day: date, pattern: str) -> str:
    """Write a day by a pattern of the Unicode calendar, in the request's language."""
    return format_date(day, pattern, locale=chosen_locale())
