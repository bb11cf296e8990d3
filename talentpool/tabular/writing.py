"""Rows out, in files that read back to equal values and that no spreadsheet runs."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from talentpool.i18n import _
from talentpool.tabular.cells import to_text
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.limits import TabularError
from talentpool.tabular.sniffing import Format
from talentpool.tabular.text import double_guard, guard, legal_in_xml

MEDIA_TYPES: dict[Format, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

TOO_LONG_FOR_XLSX = _(
    "Ligne %(line)s, colonne « %(column)s » : une cellule XLSX contient au plus 32 767 caractères."
    " Exportez en CSV ou en JSON Lines."
)

_MOST_IN_XLSX = 32_767
_FIRST_XLSX_DAY = date(1900, 3, 1)  # Spreadsheets disagree about the days before.
_EXACT_IN_XLSX = 10**15
_HEX_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 1 << 16

Rows = Iterable[Mapping[str, Any]]


class CellTooLong(TabularError):
    """A text does not fit in an XLSX cell."""


def write_rows(rows: Rows, columns: Columns, format: Format) -> Iterator[bytes]:
    """Yield the bytes of a file that `read_rows` reads back to equal values; names are its header.

    Texts must be clean for that (see `clean_text`), list items not empty, integers under 10¹⁸. A
    key that is missing is left out of JSON and empty elsewhere; keys that are not columns are left
    out. Raises CellTooLong for XLSX only.
    """
    writers: dict[Format, Callable[[Rows, Columns], Iterator[bytes]]] = {
        "jsonl": _json_lines,
        "csv": _csv,
        "xlsx": _xlsx,
    }
    return writers[format](rows, columns)


def _json_lines(rows: Rows, columns: Columns) -> Iterator[bytes]:
    for row in rows:
        members = {
            column.name: _json_value(column, row[column.name])
            for column in columns
            if column.name in row
        }
        yield (
            json.dumps(members, ensure_ascii=False, allow_nan=False).encode(errors="ignore") + b"\n"
        )


def _json_value(column: Column, value: Any) -> Any:
    if column.kind == "share" and value is not None:
        # One per cent, written 1, would read as the whole of one full time.
        return 0.01 if value == 1 else int(value) if value == int(value) else float(value)
    if column.kind == "exact_share" and value is not None:
        return float(value) if value > 1 else float(value / 100)
    if isinstance(value, date):
        return to_text(column, value)
    return list(value) if column.kind == "list" and value is not None else value


def _csv(rows: Rows, columns: Columns) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(columns.names)
    for row in rows:
        writer.writerow([guard(to_text(column, row.get(column.name))) for column in columns])
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue().encode(errors="ignore")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode(errors="ignore")


def _xlsx(rows: Rows, columns: Columns) -> Iterator[bytes]:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Export")
    sheet.freeze_panes = "A2"
    sheet.append([_text_cell(sheet, name) for name in columns.names])
    try:
        for line, row in enumerate(rows, start=2):
            values = [(column, row.get(column.name)) for column in columns]
            sheet.append([_xlsx_cell(sheet, column, value, line) for column, value in values])
    except BaseException:
        sheet.close()  # Or else its temporary file would stay open.
        raise
    packed = io.BytesIO()
    workbook.save(packed)
    yield packed.getvalue()


def _xlsx_cell(sheet: Any, column: Column, value: Any, line: int) -> Any:
    """Return a number, a day or a typed string: never a formula, nor an error such as `#N/A`."""
    if value in (None, "", []):
        return None
    if column.kind == "integer" and abs(value) < _EXACT_IN_XLSX:
        return WriteOnlyCell(sheet, value=value)
    if column.kind == "share" and value != 1 and isinstance(value, int | float | Decimal):
        return WriteOnlyCell(sheet, value=value)
    if column.kind == "exact_share" and value > 1:
        return WriteOnlyCell(sheet, value=value)
    if column.kind == "date" and type(value) is date and value >= _FIRST_XLSX_DAY:
        return WriteOnlyCell(sheet, value=value)
    text = _HEX_ESCAPE.sub("_x005F_", double_guard(legal_in_xml(to_text(column, value))))
    if len(text) > _MOST_IN_XLSX:
        raise CellTooLong(TOO_LONG_FOR_XLSX, {"line": str(line), "column": column.name})
    return _text_cell(sheet, text)


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
