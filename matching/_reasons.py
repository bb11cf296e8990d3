"""Why a profile stands where it does: what it earned, what it lacks, in sums that add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from itertools import islice
from operator import itemgetter

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


class Wanted:
    """What the reasons of every profile read of one posting, which ``question`` is the vector of.

    ``terms`` are the posting's terms that the pool knows, in alphabetical order; ``skills`` are those
    asked, in the order in which to name them, each with what to say of whoever lacks it.
    """

    def __init__(
        self, asked: Asked, question: Question, referential: Referential, index: Index
    ) -> None:
        self._asked, self._weights = asked, question.weights
        self.terms = question.terms
        self._labels = referential.labels
        # What one profile lacks, others do: each lack is one object.
        self._absent = cache(self._say_absent)
        weight_of = dict(zip(self.terms, question.weights.tolist(), strict=True))

        def weight(skill: AskedTerms) -> float:
            # A skill that nobody in the pool shows has no weight yet: it gets what it would have.
            return max(
                (weight_of.get(t) or index.weight(t) / question.length for t in skill.terms),
                default=0.0,
            )

        skills = [
            (skill, Missing("skill", skill.label, skill.must, weight(skill)))
            for skill in asked.skills
        ]
        self.skills = sorted(skills, key=lambda one: (not one[0].must, -one[1].weight))

    def reasons(
        self, mentions: Mentions, places: Sequence[int], amounts: Sequence[float]
    ) -> tuple[Reason, ...]:
        """Name every part of what a profile's words earned, the heaviest first.

        ``places`` are those of the shared terms in ``terms``, and ``amounts`` what each earned. A
        skill's reason takes in what was earned by the words that name it on both sides: « Python »
        is one reason, the skill, and not a word besides.
        """
        # Places rise, and the posting's terms are in order: so are the profile's.
        left = dict(zip(map(self.terms.__getitem__, places), amounts, strict=True))
        written, parts_of = self._asked.written, self._asked.parts
        reasons = []
        for term in [term for term in left if term in parts_of]:
            said = mentions[term]
            amount = left.pop(term)
            if parts := sorted(said.parts & parts_of[term] & left.keys()):
                amount += math.fsum([left.pop(part) for part in parts])
            label = self._labels[term.removeprefix(CONCEPT)]
            reasons.append(Reason("skill", label, amount, said.field, said.words, written[term]))
        for term, amount in left.items():
            field, words, _ = mentions[term]
            reasons.append(Reason("term", words[0], amount, field, words, written[term]))
        # The sort is stable: equal amounts stay in order of term.
        reasons.sort(key=_AMOUNT, reverse=True)
        return tuple(reasons)

    def missing(self, mentions: Mentions) -> tuple[Missing, ...]:
        """Name the asked skills that a profile does not show, then a handful of heavy absent terms."""
        missing = [missing for skill, missing in self.skills if not skill.is_shown_by(mentions)]
        absent = (place for place in self._heavy if self.terms[place] not in mentions)
        missing += map(self._absent, islice(absent, HEAVY_TERMS))
        return tuple(missing)

    @cached_property
    def _heavy(self) -> list[int]:
        """The places of the terms that are no skills, the heaviest first."""
        plain, terms = self._asked.plain, self.terms
        heaviest = np.argsort(-self._weights, kind="stable").tolist()
        return [place for place in heaviest if terms[place] in plain]

    def _say_absent(self, place: int) -> Missing:
        written = self._asked.written[self.terms[place]][0]
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
