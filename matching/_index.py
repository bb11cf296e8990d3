"""The TF-IDF index: a pool of profiles as weighted terms, ready for any posting.

The method is the vector space model (Salton, Wong and Yang, 1975) with a logarithmic term frequency
and a smoothed inverse document frequency (Spärck Jones, 1972), each vector brought to length one.
Three things are added: frequencies are counted over the pool and a background of public postings
together, rarity is raised to a power, and mentions beyond a few are ignored.

Rows are kept by profile, which makes sums exact and reasons cheap, and by term, an inverted index
(Zobel and Moffat, 2006), which finds the best without reading those who share no term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching._analysis import Analysis
from matching._background import Background
from matching._columns import GROUPS
from matching._compiled import add_lists, share
from matching._frozen import Frozen, values_of, weighed
from matching._rows import Rows
from matching._scale import Scale
from matching._vocabulary import Vocabulary, kind_of

SLACK = 1e-6
"""Weights by term are kept in single precision: who comes this close to the last place is counted."""

BLOCK = 16
"""How many rows stand behind their best one while the last place is looked for."""

COMPILED_FROM = 20_000
"""Rows from which on compiled code, where it can be had, is worth loading."""


class Question(NamedTuple):
    """A posting as a vector of length one over the terms that the index knows.

    ``terms`` are alphabetical, those that weigh nothing here included; ``numbers`` and ``weights`` are
    theirs, and ``length`` is what the vector's length was before it was brought to one.
    """

    terms: Sequence[str]
    numbers: NDArray[np.int32]
    weights: NDArray[np.float64]
    length: float


class Shared(NamedTuple):
    """What some rows share with a question.

    ``scores`` are the rows' cosines. Row after row, ``places`` tells which of the question's terms it
    holds, ``entries`` where each stands among the row's own and ``amounts`` what it adds to the score;
    row i's end at ``ends[i]``.
    """

    scores: NDArray[np.float64]
    places: NDArray[np.intp]
    entries: NDArray[np.intp]
    amounts: NDArray[np.float64]
    ends: NDArray[np.intp]

    def of(self, rows: Sequence[int]) -> Iterator[tuple[dict[int, int], list[float]]]:
        """Give some rows' entries by their places in the question, and the amounts in that order."""
        ends = [0, *self.ends.tolist()]
        for row in rows:
            own = slice(ends[row], ends[row + 1])
            held = zip(self.places[own].tolist(), self.entries[own].tolist(), strict=True)
            yield dict(held), self.amounts[own].tolist()

    def before(self, other: Shared) -> Shared:
        """Give what these rows and then others share."""
        both = (np.concatenate(parts) for parts in zip(self[:-1], other[:-1], strict=True))
        scores, places, entries, amounts = both
        ends = np.concatenate((self.ends, len(self.places) + other.ends))
        return Shared(scores, places, entries, amounts, ends)


