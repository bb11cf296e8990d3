from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from talentpool.proposals.stages import ProposalStatus
from talentpool.skills.held import NamedSkill
from talentpool.steering.tension import (
    Advice,
    Growth,
    Room,
    Tension,
    family_tensions,
    growths,
    hirings,
    room,
    skill_tensions,
)
from tests.factories.needs import make_seat
from tests.factories.placements import make_contract, make_proposal
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


class TestTension:
    @pytest.mark.parametrize(
        ("seats", "free", "ratio", "advice"),
        [
            (5, 2, Fraction(5, 2), Advice.HIRE),
            (4, 2, Fraction(2), Advice.NONE),
            (1, 2, Fraction(1, 2), Advice.NONE),
            (1, 3, Fraction(1, 3), Advice.STOP),
            (1, 0, None, Advice.HIRE),
            (0, 0, None, Advice.NONE),
        ],
    )
    def test_the_ratio_at_sixty_days_gives_the_advice(
        self, seats: int, free: int, ratio: Fraction | None, advice: Advice
    ) -> None:
        tension = Tension("SQL", seats, (0, 0, free, 9))
        assert (tension.ratio, tension.advice) == (ratio, advice)

    def test_families_are_counted_and_sorted(self, read: Callable) -> None:
        make_family("design", "Design")
        for _number in range(3):
            make_seat()
        make_seat(family=make_family("law", "Droit"))
        for day in (date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 30), date(2027, 3, 1)):
            make_talent(available_from=day)
        found = [(one.about.code, one.open_seats, one.free) for one in family_tensions(*read())]
        assert found == [
            ("law", 1, (0, 0, 0, 0)),
            ("dev", 3, (1, 2, 3, 4)),
            ("design", 0, (0, 0, 0, 0)),
        ]

    def test_must_have_skills_are_counted_even_in_the_ministrys_words(self, read: Callable) -> None:
        python = make_skill("Python")
        make_seat(must=[NamedSkill("Python", python), NamedSkill("COBOL  (ancien)")])
        make_seat(must=[NamedSkill("Python", python)], nice=[NamedSkill("SQL")])
        make_talent(skills=[NamedSkill("Python", python), NamedSkill("cobol ancien")])
        found = {
            one.about if isinstance(one.about, str) else one.about.label_fr: one
            for one in skill_tensions(*read())
        }
        assert {name: (one.open_seats, one.free[0]) for name, one in found.items()} == {
            "Python": (2, 1),
            "COBOL  (ancien)": (1, 1),
        }


class TestHirings:
    def test_a_hire_opens_what_nobody_under_contract_can_take(self, read: Callable) -> None:
        early, late = date(2027, 1, 4), date(2027, 6, 1)
        first = make_seat(starts_on=early)
        make_seat(starts_on=late)
        make_talent()
        make_contract(starts_on=date(2027, 3, 1))
        (hiring,) = hirings(*read())
        assert [seat.id for seat in hiring.seats] == [first.id]


class TestRoom:
    def test_contracts_and_reserves_take_of_it_and_proposals_do_not(self, read: Callable) -> None:
        make_contract(share=50)
        make_contract(starts_on=date(2027, 2, 1), share=75)
        make_proposal()
        make_proposal(status=ProposalStatus.CONFIRMED, share="62.5", ends_on=date(2027, 1, 31))
        facts, _supply = read(cap=Decimal(3))
        assert room(facts) == Room(Decimal("2.5"), Decimal("1.75"))
        facts, _supply = read(cap=Decimal(3), today=date(2026, 10, 1))
        assert room(facts) == Room(Decimal("2.5"), Decimal("2.5"))


class TestGrowths:
    def test_a_contract_that_ends_gives_its_share_back(self, read: Callable) -> None:
        leaving, staying, less = make_talent(), make_talent(), make_talent()
        last = date(2027, 1, 31)
        make_contract(leaving, ends_on=last, share=80)
        make_contract(staying, ends_on=last)
        make_contract(staying, starts_on=date(2027, 2, 1))
        make_contract(less, ends_on=date(2027, 2, 28))
        make_contract(less, starts_on=date(2027, 3, 1), share="62.5")
        make_contract(ends_on=date(2027, 3, 2))
        make_proposal()
        facts, _supply = read(cap=Decimal(5))
        assert growths(facts) == [
            Growth(leaving.id, last, Decimal("0.8"), Decimal(2)),
            Growth(less.id, date(2027, 2, 28), Decimal("0.375"), Decimal("2.375")),
        ]
