"""The TF-IDF index: a pool of profiles as weighted terms, ready for any posting.

The method is the vector space model (Salton, Wong and Yang, 1975) with a logarithmic term frequency
and a smoothed inverse document frequency (Spärck Jones, 1972), each vector brought to length one.
Three things are added: frequencies are counted over the pool and a background of public postings
together, rarity is raised to a power, and mentions beyond a few are ignored.

Rows are kept by profile, which makes sums exact and reasons cheap, and by term, an inverted index
(Zobel and Moffat, 2006), which finds the best without reading those who share no term.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching._analysis import Analysis
from matching._background import Background
from matching._columns import EVERY_GROUP, GROUPS
from matching._rows import Rows
from matching._vocabulary import CONCEPT, PAIR, Vocabulary, kind_of

SLACK = 1e-6
"""Weights by term are kept in single precision: who comes this close to the last place is counted."""

BLOCK = 64
"""How many rows stand behind their best one while the last place is looked for."""


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


class Frozen(NamedTuple):
    """What an index counted when it was built, and its entries weighed: by row, then by term.

    ``holders`` tells how many of the ``documents`` hold each term, and ``known`` which terms a
    question may ask for; ``values`` are the entries of the rows. Every term has ``GROUPS`` lists, one
    for each group of rows: list i is of ``list_rows`` from ``list_starts[i]`` to ``list_starts[i + 1]``,
    where the term weighs ``list_values``.
    """

    documents: int
    holders: NDArray[np.int32]
    known: NDArray[np.bool_]
    values: NDArray[np.float64]
    list_starts: NDArray[np.int32]
    list_rows: NDArray[np.int32]
    list_values: NDArray[np.float32]


class Index:
    """Weighted rows that can be searched, added to and taken from.

    ``groups`` gives each row's group, a number below ``GROUPS``: a question may be for some groups
    only, and the lists of others are not read.

    Rows keep their numbers. How rare terms are is what it was when the index was built: rows added
    later are weighed by it, and ``drift`` tells how far it has moved.
    """

    def __init__(
        self,
        rows: Rows,
        vocabulary: Vocabulary,
        scale: Scale,
        groups: bytes = b"",
        frozen: Frozen | None = None,
    ) -> None:
        self.scale = scale
        self.vocabulary = vocabulary
        self.rows = rows
        self.alive = np.ones(rows.size, dtype=bool)
        self._added: list[Analysis] = []
        self.frozen = frozen or _counted(rows, vocabulary, scale, groups)
        holders = self.frozen.holders
        self.weights = scale.weights(
            self.frozen.documents, holders, *vocabulary.facts(len(holders))
        )
        self._known = self.frozen.known

    @property
    def size(self) -> int:
        """How many rows there are, those taken away included."""
        return len(self.alive)

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
        rows = Rows.of([self.analysis(row) for row in np.flatnonzero(self.alive).tolist()])
        kept = self.scale.strengths(rows.counts) > 0
        width = len(self.weights)
        holders = np.bincount(rows.terms[kept], minlength=width)
        fresh = self.scale.weights(rows.size, holders, *self.vocabulary.facts(width))
        used = holders > 0
        ratios = self.weights[used] / fresh[used]
        return float(np.maximum(ratios, 1 / ratios).max(initial=1.0)) - 1

    def settled(self, order: Sequence[int], groups: bytes) -> Index:
        """Give an index of some rows in another order and other groups, weighed by the same counts."""
        rows = Rows.of([self.analysis(row) for row in order])
        met = len(self.weights) - len(self.frozen.holders)
        holders = np.concatenate((self.frozen.holders, np.zeros(met, dtype=np.int32)))
        frozen = _weighed(
            rows,
            self.scale,
            self.weights,
            self.frozen.documents,
            holders,
            self._known.copy(),
            groups,
        )
        return Index(rows, self.vocabulary, self.scale, frozen=frozen)

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

    def question(self, terms: Sequence[str], strengths: NDArray[np.float64]) -> Question:
        """Turn a posting's terms into a vector of length one over the terms that the index knows."""
        numbers = self.vocabulary.find(terms)
        known = (numbers >= 0) & (numbers < len(self.weights)) & (strengths > 0)
        known[known] = self._known[numbers[known]]
        places, numbers = np.flatnonzero(known).tolist(), numbers[known]
        weights = strengths[known] * self.weights[numbers]
        length = float(np.sqrt(np.sum(weights**2))) or 1.0
        return Question([terms[place] for place in places], numbers, weights / length, length)

    def scores(self, question: Question) -> NDArray[np.float64]:
        """Give every row's cosine with a question; a row's products are added in order of terms."""
        dense = self._dense(question)
        return np.concatenate((self._first @ dense[: self._first.shape[1]], self._extra @ dense))

    def scores_of(self, rows: NDArray[np.intp], question: Question) -> NDArray[np.float64]:
        """Give some rows' cosines, to the last digit as ``scores`` does."""
        dense = self._dense(question)
        scores = np.zeros(len(rows))
        is_added = rows >= self.rows.size
        scores[~is_added] = self._first[rows[~is_added]] @ dense[: self._first.shape[1]]
        scores[is_added] = self._extra[rows[is_added] - self.rows.size] @ dense
        return scores

    def products(
        self, rows: Sequence[int], question: Question
    ) -> list[tuple[list[int], list[float]]]:
        """Give of each row the places in a question of the terms it shares, and what each earns."""
        place_of = np.full(len(self.weights), -1, dtype=np.intp)
        place_of[question.numbers] = np.arange(len(question.numbers))
        entries = [self._entries(row) for row in rows]
        places = place_of[np.concatenate([_NO_TERMS, *(terms for terms, _ in entries)])]
        values = np.concatenate([_NO_VALUES, *(values for _, values in entries)])
        shared = np.flatnonzero((places >= 0) & (values > 0))
        asked = places[shared]
        amounts = (values[shared] * question.weights[asked]).tolist()
        ends = np.searchsorted(shared, np.cumsum([len(terms) for terms, _ in entries])).tolist()
        listed = asked.tolist()
        return [(listed[start:end], amounts[start:end]) for start, end in pairwise([0, *ends])]

    def holders(self, term: str) -> NDArray[np.bool_]:
        """Tell of every row whether it mentions a term in a field that weighs something."""
        held = np.zeros(self.size, dtype=bool)
        number = int(self.vocabulary.find([term])[0])
        if number < 0:
            return held
        frozen, extra = self.frozen, self._extra
        if number < len(frozen.holders):
            lists = number * GROUPS
            own = slice(frozen.list_starts[lists], frozen.list_starts[lists + GROUPS])
            held[frozen.list_rows[own][frozen.list_values[own] > 0]] = True
        mentioned = np.flatnonzero((extra.indices == number) & (extra.data > 0))
        held[self.rows.size + np.searchsorted(extra.indptr, mentioned, side="right") - 1] = True
        return held

    def best(
        self,
        question: Question,
        count: int,
        among: NDArray[np.bool_],
        bonus: NDArray[np.float64] | None = None,
        groups: NDArray[np.intp] = EVERY_GROUP,
    ) -> NDArray[np.intp] | None:
        """Give rows that hold the ``count`` best ``among`` those allowed, ties included.

        A row's worth is its cosine and its ``bonus``; those allowed are of these ``groups``. Gives
        ``None`` when only reading every row tells: there are too few, or the last of the best earns
        nothing.
        """
        if self.size < BLOCK * count:
            return None
        listed = question.numbers < len(self.frozen.holders)
        lists = (question.numbers[listed, np.newaxis] * GROUPS + groups).ravel()
        near = np.repeat(question.weights[listed], len(groups)) @ self._lists[lists]
        if self._added:
            near = np.concatenate((near, self._extra @ self._dense(question)))
        near = near * among if bonus is None else np.where(among, near + bonus, -np.inf)
        # The last of so many blocks' best is no better than the last of so many rows.
        blocks = near[: self.size // BLOCK * BLOCK].reshape(BLOCK, -1).max(axis=0)
        last = np.partition(blocks, len(blocks) - count)[len(blocks) - count]
        return np.flatnonzero(near >= last - SLACK) if last > SLACK else None

    def _entries(self, row: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Give a row's terms, and what each weighs in it."""
        first = self.rows.size
        matrix, at = (self._first, row) if row < first else (self._extra, row - first)
        own = slice(matrix.indptr[at], matrix.indptr[at + 1])
        return matrix.indices[own], matrix.data[own]

    def _dense(self, question: Question) -> NDArray[np.float64]:
        dense = np.zeros(len(self.weights))
        dense[question.numbers] = question.weights
        return dense

    @cached_property
    def _first(self) -> csr_matrix:
        rows = self.rows
        return csr_matrix(
            (self.frozen.values, rows.terms, rows.starts),
            (rows.size, len(self.frozen.holders)),
            copy=False,
        )

    @cached_property
    def _lists(self) -> csr_matrix:
        """The same by term."""
        frozen = self.frozen
        return csr_matrix(
            (frozen.list_values, frozen.list_rows, frozen.list_starts),
            (len(frozen.holders) * GROUPS, self.rows.size),
            copy=False,
        )

    @cached_property
    def _extra(self) -> csr_matrix:
        """The rows added since the index was built, weighed."""
        rows = Rows.of(self._added)
        strengths = self.scale.strengths(rows.counts) * self.weights[rows.terms]
        values = _brought_to_one(strengths, rows.numbers, rows.size)
        return csr_matrix((values, rows.terms, rows.starts), (rows.size, len(self.weights)))


_NO_TERMS, _NO_VALUES = np.zeros(0, dtype=np.int32), np.zeros(0)


def _counted(rows: Rows, vocabulary: Vocabulary, scale: Scale, groups: bytes) -> Frozen:
    """Count how many rows hold each term, and weigh the rows by it."""
    width = rows.width
    held = rows.terms[scale.strengths(rows.counts) > 0]
    holders = np.bincount(held, minlength=width).astype(np.int32)
    weights = scale.weights(rows.size, holders, *vocabulary.facts(width))
    return _weighed(rows, scale, weights, rows.size, holders, holders > 0, groups)


def _weighed(
    rows: Rows,
    scale: Scale,
    weights: NDArray[np.float64],
    documents: int,
    holders: NDArray[np.int32],
    known: NDArray[np.bool_],
    groups: bytes,
) -> Frozen:
    """Weigh every entry of some rows, and list the entries by term and group."""
    strengths = scale.strengths(rows.counts) * weights[rows.terms]
    values = _brought_to_one(strengths, rows.numbers, rows.size)
    lists = rows.terms.astype(np.int32) * GROUPS
    if groups:
        lists += np.frombuffer(groups, dtype=np.uint8)[rows.numbers]
    matrix = csr_matrix((values, lists, rows.starts), (rows.size, len(holders) * GROUPS)).tocsc()
    return Frozen(
        documents,
        holders,
        known,
        values,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float32),
    )


def _brought_to_one(
    values: NDArray[np.float64], rows: NDArray[np.int32], size: int
) -> NDArray[np.float64]:
    """Divide each row's values by its length; a row of nothing stays so."""
    # Squares are added one after the other: equal rows get equal lengths wherever they stand.
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=size))
    lengths[lengths == 0] = 1.0
    return values / lengths[rows]


@lru_cache(maxsize=6)
def index_of(rows: Rows, vocabulary: Vocabulary, scale: Scale, groups: bytes) -> Index:
    """Give the index of rows on a scale, the same for the same ones, for those who don't change it."""
    return Index(rows, vocabulary, scale, groups)
