"""What criteria read of a pool, column by column: the few different facts, and which each row has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching._criteria import READS
from matching._types import Profile

GROUPS = 16
"""Groups that the rows of a pool fall into by one column, for an index to read them apart."""

EVERY_GROUP = range(GROUPS)


class Column:
    """The facts that one criterion reads: most of a pool says the same few things.

    Each different one is kept once, as a profile that says nothing else. Codes have the size of an
    address, which makes looking their facts up twice as fast.
    """

    def __init__(
        self, name: str, saved: Iterable[Profile] = (), codes: NDArray[np.int64] | None = None
    ) -> None:
        self._fields = READS[name]
        self.facts = list(saved)
        self._places = {self._key(profile): place for place, profile in enumerate(self.facts)}
        self._saved = np.zeros(0, dtype=np.int64) if codes is None else codes
        self._added: list[int] = []

    def add(self, profile: Profile) -> None:
        """Add a row with what a profile says."""
        key = self._key(profile)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.facts)
            self.facts.append(Profile(key="", **dict(zip(self._fields, key, strict=True))))
        self._added.append(place)

    @property
    def codes(self) -> NDArray[np.int64]:
        """The place in ``facts`` of what each row says."""
        if self._added:
            self._saved = np.concatenate((self._saved, np.array(self._added, dtype=np.int64)))
            self._added = []
        return self._saved

    def groups(self) -> NDArray[np.intp]:
        """Give each fact's group: the most frequent ones have their own, the others share the last."""
        often = np.argsort(-np.bincount(self.codes, minlength=len(self.facts)), kind="stable")
        groups = np.full(len(self.facts), GROUPS - 1)
        own = often[: GROUPS - 1]
        groups[own] = np.arange(len(own))
        return groups

    def copy(self) -> Column:
        """Give a column that says the same and changes alone."""
        copied = Column.__new__(Column)
        copied._fields, copied._saved, copied._added = self._fields, self.codes, []
        copied.facts, copied._places = list(self.facts), dict(self._places)
        return copied

    def taken(self, rows: Sequence[int] | NDArray[np.intp]) -> Column:
        """Give the column of some rows, in the order asked."""
        copied = self.copy()
        copied._saved = self.codes[np.asarray(rows, dtype=np.intp)]
        return copied

    def _key(self, profile: Profile) -> tuple[Any, ...]:
        return tuple(getattr(profile, field) for field in self._fields)


def columns_of(profiles: Iterable[Profile]) -> Mapping[str, Column]:
    """Give a column for each criterion."""
    columns = {name: Column(name) for name in READS}
    for profile in profiles:
        for column in columns.values():
            column.add(profile)
    return columns
