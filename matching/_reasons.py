"""Why a profile stands where it does: what it earned, what it lacks, in sums that add up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from matching._analysis import Mentions
from matching._asked import Asked, AskedTerms
from matching._index import Index, Question
from matching._skills import Referential
from matching._terms import CONCEPT
from matching._types import Missing, Reason

HEAVY_TERMS = 5
"""How many of a posting's heaviest absent terms are named to a profile."""

_AMOUNT = itemgetter(Reason._fields.index("amount"))


class _Concept(NamedTuple):
    """A skill among a question's terms: its label, and the places of the terms that name it."""

    label: str
    parts: Mapping[str, int]


class _Lack(NamedTuple):
    """What to say of whoever holds neither the ``concept``, nor the only ``word``, nor all ``words``.

    All are places in the question, where the pool knows the term.
    """

    missing: Missing
    concept: int | None
    word: int | None
    words: frozenset[int]


class Wanted:
    """What the reasons of every profile read of one posting, which ``question`` is the vector of.

    ``skills`` are those asked, in the order in which to name them. A profile's terms are told by
    their places in the question.
    """

    def __init__(
        self, asked: Asked, question: Question, referential: Referential, index: Index
    ) -> None:
        self._asked, self._terms = asked, question.terms
        self._weights = question.weights
        place_of = {term: place for place, term in enumerate(question.terms)}
        weight_of = dict(zip(question.terms, question.weights.tolist(), strict=True))
        self._concepts = {
            place_of[term]: _Concept(
                referential.labels[term.removeprefix(CONCEPT)],
                {part: place_of[part] for part in parts if part in place_of},
            )
            for term, parts in asked.parts.items()
            if term in place_of
        }
        # What one profile lacks, others do: each lack is one object.
        self._absent = cache(self._say_absent)

        def weight(skill: AskedTerms) -> float:
            # A skill that nobody in the pool shows has no weight yet: it gets what it would have.
            return max(
                (weight_of.get(t) or index.weight(t) / question.length for t in skill.terms),
                default=0.0,
            )

        def lack(skill: AskedTerms) -> _Lack:
            words = frozenset(place_of[word] for word in skill.words if word in place_of)
            if len(words) < len(skill.words):
                # Nobody holds every word when the pool knows not all of them.
                words = frozenset()
            return _Lack(
                Missing("skill", skill.label, skill.must, weight(skill)),
                place_of.get(skill.concept or ""),
                min(words) if len(words) == 1 else None,
                words if len(words) > 1 else frozenset(),
            )

        lacks = [(skill, lack(skill)) for skill in asked.skills]
        lacks.sort(key=lambda one: (not one[0].must, -one[1].missing.weight))
        self.skills = [skill for skill, _ in lacks]
        self._lacks = [each for _, each in lacks]

    def reasons(
        self, mentions: Mentions, held: Mapping[int, int], amounts: Sequence[float]
    ) -> tuple[Reason, ...]:
        """Name every part of what a profile's words earned, the heaviest first.

        ``held`` gives of each term that it shares the place among its own, and ``amounts`` are what
        each earned. A skill's reason takes in what was earned by the words that name it on both
        sides: « Python » is one reason, the skill, and not a word besides.
        """
        terms, written, concepts = self._terms, self._asked.written, self._concepts
        left = dict(zip(held, amounts, strict=True))
        reasons = []
        for place in [place for place in held if place in concepts and left[place]]:
            field, words, parts = mentions[held[place]]
            label, named = concepts[place]
            shared = [at for part, at in named.items() if part in parts and at in left]
            amount = math.fsum((left.pop(place), *map(left.pop, shared)))
            reasons.append(Reason("skill", label, amount, field, words, written[terms[place]]))
        for place, amount in left.items():
            if amount:
                field, words, _ = mentions[held[place]]
                posting_words = written[terms[place]]
                reasons.append(Reason("term", words[0], amount, field, words, posting_words))
        # The sort is stable: equal amounts stay in order of term.
        reasons.sort(key=_AMOUNT, reverse=True)
        return tuple(reasons)

    def missing(self, held: Mapping[int, int]) -> tuple[Missing, ...]:
        """Name the asked skills that a profile does not show, then a handful of heavy absent terms."""
        missing = [
            missing
            for missing, concept, word, words in self._lacks
            if not (concept in held or word in held or (words and words <= held.keys()))
        ]
        enough = self._heavy[: len(held) + HEAVY_TERMS]
        absent = [place for place in enough if place not in held]
        missing += map(self._absent, absent[:HEAVY_TERMS])
        return tuple(missing)

    @cached_property
    def _heavy(self) -> list[int]:
        """The places of the terms that are no skills and weigh something, the heaviest first."""
        plain, terms = self._asked.plain, self._terms
        heaviest = np.argsort(-self._weights, kind="stable")[: np.count_nonzero(self._weights)]
        return [place for place in heaviest.tolist() if terms[place] in plain]

    def _say_absent(self, place: int) -> Missing:
        written = self._asked.written[self._terms[place]][0]
        return Missing("term", written, False, float(self._weights[place]))


def displayed_parts(
    amounts: Sequence[float], *, scale: int = 100, digits: int = 1
) -> list[Decimal]:
    """Round amounts so that the rounded parts add up to the rounded total.

    Each amount is multiplied by ``scale`` and shown with ``digits`` decimals. Rounding each part on
    its own would leave a reader who adds them up a few tenths away from the score; the largest
    remainder method (Hamilton, 1792) cuts every part down, negative ones too, then gives the units
    left to the parts that lost most, the earlier first when they lost the same.

    Raises ``ValueError`` when an amount is not finite.
    """
    if not all(math.isfinite(amount) for amount in amounts):
        raise ValueError("amounts are finite")
    unit = Decimal(1).scaleb(-digits)
    exact = [Decimal(amount) * scale for amount in amounts]
    total = (Decimal(math.fsum(amounts)) * scale).quantize(unit, ROUND_HALF_UP)
    parts = [part.quantize(unit, ROUND_FLOOR) for part in exact]
    units_left = int((total - sum(parts, Decimal(0))) / unit)
    by_loss = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_loss[:units_left]:
        parts[i] += unit
    return parts
