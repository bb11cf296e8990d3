"""What criteria read of a pool, column by column: the few different facts, and which each row has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching._criteria import READS
from matching._forms import fold
from matching._types import AskedSkill, HeldSkill, Profile


class Column:
    """The facts that one criterion reads: most of a pool says the same few things.

    Each different one is kept once, as a profile that says nothing else.
    """

    def __init__(
        self, name: str, saved: Iterable[Profile] = (), codes: NDArray[np.int32] | None = None
    ) -> None:
        self._fields = READS[name]
        self._key = _key_of(name)
        self.facts = list(saved)
        self._places = {self._key(profile): place for place, profile in enumerate(self.facts)}
        self._saved = np.zeros(0, dtype=np.int32) if codes is None else codes
        self._added: list[int] = []
        #: For each skill, the level of each fact that states one; made when first asked for.
        self._levels: dict[str, dict[int, int]] = {}
        self._levels_read = 0

    def add(self, profile: Profile) -> None:
        """Add a row with what a profile says."""
        key = self._key(profile)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.facts)
            values = key if len(self._fields) > 1 else (key,)
            self.facts.append(Profile(key="", **dict(zip(self._fields, values, strict=True))))
        self._added.append(place)

    @property
    def codes(self) -> NDArray[np.int32]:
        """The place in ``facts`` of what each row says."""
        if self._added:
            self._saved = np.concatenate((self._saved, np.array(self._added, dtype=np.int32)))
            self._added = []
        return self._saved

    def levels(self, names: Iterable[str]) -> NDArray[np.int8]:
        """Give each row the best level that it states of a skill under any of its names, or -1."""
        for place in range(self._levels_read, len(self.facts)):
            for skill in self.facts[place].skills:
                for name in names_of(skill):
                    of_skill = self._levels.setdefault(name, {})
                    of_skill[place] = max(of_skill.get(place, -1), _level(skill))
        self._levels_read = len(self.facts)
        of_fact = np.full(len(self.facts), -1, dtype=np.int8)
        for name in names:
            if found := self._levels.get(name):
                places = np.fromiter(found, dtype=np.intp, count=len(found))
                levels = np.fromiter(found.values(), dtype=np.int8, count=len(found))
                of_fact[places] = np.maximum(of_fact[places], levels)
        return of_fact[self.codes] if len(of_fact) else np.full(0, -1, dtype=np.int8)

    def copy(self) -> Column:
        """Give a column that says the same and changes alone."""
        copied = copy(self)
        copied._saved, copied._added = self.codes, []
        copied.facts, copied._places = list(self.facts), dict(self._places)
        copied._levels, copied._levels_read = {}, 0
        return copied

    def taken(self, rows: Sequence[int]) -> Column:
        """Give the column of some rows, in the order asked."""
        copied = self.copy()
        copied._saved = self.codes[list(rows)]
        return copied


def names_of(skill: HeldSkill | AskedSkill) -> Iterator[str]:
    """Name a skill as levels are looked up: by its code in the referential, and by its label."""
    if skill.code:
        yield f"code {skill.code}"
    yield f"label {fold(skill.label)}"


def _level(skill: HeldSkill) -> int:
    return -1 if skill.level is None else skill.level


def _levelled(profile: Profile) -> tuple[HeldSkill, ...]:
    """Keep the skills that state a level: that others are there, words tell."""
    return tuple([skill for skill in profile.skills if skill.level is not None])


def _key_of(name: str) -> Callable[[Profile], Any]:
    return _levelled if name == "skills" else attrgetter(*READS[name])


def columns_of(profiles: Iterable[Profile]) -> Mapping[str, Column]:
    """Give a column for each criterion."""
    columns = {name: Column(name) for name in READS}
    for profile in profiles:
        for column in columns.values():
            column.add(profile)
    return columns
