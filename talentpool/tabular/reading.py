"""Rows of an uploaded file: good ones with typed values, bad ones with line, column and reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from talentpool.i18n import _
from talentpool.tabular import csv_file, json_lines
from talentpool.tabular.cells import BadCell, blank, clean_json, from_json, from_text
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.limits import LIMITS, Limits, UnreadableFile
from talentpool.tabular.report import Finding, Level
from talentpool.tabular.sniffing import rewindable, sniff
from talentpool.tabular.text import clean_text, one_line, shortened, unguard
from talentpool.tabular.workbook import sheet_rows

__all__ = ["LIMITS", "Limits", "Row", "UnreadableFile", "read_rows"]

NO_HEADER = _(
    "Aucune ligne d’en-tête : la première ligne doit nommer les colonnes, par exemple %(expected)s."
)
NO_KNOWN_COLUMN = _(
    "Aucune colonne n’est reconnue : la première ligne doit nommer les colonnes %(expected)s."
)
MISSING_COLUMNS = _("Il manque des colonnes : %(missing)s. Colonnes attendues : %(expected)s.")
TWICE = _("La colonne « %(column)s » figure deux fois dans l’en-tête : gardez-en une.")
UNKNOWN_COLUMN = _(
    "La colonne « %(column)s » n’est pas connue : ses valeurs ne sont pas importées."
)
OLD_ENCODING = _("Le texte n’est pas en UTF-8, il a été lu en Windows-1252 : vérifiez les accents.")
OTHER_SHEETS = _("Seule la première feuille, « %(sheet)s », est lue.")
NO_KNOWN_KEY = _("Aucune clé n’est reconnue dans cet objet ; clés attendues : %(expected)s.")
REQUIRED = _("Une valeur est obligatoire.")
TOO_MANY_CELLS = _(
    "La ligne compte plus de cellules que l’en-tête : mettez entre guillemets le texte qui"
    " contient le séparateur."
)
NO_NAME = _(
    "La colonne %(position)s n’a pas de nom dans l’en-tête : ses valeurs ne sont pas importées."
)
TOO_MANY_ROWS = _("Seules les %(limit)s premières lignes sont lues : partagez le fichier.")
OUT_OF_RANGE = _("Valeur hors limites, ignorée : « %(value)s ».")
CUT = _("Texte trop long, coupé à %(limit)s caractères.")
GIVEN_TWICE = _("Cette valeur est donnée deux fois, sous deux noms.")


@dataclass
class Row:
    """One row: its line from 1, `values` by `Column.name`, `extra` for unknown JSON members.

    `values` holds the columns that the file gives, and only these; an empty or bad cell is `""` for
    a text, `[]` for a list, None otherwise. What concerns the whole file (encoding, unknown
    columns) is found on its first row.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        """Whether an error was found, so that the row must not go in."""
        return any(finding.level == "error" for finding in self.findings)

    def warn(self, column: str | None, message: str, **params: str) -> None:
        """Add a remark that lets the row in."""
        self.find(column, message, params, level="warning")

    def is_within(self, column: str, value: int | None, low: int, high: int) -> bool:
        """Tell whether a number, if there is one, lies in its range; otherwise warn that it is ignored."""
        if value is None or low <= value <= high:
            return True
        self.warn(column, OUT_OF_RANGE, value=shortened(str(value)))
        return False

    def fit(self, column: str, text: str, limit: int) -> str:
        """Return a text that is short enough, with a warning if it had to be cut."""
        if len(text) > limit:
            self.warn(column, CUT, limit=str(limit))
        return text[:limit]

    def cut(self, column: str, limit: int) -> None:
        """Shorten a column's text that would not fit, with a warning."""
        if self.values.get(column):
            self.values[column] = self.fit(column, self.values[column], limit)

    def straighten(self, *columns: str) -> None:
        """Put texts, and each item of lists, on one line as forms do; repeated items go."""
        for column in columns:
            value = self.values.get(column)
            if isinstance(value, list):
                self.values[column] = list(dict.fromkeys(map(one_line, value)))
            elif value:
                self.values[column] = one_line(value)

    def find(
        self,
        column: str | None,
        message: str,
        params: dict[str, str] | None = None,
        *,
        level: Level = "error",
    ) -> None:
        """Add a finding about this row."""
        self.findings.append(Finding(self.line, column, level, message, params or {}))


