"""The terms that an index knows, as numbers: in memory while they are met, or in files that workers share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matching._background import Background
from matching._terms import is_concept, is_pair

WORD, PAIR, CONCEPT = range(3)
"""The kinds of a term."""

MOST_LOOKED_UP = 256
"""Lists of terms whose numbers are kept in memory."""


class Vocabulary:
    """Numbers terms in the order in which they are met; nothing that is computed may depend on it.

    ``saved`` are the arrays that ``arrays`` gave: they are only read, so they may be mapped from
    files, and terms met since are kept beside them. Terms are found by a hash of 64 bits: among a
    million terms, two share one with a probability of 3e-8.
    """

    def __init__(self, saved: Mapping[str, NDArray[np.generic]] | None = None) -> None:
        self._saved = saved or _NOTHING
        self._size = len(self._saved["hashes"])
        self._met: dict[str, int] = {}
        self._seen: list[int] = []
        self._kinds: list[int] = []
        self._facts: tuple[NDArray[np.int32], NDArray[np.int8]] | None = None
        self._lock = Lock()
        # What the same posting asks is looked up once, until more terms are met.
        self._find = lru_cache(maxsize=MOST_LOOKED_UP)(lambda terms, _size: self._look_up(terms))

    def __len__(self) -> int:
        return self._size + len(self._met)

    def find(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """Give each term's number, or -1 for one that was never met; not to be written to."""
        return self._find(tuple(terms), len(self))

    def _look_up(self, terms: Sequence[str]) -> NDArray[np.int32]:
        found = np.full(len(terms), -1, dtype=np.int32)
        if self._size and terms:
            hashes = _hashes(terms)
            sorted_hashes = self._saved["hashes"]
            places = np.searchsorted(sorted_hashes, hashes)
            places[places == self._size] = 0
            hit = sorted_hashes[places] == hashes
            found[hit] = self._saved["numbers"][places[hit]]
        if self._met:
            for place, term in enumerate(terms):
                number = self._met.get(term)
                if number is not None:
                    found[place] = number
        return found

    def learn(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """Give each term's number, a new one to those met for the first time."""
        if not self._size:
            # Nothing was saved: most terms are in the dictionary, which is quicker than hashes.
            missing: Iterable[str] = [term for term in terms if term not in self._met]
        else:
            missing = (terms[p] for p in np.flatnonzero(self._look_up(terms) < 0).tolist())
        with self._lock:
            for term in missing:
                if term not in self._met:
                    self._met[term] = self._size + len(self._met)
                    self._seen.append(Background.default().frequencies.get(term, 0))
                    self._kinds.append(kind_of(term))
        if not self._size:
            return np.array([self._met[term] for term in terms], dtype=np.int32)
        return self._look_up(terms)

    def facts(self, width: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Give how many background postings hold each of the first terms, and the kind of each."""
        if self._facts is None or len(self._facts[0]) < width:
            with self._lock:
                self._facts = (
                    np.concatenate((self._saved["seen"], np.array(self._seen, dtype=np.int32))),
                    np.concatenate((self._saved["kinds"], np.array(self._kinds, dtype=np.int8))),
                )
        seen, kinds = self._facts
        return seen[:width], kinds[:width]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give everything that is known, to be saved."""
        seen, kinds = self.facts(len(self))
        hashes = np.concatenate((self._saved["hashes"], _hashes(list(self._met))))
        first = self._saved["numbers"]
        numbers = np.concatenate((first, np.arange(self._size, len(self), dtype=np.int32)))
        order = np.argsort(hashes)
        return {"hashes": hashes[order], "numbers": numbers[order], "seen": seen, "kinds": kinds}


_NOTHING: Mapping[str, NDArray[np.generic]] = {
    "hashes": np.zeros(0, dtype=np.uint64),
    "numbers": np.zeros(0, dtype=np.int32),
    "seen": np.zeros(0, dtype=np.int32),
    "kinds": np.zeros(0, dtype=np.int8),
}


def kind_of(term: str) -> int:
    """Tell whether a term is a word, a pair of neighbours or a skill of the referential."""
    return CONCEPT if is_concept(term) else PAIR if is_pair(term) else WORD


def _hashes(terms: Sequence[str]) -> NDArray[np.uint64]:
    def each() -> Iterator[bytes]:
        for term in terms:
            yield hashlib.blake2b(term.encode(), digest_size=8).digest()

    return np.frombuffer(b"".join(each()), dtype="<u8").astype(np.uint64)
