"""Selection rates by group, among who chose to say theirs; a group too small to hide in is not shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from talentpool.declarations.models import AgeBand, Gender
from talentpool.oversight.facts import Facts

#: A group of fewer people is not shown.
SMALLEST = 5
#: Under this part of the highest rate, the four-fifths rule asks to look closer.
FOUR_FIFTHS = Fraction(4, 5)
STAGES = ("first", "shortlisted", "introduced", "chosen")


@dataclass(frozen=True)
class Rate:
    """How many of a group reached a stage, and how that compares to the group with the highest rate."""

    stage: str
    count: int
    ranked: int
    ratio: Fraction | None

    @property
    def rate(self) -> Fraction:
        """The part of the group's ranked people who reached the stage."""
        return Fraction(self.count, self.ranked)

    @property
    def is_alarming(self) -> bool:
        """Whether the rate is under four fifths of the highest one."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS


@dataclass(frozen=True)
class Group:
    """A group of five people or more, and its rate at each stage."""

    group: StrEnum
    ranked: int
    rates: list[Rate]


@dataclass(frozen=True)
class Comparison:
    """The groups of one question.

    `hidden` says whether some who answered are not shown; `hidden_stages` are those that would tell what
    single people answered.
    """

    groups: list[Group]
    hidden: bool
    hidden_stages: list[str]

    @property
    def is_alarming(self) -> bool:
        """Whether any rate is under four fifths of the highest one."""
        return any(rate.is_alarming for group in self.groups for rate in group.rates)


def by_gender(
    facts: Facts, declared: Mapping[int, tuple[Gender | None, AgeBand | None]]
) -> Comparison:
    """Compare genders."""
    return compare(facts, {talent: gender for talent, (gender, _age) in declared.items() if gender})


def by_age(
    facts: Facts, declared: Mapping[int, tuple[Gender | None, AgeBand | None]]
) -> Comparison:
    """Compare bands of age."""
    return compare(facts, {talent: age for talent, (_gender, age) in declared.items() if age})


def compare(facts: Facts, group_of: Mapping[int, StrEnum]) -> Comparison:
    """Compare groups among the ranked people who named theirs."""
    members: dict[StrEnum, set[int]] = defaultdict(set)
    for talent in facts.ranked & group_of.keys():
        members[group_of[talent]].add(talent)
    kept = shown(members, len(facts.ranked))
    everywhere = _reached(facts)
    reached = {
        stage: people
        for stage, people in everywhere.items()
        if _tells_nobody(people & facts.ranked, [members[group] for group in kept])
    }
    highest = {
        stage: max((_rate(members[group], people) for group in kept), default=Fraction(0))
        for stage, people in reached.items()
    }
    # One group alone compares to nobody.
    comparable = len(kept) > 1
    groups = [
        Group(
            group,
            len(members[group]),
            [
                Rate(
                    stage,
                    len(members[group] & people),
                    len(members[group]),
                    _rate(members[group], people) / highest[stage]
                    if comparable and highest[stage]
                    else None,
                )
                for stage, people in reached.items()
            ],
        )
        for group in kept
    ]
    return Comparison(
        groups,
        hidden=len(kept) < len(members),
        hidden_stages=[stage for stage in STAGES if stage not in reached] if groups else [],
    )


def shown(members: Mapping[StrEnum, Collection[int]], ranked: int) -> list[StrEnum]:
    """Return the groups that may be shown, in the order of their enum.

    Those of fewer than five people are hidden, and one that is everybody, which would tell what each
    answered. The number of people ranked can be read elsewhere: if those who are left when the shown
    groups are taken from it, silent ones included, are fewer than five, the hidden could be told by
    subtraction, and the smallest shown group is hidden with them, until they can't.
    """
    kept = sorted(
        (group for group in members if SMALLEST <= len(members[group]) < ranked),
        key=lambda group: len(members[group]),
    )
    while len(kept) < len(members) and kept:
        left = ranked - sum(len(members[group]) for group in kept)
        if left >= SMALLEST:
            break
        kept.pop(0)
    return [group for kind in {type(g) for g in kept} for group in kind if group in kept]


def _tells_nobody(people: Collection[int], groups: Collection[Collection[int]]) -> bool:
    """Whether a stage may be counted by group.

    Who was chosen is known by name to whoever reads the page: a stage that so few reached, or that one
    group alone reached, would tell what each of them declared.
    """
    return len(people) >= SMALLEST and not any(set(people) <= set(group) for group in groups)


def _reached(facts: Facts) -> dict[str, frozenset[int]]:
    return {
        "first": facts.first,
        "shortlisted": frozenset(one.pair.talent for one in facts.shortlisted),
        "introduced": facts.introduced,
        "chosen": frozenset(one.pair.talent for one in facts.chosen),
    }


def _rate(group: Collection[int], people: Collection[int]) -> Fraction:
    return Fraction(sum(talent in people for talent in group), len(group))
