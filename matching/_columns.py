"""What criteria read of a pool, column by column: the few different facts, and which each row has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching._criteria import READS
from matching._forms import fold
from matching._levels import AskedSkill, HeldSkill
from matching._types import Profile

_Made = TypeVar("_Made")

GROUPS = 16
"""Groups that the rows of a pool fall into by one column, for an index to read them apart."""

EVERY_GROUP = range(GROUPS)

LAST_GROUP = GROUPS - 1
"""The group of those who say what few say."""

GROUPED_BY = "family"
"""The criterion by which an index keeps its rows apart: it lists the fewest of a pool."""

MOST_QUESTIONS = 256
"""Questions whose answers a column remembers."""


class Column:
    """The facts that one criterion reads: most of a pool says the same few things.

    Each different one is kept once, as a profile that says nothing else. Codes have the size of an
    address, which makes looking their facts up twice as fast.
    """

    def __init__(
        self, name: str, saved: Iterable[Profile] = (), codes: NDArray[np.int64] | None = None
    ) -> None:
        self._name, self._fields = name, READS[name]
        self._said = attrgetter(*self._fields)
        self._kept = _levelled if name == "skills" else None
        self._facts = list(saved)
        self._places = {self._key(self._said(one)): place for place, one in enumerate(self._facts)}
        self._saved = np.zeros(0, dtype=np.int64) if codes is None else codes
        #: Whether nobody else reads the codes: they may be another column's, or in a file.
        self._is_own = False
        #: What rows added say, until somebody asks.
        self._added: list[Any] = []
        #: For each name of a skill, the level of each fact that states one, and how many facts were read.
        self._levels: dict[str, dict[int, int]] = {}
        #: The same of the levels that somebody else found.
        self._proven: dict[str, dict[int, int]] = {}
        self._read = 0
        #: What was made of the facts for each question, and of how many.
        self._made: dict[tuple[Hashable, int], Any] = {}

    def add(self, profile: Profile) -> None:
        """Add a row with what a profile says."""
        self._added.append(self._said(profile))

    def put(self, row: int, profile: Profile) -> None:
        """Replace what a row says."""
        place = self._place_of(self._said(profile))
        if self.codes[row] != place:
            if not self._is_own:
                self._saved, self._is_own = self._saved.copy(), True
            self._saved[row] = place

    def says(self, row: int, profile: Profile) -> bool:
        """Whether a row says what a profile says."""
        fact = self.facts[self.codes[row]]
        return bool(self._key(self._said(fact)) == self._key(self._said(profile)))

    @property
    def facts(self) -> Sequence[Profile]:
        """The different things that profiles say."""
        self._settle()
        return self._facts

    @property
    def codes(self) -> NDArray[np.int64]:
        """The place in ``facts`` of what each row says."""
        self._settle()
        return self._saved

    def answers(self, question: Hashable, answer: Callable[[Sequence[Profile]], _Made]) -> _Made:
        """Answer a question by the facts, with what was answered before unless facts came since."""
        key = question, len(self.facts)
        made: _Made | None = self._made.get(key)
        if made is None:
            if len(self._made) >= MOST_QUESTIONS:
                self._made = {}
            made = self._made[key] = answer(self._facts)
        return made

    def levels(self, names: Iterable[str]) -> NDArray[np.int8]:
        """Give each row the best level that it states of a skill under any of its names, or -1."""
        self._read_levels()
        return self._best(self._levels, names)

    def proven(self, names: Iterable[str]) -> NDArray[np.int8]:
        """Give each row the best level found of a skill that it holds under any of its names, or -1."""
        self._read_levels()
        return self._best(self._proven, names)

    def _read_levels(self) -> None:
        facts = self.facts
        for place in range(self._read, len(facts)):
            for skill in facts[place].skills:
                for name in names_of(skill):
                    _raise(self._levels, name, place, skill.level)
                    _raise(self._proven, name, place, skill.proven_level)
        self._read = len(facts)

    def _best(
        self, stated: Mapping[str, Mapping[int, int]], names: Iterable[str]
    ) -> NDArray[np.int8]:
        of_facts = np.full(len(self.facts), -1, dtype=np.int8)
        for name in names:
            if found := stated.get(name):
                places = np.fromiter(found, dtype=np.intp, count=len(found))
                levels = np.fromiter(found.values(), dtype=np.int8, count=len(found))
                of_facts[places] = np.maximum(of_facts[places], levels)
        return of_facts[self.codes]

    def _settle(self) -> None:
        if not self._added:
            return
        codes = [self._place_of(said) for said in self._added]
        self._saved = np.concatenate((self._saved, np.array(codes, dtype=np.int64)))
        self._added, self._is_own = [], True

    def _place_of(self, said: Any) -> int:
        key = self._key(said)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self._facts)
            values = key if len(self._fields) > 1 else (key,)
            fact = Profile(key="", **dict(zip(self._fields, values, strict=True)))
            self._facts.append(fact)
        return place

    def _key(self, said: Any) -> Any:
        return said if self._kept is None else self._kept(said)

    def groups(self) -> NDArray[np.intp]:
        """Give each fact's group: the most frequent ones have their own, the others share the last."""
        often = np.argsort(-np.bincount(self.codes, minlength=len(self.facts)), kind="stable")
        groups = np.full(len(self.facts), LAST_GROUP)
        own = often[:LAST_GROUP]
        groups[own] = np.arange(len(own))
        return groups

    def copy(self) -> Column:
        """Give a column that says the same and changes alone."""
        self._settle()
        copied = copy(self)
        copied._added, copied._read, copied._made = [], 0, {}
        copied._levels, copied._proven = {}, {}
        copied._facts, copied._places = list(self._facts), dict(self._places)
        copied._is_own = self._is_own = False
        return copied

    def taken(self, rows: Sequence[int] | NDArray[np.intp]) -> Column:
        """Give the column of some rows, in the order asked."""
        if not len(self._saved) and not self._facts:
            # Nobody has asked yet, and perhaps nobody will.
            fresh = Column(self._name)
            fresh._added = [self._added[row] for row in rows]
            return fresh
        copied = self.copy()
        copied._saved = self.codes[np.asarray(rows, dtype=np.intp)]
        return copied


