"""A strict reading of XML parts before calamine's: no DOCTYPE, no more cells than memory holds.

Calamine gives a sheet one slot per row and column between its first and its last filled cell, and
each cell its own copy of a shared text: two cells in opposite corners, or a long text repeated,
would fill the memory from a tiny file.
"""

import re
from collections import Counter
from xml.parsers import expat

from talentpool.i18n import _
from talentpool.tabular.limits import Limits, UnreadableFile

DOCTYPE = _(
    "Le classeur contient une déclaration DOCTYPE, qui est refusée : enregistrez-le de nouveau"
    " dans un tableur."
)
TOO_WIDE = _(
    "La première et la dernière cellule remplies d’une feuille sont trop éloignées (plus de"
    " %(limit)s cellules) :"
    " copiez le tableau seul dans un nouveau classeur."
)
TOO_MUCH_TEXT = _("Le texte du classeur dépasse %(limit)s Mo : partagez-le en plusieurs fichiers.")
MALFORMED = _(
    "Une feuille du classeur est endommagée : copiez le tableau dans un nouveau classeur."
)

_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384
_FILLED = {"v", "is", "t", "r"}
_INDEX = re.compile("[0-9]{1,9}")


class PartReader:
    """Parsers for the parts of one workbook; they raise UnreadableFile, and so does `finish`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.shared_lengths: list[list[int]] = []
        self.shared_uses: Counter[int] = Counter()

    def parser(self) -> expat.XMLParserType:
        """Return a parser for one part.

        Its encoding is imposed, since calamine reads UTF-8 only: a part that declares another one
        could show each reader a different document. Any part may turn out to be the sheet or the
        shared texts, since calamine looks for their elements and not at the root's name.
        """
        self.shared_lengths.append([])
        part = _Part(self.limits, self.shared_lengths[-1], self.shared_uses)
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.StartElementHandler = part.start
        parser.EndElementHandler = part.end
        parser.CharacterDataHandler = part.text
        return parser

    def finish(self) -> None:
        """Charge each cell for the shared text that it repeats."""
        uses = self.shared_uses.items()
        most = self.limits.unpacked
        for lengths in self.shared_lengths:
            known = len(lengths)
            if sum(lengths[index] * times for index, times in uses if index < known) > most:
                raise UnreadableFile(TOO_MUCH_TEXT, {"limit": str(most // 1_000_000)})


class _Part:
    """Bounds the filled area of a sheet, found as calamine does, and measures shared texts."""

    def __init__(self, limits: Limits, lengths: list[int], uses: Counter[int]) -> None:
        self.limits = limits
        self.lengths = lengths
        self.uses = uses
        self.elements = 0
        self.row = self.column = 0
        self.cell = (0, 0)
        self.area: tuple[int, int, int, int] | None = None
        self.in_cell = self.is_shared = self.in_index = False
        self.index = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > 5 * self.limits.cells:
            self.refuse_area()
        tag = _local(name)
        if tag == "c":
            if self.in_cell:
                raise UnreadableFile(MALFORMED)
            self.in_cell = True
            self.is_shared = attributes.get("t") == "s"
            reference = attributes.get("r")
            self.cell = _position(reference) if reference else (self.row, self.column + 1)
            self.column = self.cell[1]
        elif tag == "row":
            self.row = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif tag == "si":
            self.lengths.append(0)
        elif self.in_cell and tag in _FILLED:
            self.fill()
            self.in_index = self.is_shared and tag == "v"
            self.index = ""

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag == "c":
            self.in_cell = False
        elif tag == "v" and self.in_index:
            self.in_index = False
            index = self.index.strip()
            if index and not _INDEX.fullmatch(index):
                raise UnreadableFile(MALFORMED)
            self.uses[int(index or 0)] += 1

    def text(self, data: str) -> None:
        if self.in_index:
            self.index += data[:20]
        elif self.lengths:
            self.lengths[-1] += len(data)

    def fill(self) -> None:
        row, column = self.cell
        top, left, bottom, right = self.area or (row, column, row, column)
        top, left = min(top, row), min(left, column)
        bottom, right = max(bottom, row), max(right, column)
        self.area = top, left, bottom, right
        if (bottom - top + 1) * (right - left + 1) > self.limits.cells:
            self.refuse_area()

    def refuse_area(self) -> None:
        raise UnreadableFile(TOO_WIDE, {"limit": str(self.limits.cells)})


def _refuse_doctype(*declaration: object) -> None:
    raise UnreadableFile(DOCTYPE)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or not 1 <= int(text) <= _ROWS:
        raise UnreadableFile(MALFORMED)
    return int(text)


def _position(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    column = 0
    for letter in found[1].upper() if found else "":
        column = 26 * column + ord(letter) - 64
    if not found or not 1 <= column <= _COLUMNS:
        raise UnreadableFile(MALFORMED)
    return _number(found[2]), column
