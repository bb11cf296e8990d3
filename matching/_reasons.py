"""Why a profile stands where it does: what it earned, what it lacks, in sums that add up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching._analysis import Mentions
from matching._forms import fold
from matching._index import Index, Question
from matching._lexicon import ORDINARY_WORDS
from matching._skills import Referential
from matching._terms import CONCEPT, Term, is_concept, is_pair, label_terms
from matching._types import Missing, Posting, Reason

HEAVY_TERMS = 5
"""How many of a posting's heaviest absent terms are named to a profile."""


@dataclass(frozen=True)
class AskedTerms:
    """A skill that a posting asks for, with the terms that any profile showing it would hold.

    ``words`` are those that show it when the skill itself is not recognised, none if none would do.
    """

    missing: Missing
    concept: str | None
    words: tuple[str, ...]

    def is_shown_by(self, mentions: Mentions) -> bool:
        """Whether a profile names the concept or holds every one of the words."""
        if self.concept in mentions:
            return True
        return bool(self.words) and all(word in mentions for word in self.words)


@dataclass(frozen=True)
class Wanted:
    """A posting as the ranker reads it: its terms, and what to say of those a profile lacks.

    ``terms`` are the posting's terms that the pool knows, in alphabetical order, and ``concepts``
    those of them that stand for a skill; ``words`` and ``parts`` give each term's
    surface forms and, for a skill, the terms of those; ``labels`` gives each skill's French label;
    ``skills`` and ``heavy`` are in the order in which to name them.
    """

    terms: Sequence[str]
    concepts: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    skills: Sequence[AskedTerms]
    heavy: Sequence[tuple[str, Missing]]

    @classmethod
    def of(
        cls,
        posting: Posting,
        question: Question,
        found: Mapping[str, Sequence[Term]],
        referential: Referential,
        index: Index,
    ) -> Self:
        """Prepare once what every profile's reasons will read.

        ``question`` is the posting as a vector; ``found`` gives each term as the posting writes it,
        each time that it does.
        """
        terms, length = question.terms, question.length
        labels = {CONCEPT + skill.code: skill.label_fr for skill in referential.concepts}
        weight_of = dict(zip(terms, question.weights.tolist(), strict=True))
        skills = []
        named: set[str] = set()
        for asked in posting.skills:
            of_label = [term.value for term in label_terms(asked.label, asked.code, referential)]
            named.update(of_label)
            concepts = [term for term in of_label if is_concept(term)]
            words = tuple(t for t in of_label if not is_concept(t) and not is_pair(t))
            if concepts and (len(words) > 1 or fold(asked.label) in ORDINARY_WORDS):
                # « Python scientifique » shows Python; « une vision » shows no computer vision.
                words = ()
            # A skill that nobody in the pool shows has no weight yet: it gets what it would have.
            weight = max(
                (weight_of.get(t, index.weight(t) / length) for t in of_label), default=0.0
            )
            skills.append(
                AskedTerms(
                    Missing("skill", asked.label, asked.must, weight),
                    concepts[-1] if concepts else None,
                    words,
                )
            )
        heavy = [
            (term, Missing("term", found[term][0].surface, False, weight))
            for term, weight in weight_of.items()
            if not is_concept(term) and not is_pair(term) and term not in named
        ]
        return cls(
            terms=terms,
            concepts=frozenset(term for term in terms if is_concept(term)),
            words={t: tuple(dict.fromkeys(one.surface for one in found[t])) for t in terms},
            parts={t: frozenset(part for one in found[t] for part in one.parts) for t in terms},
            labels=labels,
            skills=sorted(skills, key=lambda s: (not s.missing.must, -s.missing.weight)),
            heavy=sorted(heavy, key=lambda one: -one[1].weight),
        )


def reasons_of(
    wanted: Wanted,
    mentions: Mentions,
    terms: NDArray[np.intp],
    amounts: NDArray[np.float64],
) -> tuple[Reason, ...]:
    """Name every part of a profile's score, the heaviest first.

    ``terms`` are positions in ``wanted.terms``, and ``amounts`` what each earned. A skill's reason
    takes in what was earned by the words that name it on both sides: « Python » is one reason, the
    skill, and not a word besides.
    """
    # Positions rise, and the posting's terms are in order: so are the profile's.
    left = {wanted.terms[p]: a for p, a in zip(terms.tolist(), amounts.tolist(), strict=True)}
    reasons = []
    for term in [term for term in left if term in wanted.concepts]:
        said = mentions[term]
        parts = sorted(said.parts & wanted.parts[term] & left.keys())
        amount = left.pop(term)
        if parts:
            amount += math.fsum(left.pop(part) for part in parts)
        reasons.append(
            Reason("skill", wanted.labels[term], amount, said.field, said.words, wanted.words[term])
        )
    for term, amount in left.items():
        field, words = mentions.words_of(term)
        reasons.append(Reason("term", words[0], amount, field, words, wanted.words[term]))
    # The sort is stable: equal amounts stay in order of term.
    return tuple(sorted(reasons, key=lambda reason: -reason.amount))


def missing_of(wanted: Wanted, mentions: Mentions) -> tuple[Missing, ...]:
    """Name the asked skills that a profile does not show, then a handful of heavy absent terms."""
    skills = [skill.missing for skill in wanted.skills if not skill.is_shown_by(mentions)]
    absent = (missing for term, missing in wanted.heavy if term not in mentions)
    return (*skills, *islice(absent, HEAVY_TERMS))


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
