"""Reading what the parameters of an address ask; what nobody can have meant asks for nothing."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

Member = TypeVar("Member", bound=StrEnum)
LONGEST_TEXT = 120


def text_in(given: str | None) -> str:
    """Read a few words, on one line and cut to a length that somebody may type."""
    return " ".join((given or "")[: 10 * LONGEST_TEXT].split())[:LONGEST_TEXT]


def number_in(given: str | None, allowed: range) -> int | None:
    """Read a whole number among those allowed."""
    text = (given or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    return int(text) if int(text) in allowed else None


def day_in(given: str | None) -> date | None:
    """Read a day as browsers send it, or as people write it."""
    text = (given or "").strip()
    parts = text.split("/")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text)
    except ValueError:
        return None


def member_in(kind: type[Member], given: str | None) -> Member | None:
    """Read one of a few words."""
    return kind(given) if given in set(kind) else None
