"""The TF-IDF index: a pool of profiles as weighted terms, ready for any posting.

The method is the vector space model (Salton, Wong and Yang, 1975) with a logarithmic term frequency
and a smoothed inverse document frequency (Spärck Jones, 1972), each vector brought to length one.
Three things are added: frequencies are counted over the pool and a background of public postings
together, rarity is raised to a power, and mentions beyond a few are ignored.

Rows are kept by profile, which makes sums exact and reasons cheap, and by term, which finds the
best without reading the others (the MaxScore rule: Turtle and Flood, 1995).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching._analysis import Analysis
from matching._background import Background
from matching._rows import Rows
from matching._vocabulary import CONCEPT, PAIR, Vocabulary, kind_of

SLACK = 1e-6
"""Weights by term are kept in single precision: who comes this close to the last place is counted."""

READ_AT_ONCE = 8
"""Lists of the heaviest terms are read until an eighth of all that could be read is left to skip."""


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


class Question(NamedTuple):
    """A posting as a vector of length one over the terms that the index knows.

    ``terms`` are alphabetical, ``numbers`` and ``weights`` theirs; ``length`` is what the vector's
    length was before it was brought to one.
    """

    terms: Sequence[str]
    numbers: NDArray[np.int32]
    weights: NDArray[np.float64]
    length: float


class Lists(NamedTuple):
    """The entries of the rows that an index was built from, by term: a list of rows each.

    ``most`` is each term's greatest weight.
    """

    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    most: NDArray[np.float32]


class Frozen(NamedTuple):
    """What every term weighs, as counted when the index was built, and the rows' entries weighed."""

    documents: int
    holders: NDArray[np.int32]
    values: NDArray[np.float64]
    lists: Lists


