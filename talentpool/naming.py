"""Comparing the names that people type, which differ by case, accents and punctuation."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import InstrumentedAttribute

#: The source of what people type; imports name their own.
TYPED = "agency"
#: Shorter words are found whole only: « go » is not the beginning of « gouvernance ».
SHORTEST_BEGINNING = 3
#: Letters from which a typo is forgiven in a word that nobody says.
FORGIVEN_FROM = 5
#: Letters from which words that differ by one letter are looked for even beside the word itself.
LOOSE_FROM = 7


def words_to_find(text: str) -> list[str]:
    """Cut what somebody searches for into the words that must all be there, as `folded` writes them."""
    return folded(text).split()


def has_every_word(
    column: ColumnElement[str] | InstrumentedAttribute[str], search: str
) -> ColumnElement[bool]:
    """Whether a column of folded text has every word of `search`; without a word, nothing is found."""
    words = words_to_find(search)
    return and_(*(column.contains(word, autoescape=True) for word in words)) if words else false()


def folded(text: str) -> str:
    """Return a name without case, accents and punctuation: the form in which names are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    )


def indexed(texts: Iterable[str]) -> str:
    """Return the words of texts, folded, once each, between spaces: what a search looks into."""
    words = dict.fromkeys(word for text in texts for word in folded(text).split())
    return f" {' '.join(words)} "


def may_begin(word: str) -> bool:
    """Tell whether a word is long enough to be taken for the beginning of others."""
    return len(word) >= SHORTEST_BEGINNING


class Words:
    """Every word that some texts say, folded; a word that none says is read as one that is close."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = set(words)
        self._sorted = sorted(self._words)

    def beginning_with(self, word: str) -> Iterator[str]:
        """Yield the words that `word` begins, itself among them; the word alone when it is short."""
        if not may_begin(word):
            yield from {word} & self._words
            return
        for place in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[place].startswith(word):
                return
            yield self._sorted[place]

    def knows(self, word: str) -> bool:
        """Tell whether a word is said, or begins one that is."""
        return next(self.beginning_with(word), None) is not None

    def close_to(self, word: str) -> list[str]:
        """List the words that one letter added, left out, changed or swapped would make of `word`."""
        forgiven_from = LOOSE_FROM if self.knows(word) else FORGIVEN_FROM
        if len(word) < forgiven_from:
            return []
        return sorted({near for near in _one_letter_away(word) if near in self._words} - {word})


def _one_letter_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase + digits:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
