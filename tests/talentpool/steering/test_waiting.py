from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.proposals.stages import LIVE, ProposalStatus, Side
from talentpool.steering.waiting import WAITS_ON, Reason, idle, unmet
from tests.factories.needs import make_seat
from tests.factories.placements import TODAY, make_contract, make_placement, make_proposal
from tests.factories.skills import make_family
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


def reasons(read: Callable, cap: int = 30) -> list[Reason]:
    return [one.reason for one in unmet(*read(cap=Decimal(cap)))]


def make_lawyer(share: int = 100) -> None:
    make_contract(make_talent(families=[make_family("law", "Droit")]), share=share)


class TestUnmet:
    def test_the_age_is_counted_from_approval(self, read: Callable) -> None:
        seat = make_seat()
        seat.need.approved_at = datetime(2026, 11, 11, 23, tzinfo=UTC)
        db.session.commit()
        assert [one.days for one in unmet(*read())] == [20]

    def test_a_filled_seat_is_met(self, read: Callable) -> None:
        make_placement()
        assert unmet(*read()) == []

    def test_nobody_of_the_family(self, read: Callable) -> None:
        make_seat()
        make_lawyer()
        assert reasons(read) == [Reason.NOBODY]

    @pytest.mark.parametrize(
        ("available_from", "reason"),
        [(date(2027, 1, 4), Reason.TO_PROPOSE), (date(2027, 1, 5), Reason.NOBODY)],
    )
    def test_nobody_free_on_its_first_day(
        self, available_from: date, reason: Reason, read: Callable
    ) -> None:
        make_seat(starts_on=date(2027, 1, 4))
        make_talent(available_from=available_from)
        assert reasons(read) == [reason]

    def test_a_first_day_that_has_passed_is_today(self, read: Callable) -> None:
        make_seat(starts_on=date(2026, 10, 1))
        make_talent(available_from=TODAY)
        assert reasons(read) == [Reason.TO_PROPOSE]

    @pytest.mark.parametrize(("held", "reason"), [(20, Reason.TO_PROPOSE), (21, Reason.NO_ROOM)])
    def test_a_hire_has_to_fit_under_the_cap_to_the_hundredth(
        self, held: int, reason: Reason, read: Callable
    ) -> None:
        make_seat(share_pct=80)
        make_talent()
        make_lawyer(share=held)
        assert reasons(read, cap=1) == [reason]

    def test_somebody_on_the_bench_needs_no_room(self, read: Callable) -> None:
        make_seat()
        make_contract()
        assert reasons(read, cap=1) == [Reason.TO_PROPOSE]

    def test_an_unknown_family_may_be_anybodys_and_an_unknown_share_is_whole(
        self, read: Callable
    ) -> None:
        make_seat(family=None, share_pct=None)
        make_talent()
        make_contract(make_talent(), share=50)
        make_placement(make_contract(share=10).talent, share=10, starts_on=date(2026, 12, 2))
        assert reasons(read, cap=2) == [Reason.TO_PROPOSE]

    @pytest.mark.parametrize(("share", "reason"), [(40, Reason.TO_PROPOSE), (41, Reason.PARTLY)])
    def test_somebody_may_be_free_of_too_little(
        self, share: int, reason: Reason, read: Callable
    ) -> None:
        make_seat(share_pct=share)
        make_placement(share=60, starts_on=date(2026, 12, 2))
        assert reasons(read) == [reason]

    def test_who_would_have_to_be_hired_does_not_count_without_room(self, read: Callable) -> None:
        make_seat(share_pct=80)
        make_talent()
        make_placement(share=60, starts_on=date(2026, 12, 2))
        assert reasons(read, cap=1) == [Reason.PARTLY]
        assert reasons(read, cap=2) == [Reason.TO_PROPOSE]


class TestIdle:
    @pytest.mark.parametrize(("days", "expected"), [(7, []), (8, [8])])
    def test_more_than_a_week_without_a_move(
        self, days: int, expected: list[int], read: Callable
    ) -> None:
        proposal = make_proposal()
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
        proposal.moved_at = noon - timedelta(days=days)
        db.session.commit()
        facts, _supply = read()
        assert [one.days for one in idle(facts.proposals, TODAY)] == expected

    def test_every_live_status_waits_on_somebody(self) -> None:
        assert set(WAITS_ON) == set(LIVE)
        assert WAITS_ON[ProposalStatus.TALENT_AGREED] == (Side.HOST,)
        assert WAITS_ON[ProposalStatus.HOST_AGREED] == (Side.TALENT,)
        assert WAITS_ON[ProposalStatus.CONFIRMED] == (Side.AGENCY,)
