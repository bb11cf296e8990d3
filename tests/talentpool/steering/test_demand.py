from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from talentpool.db import db
from talentpool.needs.lifecycle import withdraw_need
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.needs.services import add_seat, remove_seat
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.skills.held import NamedSkill
from talentpool.steering.demand import Demand, month_after, months_up_to, unmet_demand, vacancies
from talentpool.steering.waiting import Reason
from tests.factories.needs import make_seat, make_seat_content
from tests.factories.organisations import make_organisation
from tests.factories.placements import TODAY, make_placement
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
APPROVED = datetime(2026, 11, 11, 9, tzinfo=UTC)


def waiting_seat(since: datetime = APPROVED, **changes: object) -> NeedSeat:
    seat = make_seat(**changes)
    seat.need.approved_at = since
    db.session.commit()
    return seat


def demand_on(read: Callable, today: date = TODAY) -> Demand:
    facts, supply = read(today=today)
    return unmet_demand(vacancies(facts), facts, supply)


def of(demand: Demand, year: int, month: int) -> Fraction:
    return demand.total.by_month[demand.months.index(date(year, month, 1))]


class TestMonths:
    def test_twelve_months_end_with_todays(self) -> None:
        months = months_up_to(date(2027, 2, 28))
        assert (months[0], months[-1], len(months)) == (date(2026, 3, 1), date(2027, 2, 1), 12)
        assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)


class TestUnmetDemand:
    def test_a_share_counts_for_the_days_that_it_waited(self, read: Callable) -> None:
        waiting_seat(share_pct=80)
        demand = demand_on(read, date(2026, 12, 11))
        assert of(demand, 2026, 11) == Fraction(80, 100) * Fraction(20, 30)
        assert of(demand, 2026, 12) == Fraction(80, 100) * Fraction(10, 31)
        assert demand.total.total == Fraction(8, 15) + Fraction(8, 31)

    def test_an_unknown_share_is_whole(self, read: Callable) -> None:
        waiting_seat(share_pct=None)
        assert demand_on(read).total.total == Fraction(20, 30)

    def test_it_waits_until_its_first_placement_is_entered(self, read: Callable) -> None:
        seat = waiting_seat(share_pct=100)
        placement = make_placement(None, seat)
        placement.created_at = datetime(2026, 11, 21, 18, tzinfo=UTC)
        db.session.commit()
        demand = demand_on(read)
        assert [(line.about, line.total) for line in demand.by_reason] == [
            (Reason.FILLED_SINCE, Fraction(10, 30))
        ]

    def test_a_placement_entered_late_filled_it_when_it_began(self, read: Callable) -> None:
        seat = waiting_seat(share_pct=100)
        make_placement(None, seat, starts_on=date(2026, 11, 14))
        assert demand_on(read).total.total == Fraction(3, 30)

    def test_a_closed_need_waits_no_more(self, read: Callable) -> None:
        seat = waiting_seat(share_pct=100)
        withdraw_need(seat.need, reason=MoveReason.BUDGET, by=None)
        seat.need.closed_at = datetime(2026, 11, 17, tzinfo=UTC)
        db.session.commit()
        demand = demand_on(read)
        assert [(line.about, line.total) for line in demand.by_reason] == [
            (Reason.CLOSED, Fraction(6, 30))
        ]

    def test_a_seat_closed_before_its_need_says_not_when(self, read: Callable) -> None:
        seat = waiting_seat(share_pct=100)
        add_seat(seat.need, make_seat_content(share_pct=50), by=None)
        remove_seat(seat, by=None)
        db.session.commit()
        demand = demand_on(read)
        assert [(line.about, line.total) for line in demand.by_reason] == [
            (Reason.NOBODY, Fraction(1, 2) * Fraction(20, 30))
        ]

    def test_services_count_for_their_ministry(self, read: Callable) -> None:
        ministry, service = make_organisation(), make_organisation()
        service.parent = ministry
        for host, share in ((ministry, 100), (service, 50)):
            waiting_seat(share_pct=share).need.organisation = host
        db.session.commit()
        (line,) = demand_on(read).by_host
        assert (line.about.id, line.total) == (ministry.id, Fraction(3, 2) * Fraction(20, 30))

    def test_only_the_year_counts(self, read: Callable) -> None:
        waiting_seat(datetime(2020, 1, 1, tzinfo=UTC), share_pct=100)
        demand = demand_on(read, date(2026, 12, 16))
        assert demand.total.total == 11 + Fraction(15, 31)

    def test_what_nobody_approved_or_is_filled_nobody_knows_when_is_left_out(
        self, read: Callable
    ) -> None:
        make_seat(status=NeedStatus.SUBMITTED)
        waiting_seat().status = SeatStatus.FILLED
        db.session.commit()
        demand = demand_on(read)
        assert (demand.by_reason, demand.total.total) == ([], 0)

    def test_each_split_adds_up_to_the_total(self, read: Callable) -> None:
        must = [NamedSkill("Python", make_skill("Python")), NamedSkill("Rust"), NamedSkill("Go")]
        waiting_seat(must=must, share_pct=100)
        waiting_seat(must=[], share_pct=50)
        waiting_seat(must=must[:1], share_pct=60, starts_on=date(2026, 12, 1))
        make_talent(available_from=date(2027, 1, 4))
        demand = demand_on(read)
        month = Fraction(20, 30)
        assert demand.total.total == Fraction(21, 10) * month
        for lines in (demand.by_reason, demand.by_host, demand.by_skill):
            assert sum(line.total for line in lines) == demand.total.total
        assert {line.about: line.total / month for line in demand.by_reason} == {
            Reason.TO_PROPOSE: Fraction(15, 10),
            Reason.NOBODY: Fraction(6, 10),
        }
        assert [line.total / month for line in demand.by_skill] == [
            Fraction(1, 3) + Fraction(6, 10),
            Fraction(1, 2),
            Fraction(1, 3),
            Fraction(1, 3),
        ]
