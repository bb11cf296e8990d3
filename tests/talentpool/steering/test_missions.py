from collections.abc import Callable
from datetime import date

import pytest

from talentpool.placements import services
from talentpool.placements.kinds import InterruptionReason, PlacementKind, RenewalDecision
from talentpool.placements.models import PROBATION_CHECK, Placement
from talentpool.placements.spans import DAY
from talentpool.steering.missions import Missing, Trouble, alerts, arrivals, endings
from tests.factories.placements import TODAY, make_placement

pytestmark = pytest.mark.usefixtures("each_database")


def running(ends_on: date, **changes: object) -> Placement:
    return make_placement(starts_on=date(2026, 3, 2), ends_on=ends_on, started=True, **changes)


class TestEndings:
    def test_the_undecided_come_first_then_the_nearest(self, read: Callable) -> None:
        decided = running(date(2026, 12, 15))
        services.decide_renewal(decided, RenewalDecision.HAND_OVER, note="", today=TODAY, by=None)
        late, early = running(date(2027, 3, 1)), running(date(2026, 12, 1))
        facts, _supply = read()
        found = endings(facts.placements, TODAY)
        assert [placement.id for placement in found] == [early.id, late.id, decided.id]

    def test_other_ends_are_left_out(self, read: Callable) -> None:
        running(date(2026, 11, 30))
        running(date(2027, 3, 2))
        running(date(2026, 12, 31), kind=PlacementKind.INTERVENTION)
        facts, _supply = read()
        assert endings(facts.placements, TODAY) == []


class TestArrivals:
    def test_each_says_what_it_lacks_the_unready_first(self, read: Callable) -> None:
        ready = make_placement(starts_on=date(2026, 12, 7), signed=True)
        unsigned = make_placement(starts_on=date(2026, 12, 31))
        due = make_placement(starts_on=TODAY, signed=True)
        make_placement(starts_on=date(2027, 1, 1))
        running(date(2027, 3, 1))
        facts, _supply = read()
        found = [(one.placement.id, one.missing) for one in arrivals(facts.placements, TODAY)]
        assert found == [
            (due.id, (Missing.ARRIVAL,)),
            (unsigned.id, (Missing.AGREEMENT, Missing.LETTER)),
            (ready.id, ()),
        ]


class TestAlerts:
    @pytest.mark.parametrize(
        ("last_day", "expected"), [(date(2026, 11, 1), 1), (date(2026, 10, 31), 0)]
    )
    def test_an_interruption_is_news_for_thirty_days(
        self, last_day: date, expected: int, read: Callable
    ) -> None:
        placement = running(date(2027, 3, 1))
        services.interrupt_placement(
            placement,
            last_day=last_day,
            reason=InterruptionReason.TALENT_LEFT,
            note="",
            today=last_day,
            by=None,
        )
        facts, _supply = read()
        found = [(one.trouble, one.since) for one in alerts(facts.placements, TODAY)]
        assert found == [(Trouble.INTERRUPTED, last_day)] * expected

    def test_a_probation_check_is_overdue_from_the_next_day(self, read: Callable) -> None:
        make_placement(starts_on=TODAY - PROBATION_CHECK - DAY, started=True)
        due = make_placement(starts_on=TODAY - PROBATION_CHECK, started=True)
        facts, _supply = read()
        assert due.probation_check_on == TODAY
        found = [(one.trouble, one.since) for one in alerts(facts.placements, TODAY)]
        assert found == [(Trouble.PROBATION, TODAY - DAY)]
