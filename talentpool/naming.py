"""Comparing the names that people type, which differ by case, accents and punctuation."""

import unicodedata

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import InstrumentedAttribute

#: The source of what people type; imports name their own.
TYPED = "agency"


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
