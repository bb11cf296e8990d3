"""The kinds of notifications: features register theirs, with words marked for translation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How one kind is said; both texts are filled from a notification's `params`, by name.

    `subject` says what is expected, `sentence` what happened.
    """

    subject: str
    sentence: str


KINDS: dict[str, Kind] = {}


def register(code: str, *, subject: str, sentence: str) -> None:
    """Make a kind known: once, where the feature that notifies is imported."""
    KINDS[code] = Kind(subject, sentence)


def kind_named(code: str) -> Kind:
    """Return a kind; one that no feature registers any more is called by its code."""
    return KINDS.get(code) or Kind(code, code)
