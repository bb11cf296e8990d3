"""What postings ask, before anything is weighed: read once per content, as profiles are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching._forms import fold
from matching._levels import AskedSkill
from matching._lexicon import ORDINARY_WORDS
from matching._skills import Referential
from matching._terms import Term, is_concept, is_pair, label_terms, read
from matching._types import Posting

ASKED_FIELDS = ("title", "summary", "body", "themes", "asked_skills", "essential_skills")
"""The fields of a posting that are read as words; positions here number them."""

MOST_POSTINGS = 256
"""Contents kept in memory."""


@dataclass(frozen=True)
class AskedTerms:
    """A skill that a posting asks for, and the ``terms`` of its label.

    A profile shows it by the ``concept``, or by every one of the ``words``: there are none when no
    words would do.
    """

    label: str
    must: bool
    terms: tuple[str, ...]
    concept: str | None
    words: frozenset[str]

    @classmethod
    def of(cls, skill: AskedSkill, terms: Sequence[Term]) -> AskedTerms:
        """Tell which terms show a skill."""
        values = tuple(term.value for term in terms)
        concepts = [term for term in values if is_concept(term)]
        words = frozenset(t for t in values if not is_concept(t) and not is_pair(t))
        if concepts and (len(words) > 1 or fold(skill.label) in ORDINARY_WORDS):
            # « Python scientifique » shows Python; « une vision » shows no computer vision.
            words = frozenset()
        return cls(skill.label, skill.must, values, concepts[-1] if concepts else None, words)


@dataclass(frozen=True, eq=False)
class Asked:
    """A posting's ``terms`` in alphabetical order, and how often each stands in each field.

    ``written`` gives each term's surface forms, and ``parts`` each skill's terms of those;
    ``plain`` are the terms that are neither skills, nor pairs, nor words of an asked skill's label.
    """

    terms: tuple[str, ...]
    counts: NDArray[np.int32]
    written: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, frozenset[str]]
    plain: frozenset[str]
    skills: tuple[AskedTerms, ...]


@lru_cache(maxsize=MOST_POSTINGS)
def strengths_of(asked: Asked, weights: tuple[float, ...]) -> NDArray[np.float64]:
    """Give each term ln(1 + the sum of its mentions, each worth its field's weight)."""
    return np.array([math.log1p(total) for total in (asked.counts * weights).sum(axis=1)])


def asked_of(posting: Posting, referential: Referential) -> Asked:
    """Read a posting, the same for the same words."""
    return _asked(
        posting.title, posting.summary, posting.text, posting.themes, posting.skills, referential
    )


@lru_cache(maxsize=MOST_POSTINGS)
def _asked(
    title: str,
    summary: str,
    text: str,
    themes: tuple[str, ...],
    skills: tuple[AskedSkill, ...],
    referential: Referential,
) -> Asked:
    labels = [label_terms(skill.label, skill.code, referential) for skill in skills]
    fields: Iterable[tuple[int, Sequence[Term]]] = (
        *((field, read(part, referential)) for field, part in enumerate((title, summary, text))),
        *((3, read(theme, referential)) for theme in themes),
        *((5 if skill.must else 4, of) for skill, of in zip(skills, labels, strict=True)),
    )
    found: defaultdict[str, list[tuple[int, Term]]] = defaultdict(list)
    for field, listed in fields:
        for term in listed:
            found[term.value].append((field, term))
    terms = tuple(sorted(found))
    counts = np.zeros((len(terms), len(ASKED_FIELDS)), dtype=np.int32)
    for row, value in enumerate(terms):
        for field, _ in found[value]:
            counts[row, field] += 1
    asked = tuple(AskedTerms.of(skill, of) for skill, of in zip(skills, labels, strict=True))
    named = {term for skill in asked for term in skill.terms}
    return Asked(
        terms,
        counts,
        {t: tuple(dict.fromkeys(term.surface for _, term in found[t])) for t in terms},
        {
            t: frozenset(part for _, term in found[t] for part in term.parts)
            for t in terms
            if is_concept(t)
        },
        frozenset(t for t in terms if not is_concept(t) and not is_pair(t) and t not in named),
        asked,
    )
