from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from talentpool.db import db
from talentpool.needs.lifecycle import close_need
from talentpool.needs.models import NeedSeat
from talentpool.placements.kinds import InterruptionReason
from talentpool.placements.services import interrupt_placement
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

    def test_a_ministry_has_what_the_services_below_it_have(self, read: Callable) -> None:
        ministry, service, office = (make_organisation(label=name) for name in ("A", "B", "C"))
        office.parent, service.parent = service, ministry
        place(make_need(organisation=office).seats[0], share=80)
        make_need(organisation=service)
        facts, _supply = read()
        assert [(host.id, portion) for host, portion in by_host(facts)] == [
            (ministry.id, Portion(Decimal("0.8"), 1, 1))
        ]

    def test_bodies_above_one_another_are_read_all_the_same(self, read: Callable) -> None:
        one, other = make_organisation(), make_organisation()
        place(make_need(organisation=one).seats[0])
        db.session.flush()
        one.parent, other.parent = other, None
        db.session.flush()
        other.parent = one
        db.session.commit()
        facts, _supply = read()
        assert [portion.placed for _host, portion in by_host(facts)] == [Decimal(1)]

    def test_what_was_filled_once_is_not_nothing(self, read: Callable) -> None:
        ended, stopped = make_need(), make_need()
        make_placement(None, ended.seats[0], starts_on=date(2026, 1, 5), ends_on=date(2026, 6, 30))
        close_need(ended, by=None)
        interrupt_placement(
            make_placement(None, stopped.seats[0], starts_on=date(2026, 11, 2), started=True),
            last_day=date(2026, 11, 20),
            reason=InterruptionReason.TALENT_LEFT,
            note="",
            today=date(2026, 11, 20),
            by=None,
        )
        db.session.commit()
        facts, _supply = read()
        portions = {host.id: portion for host, portion in by_host(facts)}
        assert portions[ended.organisation_id] == Portion(Decimal(0), 0, 1)
        assert portions[stopped.organisation_id] == Portion(Decimal(0), 1, 1)


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
