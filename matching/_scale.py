"""What a mention weighs: by its field, its repetition, its kind, and how rare its term is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching._background import Background
from matching._vocabulary import CONCEPT, PAIR


@dataclass(frozen=True)
class Scale:
    """What a mention weighs: by its field, its repetition, its kind, and how rare its term is.

    ``fields`` are the weights of a profile's fields, in the order of ``FIELDS``.
    """

    fields: tuple[float, ...]
    repeats: int
    pair: float
    concept: float
    rarity: float
    background: float

    @property
    def order(self) -> tuple[int, ...]:
        """The fields that weigh something, the best first: it gives a term its place in reasons."""
        weighed = [field for field, weight in enumerate(self.fields) if weight > 0]
        return tuple(sorted(weighed, key=lambda field: -self.fields[field]))

    @property
    def worth(self) -> NDArray[np.float64]:
        """What mentions are worth by their number, from none to ``repeats``."""
        return np.array([0.0, *(1 + math.log(times) for times in range(1, self.repeats + 1))])

    def strengths(self, counts: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Give each entry the weight of its best field, times what its mentions are worth."""
        order = list(self.order)
        best = np.zeros(len(counts))
        for field in reversed(order):
            best[counts[:, field] > 0] = self.fields[field]
        times = counts[:, order].sum(axis=1, dtype=np.int32)
        strengths: NDArray[np.float64] = best * self.worth[np.minimum(times, self.repeats)]
        return strengths

    def weight(self, documents: int, holders: int, seen: int, kind: int) -> float:
        """Give ``(1 + ln((1 + N) / (1 + n))) ** rarity``, times the factor of the term's kind.

        N counts the profiles and, times their weight, the background's postings; n counts those
        that hold the term.
        """
        read = self.background * Background.default().documents
        odds = (1 + documents + read) / (1 + holders + self.background * seen)
        factor = {CONCEPT: self.concept, PAIR: self.pair}.get(kind, 1.0)
        return float((1 + np.log(odds)) ** self.rarity * factor)

    def weights(
        self,
        documents: int,
        holders: NDArray[np.integer],
        seen: NDArray[np.integer],
        kinds: NDArray[np.integer],
    ) -> NDArray[np.float64]:
        """Weigh every term; those that share figures share the computation, and the last digit."""
        # One number for each triple: sorting rows of three would take ten times as long.
        held, read, kind = (part.astype(np.int64) for part in (holders, seen, kinds))
        most = int(read.max(initial=0)) + 1
        triples, place = np.unique((held * most + read) * 3 + kind, return_inverse=True)
        weights = [
            self.weight(documents, triple // 3 // most, triple // 3 % most, triple % 3)
            for triple in triples.tolist()
        ]
        return np.array(weights)[place] if weights else np.zeros(0)
