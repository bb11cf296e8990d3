"""Drawing a time line: one SVG from the top down, its column of labels beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from talentpool.i18n import _, date_in_figures, translated
from talentpool.web.timeline.parts import (
    KINDS,
    Bar,
    Lane,
    Level,
    Timeline,
    level_text,
    number_text,
)
from talentpool.web.timeline.scale import Scale, header, legend_shape, markup, patterns, shape
from talentpool.web.timeline.table import bar_rows, level_rows

ROW, GAP, HEADING = 28, 4, 32
LEVELS, LEVELS_TOP, LEVELS_BOTTOM = 160, 24, 8
THINNEST, THINNEST_WITH_TEXT = 3, 13
#: The column of labels on a telephone: the height of a line in pixels, its letters, and when it is cut.
LINE, LETTERS, MOST_LINES = 16, 15, 5
MOST_FIGURES = 5
#: How the areas of full-time equivalents look, and what the legend calls them.
AREAS = {
    "held": _("ETP sous contrat"),
    "reserved": _("ETP réservés"),
    "tentative": _("ETP proposés"),
}


@dataclass(frozen=True)
class Drawing:
    """The parts that `components/timeline.html` puts together; `name` starts their identifiers."""

    name: str
    header: Markup
    labels: Markup
    chart: Markup
    legend: tuple[tuple[Markup, str], ...]
    bar_rows: Markup
    level_rows: Markup
    bar_count: int
    level_count: int
    has_groups: bool
    has_shares: bool
    has_cap: bool


def draw(timeline: Timeline, name: str = "frise") -> Drawing:
    """Draw a time line; `name` keeps two of them apart on one page.

    Raises KeyError for a bar of a kind that is not in `KINDS`.
    """
    lanes = [(lane, _placed(lane.bars, timeline)) for lane in timeline.lanes]
    bars = [bar for _lane, placed in lanes for bar, _row in placed]
    has_groups = any(lane.group for lane in timeline.lanes)
    pen = _Pen(timeline, name)
    if timeline.levels:
        pen.add_levels()
    pen.add_lanes(lanes)
    return Drawing(
        name=name,
        header=header(pen.scale, timeline.today),
        labels=pen.labels(),
        chart=pen.chart(),
        legend=tuple(_legend(timeline, {bar.kind for bar in bars}, name)),
        bar_rows=bar_rows(
            ((lane, [bar for bar, _row in placed]) for lane, placed in lanes),
            with_groups=has_groups,
        ),
        level_rows=level_rows(timeline),
        bar_count=len(bars),
        level_count=len(timeline.levels_drawn),
        has_groups=has_groups,
        has_shares=any(bar.share is not None for bar in bars),
        has_cap=timeline.cap is not None,
    )


def _legend(timeline: Timeline, kinds: set[str], name: str) -> Iterator[tuple[Markup, str]]:
    """Yield a sample and its words for everything that the chart shows."""
    if timeline.levels:
        for kind, label in AREAS.items():
            yield legend_shape(kind, name), translated(label)
    for kind, label in KINDS.items():
        if kind in kinds:
            yield legend_shape(kind, name), translated(label)


def _placed(bars: Iterable[Bar], timeline: Timeline) -> list[tuple[Bar, int]]:
    """Return the bars of the period by their days, each with the row in which no other hides it."""
    placed: list[tuple[Bar, int]] = []
    ends: list[date] = []
    for bar in sorted(bars, key=lambda bar: (bar.starts_on, bar.ends_on)):
        if bar.ends_on < timeline.first or bar.starts_on > timeline.last:
            continue
        row = next((row for row, end in enumerate(ends) if end < bar.starts_on), len(ends))
        ends[row : row + 1] = [bar.ends_on]
        placed.append((bar, row))
    return placed


class _Pen:
    """Draws from the top down, the column of labels beside the chart."""

    def __init__(self, timeline: Timeline, name: str) -> None:
        self.scale = Scale(timeline.first, timeline.last)
        self._timeline = timeline
        self._name = name
        self._y = 0
        self._labels: list[str] = []
        self._back: list[str] = []
        self._front: list[str] = []

    def labels(self) -> Markup:
        """Return the column of labels."""
        return markup(
            f'<svg class="tp-timeline__labels" height="{self._y}">', *self._labels, "</svg>"
        )

    def chart(self) -> Markup:
        """Return the chart itself: what lies behind the bars, then the bars, then today."""
        timeline = self._timeline
        label = translated(
            _("Frise du %(first)s au %(last)s"),
            first=date_in_figures(timeline.first),
            last=date_in_figures(timeline.last),
        )
        return markup(
            f'<svg class="tp-timeline__chart" height="{self._y}" role="group"'
            f' aria-label="{escape(label)}">',
            patterns(self._name),
            *self._back,
            self.scale.grid(self._y),
            *self._front,
            self.scale.today(timeline.today, self._y),
            "</svg>",
        )

    def add_lanes(self, lanes: list[tuple[Lane, list[tuple[Bar, int]]]]) -> None:
        """Draw the lanes, with a heading wherever the group changes."""
        group = ""
        for number, (lane, placed) in enumerate(lanes, start=1):
            if lane.group != group:
                group = lane.group
                self._add_heading(group)
            self._add_lane(number, lane, placed)

    def _add_heading(self, group: str) -> None:
        self._add_label(HEADING, f'<div class="tp-timeline__group">{escape(group)}</div>')
        self._back.append(
            f'<rect class="tp-timeline__band" y="{self._y}" width="100%" height="{HEADING}"/>'
        )
        self._y += HEADING

    def _add_lane(self, number: int, lane: Lane, placed: list[tuple[Bar, int]]) -> None:
        rows = max((row for _bar, row in placed), default=0) + 1
        height = max(GAP + rows * (ROW + GAP), GAP + LINE * _lines(lane))
        words = f"<span>{escape(lane.label)}</span>"
        if lane.url:
            words = f'<a href="{escape(lane.url)}" data-lane="{number}">{escape(lane.label)}</a>'
        if lane.detail:
            words += f' <span class="tp-timeline__detail">{escape(lane.detail)}</span>'
        self._add_label(height, f'<div class="tp-timeline__label">{words}</div>')
        top = self._y + GAP
        self._front.extend(self._bar(number, bar, top + row * (ROW + GAP)) for bar, row in placed)
        self._y += height
        self._add_line("tp-timeline__rule", self._y)

    def _add_label(self, height: int, inside: str) -> None:
        self._labels.append(
            f'<foreignObject y="{self._y}" width="100%" height="{height}">{inside}</foreignObject>'
        )

    def _add_line(self, css: str, y: float) -> None:
        self._back.append(f'<line class="{css}" x2="100%" y1="{y:g}" y2="{y:g}"/>')

    def _bar(self, number: int, bar: Bar, top: float) -> str:
        share = 100 if bar.share is None else min(max(float(bar.share), 0), 100)
        height = max(THINNEST, ROW * share / 100)
        y = top + ROW - height
        x, width = self.scale.place(bar.starts_on, bar.ends_on)
        inside = shape(bar.kind, self._name, x, y, width, height)
        words = self.scale.fitted(bar.label, width) if height >= THINNEST_WITH_TEXT else ""
        if words:
            inside += (
                f'<svg x="{x:.3f}%" y="{y:g}" width="{width:.3f}%" height="{height:g}">'
                f'<text x="6" y="{height / 2 + 4:g}">{escape(words)}</text></svg>'
            )
        return _stop(number, bar.kind, bar.text, inside, bar.url)

    def add_levels(self) -> None:
        """Draw the full-time equivalents in steps, with their axis and the cap."""
        timeline = self._timeline
        totals = [level.total for level in timeline.levels_drawn]
        top = float(max([*totals, timeline.cap or 0])) or 1.0
        base = LEVELS - LEVELS_BOTTOM
        unit = (base - LEVELS_TOP) / top
        self._add_axis(top, base, unit)
        self._front.extend(self._level(level, base, unit) for level in timeline.levels_drawn)
        if timeline.cap is not None:
            self._add_cap(timeline.cap, base - float(timeline.cap) * unit)
        self._y = LEVELS
        self._add_line("tp-timeline__rule", self._y)

    def _add_axis(self, top: float, base: float, unit: float) -> None:
        step = 1
        while top / step > MOST_FIGURES:
            # 1, 2, 5, 10, 20, 50…
            step = step * 5 // 2 if str(step)[0] == "2" else step * 2
        unit_name = translated(_("ETP"))
        self._labels.append(
            f'<text class="tp-timeline__figure" x="100%" dx="-6" y="13">{escape(unit_name)}</text>'
        )
        for figure in range(0, int(top) + 1, step):
            y = base - figure * unit
            self._add_line("tp-timeline__line", y)
            self._labels.append(
                f'<text class="tp-timeline__figure" x="100%" dx="-6" y="{y + 4:g}">{figure}</text>'
            )

    def _add_cap(self, cap: Decimal, y: float) -> None:
        words = translated(_("Plafond : %(cap)s ETP"), cap=number_text(cap))
        self._front.append(f'<line class="tp-timeline__cap" x2="100%" y1="{y:g}" y2="{y:g}"/>')
        self._labels.append(
            f'<text class="tp-timeline__cap-name" x="4" y="{y + 4:g}">{escape(words)}</text>'
        )

    def _level(self, level: Level, base: float, unit: float) -> str:
        x, width = self.scale.place(level.starts_on, level.ends_on)
        inside, y = "", base
        for kind in AREAS:
            height = float(getattr(level, kind)) * unit
            y -= height
            if height:
                inside += shape(kind, self._name, x, y, width, height, corner=0)
        inside += f'<rect class="tp-bar__reach" x="{x:.3f}%" width="{width:.3f}%" height="{base}"/>'
        return _stop(0, "level", level_text(level, self._timeline.cap), inside, None)


def _lines(lane: Lane) -> int:
    """Return how many lines a lane's words take where the column of labels is narrowest."""
    return min(sum(-(-len(text) // LETTERS) for text in (lane.label, lane.detail)), MOST_LINES)


def _stop(lane: int, kind: str, text: str, inside: str, url: str | None) -> str:
    """Return what the pointer and the keyboard stop at, and what it says; `lane` numbers its line."""
    said = escape(text)
    name = f'class="tp-bar tp-bar--{kind}" data-lane="{lane}"'
    if url:
        link = f'href="{escape(url)}" aria-label="{said}"'
        return f"<a {name} {link}><title>{said}</title>{inside}</a>"
    return f'<g {name} role="img"><title>{said}</title>{inside}</g>'
