"""The rows of the tables that say what a time line draws."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from markupsafe import Markup, escape

from talentpool.i18n import date_in_figures, translated
from talentpool.web.timeline.parts import KINDS, NO_END, Bar, Lane, Timeline, number_text
from talentpool.web.timeline.scale import markup

NOTHING = "–"
Figures = Callable[[date], str]


def bar_rows(lanes: Iterable[tuple[Lane, Iterable[Bar]]], *, with_groups: bool) -> Markup:
    """Write a row per bar: group when there are any, lane, what, share, first and last day."""
    figures = cache(date_in_figures)
    kinds = {kind: escape(translated(label)) for kind, label in KINDS.items()}
    return markup(*_bar_rows(lanes, figures, kinds, with_groups))


def _bar_rows(
    lanes: Iterable[tuple[Lane, Iterable[Bar]]],
    figures: Figures,
    kinds: dict[str, Markup],
    with_groups: bool,
) -> Iterator[str]:
    for lane, bars in lanes:
        who = _linked(lane.label, lane.url)
        if lane.detail:
            who += f" ({escape(lane.detail)})"
        head = f'<tr><th scope="row">{who}</th>'
        if with_groups:
            head += f"<td>{escape(lane.group)}</td>"
        for bar in bars:
            share = NOTHING if bar.share is None else f"{number_text(bar.share)} %"
            until = NOTHING if bar.ends_on == NO_END else figures(bar.ends_on)
            yield (
                f"{head}<td>{kinds[bar.kind]} – {_linked(bar.label, bar.url)}</td>"
                f'<td class="fr-cell--right">{share}</td>'
                f"<td>{figures(bar.starts_on)}</td><td>{until}</td></tr>"
            )


def level_rows(timeline: Timeline) -> Markup:
    """Write a row per level: first and last day, then the full-time equivalents of each kind."""
    rows = []
    for level in timeline.levels_drawn:
        numbers = [level.held, level.reserved, level.tentative]
        if timeline.cap is not None:
            numbers += [timeline.cap, timeline.cap - level.total]
        cells = "".join(f'<td class="fr-cell--right">{number_text(one)}</td>' for one in numbers)
        first, last = date_in_figures(level.starts_on), date_in_figures(level.ends_on)
        rows.append(f'<tr><th scope="row">{first}</th><td>{last}</td>{cells}</tr>')
    return markup(*rows)


def _linked(text: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>' if url else str(escape(text))