def names_of(skill: HeldSkill | AskedSkill) -> Iterator[str]:
    """Name a skill as levels are looked up: by its code in the referential, and by its label."""
    if skill.code:
        yield f"code {skill.code}"
    yield f"label {fold(skill.label)}"


def _raise(stated: dict[str, dict[int, int]], name: str, place: int, level: int | None) -> None:
    """Note that a fact states a skill at a level, unless it stated it at a better one."""
    if level is not None:
        of_skill = stated.setdefault(name, {})
        of_skill[place] = max(of_skill.get(place, -1), level)


def _levelled(skills: Iterable[HeldSkill]) -> tuple[HeldSkill, ...]:
    """Keep the skills with a level, stated or found: that others are there, words tell."""
    return tuple([s for s in skills if s.level is not None or s.proven_level is not None])


def columns_of(profiles: Iterable[Profile]) -> Mapping[str, Column]:
    """Give a column for each criterion."""
    columns = {name: Column(name) for name in READS}
    for profile in profiles:
        for column in columns.values():
            column.add(profile)
    return columns


def grouped(
    columns: Mapping[str, Column],
) -> tuple[Mapping[str, Column], NDArray[np.intp], tuple[int, ...]]:
    """Bring rows in order of their groups: the columns so, the order, and the size of each group."""
    column = columns[GROUPED_BY]
    groups = column.groups()[column.codes]
    order = np.argsort(groups, kind="stable")
    sizes = tuple(np.bincount(groups, minlength=GROUPS).tolist())
    return {name: each.taken(order) for name, each in columns.items()}, order, sizes
