"""What people say of their time: summaries, overlaps, and what is left for a seat."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from talentpool.db import db
from talentpool.needs.models import USUAL_LENGTH
from talentpool.placements.availability import Availability, claimed_times
from talentpool.placements.cli import commands
from talentpool.talents.availability import (
    DAY,
    Claimed,
    claimed_time,
    first_overlap,
    is_simple,
    stretches_of,
    summary_of,
)
from talentpool.talents.models import Talent
from talentpool.talents.services import content_of, edit_talent, refresh_summaries
from talentpool.talents.values import PeriodKind, Stretch
from talentpool.web.pipeline import Application
from tests.factories.talents import make_content, make_talent

FREE, AWAY = PeriodKind.FREE, PeriodKind.AWAY
TODAY = date(2026, 11, 24)
FIRST, LAST = date(2027, 3, 1), date(2027, 12, 31)


def free(starts_on: date, ends_on: date | None = None, share: int | None = 100) -> Stretch:
    return Stretch(FREE, starts_on, ends_on, share)


def away(starts_on: date, ends_on: date | None = None) -> Stretch:
    return Stretch(AWAY, starts_on, ends_on)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], Claimed(None, None)),
        ([free(date(2027, 1, 4), share=80)], Claimed(date(2027, 1, 4), 80)),
        # What is over is no longer when somebody will be free.
        (
            [free(date(2026, 1, 1), date(2026, 6, 30)), free(date(2027, 1, 4), share=60)],
            Claimed(date(2027, 1, 4), 60),
        ),
        ([free(date(2026, 1, 1), date(2026, 6, 30), 50)], Claimed(date(2026, 1, 1), 50)),
        ([away(date(2027, 1, 4))], Claimed(None, None)),
    ],
)
def test_a_summary_is_the_first_free_period_ahead(
    periods: list[Stretch], expected: Claimed
) -> None:
    assert summary_of(periods, today=TODAY) == expected


def test_free_time_and_an_absence_within_it_contradict_nothing() -> None:
    open_ended = free(date(2027, 1, 1))
    assert first_overlap([open_ended, away(date(2027, 5, 1), date(2027, 8, 1))]) is None
    later = free(date(2028, 1, 1), date(2028, 2, 1))
    assert first_overlap([open_ended, later]) == (1, open_ended)
    assert (
        first_overlap([free(date(2027, 1, 1), date(2027, 1, 31)), free(date(2027, 2, 1))]) is None
    )


def test_one_free_period_without_an_end_is_the_simple_case() -> None:
    assert is_simple([free(FIRST)])
    assert not is_simple([free(FIRST, LAST)])
    assert not is_simple([away(FIRST)])


@pytest.mark.parametrize(
    ("periods", "wanted", "expected"),
    [
        # Free all along, for less than is wanted: the date stands, the share says how much.
        ([free(date(2027, 1, 4), share=60)], 80, Claimed(date(2027, 1, 4), 60)),
        # More time from a day on: the least of the seat's days counts.
        (
            [free(date(2027, 1, 4), date(2027, 6, 30), 50), free(date(2027, 7, 1))],
            80,
            Claimed(date(2027, 1, 4), 50),
        ),
        # Holidays keep nobody from a seat.
        ([free(date(2027, 1, 4)), away(date(2027, 8, 1), date(2027, 8, 28))], 100,
         Claimed(date(2027, 1, 4), 100)),
        # Eight weeks do: the person is free after them.
        ([free(date(2027, 1, 4)), away(date(2027, 5, 1), date(2027, 6, 25))], 100,
         Claimed(date(2027, 6, 26), 100)),
        # Free too late, and for less than is wanted.
        ([free(date(2027, 9, 1), share=50)], 100, Claimed(date(2027, 9, 1), 50)),
        # Gone for good before the seat ends.
        ([free(date(2027, 1, 4), date(2027, 5, 31))], 100, Claimed(None, 0)),
        # Free for a while that begins after the seat does, and lasts as long as it.
        ([free(date(2027, 4, 1), LAST)], 100, Claimed(date(2027, 4, 1), 100)),
        ([free(date(2027, 4, 1), date(2028, 6, 30), 60)], 80, Claimed(date(2027, 4, 1), 60)),
        # What comes after the seat takes nothing from it.
        ([free(date(2027, 4, 1)), away(date(2028, 2, 1), date(2028, 6, 1))], 100,
         Claimed(date(2027, 4, 1), 100)),
        (
            [free(date(2027, 4, 1), LAST, 50), free(date(2028, 1, 1))],
            100,
            Claimed(date(2027, 4, 1), 50),
        ),
        # As much as is wanted comes first, even if less comes sooner.
        (
            [free(date(2027, 4, 1), date(2027, 6, 30), 50), free(date(2027, 7, 1), LAST)],
            100,
            Claimed(date(2027, 7, 1), 100),
        ),
        # After a gap, and after a long absence, within a while that ends.
        (
            [free(date(2027, 1, 4), date(2027, 4, 30)), free(date(2027, 6, 1), LAST)],
            100,
            Claimed(date(2027, 6, 1), 100),
        ),
        (
            [free(date(2027, 1, 4), LAST), away(date(2027, 5, 1), date(2027, 6, 25))],
            100,
            Claimed(date(2027, 6, 26), 100),
        ),
        # Gone before the seat ends, and back after it, for good or for a while.
        ([free(date(2028, 2, 1))], 100, Claimed(date(2028, 2, 1), 100)),
        ([free(date(2028, 2, 1), date(2028, 6, 30), 60)], 100, Claimed(date(2028, 2, 1), 60)),
        (
            [free(date(2027, 1, 4), date(2027, 5, 31)), free(date(2028, 2, 1), date(2028, 6, 30))],
            100,
            Claimed(date(2028, 2, 1), 100),
        ),
        # Gone for good within the seat.
        ([free(date(2027, 1, 4)), away(date(2027, 9, 1))], 100, Claimed(None, 0)),
        # Absences alone: nothing is known, but that nobody comes during a long one.
        ([away(date(2027, 8, 1), date(2027, 8, 28))], 100, Claimed(None, None)),
        ([away(date(2026, 12, 1), date(2027, 2, 15))], 100, Claimed(None, None)),
        ([away(date(2028, 2, 1))], 100, Claimed(None, None)),
        ([away(date(2027, 5, 1), date(2027, 6, 25))], 100, Claimed(date(2027, 6, 26), None)),
        ([away(date(2027, 1, 1), date(2028, 3, 31))], 100, Claimed(date(2028, 4, 1), None)),
        ([away(date(2027, 9, 1))], 100, Claimed(None, 0)),
        # Nobody knows the share: a date alone is told.
        ([free(date(2027, 4, 1), LAST, None)], 80, Claimed(date(2027, 4, 1), None)),
        ([free(date(2027, 1, 4), share=None)], 80, Claimed(date(2027, 1, 4), None)),
    ],
)  # fmt: skip
def test_what_periods_leave_for_a_seat(
    periods: list[Stretch], wanted: int, expected: Claimed
) -> None:
    found = claimed_time(periods, first=FIRST, last=LAST, wanted=wanted, today=TODAY)
    # Who is free already is free as of the day that is asked about at the earliest.
    assert found == expected


def test_a_seat_without_an_end_lasts_as_long_as_usual(app: object) -> None:
    ends = FIRST + USUAL_LENGTH
    enough, too_short = (
        make_talent(periods=[free(date(2027, 4, 1), until)]) for until in (ends, ends - DAY)
    )
    found = claimed_times(
        [enough.id, too_short.id], starts_on=FIRST, ends_on=None, share_pct=100, today=TODAY
    )
    assert found[enough.id] == Availability(date(2027, 4, 1), 100)
    assert found[too_short.id] == Availability(None, 0)


def test_an_absence_shorter_by_a_day_is_holidays() -> None:
    starts = date(2027, 5, 1)
    for days, expected in ((55, date(2027, 1, 4)), (56, starts + timedelta(days=56))):
        periods = [free(date(2027, 1, 4)), away(starts, starts + timedelta(days=days - 1))]
        found = claimed_time(periods, first=FIRST, last=LAST, wanted=100, today=TODAY)
        assert found.available_from == expected


class TestStored:
    def said(self, talent: Talent) -> tuple[date | None, int | None, list[Stretch]]:
        content = content_of(talent)
        return content.available_from, content.share_pct, content.periods

    def test_the_simple_case_keeps_no_row(self, app: object) -> None:
        talent = make_talent(periods=[free(FIRST, share=80)])
        assert self.said(talent) == (FIRST, 80, [])
        assert stretches_of([talent.id]) == {}

    def test_periods_and_their_summary_stay_in_step(self, app: object) -> None:
        periods = [away(date(2099, 5, 1)), free(date(2099, 1, 1), date(2099, 4, 1), 60)]
        talent = make_talent(periods=periods)
        assert self.said(talent) == (date(2099, 1, 1), 60, periods[::-1])
        assert stretches_of([talent.id, 0]) == {talent.id: periods[::-1]}
        assert edit_talent(talent, content_of(talent), by=None) == []

    def test_a_date_given_anew_replaces_free_periods_and_keeps_absences(self, app: object) -> None:
        gone = away(date(2099, 5, 1), date(2099, 9, 1))
        talent = make_talent(periods=[free(date(2099, 1, 1), date(2099, 4, 1), 60), gone])
        content = make_content(**vars(content_of(talent)) | {"available_from": date(2099, 2, 1)})
        edit_talent(talent, content, by=None)
        assert self.said(talent) == (
            date(2099, 2, 1), 60, [free(date(2099, 2, 1), share=60), gone]
        )  # fmt: skip

    def test_periods_taken_away_leave_nothing_behind(self, app: object) -> None:
        talent = make_talent(periods=[free(date(2099, 1, 1), date(2099, 4, 1))])
        bare = {"periods": [], "available_from": None, "share_pct": None}
        edit_talent(talent, make_content(**vars(content_of(talent)) | bare), by=None)
        assert self.said(talent) == (None, None, [])

    def test_a_period_that_ends_makes_way_for_the_next(self, each_database: object) -> None:
        first = free(date(2099, 1, 1), date(2099, 6, 30))
        talent = make_talent(periods=[first, free(date(2099, 9, 1), share=50)])
        alone = make_talent(available_from=None, periods=[away(date(2099, 1, 1))])
        edit_talent(alone, replace(content_of(alone), share_pct=80), by=None)
        make_talent()
        version, before = talent.version_id, talent.edited_at
        assert refresh_summaries(date(2099, 6, 30)) == 0
        assert refresh_summaries(date(2099, 7, 1)) == 1
        db.session.expire_all()
        assert (talent.available_from, talent.share_pct) == (date(2099, 9, 1), 50)
        assert talent.edited_at > before
        assert (talent.version_id, alone.share_pct) == (version, 80)
        assert refresh_summaries(date(2099, 7, 1)) == 0

    def test_the_morning_s_round_does_it(self, each_database: Application) -> None:
        talent = make_talent(
            periods=[free(date(2099, 1, 1), date(2099, 6, 30)), free(date(2099, 9, 1))]
        )
        runner = each_database.test_cli_runner()
        result = runner.invoke(commands, ["remind", "--on", "2099-07-02"])
        assert "1 whose free period did" in result.output
        db.session.expire_all()
        assert talent.available_from == date(2099, 9, 1)
