import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import html5lib
import pytest
from flask import render_template_string

from talentpool.web.pipeline import Application
from talentpool.web.timeline import (
    KINDS,
    NO_END,
    Bar,
    Drawing,
    Lane,
    Level,
    Period,
    Timeline,
    draw,
    neighbours,
    window,
)

TODAY = date(2026, 11, 24)
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
DAYS = 92
PAGE = """{% from "components/timeline.html" import period_links, timeline %}
{{ period_links(period, {"mois": "Mois"}, today, address) }}{{ timeline(drawing, "Planning") }}"""


@pytest.fixture(autouse=True)
def request_in_french(app: Application) -> Iterator[None]:
    with app.test_request_context():
        yield


def bar(starts_on: date, ends_on: date, **changes: Any) -> Bar:
    values = {"kind": "placed", "label": "Sylvigie", "text": "Léa, Sylvigie", **changes}
    return Bar(starts_on, ends_on, **values)


def drawn(*bars: Bar, **changes: Any) -> Drawing:
    lanes = changes.pop("lanes", (Lane("Léa", bars),))
    return draw(Timeline(FIRST, LAST, TODAY, lanes, **changes))


def elements(markup: str, tag: str) -> list[Any]:
    """List the elements of a tag, in HTML or in SVG."""
    parser = html5lib.HTMLParser(
        tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    parsed = parser.parse(markup).iter()
    return [found for found in parsed if str(found.tag).rpartition("}")[2] == tag]


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """List x and width of each bar in days, y and height in pixels."""
    found = [
        box for box in elements(drawing.chart, "rect") if "tp-bar__shape" in box.get("class", "")
    ]
    return [
        (
            round(float(box.get("x").strip("%")) * DAYS / 100, 1),
            round(float(box.get("width").strip("%")) * DAYS / 100, 1),
            float(box.get("y")),
            float(box.get("height")),
        )
        for box in found
    ]


class TestWindow:
    @pytest.mark.parametrize(
        ("zoom", "first", "last"),
        [
            ("mois", date(2026, 10, 26), date(2026, 12, 6)),
            ("trimestre", date(2026, 10, 1), date(2026, 12, 31)),
            ("annee", date(2026, 1, 1), date(2026, 12, 31)),
        ],
    )
    def test_it_is_the_period_around_a_day(self, zoom: str, first: date, last: date) -> None:
        assert window(zoom, TODAY) == (first, last)

    def test_a_month_is_padded_to_whole_weeks(self) -> None:
        for month in range(1, 13):
            first, last = window("mois", date(2026, month, 15))
            assert (first.weekday(), last.weekday()) == (0, 6)
            assert first <= date(2026, month, 1)

    @pytest.mark.parametrize("zoom", ["mois", "trimestre", "annee"])
    def test_walking_earlier_and_later_skips_no_day(self, zoom: str) -> None:
        earlier, later = neighbours(zoom, TODAY)
        (first, last) = window(zoom, TODAY)
        assert window(zoom, earlier)[1] >= first - timedelta(days=1)
        assert window(zoom, later)[0] <= last + timedelta(days=1)
        assert neighbours(zoom, earlier)[1] <= TODAY

    @pytest.mark.parametrize("day", ["", "hier", "0001-01-01", "9999-12-31", "2026-02-31", None])
    def test_an_address_that_names_no_day_means_today(self, day: str | None) -> None:
        assert Period.asked("siècle", day, today=TODAY) == Period("trimestre", TODAY)

    def test_a_period_has_a_name(self) -> None:
        assert Period("mois", TODAY).label == "novembre 2026"
        assert Period("trimestre", TODAY).label == "4e trimestre 2026"
        assert Period("annee", TODAY).label == "2026"


class TestBars:
    def test_a_bar_covers_its_days_the_last_one_included(self) -> None:
        [(x, width, _y, _height)] = boxes(drawn(bar(date(2026, 10, 11), date(2026, 10, 20))))
        assert (x, width) == (10, 10)

    def test_a_bar_is_cut_to_the_chart_and_its_table_row_is_not(self) -> None:
        drawing = drawn(bar(date(2020, 1, 1), date(2030, 1, 1)))
        [(x, width, _y, _height)] = boxes(drawing)
        assert (x, width) == (0, DAYS)
        assert "01/01/2020" in drawing.bar_rows
        assert "01/01/2030" in drawing.bar_rows

    def test_a_bar_outside_the_period_is_neither_drawn_nor_listed(self) -> None:
        drawing = drawn(
            bar(date(2026, 1, 1), FIRST - timedelta(days=1)),
            bar(LAST + timedelta(days=1), date(2027, 5, 1)),
        )
        assert (boxes(drawing), drawing.bar_rows, drawing.bar_count) == ([], "", 0)

    def test_bars_of_the_same_days_stand_below_each_other(self) -> None:
        drawing = drawn(
            bar(FIRST, date(2026, 11, 10)),
            bar(date(2026, 11, 10), LAST),
            bar(date(2026, 11, 11), LAST),
        )
        tops = [y for _x, _width, y, _height in boxes(drawing)]
        assert tops[0] == tops[2] < tops[1]

    def test_its_height_is_its_share_of_full_time(self) -> None:
        shares = (None, Decimal(100), Decimal(50), Decimal(0), Decimal(250))
        heights = [boxes(drawn(bar(FIRST, LAST, share=share)))[0][3] for share in shares]
        full = heights[0]
        assert heights == [full, full, full / 2, 3, full]

    def test_words_are_written_where_they_fit(self) -> None:
        long = drawn(bar(FIRST, LAST))
        assert [text.text for text in elements(long.chart, "text")] == ["Sylvigie"]
        short = drawn(bar(FIRST, FIRST))
        assert elements(short.chart, "text") == []

    def test_it_says_its_sentence_and_leads_where_it_should(self) -> None:
        drawing = drawn(bar(FIRST, LAST, url="/missions/1"), bar(FIRST, LAST))
        [link] = elements(drawing.chart, "a")
        assert (link.get("href"), link.get("aria-label")) == ("/missions/1", "Léa, Sylvigie")
        assert [title.text for title in elements(drawing.chart, "title")] == ["Léa, Sylvigie"] * 2

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_is_in_the_legend_in_words(self, kind: str) -> None:
        [(sample, words)] = drawn(bar(FIRST, LAST, kind=kind)).legend
        assert f"tp-bar__shape--{kind}" in sample
        assert words == KINDS[kind]

    def test_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(KeyError):
            drawn(bar(FIRST, LAST, kind="unheard"))

    def test_an_unknown_end_is_not_written_as_a_day(self) -> None:
        assert "9999" not in drawn(bar(FIRST, NO_END)).bar_rows


class TestFrame:
    def test_months_weeks_and_today_are_named(self) -> None:
        header = drawn().header
        for words in ("octobre 2026", "novembre 2026", "S48", "Aujourd’hui"):
            assert words in header

    def test_another_period_has_no_today(self) -> None:
        drawing = draw(Timeline(FIRST, LAST, date(2027, 6, 1), ()))
        assert "Aujourd’hui" not in drawing.header
        assert "tp-timeline__today" not in drawing.chart

    def test_a_year_shows_months_and_no_week(self) -> None:
        header = draw(Timeline(*window("annee", TODAY), TODAY, ())).header
        assert "janv." in header
        assert "S48" not in header

    def test_a_group_is_headed_once(self) -> None:
        lanes = tuple(Lane(name, (), group) for name, group in (("A", "Dev"), ("B", "Dev")))
        drawing = drawn(lanes=lanes)
        assert drawing.labels.count("Dev") == 1
        assert drawing.has_groups


class TestLevels:
    LEVELS = (
        Level(FIRST, date(2026, 11, 14), Decimal("4.5"), Decimal(1), Decimal("0.5")),
        Level(date(2026, 11, 15), LAST, Decimal(6), Decimal(2), Decimal(1)),
    )

    def test_areas_pile_up_to_the_cap(self) -> None:
        drawing = drawn(levels=self.LEVELS, cap=Decimal(8))
        first = boxes(drawing)[:3]
        tops = [y for _x, _width, y, _height in first]
        bottoms = [y + height for _x, _width, y, height in first]
        assert bottoms[1:] == pytest.approx(tops[:-1])
        assert [height for *_rest, height in first] == pytest.approx(
            [first[1][3] * factor for factor in (4.5, 1, 0.5)], rel=1e-4
        )
        assert "Plafond : 8 ETP".replace(" :", "\N{NO-BREAK SPACE}:") in drawing.labels

    def test_what_is_left_is_said(self) -> None:
        said = [t.text for t in elements(drawn(levels=self.LEVELS, cap=Decimal(8)).chart, "title")]
        assert said[0].endswith("libre 2 sur un plafond de 8")
        assert said[1].endswith("dépassement de 1 sur un plafond de 8")
        assert "sous contrat 4,5, réservé 1, proposé 0,5" in said[0]

    def test_without_a_cap_nothing_is_said_to_be_free(self) -> None:
        drawing = drawn(levels=self.LEVELS)
        assert "libre" not in drawing.chart
        assert not drawing.has_cap

    def test_a_table_gives_the_same_figures(self) -> None:
        rows = drawn(levels=self.LEVELS, cap=Decimal(8)).level_rows
        cells = re.findall(r">([^<]+)</t[hd]>", rows)
        assert cells[:7] == ["01/10/2026", "14/11/2026", "4,5", "1", "0,5", "8", "2"]
        assert cells[-1] == "-1"

    def test_nothing_at_all_is_drawn_as_nothing(self) -> None:
        empty = Level(FIRST, LAST, Decimal(0), Decimal(0), Decimal(0))
        assert boxes(drawn(levels=(empty,), cap=Decimal(0))) == []


class TestTable:
    def test_a_row_per_bar_says_everything(self) -> None:
        lane = Lane("Léa", (bar(FIRST, LAST, share=Decimal("62.5")),), "Dev", "CDI", "/talents/1")
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", drawn(lanes=(lane,)).bar_rows)
        who, group, what, share, first, last = cells
        assert who == '<a href="/talents/1">Léa</a> (CDI)'
        assert (group, what, share) == ("Dev", "Mission – Sylvigie", "62,5 %")
        assert (first, last) == ("01/10/2026", "31/12/2026")

    def test_a_page_holds_the_chart_the_legend_and_the_tables(self) -> None:
        drawing = drawn(bar(FIRST, LAST), levels=TestLevels.LEVELS, cap=Decimal(8))
        page = render_template_string(
            PAGE,
            drawing=drawing,
            period=Period("mois", TODAY),
            today=TODAY,
            address=lambda zoom, day: f"/?{zoom}={day}",
        )
        assert len(elements(page, "table")) == 2
        assert "/?mois=2026-10-01" in page
        assert "/?mois=2026-12-01" in page


class TestHostileText:
    TEXT = "\"'><script>alert(1)</script></svg><img src=x onerror=alert(2)>"

    def test_it_stays_text_everywhere(self) -> None:
        evil = self.TEXT
        bars = (
            bar(FIRST, LAST, label=evil, text=evil, url=evil),
            bar(FIRST, LAST, label=evil, text=evil),
        )
        lanes = (Lane(evil, bars, evil, evil, evil), Lane(evil, (), evil, evil))
        drawing = drawn(lanes=lanes)
        for part in (drawing.labels, drawing.chart, f"<table>{drawing.bar_rows}</table>"):
            assert elements(part, "script") + elements(part, "img") == []
        assert elements(drawing.chart, "title")[0].text == evil
        assert elements(drawing.chart, "a")[0].get("href") == evil
