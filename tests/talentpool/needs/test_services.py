from dataclasses import replace

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs import services
from talentpool.needs.models import NeedStatus, SeatStatus
from tests.factories.needs import make_need, make_seat_content

pytestmark = pytest.mark.usefixtures("each_database")


class TestSubmitNeed:
    def test_a_draft_with_a_seat_is_handed_in(self) -> None:
        need = make_need(status=NeedStatus.DRAFT)
        services.submit_need(need, by=None)
        assert need.status is NeedStatus.SUBMITTED
        assert need.submitted_at is not None
        assert history_of(need)[0].action == "need.submitted"

    def test_one_without_a_seat_is_not_ready(self) -> None:
        with pytest.raises(services.NeedNotReady):
            services.submit_need(make_need(status=NeedStatus.DRAFT, seats=0), by=None)

    @pytest.mark.parametrize("status", [s for s in NeedStatus if s is not NeedStatus.DRAFT])
    def test_it_is_handed_in_once(self, status: NeedStatus) -> None:
        with pytest.raises(services.IllegalMove):
            services.submit_need(make_need(status=status), by=None)


class TestApproveNeed:
    def test_its_seats_are_open_from_then_on(self) -> None:
        need = make_need(status=NeedStatus.SUBMITTED)
        assert not need.seats[0].is_open
        services.approve_need(need, by=None)
        assert need.seats[0].is_open

    @pytest.mark.parametrize("status", [s for s in NeedStatus if s is not NeedStatus.SUBMITTED])
    def test_only_a_submitted_need_can_be_approved(self, status: NeedStatus) -> None:
        with pytest.raises(services.IllegalMove):
            services.approve_need(make_need(status=status), by=None)


class TestCloseNeed:
    def test_its_seats_close_and_reopen_with_it(self) -> None:
        need = make_need()
        services.close_need(need, by=None)
        assert need.seats[0].status is SeatStatus.CLOSED
        services.reopen_need(need, by=None)
        assert need.seats[0].is_open

    def test_one_that_nobody_approved_waits_again(self) -> None:
        need = make_need(status=NeedStatus.SUBMITTED)
        services.close_need(need, by=None)
        services.reopen_need(need, by=None)
        assert need.status is NeedStatus.SUBMITTED
        assert need.approved_at is None


class TestSeats:
    def test_nothing_is_journaled_for_nothing(self) -> None:
        need = make_need()
        seat = need.seats[0]
        before = len(history_of(seat))
        assert services.edit_seat(seat, services.seat_content_of(seat), by=None) == []
        assert len(history_of(seat)) == before

    def test_what_changed_is_named(self) -> None:
        seat = make_need().seats[0]
        content = replace(services.seat_content_of(seat), share_pct=60, must=[])
        assert services.edit_seat(seat, content, by=None) == ["must", "share_pct"]

    def test_a_seat_of_a_draft_is_removed(self) -> None:
        need = make_need(status=NeedStatus.DRAFT, seats=2)
        services.remove_seat(need.seats[0], by=None)
        assert len(need.seats) == 1

    def test_a_seat_that_the_agency_received_is_closed(self) -> None:
        need = make_need(seats=2)
        services.remove_seat(need.seats[0], by=None)
        assert [seat.status for seat in need.seats] == [SeatStatus.CLOSED, SeatStatus.OPEN]

    def test_the_last_open_seat_stays(self) -> None:
        with pytest.raises(services.LastSeatKept):
            services.remove_seat(make_need().seats[0], by=None)

    def test_a_skill_asked_twice_is_asked_once_as_a_must(self) -> None:
        content = make_seat_content()
        need = make_need(seats=0)
        seat = services.add_seat(need, replace(content, nice=content.must), by=None)
        db.session.flush()
        assert [skill.is_must for skill in seat.skills] == [True]
