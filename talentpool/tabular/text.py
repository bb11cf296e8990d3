"""Text made safe and comparable, and the marks that protect it inside a cell."""

import re
import unicodedata
from collections.abc import Iterable

# Control, format and zero-width characters, lone surrogates, tags, fillers and what XML cannot
# hold. Tab and line feed stay, and so do the two variation selectors that choose between text and
# emoji.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NEW_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Normalising takes a time that grows with the square of a run of combining marks (8 s for 100,000).
# Unicode's stream-safe format allows 30 in a row; the longest that any language needs is about ten.
_MAYBE_MARKS = re.compile("[^\x00-\u02ff]{31,}")
_MARKS = 30

# The full-width twins of = + - @ start formulas in some spreadsheets too.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'" + _FORMULA.pattern)
_LIST_MARK = re.compile(r"([|;\n\\])")
_LIST_PART = re.compile(r"((?:\\[|;\n\\]|[^|;\n])*)(?:[|;\n]|$)")
_ESCAPED = re.compile(r"\\([|;\n\\])")


def _shortened_run(found: re.Match[str]) -> str:
    kept, run = [], 0
    for letter in found.group():
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _MARKS:
            kept.append(letter)
    return "".join(kept)


def _without_long_runs(text: str) -> str:
    return _MAYBE_MARKS.sub(_shortened_run, text)


def clean_text(text: str) -> str:
    r"""Return text stripped, in NFC, with `\n` ends of line and nothing invisible; idempotent."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _without_long_runs(_INVISIBLE.sub("", _NEW_LINE.sub("\n", text)))
    # Composing may set a few marks free again, hence the second look.
    return _without_long_runs(unicodedata.normalize("NFC", text)).strip()


def shortened(text: str, length: int = 80) -> str:
    """Return one clean line of at most `length` characters, to be quoted in a message."""
    line = " ".join(clean_text(text[: 4 * length]).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def one_line(text: str) -> str:
    """Return clean text with its ends of line turned into spaces."""
    return " ".join(line for part in text.split("\n") if (line := part.strip()))


def legal_in_xml(text: str) -> str:
    """Remove the characters that an XML document cannot hold; keep the ends of line among them."""
    return _ILLEGAL_IN_XML.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))


def guard(text: str) -> str:
    """Return the text fit for CSV: no illegal controls, and `'` before what would be run.

    What already looks guarded is guarded once more, so that `unguard` gives it back.
    """
    legal = legal_in_xml(text)
    return "'" + legal if _FORMULA.match(text) or _FORMULA.match(legal) else legal


def double_guard(text: str) -> str:
    """Prefix with `'` only what `unguard` would misread: enough where cells have types."""
    return "'" + text if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Take back the prefix of `guard`, and no other apostrophe."""
    return text[1:] if _GUARDED.match(text) else text


def join_list(items: Iterable[str]) -> str:
    r"""Write a list in one cell, separated by `|`; `\` protects `|`, `;`, `\` and ends of line."""
    return "|".join(_LIST_MARK.sub(r"\\\1", item) for item in items)


def split_list(cell: str) -> list[str]:
    r"""Read a list separated by `|`, `;` or ends of line.

    A `\` before one of them, or before another `\`, takes it literally; any other stands for
    itself. Items are clean, and empty ones are dropped.
    """
    items = (clean_text(_ESCAPED.sub(r"\1", part)) for part in _LIST_PART.findall(cell))
    return [item for item in items if item]
