"""Days as places across a chart, which is as wide as its page lets it be: every x is a percentage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from talentpool.i18n import _, translated
from talentpool.web.timeline.periods import calendar_text

#: The width under which timeline.css lets the chart scroll rather than shrink, in pixels.
NARROWEST = 720
#: What a letter takes at most on average, in pixels, at the size of the chart's texts.
LETTER = 6.8
MARGIN = 12
FEWEST_LETTERS = 5
MONTHS_HEIGHT, WEEKS_HEIGHT, TODAY_HEIGHT = 24, 20, 20
#: Weeks are drawn up to this many days; beyond, months are.
LONGEST_WITH_WEEKS = 200
#: Kinds that are filled with a pattern instead of a plain colour.
PATTERNS = {
    "bench": '<circle cx="4" cy="4" r="1"/>',
    "absent": '<path d="M-2 10 10-2M-2 2 2-2M6 10 10 6"/>',
    "contract": '<path d="M0 4H8"/>',
    "overlap": '<path d="M0 0 8 8M8 0 0 8"/>',
}


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last`, both included, spread over 100 percent."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days the chart shows."""
        return (self.last - self.first).days + 1

    @property
    def has_weeks(self) -> bool:
        """Whether the chart is short enough for its weeks to be told apart."""
        return self.days <= LONGEST_WITH_WEEKS

    def at(self, day: date) -> float:
        """Return where a day begins, in percent."""
        return (day - self.first).days * 100 / self.days

    def place(self, starts_on: date, ends_on: date) -> tuple[float, float]:
        """Return where some days begin and how wide they are, in percent, cut to the chart."""
        first, last = max(starts_on, self.first), min(ends_on, self.last)
        return self.at(first), ((last - first).days + 1) * 100 / self.days

    def fitted(self, text: str, width: float) -> str:
        """Return as much of a text as surely fits in `width` percent; nothing rather than a scrap."""
        room = int((width / 100 * NARROWEST - MARGIN) / LETTER)
        if len(text) <= room:
            return text
        return f"{text[: room - 1].rstrip()}…" if room >= FEWEST_LETTERS else ""

    def months(self) -> Iterator[tuple[date, date]]:
        """Yield first and last day of each month, cut to the chart."""
        day = self.first
        while day <= self.last:
            after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            yield day, min(after - timedelta(days=1), self.last)
            day = after

    def weeks(self) -> Iterator[tuple[date, date]]:
        """Yield first and last day of each ISO week, cut to the chart."""
        day = self.first
        while day <= self.last:
            after = day + timedelta(days=7 - day.weekday())
            yield day, min(after - timedelta(days=1), self.last)
            day = after

    def grid(self, height: float) -> str:
        """Draw a line wherever a week begins, and a stronger one wherever a month does."""
        lines = [self._line("tp-timeline__month", day, height) for day, _last in self.months()]
        if self.has_weeks:
            lines += [self._line("tp-timeline__line", day, height) for day, _last in self.weeks()]
        return "".join(lines[::-1])

    def today(self, today: date, height: float) -> str:
        """Draw the line of today, if the chart shows that day."""
        if not self.first <= today <= self.last:
            return ""
        return self._line("tp-timeline__today", today, height)

    def _line(self, css: str, day: date, height: float) -> str:
        x = f"{self.at(day):.3f}%"
        return f'<line class="{css}" x1="{x}" x2="{x}" y2="{height:g}"/>'


def header(scale: Scale, today: date) -> Markup:
    """Draw what stands above the chart: months, weeks, and where today is."""
    parts = [
        _cell(scale, span, 0, MONTHS_HEIGHT, _month_texts(span[0]), "tp-timeline__month-name")
        for span in scale.months()
    ]
    height = MONTHS_HEIGHT
    if scale.has_weeks:
        parts += [
            _cell(scale, span, height, WEEKS_HEIGHT, _week_texts(span[0]), "tp-timeline__week-name")
            for span in scale.weeks()
        ]
        height += WEEKS_HEIGHT
    if scale.first <= today <= scale.last:
        x = scale.at(today)
        # Beyond the middle, the words stand before their line.
        side = 'dx="-6" text-anchor="end"' if x > 50 else 'dx="6"'
        parts.append(
            f'<line class="tp-timeline__today" x1="{x:.3f}%" x2="{x:.3f}%" y1="{height}"'
            f' y2="{height + TODAY_HEIGHT}"/><text class="tp-timeline__today-name" x="{x:.3f}%"'
            f' {side} y="{height + 14}">{escape(translated(_("Aujourd’hui")))}</text>'
        )
        height += TODAY_HEIGHT
    return markup(
        f'<svg class="tp-timeline__header" height="{height}" aria-hidden="true">', *parts, "</svg>"
    )


def _month_texts(day: date) -> tuple[str, ...]:
    return (
        calendar_text(day, "MMMM yyyy"),
        calendar_text(day, "MMM yyyy"),
        calendar_text(day, "MMM"),
    )


def _week_texts(day: date) -> tuple[str, ...]:
    week = translated(_("S%(week)s"), week=f"{day.isocalendar().week:02}")
    return f"{week} – {calendar_text(day, 'dd/MM')}", week


def _cell(
    scale: Scale, span: tuple[date, date], y: int, height: int, texts: tuple[str, ...], css: str
) -> str:
    """Draw a month or a week of the header, under the longest of its names that fits."""
    x, width = scale.place(*span)
    words = next((text for text in texts if scale.fitted(text, width) == text), "")
    return (
        f'<line class="tp-timeline__month" x1="{x:.3f}%" x2="{x:.3f}%" y1="{y}" y2="{y + height}"/>'
        f'<text class="{css}" x="{x:.3f}%" dx="6" y="{y + height - 6}">{escape(words)}</text>'
    )


def shape(
    kind: str, name: str, x: float, y: float, width: float, height: float, *, corner: int = 2
) -> str:
    """Draw the box of a bar in its kind's pattern or colour: x and width in percent, y and height in pixels.

    `name` is the drawing's.
    """
    fill = f' fill="url(#{name}-{kind})"' if kind in PATTERNS else ""
    return (
        f'<rect class="tp-bar__shape tp-bar__shape--{kind}" x="{x:.3f}%" y="{y:g}"'
        f' width="{width:.3f}%" height="{height:g}" rx="{corner}"{fill}/>'
    )


def patterns(name: str) -> str:
    """Define the patterns that the shapes of one drawing are filled with."""
    defined = "".join(
        f'<pattern id="{name}-{kind}" class="tp-pattern tp-pattern--{kind}" width="8" height="8"'
        f' patternUnits="userSpaceOnUse"><rect width="8" height="8"/>{strokes}</pattern>'
        for kind, strokes in PATTERNS.items()
    )
    return f"<defs>{defined}</defs>"


def legend_shape(kind: str, name: str) -> Markup:
    """Draw a small box as the legend shows it."""
    inside = shape(kind, name, 3, 1, 94, 16)
    return markup(
        f'<svg class="tp-timeline__swatch" width="32" height="18" aria-hidden="true">{inside}</svg>'
    )


def markup(*parts: str) -> Markup:
    """Join pieces of markup whose texts were escaped when they were written."""
    return Markup("".join(parts))  # noqa: S704