class Index:
    """Weighted rows that can be searched, added to and taken from.

    Rows keep their numbers. How rare terms are is what it was when the index was built: rows added
    later are weighed by it, and ``drift`` tells how far it has moved.
    """

    def __init__(
        self, rows: Rows, vocabulary: Vocabulary, scale: Scale, frozen: Frozen | None = None
    ) -> None:
        self.scale = scale
        self.vocabulary = vocabulary
        self.rows = rows
        self.alive = np.ones(rows.size, dtype=bool)
        self._added: list[Analysis] = []
        self.frozen = frozen or self._built()
        self.weights = self._weights(len(self.frozen.holders))
        self._known = self.frozen.holders > 0

    @property
    def size(self) -> int:
        """How many rows there are, those taken away included."""
        return len(self.alive)

    # Building

    def _built(self) -> Frozen:
        rows, strengths = self.rows, self.scale.strengths(self.rows.counts)
        width = rows.width
        holders = np.bincount(rows.terms[strengths > 0], minlength=width).astype(np.int32)
        weights = self.scale.weights(rows.size, holders, *self.vocabulary.facts(width))
        values = _brought_to_one(strengths * weights[rows.terms], rows.numbers, rows.size)
        matrix = csr_matrix((values, rows.terms, rows.starts), (rows.size, width)).tocsc()
        lists = Lists(
            matrix.indptr.astype(np.int32),
            matrix.indices,
            matrix.data.astype(np.float32),
            matrix.max(axis=0).toarray().ravel().astype(np.float32)
            if rows.size and width
            else np.zeros(width, dtype=np.float32),
        )
        return Frozen(rows.size, holders, values, lists)

    def _weights(self, width: int) -> NDArray[np.float64]:
        """Weigh every term by the frozen counts; terms met since are held by nobody there."""
        held = self.frozen.holders
        holders = np.concatenate((held, np.zeros(width - len(held), dtype=np.int32)))
        return self.scale.weights(self.frozen.documents, holders, *self.vocabulary.facts(width))

    # Changing

    def copy(self) -> Index:
        """Give an index that holds the same and changes alone."""
        copied = copy(self)
        copied.alive, copied._known = self.alive.copy(), self._known.copy()
        copied._added = list(self._added)
        return copied

    def add(self, analysis: Analysis) -> int:
        """Add a row, weighed by the frozen counts, and give its number."""
        width = max(len(self.weights), int(analysis.terms.max(initial=-1)) + 1)
        if width > len(self.weights):
            self._widen(width)
        self._known[analysis.terms[self.scale.strengths(analysis.counts) > 0]] = True
        self._added.append(analysis)
        self.alive = np.append(self.alive, True)
        self.__dict__.pop("_extra", None)
        return self.size - 1

    def take(self, row: int) -> None:
        """Take a row away: it is found no more."""
        self.alive[row] = False

    def _widen(self, width: int) -> None:
        old = len(self.weights)
        seen, kinds = self.vocabulary.facts(width)
        new = self.scale.weights(
            self.frozen.documents, np.zeros(width - old, np.int32), seen[old:], kinds[old:]
        )
        self.weights = np.concatenate((self.weights, new))
        self._known = np.concatenate((self._known, np.zeros(width - old, dtype=bool)))

    def drift(self) -> float:
        """Tell by how much the weight of a term in use differs from a fresh count's at most.

        A ratio less one: 0.05 says that no weight is more than five hundredths off.
        """
        rows = self.compacted()
        kept = self.scale.strengths(rows.counts) > 0
        width = len(self.weights)
        holders = np.bincount(rows.terms[kept], minlength=width)
        fresh = self.scale.weights(rows.size, holders, *self.vocabulary.facts(width))
        used = holders > 0
        ratios = self.weights[used] / fresh[used]
        return float(np.maximum(ratios, 1 / ratios).max(initial=1.0)) - 1

    def compacted(self) -> Rows:
        """Give the rows that are left, in order of their numbers."""
        if not self._added and self.alive.all():
            return self.rows
        return Rows.of([self.analysis(row) for row in np.flatnonzero(self.alive).tolist()])

    def analysis(self, row: int) -> Analysis:
        """Give one row's analysis."""
        first = self.rows.size
        return self.rows.analyses[row] if row < first else self._added[row - first]

    # Asking

    def weight(self, term: str) -> float:
        """Give what a term weighs before anyone mentions it, known to the pool or not."""
        number = int(self.vocabulary.find([term])[0])
        if 0 <= number < len(self.weights):
            return float(self.weights[number])
        seen = Background.default().frequencies.get(term, 0)
        return self.scale.weight(self.frozen.documents, 0, seen, kind_of(term))

    def question(self, strengths: Mapping[str, float]) -> Question:
        """Turn a posting's terms into a vector of length one over the terms that the index knows."""
        terms = sorted(strengths)
        numbers = self.vocabulary.find(terms)
        known = (numbers >= 0) & (numbers < len(self.weights))
        known[known] = self._known[numbers[known]]
        kept = [term for term, is_known in zip(terms, known.tolist(), strict=True) if is_known]
        weights = np.array([strengths[term] for term in kept]) * self.weights[numbers[known]]
        length = float(np.sqrt(np.sum(weights**2))) or 1.0
        return Question(kept, numbers[known], weights / length, length)

    def scores(self, question: Question) -> NDArray[np.float64]:
        """Give every row's cosine with a question; a row's products are added in order of terms."""
        dense = self._dense(question)
        return np.concatenate([matrix @ dense[: matrix.shape[1]] for matrix in self._matrices])

    def scores_of(self, rows: NDArray[np.intp], question: Question) -> NDArray[np.float64]:
        """Give some rows' cosines, to the last digit as ``scores`` does."""
        dense = self._dense(question)
        first, extra = self._matrices
        scores = np.zeros(len(rows))
        is_added = rows >= self.rows.size
        scores[~is_added] = first[rows[~is_added]] @ dense[: first.shape[1]]
        scores[is_added] = extra[rows[is_added] - self.rows.size] @ dense[: extra.shape[1]]
        return scores

    def products(
        self, row: int, question: Question
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Give the places in a question of the terms that a row shares, and what each earns."""
        matrix, place = self._matrices[0], row
        if row >= self.rows.size:
            matrix, place = self._matrices[1], row - self.rows.size
        own = slice(matrix.indptr[place], matrix.indptr[place + 1])
        order = np.argsort(question.numbers)
        ordered = question.numbers[order]
        places = np.minimum(np.searchsorted(ordered, matrix.indices[own]), len(ordered) - 1)
        if not len(ordered):
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        shared = (ordered[places] == matrix.indices[own]) & (matrix.data[own] > 0)
        asked = order[places[shared]]
        return asked, matrix.data[own][shared] * question.weights[asked]

    def holders(self, term: str) -> NDArray[np.bool_]:
        """Tell of every row whether it mentions a term in a field that weighs something."""
        held = np.zeros(self.size, dtype=bool)
        number = int(self.vocabulary.find([term])[0])
        lists = self.frozen.lists
        if 0 <= number < len(lists.most):
            own = slice(lists.starts[number], lists.starts[number + 1])
            held[lists.rows[own][lists.weights[own] > 0]] = True
        extra = self._matrices[1]
        if number >= 0:
            mentioned = np.flatnonzero((extra.indices == number) & (extra.data > 0))
            rows = np.searchsorted(extra.indptr, mentioned, side="right") - 1
            held[self.rows.size + rows] = True
        return held

    def best(
        self,
        question: Question,
        count: int,
        among: NDArray[np.bool_],
        bonus: NDArray[np.float64] | None = None,
    ) -> NDArray[np.intp] | None:
        """Give rows that hold the ``count`` best ``among`` those allowed, ties included.

        A row's worth is its cosine and its ``bonus``. Gives ``None`` when reading everything is the
        only way to tell: there are too few, or the last of them earns nothing.
        """
        if int(among.sum()) <= count or not len(question.terms):
            return None
        first = self.rows.size
        lists, numbers = self.frozen.lists, question.numbers
        inside = numbers < len(lists.most)
        numbers, weights = numbers[inside], question.weights[inside]
        bounds = weights * lists.most[numbers]
        order = np.argsort(-bounds)
        numbers, weights, bounds = numbers[order], weights[order], bounds[order]
        lengths = lists.starts[numbers + 1] - lists.starts[numbers]
        left = np.append(np.cumsum(bounds[::-1])[::-1], 0.0)
        ends = np.cumsum(lengths)
        worth = np.zeros(self.size) if bonus is None else bonus.astype(np.float64)
        if self._added:
            worth[first:] += self._matrices[1] @ self._dense(question)[: self._matrices[1].shape[1]]
        worth[~among] = -np.inf
        done, share = 0, float(READ_AT_ONCE)
        while True:
            read = max(done + 1, int(np.searchsorted(ends, ends[-1] / share))) if len(ends) else 0
            read = min(read, len(numbers))
            self._read(lists, numbers[done:read], weights[done:read], worth[:first])
            done, share = read, share / 2
            last = np.partition(worth, len(worth) - count)[len(worth) - count]
            if last <= SLACK:
                if done < len(numbers):
                    continue
                return None
            hopeful = np.flatnonzero(worth >= last - left[done] - SLACK)
            if done == len(numbers) or len(hopeful) <= max(8 * count, self.size // 64):
                return hopeful

    def _read(
        self,
        lists: Lists,
        numbers: NDArray[np.int32],
        weights: NDArray[np.float64],
        into: NDArray[np.float64],
    ) -> None:
        bounds = zip(
            lists.starts[numbers].tolist(), lists.starts[numbers + 1].tolist(), weights, strict=True
        )
        for start, end, weight in bounds:
            # A row stands once in a list, so plain indexing adds to each.
            into[lists.rows[start:end]] += lists.weights[start:end] * weight

    def _dense(self, question: Question) -> NDArray[np.float64]:
        dense = np.zeros(len(self.weights))
        dense[question.numbers] = question.weights
        return dense

    @property
    def _matrices(self) -> tuple[csr_matrix, csr_matrix]:
        return self._first, self._extra

    @cached_property
    def _first(self) -> csr_matrix:
        rows = self.rows
        return csr_matrix(
            (self.frozen.values, rows.terms, rows.starts),
            (rows.size, len(self.frozen.holders)),
            copy=False,
        )

    @cached_property
    def _extra(self) -> csr_matrix:
        """The rows added since the index was built, weighed."""
        rows = Rows.of(self._added)
        strengths = self.scale.strengths(rows.counts) * self.weights[rows.terms]
        values = _brought_to_one(strengths, rows.numbers, rows.size)
        return csr_matrix((values, rows.terms, rows.starts), (rows.size, len(self.weights)))


def _brought_to_one(
    values: NDArray[np.float64], rows: NDArray[np.int32], size: int
) -> NDArray[np.float64]:
    """Divide each row's values by its length; a row of nothing stays so."""
    # Squares are added one after the other: equal rows get equal lengths wherever they stand.
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=size))
    lengths[lengths == 0] = 1.0
    return values / lengths[rows]


@lru_cache(maxsize=6)
def index_of(rows: Rows, vocabulary: Vocabulary, scale: Scale) -> Index:
    """Give the index of rows on a scale, the same for the same ones, for those who don't change it."""
    return Index(rows, vocabulary, scale)