def read_rows(
    stream: BinaryIO, filename: str, *, columns: Columns, limits: Limits = LIMITS
) -> Iterator[Row]:
    """Read XLSX, CSV or JSON Lines, told apart by content, one row after the other.

    The file is checked before this returns: raises UnreadableFile, with what to do, when its
    content is of another kind than these or than its extension, is damaged or dangerous, too heavy,
    or lacks a required column. After that nothing is raised: whatever is wrong with a row is in its
    findings. Blank rows are skipped. The stream must stay open while rows are read, and is not
    closed.
    """
    source = rewindable(stream, limits)
    sniffed = sniff(source, filename, limits)
    if sniffed.format == "jsonl":
        rows = _json_rows(json_lines.records(source, limits), columns, limits)
    elif sniffed.format == "csv":
        warnings = (
            [Finding(1, None, "warning", OLD_ENCODING)] if sniffed.encoding == "cp1252" else []
        )
        rows = _table_rows(
            csv_file.records(source, sniffed.encoding, columns, limits), columns, limits, warnings
        )
    else:
        sheets, records = sheet_rows(source, limits)
        params = {"sheet": shortened(sheets[0])}
        warnings = [Finding(1, None, "warning", OTHER_SHEETS, params)] if len(sheets) > 1 else []
        rows = _table_rows(records, columns, limits, warnings)
    return _counted(rows, limits)


def _counted(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > limits.rows:
            last = Row(row.line)
            last.find(None, TOO_MANY_ROWS, {"limit": str(limits.rows)})
            yield last
            return
        yield row


def _table_rows(
    records: Iterator[tuple[int, list[str] | BadCell]],
    columns: Columns,
    limits: Limits,
    warnings: list[Finding],
) -> Iterator[Row]:
    """Take the header off CSV or XLSX records at once, and return the rows to come."""
    expected = ", ".join(column.label for column in columns)
    line, header = _header(records, expected)
    places: dict[int, Column] = {}
    for place, name in enumerate(header):
        column = columns.for_header(name)
        if column in places.values():
            raise UnreadableFile(TWICE, {"column": shortened(name)})
        if column:
            places[place] = column
        elif name:
            params = {"column": shortened(name)}
            warnings.append(Finding(line, shortened(name), "warning", UNKNOWN_COLUMN, params))
    if not places:
        raise UnreadableFile(NO_KNOWN_COLUMN, {"expected": expected})
    missing = [
        column.label for column in columns if column.required and column not in places.values()
    ]
    if missing:
        raise UnreadableFile(MISSING_COLUMNS, {"missing": ", ".join(missing), "expected": expected})
    return _body_rows(records, header, places, limits, warnings)


def _header(
    records: Iterator[tuple[int, list[str] | BadCell]], expected: str
) -> tuple[int, list[str]]:
    for line, cells in records:
        if isinstance(cells, BadCell):
            raise UnreadableFile(cells.message, cells.params)
        header = [clean_text(unguard(cell[:1000])) for cell in cells]
        if any(header):
            return line, header
    raise UnreadableFile(NO_HEADER, {"expected": expected})


def _body_rows(
    records: Iterator[tuple[int, list[str] | BadCell]],
    header: list[str],
    places: dict[int, Column],
    limits: Limits,
    warnings: list[Finding],
) -> Iterator[Row]:
    nameless = {place for place, name in enumerate(header) if not name}
    for line, cells in records:
        row = Row(line)
        if isinstance(cells, BadCell):
            row.find(None, cells.message, cells.params)
        elif not any(cell and not cell.isspace() for cell in cells):
            continue
        else:
            for place, column in places.items():
                _read_cell(row, column, unguard(cells[place]) if place < len(cells) else "", limits)
            if any(cell.strip() for cell in cells[len(header) :]):
                row.find(None, TOO_MANY_CELLS)
            for place in sorted(place for place in nameless if any(cells[place : place + 1])):
                nameless.discard(place)
                row.find(None, NO_NAME, {"position": str(place + 1)}, level="warning")
        row.findings[:0] = warnings
        warnings = []
        yield row


def _read_cell(row: Row, column: Column, cell: str, limits: Limits) -> None:
    row.values[column.name] = blank(column)
    try:
        row.values[column.name] = value = from_text(column, cell, limits.cell)
    except BadCell as bad:
        row.find(column.name, bad.message, bad.params)
    else:
        _require(row, column, value)


def _require(row: Row, column: Column, value: Any) -> None:
    if column.required and value in ("", [], None):
        row.find(column.name, REQUIRED)


def _json_rows(
    records: Iterator[tuple[int, dict[str, Any] | BadCell]], columns: Columns, limits: Limits
) -> Iterator[Row]:
    for line, members in records:
        row = Row(line)
        if isinstance(members, BadCell):
            row.find(None, members.message, members.params)
        else:
            _read_members(row, members, columns, limits)
        yield row


def _read_members(row: Row, members: dict[str, Any], columns: Columns, limits: Limits) -> None:
    for key, member in members.items():
        column = columns.for_key(key)
        try:
            if column is None:
                row.extra[clean_text(key)] = clean_json(member)
            elif column.name in row.values:
                row.find(column.name, GIVEN_TWICE)
            else:
                row.values[column.name] = blank(column)
                row.values[column.name] = value = from_json(column, member, limits.cell)
                _require(row, column, value)
        except BadCell as bad:
            row.find(column.name if column else shortened(key), bad.message, bad.params)
    if not row.values:
        row.find(None, NO_KNOWN_KEY, {"expected": ", ".join(columns.names)})
    for column in columns:
        if column.required and column.name not in row.values:
            row.find(column.name, REQUIRED)
