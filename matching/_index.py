"""The TF-IDF index: a pool of profiles as weighted terms, ready for any posting.

The method is the vector space model (Salton, Wong and Yang, 1975) with a logarithmic term frequency
and a smoothed inverse document frequency (Spärck Jones, 1972), each vector brought to length one.
Three things are added: frequencies are counted over the pool and a background of public postings
together, rarity is raised to a power, and mentions beyond a few are ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from matching._background import Background
from matching._terms import Term, is_concept, is_pair


class Mention(NamedTuple):
    """What a profile says of one term: how strongly, where at best, and in which words."""

    strength: float
    field: str
    terms: Sequence[Term]

    @property
    def words(self) -> tuple[str, ...]:
        """The different surface forms, in the order of fields."""
        return tuple(dict.fromkeys(term.surface for term in self.terms))

    @property
    def parts(self) -> frozenset[str]:
        """The terms of the words that name the skill, when the term is a skill."""
        return frozenset(part for term in self.terms for part in term.parts)


@dataclass(frozen=True)
class Scale:
    """What a term weighs before anyone mentions it.

    ``documents`` and ``frequencies`` are those of the pool.
    """

    documents: int
    frequencies: Mapping[str, int]
    background: Background
    background_weight: float
    rarity: float
    pair: float
    concept: float

    def weight(self, term: str) -> float:
        """Give ``(1 + ln((1 + N) / (1 + n))) ** rarity``, times the factor of the term's kind.

        N counts the profiles and, times their weight, the background's postings; n counts those
        that hold the term.
        """
        seen = self.background_weight * self.background.frequencies.get(term, 0)
        read = self.background_weight * self.background.documents
        odds = (1 + self.documents + read) / (1 + self.frequencies.get(term, 0) + seen)
        kind = self.concept if is_concept(term) else self.pair if is_pair(term) else 1.0
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

    def __init__(self, mentions: Sequence[Mapping[str, Mention]], scale: Scale) -> None:
        """Weigh the mentions of each profile, in the order that rows will be numbered."""
        # scikit-learn takes a second to load, which only those who rank should wait for.
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.preprocessing import normalize

        self.scale = scale
        # Columns follow the alphabet: sums must not depend on the order profiles came in.
        vectorizer = DictVectorizer().fit([scale.frequencies])
        strengths = [{term: one.strength for term, one in row.items()} for row in mentions]
        self.columns: dict[str, int] = vectorizer.vocabulary_
        self.weights = np.array([scale.weight(term) for term in vectorizer.feature_names_])
        if self.columns and strengths:
            matrix = vectorizer.transform(strengths).multiply(self.weights)
            self.matrix = normalize(matrix).tocsc()
        else:
            # Nobody says anything: scikit-learn refuses to count nothing.
            self.matrix = csc_matrix((len(mentions), len(self.columns)))

    @classmethod
    def build(
        cls,
        mentions: Sequence[Mapping[str, Mention]],
        *,
        background: Background,
        background_weight: float,
        rarity: float,
        pair: float,
        concept: float,
    ) -> Self:
        """Count how many profiles mention each term, then weigh them by it."""
        frequencies = Counter(term for row in mentions for term in row)
        scale = Scale(
            len(mentions), frequencies, background, background_weight, rarity, pair, concept
        )
        return cls(mentions, scale)

    def question(
        self, strengths: Mapping[str, float]
    ) -> tuple[list[str], NDArray[np.float64], float]:
        """Turn a posting's terms into a vector of length one over the terms that the pool knows.

        Gives the known terms in alphabetical order, their weights, and the length that the
        vector had.
        """
        known = sorted(term for term in strengths if term in self.columns)
        weights = np.array([strengths[t] * self.weights[self.columns[t]] for t in known])
        length = float(np.sqrt(np.sum(weights**2))) or 1.0
        return known, weights / length, length

    def entries(self, known: Sequence[str], weights: NDArray[np.float64]) -> Entries:
        """Multiply a posting's vector by each profile's, and keep every product."""
        shared = self.matrix[:, [self.columns[term] for term in known]]
        terms = np.repeat(np.arange(len(known)), np.diff(shared.indptr))
        return Entries(shared.indices, terms, shared.data * weights[terms])
