from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from talentpool.db import db
from talentpool.needs.models import NeedSeat
from talentpool.steering.fairness import Portion, by_host, by_region, is_in_ile_de_france
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_organisation
from tests.factories.placements import make_placement

pytestmark = pytest.mark.usefixtures("each_database")


def place(seat: NeedSeat, **changes: object) -> None:
    make_placement(None, seat, starts_on=date(2026, 11, 2), **changes)


class TestByHost:
    def test_those_that_have_nothing_come_first(self, read: Callable) -> None:
        served, asking, silent = (make_organisation(label=name) for name in ("A", "B", "C"))
        need = make_need(organisation=served, seats=2)
        make_need(organisation=asking, seats=1)
        place(need.seats[0], share="62.5")
        facts, _supply = read()
        assert [(host.id, portion) for host, portion in by_host(facts)] == [
            (asking.id, Portion(Decimal(0), 1, 0)),
            (silent.id, Portion()),
            (served.id, Portion(Decimal("0.625"), 1, 1)),
        ]


class TestByRegion:
    def test_percentages_wait_for_five_seats(self, read: Callable) -> None:
        for town in ("Paris", "EVRY COURCOURONNES", "Brest", "Dijon"):
            place(make_seat(town=town))
        facts, _supply = read()
        assert [region.percent for region in by_region(facts)] == [None, None]
        place(make_seat(town="La Défense"))
        facts, _supply = read()
        inside, outside = by_region(facts)
        assert (inside.portion.filled_seats, inside.percent) == (3, Fraction(60))
        assert (outside.portion.filled_seats, outside.percent) == (2, Fraction(40))
        assert outside.portion.placed == Decimal(2)

    def test_a_seat_without_town_is_where_its_need_is(self) -> None:
        seat = make_seat()
        assert is_in_ile_de_france(seat) is None
        seat.need.town = "Créteil"
        db.session.commit()
        assert is_in_ile_de_france(seat) is True
