"""Groups, by hand: rates, the four-fifths rule, and what must not be told."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest

from talentpool.declarations.models import AgeBand, Gender
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.oversight.facts import Decided, Facts, Pair, period_of
from talentpool.oversight.groups import by_age, by_gender, compare, shown

W, M, O = Gender.WOMAN, Gender.MAN, Gender.OTHER  # noqa: E741


def facts(ranked: int, *, shortlisted: list[int] = [], **stages: list[int]) -> Facts:  # noqa: B006
    return Facts(
        period_of(3, date(2026, 11, 24)),
        ranked=frozenset(range(ranked)),
        decisions=[
            Decided(Pair(1, one), Verdict.SHORTLISTED, ReasonCode.SKILLS_FIT, 1)
            for one in shortlisted
        ],
        **{name: frozenset(people) for name, people in stages.items()},
    )


def people(first: int, count: int) -> list[int]:
    return list(range(first, first + count))


def groups(**sizes: int) -> dict[int, StrEnum]:
    """Give the first people to women, the next to men, then to others."""
    found, number = {}, 0
    for name, size in sizes.items():
        for _one in range(size):
            found[number] = Gender(name)
            number += 1
    return found


def test_rates_are_compared_to_the_highest() -> None:
    # Ten women of whom 3 stand first and 2 are shortlisted; twenty men of whom 10 and 4.
    found = compare(
        facts(40, first=[*people(0, 3), *people(10, 10)], shortlisted=[0, 1, *people(10, 4)]),
        groups(woman=10, man=20),
    )
    women, men = found.groups
    assert (women.group, women.ranked, men.ranked) == (W, 10, 20)
    told = {rate.stage: (rate.count, rate.rate, rate.ratio) for rate in women.rates}
    assert told["first"] == (3, Fraction(3, 10), Fraction(3, 5))
    assert told["shortlisted"] == (2, Fraction(1, 5), Fraction(1))
    assert [(rate.stage, rate.is_alarming) for rate in women.rates][:2] == [
        ("first", True),
        ("shortlisted", False),
    ]
    assert found.is_alarming
    # Nobody was introduced nor chosen.
    assert found.hidden_stages == ["introduced", "chosen"]


def test_four_fifths_exactly_alarms_nobody() -> None:
    found = compare(facts(20, first=[*people(0, 4), *people(10, 5)]), groups(woman=10, man=10))
    assert found.groups[0].rates[0].ratio == Fraction(4, 5)
    assert not found.is_alarming


@pytest.mark.parametrize(
    ("sizes", "ranked", "kept", "hidden"),
    [
        # Everybody's group is large enough.
        ({"woman": 5, "man": 9}, 20, [W, M], False),
        # Two others hide among six who said nothing.
        ({"woman": 5, "man": 9, "other": 2}, 22, [W, M], True),
        # All answered: the two others are what is left, so the smallest group goes with them.
        ({"woman": 5, "man": 9, "other": 2}, 16, [M], True),
        # Four are left, two others and two who said nothing: that is still too few.
        ({"woman": 5, "man": 9, "other": 2}, 18, [M], True),
        # Five are left.
        ({"woman": 5, "man": 9, "other": 2}, 19, [W, M], True),
        ({"woman": 4}, 4, [], True),
        ({"woman": 5, "man": 4}, 9, [], True),
    ],
)
def test_small_groups_are_hidden_and_cannot_be_subtracted(
    sizes: dict[str, int], ranked: int, kept: list[Gender], hidden: bool
) -> None:
    members: dict[StrEnum, list[int]] = {}
    for number, group in groups(**sizes).items():
        members.setdefault(group, []).append(number)
    assert shown(members, ranked) == kept
    found = compare(facts(ranked, first=people(0, ranked)), groups(**sizes))
    assert [one.group for one in found.groups] == kept
    assert found.hidden == hidden


def test_a_stage_that_would_tell_what_single_people_said_is_hidden() -> None:
    declared = groups(woman=10, man=10)
    few = compare(facts(30, first=people(8, 4)), declared)
    assert "first" in few.hidden_stages
    one_group = compare(facts(30, first=people(0, 6)), declared)
    assert "first" in one_group.hidden_stages
    mixed = compare(facts(30, first=people(5, 10)), declared)
    assert "first" not in mixed.hidden_stages


def test_one_group_alone_is_compared_to_nobody() -> None:
    found = compare(facts(30, first=people(5, 10)), groups(woman=10))
    assert [rate.ratio for rate in found.groups[0].rates] == [None]


def test_each_question_counts_those_who_answered_it_and_were_ranked() -> None:
    declared = {number: (W if number < 6 else None, AgeBand.FROM_45) for number in range(40)}
    given = facts(20, first=people(2, 10))
    [women] = by_gender(given, declared).groups
    assert women.ranked == 6
    # All twenty ranked people are 45 or more: to show that group would tell what each of them answered.
    assert by_age(given, declared).groups == []
