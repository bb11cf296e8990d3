"""Sums of spans, against a plain day-by-day recount."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentpool.placements.spans import (
    DAY,
    Breach,
    Span,
    Steps,
    breach,
    constant,
    first_fit,
)
from tests.recount import COUNTED, daily, day, first_shift, span

#: Hundredths of a percent, as contracts have them.
amounts = st.integers(1, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(st.integers(0, 30))
    length = draw(st.none() | st.integers(0, 15))
    return span(first, None if length is None else first + length, draw(amounts))


asked = spans().filter(lambda each: each.ends_on is not None)


class TestSpan:
    def test_moves_with_its_length(self) -> None:
        assert span(0, 9, 50).moved_to(day(5)) == span(5, 14, 50)

    def test_without_an_end_moves_without_one(self) -> None:
        assert span(0, None, 50).moved_to(day(5)) == span(5, None, 50)

    def test_is_cut_where_the_calendar_ends(self) -> None:
        forever = Span(date(2027, 1, 1), date.max, Decimal(50))
        assert forever.moved_to(date(2030, 1, 1)).ends_on == date.max
        assert span(0, 9, 50).moved_to(date.max) == Span(date.max, date.max, Decimal(50))


class TestSteps:
    @settings(deadline=None)
    @given(st.lists(spans()))
    def test_agree_with_a_plain_sum_on_every_day(self, each: list[Span]) -> None:
        steps = Steps(each)
        assert [steps.on(day(number)) for number in range(COUNTED)] == daily(each)

    @settings(deadline=None)
    @given(st.lists(spans()), st.integers(0, 50), st.integers(0, 40))
    def test_pieces_name_each_day_of_change(
        self, each: list[Span], first: int, length: int
    ) -> None:
        plain = daily(each)
        expected = [(first, plain[first])] + [
            (number, plain[number])
            for number in range(first + 1, first + length + 1)
            if plain[number] != plain[number - 1]
        ]
        found = Steps(each).pieces(day(first), day(first + length))
        assert list(found) == [(day(number), level) for number, level in expected]

    @settings(deadline=None)
    @given(st.lists(spans()), st.integers(0, 50), st.integers(0, 40))
    def test_the_least_is_the_least_of_all_days(
        self, each: list[Span], first: int, length: int
    ) -> None:
        least = min(daily(each)[first : first + length + 1])
        assert Steps(each).least(day(first), day(first + length)) == least

    @settings(deadline=None)
    @given(st.lists(spans()), st.lists(spans()))
    def test_below_is_a_plain_difference(self, taken: list[Span], limit: list[Span]) -> None:
        rest = Steps(taken).below(Steps(limit))
        expected = [most - less for most, less in zip(daily(limit), daily(taken), strict=True)]
        assert [rest.on(day(number)) for number in range(COUNTED)] == expected

    def test_what_ends_where_the_calendar_ends_holds_on_its_last_day(self) -> None:
        assert Steps([Span(day(0), date.max, Decimal(50))]).on(date.max) == 50

    def test_a_change_of_nothing_is_no_change(self) -> None:
        assert Steps([span(0, 4, 80), span(5, 9, 80)]).days == [day(0), day(10)]

    def test_thirds_and_eighths_never_drift(self) -> None:
        thirds = [span(0, 9, "33.33")] * 3
        assert Steps(thirds).on(day(3)) == Decimal("99.99")
        assert Steps([span(0, 9, "12.5")] * 8).on(day(3)) == 100


class TestBreach:
    @settings(deadline=None)
    @given(st.lists(spans(), max_size=6), asked, st.integers(0, 250))
    def test_is_the_first_day_and_the_amount_on_it(
        self, taken: list[Span], wanted: Span, limit: int
    ) -> None:
        room = Steps(taken).below(constant(Decimal(limit)))
        totals, one = daily(taken), daily([wanted])
        over = [
            Breach(day(number), total + more - limit)
            for number, (total, more) in enumerate(zip(totals, one, strict=True))
            if more and total + more > limit
        ]
        assert breach(room, wanted) == (over[0] if over else None)

    def test_both_ends_are_included(self) -> None:
        room = Steps([span(10, 19, 60)]).below(constant(Decimal(100)))
        assert breach(room, span(0, 9, 50)) is None
        assert breach(room, span(0, 10, 50)) == Breach(day(10), Decimal(10))
        assert breach(room, span(19, 30, 50)) == Breach(day(19), Decimal(10))
        assert breach(room, span(20, 30, 50)) is None

    def test_a_hundredth_too_much_is_too_much(self) -> None:
        room = Steps([span(0, 9, "66.67")]).below(constant(Decimal(100)))
        assert breach(room, span(0, 9, "33.33")) is None
        assert breach(room, span(0, 9, "33.34")) == Breach(day(0), Decimal("0.01"))


class TestFirstFit:
    @settings(deadline=None)
    @given(st.lists(spans(), max_size=6), asked, st.integers(0, 250))
    def test_is_the_earliest_of_all_days(self, taken: list[Span], wanted: Span, limit: int) -> None:
        room = Steps(taken).below(constant(Decimal(limit)))
        totals = daily(taken)
        start = (wanted.starts_on - day(0)).days
        length = (wanted.ends_on - wanted.starts_on).days

        def fits(shift: int) -> bool:
            here = totals[start + shift : start + shift + length + 1]
            return all(total + wanted.amount <= limit for total in here)

        shift = first_shift(fits)
        expected = None if shift is None else day(start + shift)
        assert first_fit(room, wanted) == expected

    def test_a_gap_that_is_too_short_is_passed_over(self) -> None:
        room = Steps([span(0, 9, 80), span(15, 19, 80)]).below(constant(Decimal(100)))
        assert first_fit(room, span(0, 4, 50)) == day(10)
        assert first_fit(room, span(0, 5, 50)) == day(20)

    def test_no_day_is_named_where_there_is_none(self) -> None:
        room = Steps([span(0, None, 80)]).below(constant(Decimal(100)))
        assert first_fit(room, span(0, 4, 50)) is None

    @pytest.mark.parametrize("last", [date.max, date.max - DAY, None])
    def test_a_century_away_is_no_error(self, last: date | None) -> None:
        taken = [Span(day(0), date.max - timedelta(days=30), Decimal(80))]
        room = Steps(taken).below(constant(Decimal(100)))
        assert first_fit(room, Span(day(0), last, Decimal(50))) == date.max - timedelta(days=29)
