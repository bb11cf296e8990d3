"""How a whole pool answers the criteria of one posting, and what that does to each place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._asked import AskedTerms
from matching._columns import Column, names_of
from matching._criteria import (
    ALWAYS_NAMED,
    ASKS,
    DEFAULTS,
    RULES,
    Shown,
    answer,
    is_missed,
    level_degree,
    points,
    shown_skills,
)
from matching._index import Index
from matching._levels import LEVELS, AskedSkill
from matching._types import BOUNDS, Answer, Criterion, Mode, Posting, Profile, Reason


class Degree(NamedTuple):
    """How far one answer meets a criterion, as ``Criterion`` says, and whether it misses it."""

    low: float
    high: float
    is_missed: bool


@dataclass(frozen=True, eq=False)
class Answers:
    """The few different answers to one criterion, by their places.

    ``write`` gives an answer with its facts, which only the rows that are shown need.
    """

    name: str
    degrees: Sequence[Degree]
    write: Callable[[int], Criterion]
    is_asked: bool = True

    @cached_property
    def criterion(self) -> Callable[[int], Criterion]:
        """Give an answer, the same object each time."""
        return cache(self.write)

    @cached_property
    def low(self) -> NDArray[np.float64]:
        """How far each answer meets the criterion if all that is unknown is false."""
        return np.array([each.low for each in self.degrees])

    @cached_property
    def high(self) -> NDArray[np.float64]:
        """How far each answer meets the criterion if all that is unknown is true."""
        return np.array([each.high for each in self.degrees])

    @cached_property
    def missed(self) -> NDArray[np.bool_] | None:
        """Which answers miss the criterion, ``None`` when none does."""
        missed = np.array([each.is_missed for each in self.degrees], dtype=bool)
        return missed if missed.any() else None

    @cached_property
    def counts(self) -> bool:
        """Whether some answer adds anything, or takes it off."""
        return bool((self.low + self.high != 1).any())


class Answered(NamedTuple):
    """How a pool answers one criterion: the answers, and the place of the one that each row gives."""

    answers: Answers
    codes: NDArray[np.integer]

    @property
    def name(self) -> str:
        """The criterion."""
        return self.answers.name


class Standing:
    """What every row answers: who stands apart and why, and what soft criteria add or cost.

    ``modes`` are what each criterion does and ``soft_weight`` what a soft one counts at most.
    """

    def __init__(
        self, answered: Sequence[Answered], modes: Mapping[str, str], soft_weight: float
    ) -> None:
        self._answered = answered
        self._weight = soft_weight
        # What a posting leaves open is no reason to doubt a score.
        self._softly = [
            one for one in answered if modes[one.name] == Mode.SOFT and one.answers.is_asked
        ]
        hard = [one for one in answered if modes[one.name] == Mode.HARD]
        #: Of each hard criterion that some facts miss, which do.
        self.missed = {
            one.name: missed for one in hard if (missed := one.answers.missed) is not None
        }
        self._missing = [one for one in hard if one.name in self.missed]
        self._soft = [
            (one.name, points(one.answers.low, one.answers.high, soft_weight), one.codes)
            for one in self._softly
            if soft_weight and one.answers.counts
        ]

    def apart(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """Give a bit for each hard criterion that rows miss: none for those who are listed."""
        bits = np.zeros(len(rows), dtype=np.int32)
        for place, one in enumerate(self._missing):
            bits |= (self.missed[one.name] * np.int32(1 << place)).take(one.codes.take(rows))
        return bits

    def bonus(self, rows: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """Give what soft criteria add to or take off rows, ``None`` when there is nothing."""
        if not self._soft:
            return None
        bonus = np.zeros(len(rows))
        for _, amounts, codes in self._soft:
            bonus += amounts.take(codes.take(rows))
        return bonus

    def scores(self, rows: NDArray[np.intp], earned: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the scores of rows whose words earned so much; nobody falls below nothing."""
        if not self._soft:
            return earned
        # Taking off all that is left may leave the last digit of a sum.
        left: NDArray[np.float64] = np.maximum(
            earned + sum(self._counted(rows, earned).values()), 0
        )
        return left

    def parts(
        self, rows: NDArray[np.intp], earned: NDArray[np.float64]
    ) -> list[list[tuple[str, float]]]:
        """Name what each soft criterion adds to or takes off each of some rows."""
        if not self._soft:
            return [[]] * len(rows)
        counted = self._counted(rows, earned)
        amounts = zip(*(each.tolist() for each in counted.values()), strict=True)
        return [
            [(name, amount) for name, amount in zip(counted, of_row, strict=True) if amount]
            for of_row in amounts
        ]

    def bounds(
        self, rows: NDArray[np.intp], earned: NDArray[np.float64], scores: NDArray[np.float64]
    ) -> tuple[list[float], list[float]]:
        """Give rows' scores if all that soft criteria leave unknown were false, and if it were true."""
        least, most, is_unknown = earned, earned, np.zeros(len(rows), dtype=bool)
        for one in self._softly:
            codes = one.codes.take(rows)
            low, high = one.answers.low.take(codes), one.answers.high.take(codes)
            is_unknown |= low != high
            least = least + points(low, low, self._weight)
            most = most + points(high, high, self._weight)
        least = np.where(is_unknown, np.minimum(scores, np.maximum(least, 0.0)), scores)
        most = np.where(is_unknown, np.maximum(scores, most), scores)
        return least.tolist(), most.tolist()

    def criteria(self, rows: NDArray[np.intp]) -> list[tuple[Criterion, ...]]:
        """Give the answers of some rows."""
        if not self._answered:
            return [()] * len(rows)
        answers = (
            map(one.answers.criterion, one.codes.take(rows).tolist()) for one in self._answered
        )
        return list(zip(*answers, strict=True))

    def apart_for(self, rows: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """Name the hard criteria that each of some rows misses."""
        bits = self.apart(rows).tolist()
        return [self._names(each) if each else () for each in bits]

    def sizes(
        self, listed: int, living: int, rows: Callable[[], NDArray[np.intp]]
    ) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Count the rows that miss each set of hard criteria.

        ``listed`` of the ``living`` miss none; ``rows`` gives all of these, where they must be asked.
        """
        sizes: dict[tuple[str, ...], int] = {(): listed}
        if len(self._missing) == 1:
            sizes[self._missing[0].name,] = living - listed
        elif self._missing:
            counts = np.bincount(self.apart(rows()))
            for bits in np.flatnonzero(counts).tolist():
                sizes[self._names(bits)] = int(counts[bits])
        return tuple(sorted((names, count) for names, count in sizes.items() if count))

    def _names(self, bits: int) -> tuple[str, ...]:
        return tuple([one.name for place, one in enumerate(self._missing) if bits >> place & 1])

    def _counted(
        self, rows: NDArray[np.intp], earned: NDArray[np.float64]
    ) -> dict[str, NDArray[np.float64]]:
        """Give what counts of each soft criterion: what would take off more than is left counts less."""
        left, counted = earned, {}
        given = {name: amounts.take(codes.take(rows)) for name, amounts, codes in self._soft}
        for amounts in given.values():
            left = left + np.maximum(amounts, 0)
        for name, amounts in given.items():
            cost = np.minimum(np.maximum(-amounts, 0), left)
            left = left - cost
            counted[name] = np.maximum(amounts, 0) - cost
        return counted


class Required(NamedTuple):
    """A skill that a criterion is about: as the posting asks it, and what shows it."""

    asked: AskedSkill
    terms: AskedTerms


def required_of(
    posting: Posting,
    terms: Iterable[AskedTerms],
    modes: Mapping[str, str],
    chosen: Collection[str] | None,
) -> dict[str, list[Required]]:
    """List the skills that each criterion on skills is about, none twice.

    Those ``chosen`` by label, or else those that the posting calls essential, are for ``skills``;
    the others that are not essential are for ``wished_skills``.
    """
    about: dict[str, list[Required]] = {"skills": [], "wished_skills": []}
    if all(modes[name] == Mode.OFF for name in about):
        return about
    showing = {(skill.label, skill.must): skill for skill in terms}
    for asked in posting.skills:
        skill = showing[asked.label, asked.must]
        # A label without a word that counts could be shown by nobody.
        if not (skill.concept or skill.words):
            continue
        if asked.must if chosen is None else asked.label in chosen:
            about["skills"].append(Required(asked, skill))
        elif not asked.must:
            about["wished_skills"].append(Required(asked, skill))
    return about


def with_points(
    reasons: tuple[Reason, ...], counted: Sequence[tuple[str, float]]
) -> tuple[Reason, ...]:
    """Put what soft criteria count among the reasons of words, the heaviest first."""
    criteria = (Reason("criterion", name, part, "", (), ()) for name, part in counted)
    return tuple(sorted((*reasons, *criteria), key=lambda one: -one.amount))


def standing(
    posting: Posting,
    columns: Mapping[str, Column],
    required: Mapping[str, Sequence[Required]],
    index: Index,
    modes: Mapping[str, str],
    soft_weight: float,
) -> Standing:
    """Have a pool answer a posting's criteria; ``required`` gives the skills that some are about."""
    answered = []
    for name in DEFAULTS:
        if modes[name] == Mode.OFF:
            continue
        if name in RULES:
            one = _told(name, posting, columns[name])
            if one.answers.is_asked or name in ALWAYS_NAMED:
                answered.append(one)
        elif required[name]:
            answered.append(_skills(name, required[name], columns["skills"], index))
    return Standing(answered, modes, soft_weight)


def _told(name: str, posting: Posting, column: Column) -> Answered:
    """Answer a criterion that needs no words for every different thing that profiles say of it."""
    values = tuple([getattr(posting, field) for field in ASKS[name]])

    def answers(facts: Sequence[Profile]) -> Answers:
        # A posting that says nothing else: postings that ask the same are answered the same.
        asked = Posting(key="", **dict(zip(ASKS[name], values, strict=True)))
        degrees = {each: Degree(*BOUNDS[each], is_missed(name, each)) for each in Answer}
        rule = RULES[name]
        return Answers(
            name,
            [degrees[rule.answer(profile, asked)] for profile in facts],
            lambda place: answer(name, facts[place], asked),
            rule.asked(asked) is not None,
        )

    return Answered(column.answers(values, answers), column.codes)


def _skills(name: str, required: Sequence[Required], column: Column, index: Index) -> Answered:
    """Answer a criterion on skills for every row: most rows show the same few of those asked."""
    codes = np.zeros(index.size, dtype=np.int64)
    different: list[tuple[Shown, ...]] = [()]
    for asked, terms in required:
        shares = (None, *(level_degree(level, asked.level) for level in LEVELS), 1.0)
        ways = 2 * len(shares)
        codes = codes * ways + 2 * _ways(asked, terms, column, index) + _proven(asked, column)
        # Only what somebody shows is carried on: all that could be shown would grow too fast.
        met = np.flatnonzero(np.bincount(codes, minlength=1))
        place = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.int64)
        place[met] = np.arange(len(met))
        different = [
            (
                *different[code // ways],
                Shown(asked.label, shares[code % ways // 2], bool(code % 2)),
            )
            for code in met.tolist()
        ]
        codes = place[codes]
    given = [shown_skills(name, skills) for skills in different]
    degrees = [Degree(one.low, one.high, is_missed(name, one.answer)) for one in given]
    return Answered(Answers(name, degrees, given.__getitem__), codes)


def _ways(asked: AskedSkill, terms: AskedTerms, column: Column, index: Index) -> NDArray[np.int64]:
    """Tell how every row shows a skill: not at all (0), at a level (1 and on), or by words alone."""
    shown = np.zeros(index.size, dtype=bool)
    if terms.concept:
        shown |= index.holders(terms.concept)
    if terms.words:
        shown |= np.logical_and.reduce([index.holders(word) for word in terms.words])
    by_words = shown * (len(LEVELS) + 1)
    if asked.level is None:
        return by_words
    levels = column.levels(list(names_of(asked)))
    return np.where(levels >= 0, levels + 1, by_words)


def _proven(asked: AskedSkill, column: Column) -> NDArray[np.int64]:
    """Tell for every row whether somebody found the skill at the level asked (1), or not (0)."""
    found = column.proven(list(names_of(asked)))
    return (found >= (asked.level or 0)).astype(np.int64)
