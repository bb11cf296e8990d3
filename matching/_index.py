"""The TF-IDF index: a pool of profiles as weighted terms, ready for any posting.

The method is the vector space model (Salton, Wong and Yang, 1975) with a logarithmic term frequency
and a smoothed inverse document frequency (Spärck Jones, 1972), each vector brought to length one.
Three things are added: frequencies are counted over the pool and a background of public postings
together, rarity is raised to a power, and mentions beyond a few are ignored.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching._analysis import CONCEPT, PAIR, Pool
from matching._background import Background
from matching._terms import is_concept, is_pair


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

    def weight(self, documents: int, holders: int, seen: int, kind: float) -> float:
        """Give ``(1 + ln((1 + N) / (1 + n))) ** rarity``, times the factor of the term's kind.

        N counts the profiles and, times their weight, the background's postings; n counts those
        that hold the term.
        """
        read = self.background * Background.default().documents
        odds = (1 + documents + read) / (1 + holders + self.background * seen)
        return float((1 + np.log(odds)) ** self.rarity * kind)


class Entries(NamedTuple):
    """What each profile earns from each term of a posting, one entry per shared term.

    ``rows`` are profiles, ``terms`` positions in the posting's list of terms. Entries are sorted
    by term, so that equal profiles add equal amounts in the same order and tie exactly.
    """

    rows: NDArray[np.intp]
    terms: NDArray[np.intp]
    amounts: NDArray[np.float64]


class Index:
    """An inverted index: for each term, the profiles that mention it and their weights."""

    def __init__(self, pool: Pool, scale: Scale) -> None:
        """Weigh the mentions of each profile, in the order that rows are numbered."""
        # scikit-learn takes a second to load, which only those who rank should wait for.
        from sklearn.preprocessing import normalize

        self.scale = scale
        self.pool = pool
        strengths = self._strengths()
        kept = strengths > 0
        terms, rows = pool.terms[kept], pool.rows[kept]
        self.holders = np.bincount(terms, minlength=pool.width)
        self.weights = self._weights()
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=pool.size))))
        # A row's entries stay in the order of the alphabet, whatever the numbers of its terms.
        matrix = csr_matrix(
            (strengths[kept] * self.weights[terms], terms, starts), (pool.size, pool.width)
        )
        if len(terms):
            # Nobody says anything: scikit-learn refuses to count nothing.
            matrix = normalize(matrix, copy=False)
        self.matrix = matrix.tocsc()

    def weight(self, term: str) -> float:
        """Give what a term weighs before anyone mentions it, known to the pool or not."""
        kind = self._factor(CONCEPT if is_concept(term) else PAIR if is_pair(term) else 0)
        seen = Background.default().frequencies.get(term, 0)
        number = self.pool.numbers.get(term)
        holders = 0 if number is None or number >= self.pool.width else int(self.holders[number])
        return self.scale.weight(self.pool.size, holders, seen, kind)

    def question(
        self, strengths: Mapping[str, float]
    ) -> tuple[list[str], NDArray[np.float64], float]:
        """Turn a posting's terms into a vector of length one over the terms that the pool knows.

        Gives the known terms in alphabetical order, their weights, and the length that the
        vector had.
        """
        known = sorted(term for term in strengths if self._is_known(term))
        weights = np.array([strengths[t] * self.weights[self.pool.numbers[t]] for t in known])
        length = float(np.sqrt(np.sum(weights**2))) or 1.0
        return known, weights / length, length

    def entries(self, known: Sequence[str], weights: NDArray[np.float64]) -> Entries:
        """Multiply a posting's vector by each profile's, and keep every product."""
        shared = self.matrix[:, [self.pool.numbers[term] for term in known]]
        terms = np.repeat(np.arange(len(known)), np.diff(shared.indptr))
        return Entries(shared.indices, terms, shared.data * weights[terms])

    def _is_known(self, term: str) -> bool:
        number = self.pool.numbers.get(term)
        return number is not None and number < self.pool.width and self.holders[number] > 0

    def _factor(self, kind: int) -> float:
        return {CONCEPT: self.scale.concept, PAIR: self.scale.pair}.get(kind, 1.0)

    def _strengths(self) -> NDArray[np.float64]:
        """Give each entry the weight of its best field, times what its mentions are worth."""
        counts, order = self.pool.counts, list(self.scale.order)
        best = np.zeros(len(counts))
        for field in reversed(order):
            best[counts[:, field] > 0] = self.scale.fields[field]
        times = counts[:, order].sum(axis=1)
        strengths: NDArray[np.float64] = (
            best * self.scale.worth[np.minimum(times, self.scale.repeats)]
        )
        return strengths

    def _weights(self) -> NDArray[np.float64]:
        """Weigh every term; those that share figures share the computation, and the last digit."""
        # One number for each triple: sorting rows of three would take ten times as long.
        holders, seen, kinds = (
            part.astype(np.int64) for part in (self.holders, self.pool.seen, self.pool.kinds)
        )
        most = int(seen.max(initial=0)) + 1
        triples, place = np.unique((holders * most + seen) * 3 + kinds, return_inverse=True)
        weights = [
            self.scale.weight(
                self.pool.size,
                triple // 3 // most,
                triple // 3 % most,
                self._factor(triple % 3),
            )
            for triple in triples.tolist()
        ]
        return np.array(weights)[place] if weights else np.zeros(0)


@lru_cache(maxsize=6)
def index_of(pool: Pool, scale: Scale) -> Index:
    """Give the index of a pool on a scale, the same for the same ones."""
    return Index(pool, scale)
