from dataclasses import replace

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs import services
from talentpool.needs.lifecycle import fill_seat
from talentpool.needs.models import SeatStatus
from talentpool.needs.stages import NeedStatus
from tests.factories.needs import make_need, make_seat_content

pytestmark = pytest.mark.usefixtures("each_database")


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

    def test_a_new_seat_is_sought_for_a_filled_need_too(self) -> None:
        need = make_need()
        fill_seat(need.seats[0], by=None)
        assert need.status is NeedStatus.FILLED
        seat = services.add_seat(need, make_seat_content(), by=None)
        assert (need.status, seat.is_open) == (NeedStatus.PARTLY_FILLED, True)

    def test_closing_the_last_open_seat_fills_the_need(self) -> None:
        need = make_need(seats=2)
        fill_seat(need.seats[0], by=None)
        content = replace(services.seat_content_of(need.seats[1]), status=SeatStatus.CLOSED)
        services.edit_seat(need.seats[1], content, by=None)
        assert need.status is NeedStatus.FILLED

    @pytest.mark.parametrize(
        ("before", "typed"),
        [(SeatStatus.FILLED, SeatStatus.OPEN), (SeatStatus.OPEN, SeatStatus.FILLED)],
    )
    def test_only_a_placement_fills_or_frees_a_seat(
        self, before: SeatStatus, typed: SeatStatus
    ) -> None:
        seat = make_need().seats[0]
        seat.status = before
        content = replace(services.seat_content_of(seat), status=typed)
        assert services.edit_seat(seat, content, by=None) == []
        assert seat.status is before

    def test_a_seat_that_somebody_has_is_not_removed(self) -> None:
        need = make_need(seats=2)
        fill_seat(need.seats[0], by=None)
        with pytest.raises(services.SeatOccupied):
            services.remove_seat(need.seats[0], by=None)

    def test_the_last_open_seat_stays(self) -> None:
        with pytest.raises(services.LastSeatKept):
            services.remove_seat(make_need().seats[0], by=None)

    def test_a_skill_asked_twice_is_asked_once_as_a_must(self) -> None:
        content = make_seat_content()
        need = make_need(seats=0)
        seat = services.add_seat(need, replace(content, nice=content.must), by=None)
        db.session.flush()
        assert [skill.is_must for skill in seat.skills] == [True]
