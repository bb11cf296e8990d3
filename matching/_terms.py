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

WIDEST_QUOTED_GAP = 24
"""Characters between two words beyond which a quote of both leaves out what parts them."""


class Term(NamedTuple):
    """One thing that counts in a text: the term, and the words that it stands for.

    ``parts`` are the terms of the words that name a skill, when the term is a skill.
    """

    value: str
    surface: str
    parts: tuple[str, ...] = ()


@lru_cache(maxsize=16_384)
def terms(text: str, referential: Referential) -> tuple[Term, ...]:
    """List the terms of a short text, and remember them."""
    return read(text, referential)


def read(text: str, referential: Referential) -> tuple[Term, ...]:
    """List the terms of a text: each word, each pair of neighbours, each skill that is named.

    A pair holds whatever the order (« recherche utilisateur », "user research") and never crosses
    a pause. Between neighbours stand only words that do not count, however many or long: « ceux »
    and « celles », « du » and « de la » must part them alike.
    """
    shown = visible(text)
    found = words(text)
    listed = [Term(word.term, shown[word.start : word.end]) for word in found]
    for before, word in pairwise(found):
        if not word.opens:
            listed.append(Term(_pair(before, word), _quote(shown, (before, word))))
    for skill, first, last in referential.spans(shown, found):
        run = found[first : last + 1]
        listed.append(Term(CONCEPT + skill.code, _quote(shown, run), _parts(run)))
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


def _quote(shown: str, run: Sequence[Word]) -> str:
    quote = shown[run[0].start : run[0].end]
    for before, word in pairwise(run):
        between = shown[before.end : word.start]
        quote += between if len(between) <= WIDEST_QUOTED_GAP else " … "
        quote += shown[word.start : word.end]
    return quote


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
