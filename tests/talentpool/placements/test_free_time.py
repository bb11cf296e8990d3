"""What is free of somebody's time on a seat's days, as contracts, placements, absences or profiles have it."""

from datetime import date
from decimal import Decimal

import pytest

from talentpool.placements.free_time import FreeTime, free_times
from talentpool.talents.models import Talent
from tests.factories.placements import TODAY, make_absence, make_contract, make_placement
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
FIRST, LAST = date(2027, 1, 4), date(2027, 10, 29)


def free(talent: Talent) -> FreeTime:
    return free_times([talent], starts_on=FIRST, ends_on=LAST, today=TODAY)[talent.id]


def read(talent: Talent) -> list[tuple[date, date, Decimal]]:
    return [(p.starts_on, p.ends_on, p.share_pct) for p in free(talent).pieces]


class TestFreeTimes:
    def test_under_contract_placements_are_taken_away(self) -> None:
        talent = make_contract(share=80).talent
        make_placement(talent, share=50, ends_on=date(2027, 3, 31))
        assert free(talent).is_proven
        assert read(talent) == [
            (FIRST, date(2027, 3, 31), 30),
            (date(2027, 4, 1), LAST, 80),
        ]

    def test_a_long_absence_takes_everything_and_holidays_nothing(self) -> None:
        talent = make_contract().talent
        make_absence(talent, starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))
        make_absence(talent, starts_on=date(2027, 7, 1), ends_on=date(2027, 7, 15))
        assert read(talent) == [(FIRST, date(2027, 3, 31), 0), (date(2027, 4, 1), LAST, 100)]

    def test_without_contract_the_profile_claims_it(self) -> None:
        talent = make_talent(available_from=date(2027, 2, 1), share_pct=60)
        assert not free(talent).is_proven
        assert read(talent) == [(FIRST, date(2027, 1, 31), 0), (date(2027, 2, 1), LAST, 60)]

    @pytest.mark.parametrize(
        "said", [{"available_from": None}, {"share_pct": None}], ids=["no day", "no share"]
    )
    def test_what_nobody_says_is_unknown(self, said: dict) -> None:
        talent = make_talent(**{"available_from": FIRST, "share_pct": 100} | said)
        assert free(talent).pieces == ()
