"""The terms of a text: its words, their pairs, and the skills that they name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from matching._skills import Referential
from matching._text import Word, visible, words

CONCEPT = "#"
"""What the term of a skill starts with; no word does."""

WIDEST_GAP = 24
"""Characters between two words beyond which small words keep them too far apart to be a pair."""


class Term(NamedTuple):
    """One thing that counts in a text: the term, and the words that it stands for.

    ``parts`` are the terms of the words that name a skill, when the term is a skill.
    """

    value: str
    surface: str
    parts: tuple[str, ...] = ()


@lru_cache(maxsize=16_384)
def terms(text: str, referential: Referential) -> tuple[Term, ...]:
    """List the terms of a text: each word, each pair of neighbours, each skill that is named.

    A pair holds whatever the order (« recherche utilisateur », "user research") and never crosses
    a pause. A word repeated makes no pair: repeating it must not earn anything new.
    """
    shown = visible(text)
    found = words(text)
    listed = [Term(word.term, shown[word.start : word.end]) for word in found]
    for before, word in pairwise(found):
        if _are_neighbours(before, word):
            listed.append(Term(_pair(before, word), shown[before.start : word.end]))
    for skill, first, last in referential.spans(shown, found):
        surface = shown[found[first].start : found[last].end]
        listed.append(Term(CONCEPT + skill.code, surface, _parts(found[first : last + 1])))
    return tuple(listed)


def label_terms(label: str, code: str | None, referential: Referential) -> tuple[Term, ...]:
    """List the terms of a skill's label, its concept included even where no text would show it.

    A skill that comes from the referential says so by its ``code``; a free label is looked up.
    """
    skill = referential.resolve(code) if code else None
    skill = skill or referential.resolve(label)
    listed = terms(label, referential)
    if skill is None or any(term.value == CONCEPT + skill.code for term in listed):
        return listed
    return (*listed, Term(CONCEPT + skill.code, label, _parts(words(label))))


def _are_neighbours(before: Word, word: Word) -> bool:
    near = word.start - before.end <= WIDEST_GAP
    return near and not word.opens and before.term != word.term


def _pair(before: Word, word: Word) -> str:
    return " ".join(sorted((before.term, word.term)))


def _parts(run: Sequence[Word]) -> tuple[str, ...]:
    return (*(word.term for word in run), *(_pair(*both) for both in pairwise(run)))


def is_concept(term: str) -> bool:
    """Whether a term stands for a skill of the referential."""
    return term.startswith(CONCEPT)


def is_pair(term: str) -> bool:
    """Whether a term stands for two neighbouring words."""
    return " " in term and not is_concept(term)
