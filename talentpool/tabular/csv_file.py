"""CSV as spreadsheets of any country write it."""

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from talentpool.i18n import _
from talentpool.tabular.cells import BadCell
from talentpool.tabular.columns import Columns
from talentpool.tabular.limits import Limits
from talentpool.tabular.text import clean_text

_DELIMITERS = (";", ",", "\t")
_HINT = re.compile("sep=([;,\t])[\r\n]*", re.IGNORECASE)

NEVER_CLOSED = _(
    "Un guillemet ouvert sur cette ligne n’est jamais fermé : les lignes suivantes n’ont pas été"
    " lues."
)
RECORD_TOO_LONG = _(
    "La ligne dépasse %(limit)s caractères, sans doute à cause d’un guillemet qui n’est pas fermé :"
    " la suite du fichier n’a pas été lue."
)
MISPLACED_QUOTE = _("Un guillemet est mal placé : doublez ceux qui font partie du texte.")


class _KeptOpen(io.TextIOWrapper):
    """Decodes the caller's stream without ever closing it."""

    def close(self) -> None:
        """Do nothing, since the stream is not ours."""


class _Lines(Iterator[str]):
    """Physical lines, counted, that end when the record under way grows beyond its limit."""

    def __init__(self, text: io.TextIOBase, limit: int) -> None:
        self.text = text
        self.limit = self.room = limit
        self.count = 0
        self.has_overflowed = False
        self.has_ended = False

    def __next__(self) -> str:
        line = "" if self.has_overflowed else self.text.readline(self.room + 1)
        self.room -= len(line)
        self.has_overflowed |= self.room < 0
        if self.has_overflowed or not line:
            self.has_ended = True
            raise StopIteration
        self.count += 1
        return line


def records(
    stream: IO[bytes], encoding: str, columns: Columns, limits: Limits
) -> Iterator[tuple[int, list[str] | BadCell]]:
    """Yield the line, from 1, where each record starts, and its cells or what is wrong with it.

    The delimiter (`;`, `,` or tab) is the one that shows most known columns in the first line that
    is not blank; a quoted cell may hold ends of line.
    """
    delimiter, skipped = _delimiter(stream, encoding, columns, limits)
    # The size of a cell is checked later, per row: the module's own limit would stop in the middle
    # of a quoted one.
    csv.field_size_limit(max(csv.field_size_limit(), limits.record + 1))
    lines = _Lines(_KeptOpen(stream, encoding=encoding, newline=""), limits.record)
    for _line in range(skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.room = limits.record
        line = lines.count + 1
        try:
            cells = next(reader)
        except StopIteration:
            if lines.has_overflowed:
                yield line, BadCell(RECORD_TOO_LONG, {"limit": str(limits.record)})
            return
        except csv.Error:
            if lines.has_overflowed:
                yield line, BadCell(RECORD_TOO_LONG, {"limit": str(limits.record)})
                return
            yield line, BadCell(NEVER_CLOSED if lines.has_ended else MISPLACED_QUOTE)
        else:
            yield line, cells


def _delimiter(
    stream: IO[bytes], encoding: str, columns: Columns, limits: Limits
) -> tuple[str, int]:
    """Return the delimiter, and how many lines to skip: those of Excel's `sep=;` hint."""
    start = stream.read(limits.record).decode(encoding, errors="ignore")
    stream.seek(0)
    for number, line in enumerate(io.StringIO(start, newline="")):
        if number == 0 and (hint := _HINT.fullmatch(line)):
            return hint[1], 1
        if clean_text(line).strip("".join(_DELIMITERS) + '" '):
            return max(_DELIMITERS, key=lambda delimiter: _score(line, delimiter, columns)), 0
    return _DELIMITERS[0], 0


def _score(line: str, delimiter: str, columns: Columns) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return 0, 0
    return sum(columns.for_header(cell) is not None for cell in cells), len(cells)
