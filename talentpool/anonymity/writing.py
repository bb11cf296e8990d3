"""A text as patterns read it: without accents or characters that show nothing, place for place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LIGATURES = {
    "œ": "o",
    "Œ": "O",
    "æ": "a",
    "Æ": "A",
    "ø": "o",
    "Ø": "O",
    "ı": "i",
    "ł": "l",
    "Ł": "L",
}
_PUNCTUATION = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "«": '"'}
_PUNCTUATION |= dict.fromkeys("»“”", '"')
_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
#: What follows a character without a place of its own: accents written apart, what shows nothing.
_MARK = re.compile(f"[{_MARKS}]")
#: A character with the marks that follow it: one place.
_CLUSTER = re.compile(f"[{_MARKS}]|[^{_MARKS}][{_MARKS}]*")


class _Plain(dict[int, int]):
    """Map each character, once met, to the one that patterns read."""

    def __missing__(self, code: int) -> int:
        self[code] = code if code < 128 else ord(_plain(chr(code)))
        return self[code]


_PLAIN = _Plain()


class Alternatives:
    """Patterns tried at every word's beginning in one pass, the first that fits; each may mask its group `it`."""

    def __init__(self, *patterns: str) -> None:
        numbered = (
            f"(?P<all{place}>{pattern.replace('(?P<it>', f'(?P<it{place}>')})"
            for place, pattern in enumerate(patterns)
        )
        self._pattern = re.compile(r"(?<![\w@.-])(?:" + "|".join(numbered) + ")")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where the patterns fit, from left to right."""
        for match in self._pattern.finditer(text):
            inner = f"it{str(match.lastgroup).removeprefix('all')}"
            yield match.span(inner if inner in self._pattern.groupindex else 0)


@dataclass(frozen=True)
class Reading:
    """A text twice, place for place: `composed` keeps accents, `plain` has neither accents nor odd quotes."""

    text: str
    composed: str
    plain: str
    #: `plain` in small letters, of the same length.
    lower: str
    #: Where each place begins in the text, then the text's end.
    starts: Sequence[int]

    def original(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return where a span of places stands in the text."""
        return self.starts[span[0]], self.starts[span[1]]


def read(text: str) -> Reading:
    """Read a text, in time that grows as its length."""
    if text.isascii():
        return Reading(text, text, text, text.lower(), range(len(text) + 1))
    if not _MARK.search(text):
        whole = text.translate(_PLAIN)
        return Reading(text, text, whole, whole.translate(_LOWER), range(len(text) + 1))
    composed, plain, starts = [], [], []
    for match in _CLUSTER.finditer(text):
        cluster = match[0]
        starts.append(match.start())
        one = cluster if len(cluster) == 1 else unicodedata.normalize("NFC", cluster)[0]
        composed.append(one)
        plain.append(one if one.isascii() else _plain(one))
    whole = "".join(plain)
    return Reading(text, "".join(composed), whole, whole.translate(_LOWER), [*starts, len(text)])


def _plain(one: str) -> str:
    if one in _PUNCTUATION:
        return _PUNCTUATION[one]
    if one in _LIGATURES:
        return _LIGATURES[one]
    if one.isspace() and one != "\n":
        return " "
    return unicodedata.normalize("NFKD", one)[0]
