from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from talentpool.placements.kinds import AbsenceKind
from talentpool.placements.models import Placement
from talentpool.placements.spans import DAY
from talentpool.steering.supply import HORIZONS, Free
from tests.factories.placements import TODAY, make_absence, make_contract, make_placement
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
HIRED = date(2026, 1, 1)


def placed_until(last: date, **changes: object) -> Placement:
    return make_placement(starts_on=date(2026, 3, 2), ends_on=last, **changes)


class TestBench:
    def test_a_contract_without_placement_is_free_whole_since_it_began(
        self, read: Callable
    ) -> None:
        contract = make_contract()
        _facts, supply = read()
        assert supply.bench() == [Free(contract.talent_id, 0, HIRED, Decimal(100))]

    def test_a_part_is_free_now_and_the_rest_when_the_mission_ends(self, read: Callable) -> None:
        talent = placed_until(date(2027, 1, 14), share="62.5").talent
        _facts, supply = read()
        assert supply.bench() == [
            Free(talent.id, 0, HIRED, Decimal("37.5")),
            Free(talent.id, 2, date(2027, 1, 15), Decimal("62.5")),
        ]

    def test_it_is_free_since_its_last_mission_ended(self, read: Callable) -> None:
        talent = placed_until(date(2026, 5, 31)).talent
        _facts, supply = read()
        assert supply.bench() == [Free(talent.id, 0, date(2026, 6, 1), Decimal(100))]

    @pytest.mark.parametrize(
        ("days", "horizons"),
        [(1, [1]), (30, [1]), (31, [2]), (60, [2]), (61, [3]), (90, [3]), (91, [])],
    )
    def test_each_window_holds_its_last_day(
        self, days: int, horizons: list[int], read: Callable
    ) -> None:
        placed_until(TODAY + timedelta(days=days) - DAY)
        _facts, supply = read()
        found = [free.horizon for free in supply.bench() if free.since >= TODAY]
        assert found == horizons

    def test_who_goes_on_at_once_or_whose_contract_ends_is_not_free(self, read: Callable) -> None:
        first = placed_until(date(2026, 12, 31))
        make_placement(first.talent, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
        leaving = make_talent()
        make_contract(leaving, ends_on=date(2026, 12, 31))
        placed_until(date(2026, 12, 31), talent=leaving)
        _facts, supply = read()
        assert [free for free in supply.bench() if free.since > HIRED] == []

    def test_the_pool_has_no_bench(self, read: Callable) -> None:
        make_talent()
        assert read()[1].bench() == []


class TestSupply:
    def test_without_contract_the_profile_says_when(self, read: Callable) -> None:
        later = make_talent(available_from=date(2027, 1, 15))
        unknown = make_talent(available_from=None)
        _facts, supply = read()
        assert supply.first_free_day(later.id) == date(2027, 1, 15)
        assert supply.first_free_day(unknown.id) == TODAY
        counts = [
            supply.count_free([later.id, unknown.id], within)
            for within in (timedelta(0), *HORIZONS)
        ]
        assert counts == [1, 1, 2, 2]

    def test_a_contract_goes_on_after_its_end(self, read: Callable) -> None:
        talent = make_talent()
        make_contract(talent, ends_on=date(2026, 12, 31))
        make_placement(talent, starts_on=date(2026, 3, 2), ends_on=date(2026, 12, 31))
        _facts, supply = read()
        assert supply.first_free_day(talent.id) == date(2027, 1, 1)
        assert not supply.is_on_bench(talent.id, date(2027, 1, 1))

    def test_a_long_absence_keeps_away_and_holidays_do_not(self, read: Callable) -> None:
        long, short = make_contract().talent, make_contract().talent
        make_absence(
            long, kind=AbsenceKind.LONG, starts_on=date(2026, 11, 2), ends_on=date(2027, 2, 26)
        )
        make_absence(short, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 4))
        _facts, supply = read()
        assert supply.first_free_day(long.id) == date(2027, 2, 27)
        assert not supply.is_on_bench(long.id, TODAY)
        assert supply.is_on_bench(short.id, TODAY)
