"""Availability from contracts, placements and absences, and how rankings read it."""

from datetime import date
from decimal import Decimal

import pytest

from matching import Answer
from talentpool.db import db
from talentpool.matches.services import rank_talents
from talentpool.placements.availability import Availability, availabilities
from talentpool.placements.kinds import AbsenceKind
from talentpool.talents.models import Talent
from tests.factories.needs import make_seat
from tests.factories.placements import make_absence, make_contract, make_placement
from tests.factories.talents import make_talent

TODAY = date(2026, 12, 1)
STARTS, ENDS = date(2027, 1, 4), date(2027, 11, 4)

pytestmark = pytest.mark.usefixtures("each_database")


def availability(talent: Talent, *, share: int | None = 80) -> Availability | None:
    found = availabilities(
        [talent.id], starts_on=STARTS, ends_on=ENDS, share_pct=share, today=TODAY
    )
    return found.get(talent.id)


class TestAvailabilities:
    def test_who_has_no_contract_is_not_known(self) -> None:
        assert availability(make_talent()) is None

    def test_who_is_on_the_bench_is_free_now(self) -> None:
        contract = make_contract(share=80)
        assert availability(contract.talent) == Availability(TODAY, 80)

    def test_who_is_placed_is_free_the_day_after(self) -> None:
        placement = make_placement(starts_on=date(2026, 2, 1), ends_on=date(2027, 3, 31))
        assert availability(placement.talent) == Availability(date(2027, 4, 1), 100)

    def test_who_is_placed_in_part_is_free_in_part(self) -> None:
        placement = make_placement(share=60, starts_on=date(2026, 2, 1), ends_on=date(2027, 12, 31))
        assert availability(placement.talent) == Availability(TODAY, 40)

    def test_a_placement_to_come_counts(self) -> None:
        placement = make_placement(starts_on=date(2027, 5, 1), ends_on=date(2027, 12, 31))
        assert availability(placement.talent) == Availability(date(2028, 1, 1), 100)

    def test_a_long_absence_counts_and_holidays_do_not(self) -> None:
        away, on_leave = make_contract().talent, make_contract().talent
        make_absence(away, kind=AbsenceKind.LONG, starts_on=TODAY, ends_on=date(2027, 3, 31))
        make_absence(on_leave, starts_on=STARTS, ends_on=date(2027, 1, 15))
        assert availability(away) == Availability(date(2027, 4, 1), 100)
        assert availability(on_leave) == Availability(TODAY, 100)

    def test_a_contract_that_ends_before_the_seat_goes_on(self) -> None:
        contract = make_contract(ends_on=date(2027, 2, 28), share=80)
        assert availability(contract.talent) == Availability(TODAY, 80)

    def test_a_contract_that_is_over_says_nothing(self) -> None:
        contract = make_contract(ends_on=date(2026, 11, 30))
        assert availability(contract.talent) is None


class TestRankings:
    def test_contracts_count_and_the_typed_date_does_not(self) -> None:
        seat = make_seat(share_pct=80, starts_on=STARTS, ends_on=ENDS)
        free = make_contract(make_talent(available_from=date(2029, 1, 1), share_pct=10)).talent
        busy = make_placement(
            make_talent(available_from=date(2026, 1, 1)),
            starts_on=date(2026, 2, 1),
            ends_on=date(2027, 6, 30),
        ).talent
        typed = make_talent(available_from=date(2026, 1, 1), share_pct=100)
        run = rank_talents(seat, by=None, as_of=TODAY)
        db.session.flush()
        from talentpool.matches.queries import keys_by_talent

        keys = keys_by_talent({free.id, busy.id, typed.id})
        answers = {
            result.person_key: {c["name"]: c["answer"] for c in result.explanation["criteria"]}
            for result in run.results
        }
        assert answers[keys[free.id]]["dates"] == Answer.PROVEN
        assert answers[keys[free.id]]["share"] == Answer.PROVEN
        assert answers[keys[busy.id]]["dates"] == Answer.NO
        assert answers[keys[typed.id]]["dates"] == Answer.CLAIMED


class TestExactness:
    def test_an_eighth_of_full_time_is_left(self) -> None:
        contract = make_contract(share=Decimal("62.5"))
        make_placement(
            contract.talent, share=50, starts_on=date(2026, 2, 1), ends_on=date(2027, 12, 31)
        )
        assert availability(contract.talent, share=10) == Availability(TODAY, 12)