class Index:
    """Weighted rows that can be searched, added to and taken from.

    The rows come in groups, one after the other; ``sizes`` tells how many each has. A question may be
    for some groups only, and the lists of others are not read.

    Rows keep their numbers. How rare terms are is what it was when the index was built: rows added
    later are weighed by it, and ``drift`` tells how far it has moved.
    """

    def __init__(
        self,
        rows: Rows,
        sizes: Sequence[int],
        vocabulary: Vocabulary,
        scale: Scale,
        frozen: Frozen | None = None,
    ) -> None:
        self.rows, self.sizes = rows, tuple(sizes)
        self.vocabulary, self.scale = vocabulary, scale
        self.alive = np.ones(rows.size, dtype=bool)
        self._added: list[Analysis] = []
        self._taken = 0
        if frozen is None:
            self.frozen, self.weights = self._counted()
        else:
            seen_and_kinds = vocabulary.facts(len(frozen.holders))
            self.weights = scale.weights(frozen.documents, frozen.holders, *seen_and_kinds)
            self.frozen = frozen
        self._known = self.frozen.known
        self._bounds = [0, *np.cumsum(self.sizes).tolist()]

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
        self._taken += 1

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

    def settled(self, order: Sequence[int], sizes: Sequence[int]) -> Index:
        """Give an index of some rows in another order and other groups, weighed by the same counts."""
        rows = Rows.of([self.analysis(row) for row in order])
        met = len(self.weights) - len(self.frozen.holders)
        counts = (
            self.frozen.documents,
            np.concatenate((self.frozen.holders, np.zeros(met, dtype=np.int32))),
            self._known.copy(),
        )
        values = values_of(rows, self.scale.strengths(rows.counts), self.weights)
        frozen = weighed(rows, sizes, values, *counts)
        return Index(rows, sizes, self.vocabulary, self.scale, frozen)

    def _counted(self) -> tuple[Frozen, NDArray[np.float64]]:
        """Count how many rows hold each term, and weigh terms and rows by it."""
        rows, width = self.rows, self.rows.width
        strengths = self.scale.strengths(rows.counts)
        holders = np.bincount(rows.terms[strengths > 0], minlength=width).astype(np.int32)
        weights = self.scale.weights(rows.size, holders, *self.vocabulary.facts(width))
        values = values_of(rows, strengths, weights)
        return weighed(rows, self.sizes, values, rows.size, holders, holders > 0), weights

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
        known = (numbers >= 0) & (numbers < len(self.weights))
        known[known] = self._known[numbers[known]]
        places, numbers = np.flatnonzero(known).tolist(), numbers[known]
        weights = strengths[known] * self.weights[numbers]
        length = float(np.sqrt(np.sum(weights**2))) or 1.0
        return Question([terms[place] for place in places], numbers, weights / length, length)

    @property
    def living(self) -> int:
        """How many rows there are, those taken away not included."""
        return self.size - self._taken

    def rows_of(self, groups: Sequence[int]) -> NDArray[np.intp]:
        """Give the rows of some groups and all those added since the index was built, in order."""
        if len(groups) == GROUPS:
            rows = np.arange(self.size)
        else:
            spans = [(self._bounds[group], self._bounds[group + 1]) for group in groups]
            spans.append((self.rows.size, self.size))
            rows = np.concatenate([np.arange(start, end) for start, end in spans])
        return rows[self.alive[rows]] if self._taken else rows

    def first_of(self, group: int, rows: NDArray[np.intp]) -> int:
        """Give the place, in rows in order of their numbers, of the first that a group may hold."""
        return int(np.searchsorted(rows, self._bounds[group]))

    def shared(self, rows: NDArray[np.intp], question: Question) -> Shared:
        """Tell what rows, in order of their numbers, share with a question."""
        cut = int(np.searchsorted(rows, self.rows.size))
        compiled = share() if self.rows.size >= COMPILED_FROM else None
        if compiled is None:
            shared = self._shared(self._first, rows[:cut], question)
        else:
            matrix = self._first
            arrays = matrix.indptr, matrix.indices, matrix.data
            shared = Shared(*compiled(*arrays, rows[:cut], question.numbers, question.weights))
        if cut == len(rows):
            return shared
        return shared.before(self._shared(self._extra, rows[cut:] - self.rows.size, question))

    def _shared(self, matrix: csr_matrix, rows: NDArray[np.intp], question: Question) -> Shared:
        terms, values, lengths = _entries(matrix, rows)
        places = self._places(terms, question)
        held = np.flatnonzero((places >= 0) & (values > 0))
        places = places[held]
        ends = np.cumsum(lengths)
        owners = np.searchsorted(ends, held, side="right")
        amounts = values[held] * question.weights[places]
        return Shared(
            np.bincount(owners, amounts, minlength=len(rows)).astype(np.float64, copy=False),
            places,
            held - (ends - lengths)[owners],
            amounts,
            np.cumsum(np.bincount(owners, minlength=len(rows))),
        )

    def _places(self, terms: NDArray[np.int32], question: Question) -> NDArray[np.intp]:
        """Tell where a question has each of some terms, -1 where it hasn't."""
        numbers = question.numbers
        if len(terms) > len(self.weights):
            place_of = np.full(len(self.weights), -1, dtype=np.intp)
            place_of[numbers] = np.arange(len(numbers))
            return place_of[terms]
        if not len(numbers):
            return np.full(len(terms), -1, dtype=np.intp)
        order = np.argsort(numbers)
        found = order[np.minimum(np.searchsorted(numbers, terms, sorter=order), len(order) - 1)]
        return np.where(numbers[found] == terms, found, -1)

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
        rows: NDArray[np.intp],
        groups: Sequence[int],
        bonus: NDArray[np.float64] | None = None,
    ) -> NDArray[np.intp]:
        """Give those of some rows among which the ``count`` best surely are, ties included.

        ``rows`` are of these ``groups``, in order of their numbers; each is worth its cosine and its
        ``bonus``. Gives all when there are few, or when the last of the best may earn nothing.
        """
        cut = int(np.searchsorted(rows, self.rows.size))
        if cut < BLOCK * count:
            return rows
        listed = question.numbers < len(self.frozen.holders)
        lists = np.add.outer(question.numbers[listed] * GROUPS, groups).ravel()
        weights = np.repeat(question.weights[listed], len(groups))
        near = self._near(lists, weights).take(rows[:cut])
        if bonus is not None:
            near += bonus[:cut]
        # The last of so many blocks' best is no better than the last of so many rows.
        blocks = near[: cut // BLOCK * BLOCK].reshape(BLOCK, -1).max(axis=0)
        last = np.partition(blocks, len(blocks) - count)[len(blocks) - count]
        if last <= SLACK:
            return rows
        # Rows added since stand in no list.
        return np.concatenate((rows[np.flatnonzero(near >= last - SLACK)], rows[cut:]))

    def _near(self, lists: NDArray[np.intp], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up weighted lists: what each row is worth, but for the precision of the lists."""
        add = add_lists() if self.rows.size >= COMPILED_FROM else None
        if add is None:
            return np.asarray(weights @ self._lists[lists])
        near, frozen = np.zeros(self.rows.size), self.frozen
        # Compiled code makes sure that a number which may be negative is not; these never are.
        rows = frozen.list_rows.view(np.uint32)
        add(frozen.list_starts, rows, frozen.list_values, lists, weights, near)
        return near

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
        values = values_of(rows, self.scale.strengths(rows.counts), self.weights)
        return csr_matrix((values, rows.terms, rows.starts), (rows.size, len(self.weights)))


def _entries(
    matrix: csr_matrix, rows: NDArray[np.intp]
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.intp]]:
    """Give the terms and the values of some rows, one after the other, and how many each has."""
    starts = matrix.indptr[rows]
    lengths = matrix.indptr[rows + 1] - starts
    if len(rows) == matrix.shape[0]:
        return matrix.indices, matrix.data, lengths
    moved = starts - np.cumsum(lengths) + lengths
    entries = np.repeat(moved, lengths)
    entries += np.arange(len(entries), dtype=entries.dtype)
    return matrix.indices[entries], matrix.data[entries], lengths


@lru_cache(maxsize=6)
def index_of(rows: Rows, sizes: tuple[int, ...], vocabulary: Vocabulary, scale: Scale) -> Index:
    """Give the index of rows on a scale, the same for the same ones, for those who don't change it."""
    return Index(rows, sizes, vocabulary, scale)
