"""XLSX opened only once its bytes are counted and its XML parts read by a strict parser.

The parts that passed are packed anew in a temporary archive, and that archive alone is given to
calamine: two readers of ZIP can disagree about a hostile archive, but nobody disagrees about one
that we wrote.
"""

import datetime as dt
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from tempfile import NamedTemporaryFile
from typing import IO
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from talentpool.i18n import _
from talentpool.tabular.cells import plain_number
from talentpool.tabular.limits import Limits, UnreadableFile
from talentpool.tabular.sniffing import OTHER_KIND, TWO_IN_ONE
from talentpool.tabular.worksheet import PartReader

DAMAGED = _(
    "Le classeur est endommagé : ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx."
)
MACROS = _("Le classeur contient des macros : enregistrez-le en .xlsx, sans macros.")
LOCKED = _("Le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.")
BOMB = _(
    "Le classeur est anormalement volumineux une fois décompressé : copiez le tableau dans un"
    " nouveau classeur."
)
NO_SHEET = _(
    "Le classeur n’a aucune feuille de calcul visible : copiez le tableau dans un nouveau classeur."
)

_OTHER_ARCHIVES = [
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
    ("xl/workbook.bin", "XLSB"),
    ("mimetype", "ODS"),
    ("meta-inf/manifest.mf", "JAR"),
]
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    CalamineError,
    EOFError,
    RuntimeError,
    OverflowError,
    ValueError,
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 1 << 20  # Large, because expat goes back to the start of an unfinished tag at each chunk.
_END_OF_ARCHIVE = 22


def sheet_rows(
    stream: IO[bytes], limits: Limits
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the visible sheets' names, and the rows of the first: line from 1, cells as text.

    Cells start at the first filled column. Numbers have no useless decimals, days are written in
    ISO, booleans `true` or `false`; an error such as `#N/A` reads as empty. Raises UnreadableFile
    before any of it is given to calamine.
    """
    try:
        with zipfile.ZipFile(stream) as archive, NamedTemporaryFile(suffix=".xlsx") as vetted:
            _check_headers(archive, stream, limits)
            with zipfile.ZipFile(vetted, "w", zipfile.ZIP_STORED) as safe:
                _copy_parts(archive, safe, limits)
            vetted.flush()
            with CalamineWorkbook.from_path(vetted.name) as workbook:
                names = [
                    sheet.name
                    for sheet in workbook.sheets_metadata
                    if sheet.typ == SheetTypeEnum.WorkSheet
                    and sheet.visible == SheetVisibleEnum.Visible
                ]
                if not names:
                    raise UnreadableFile(NO_SHEET)
                sheet = workbook.get_sheet_by_name(names[0])
    except _DAMAGE as error:
        raise UnreadableFile(DAMAGED) from error
    return names, _text_rows(sheet)


def _check_headers(archive: zipfile.ZipFile, stream: IO[bytes], limits: Limits) -> None:
    """Judge the archive on what its directory announces, before anything is inflated."""
    members = archive.infolist()
    names = {member.filename.casefold() for member in members}
    if len(members) > limits.members:
        raise UnreadableFile(BOMB)
    if any("vbaproject" in name for name in names):
        raise UnreadableFile(MACROS)
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        kind = next((kind for name, kind in _OTHER_ARCHIVES if name in names), "ZIP")
        raise UnreadableFile(OTHER_KIND, {"kind": kind})
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFile(LOCKED)
    stream.seek(-_END_OF_ARCHIVE, 2)
    end = stream.read(_END_OF_ARCHIVE)
    first = min(member.header_offset for member in members)
    if first != 0 or not end.startswith(b"PK\x05\x06") or not end.endswith(b"\0\0"):
        raise UnreadableFile(TWO_IN_ONE)
    weight = stream.tell()
    if len(names) < len(members) or any(m.compress_type not in _METHODS for m in members):
        raise UnreadableFile(DAMAGED)
    if sum(member.compress_size for member in members) > weight:
        raise UnreadableFile(BOMB)  # Members overlap, so that few bytes count many times.
    if sum(member.file_size for member in members) > limits.unpacked:
        raise UnreadableFile(BOMB)
    for member in members:
        _check_ratio(member, member.file_size, limits)


def _check_ratio(member: zipfile.ZipInfo, inflated: int, limits: Limits) -> None:
    if inflated > limits.ratio_from and inflated > limits.ratio * member.compress_size:
        raise UnreadableFile(BOMB)


def _copy_parts(archive: zipfile.ZipFile, safe: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate each part by chunks, counting, and copy the XML ones as they prove well formed."""
    reader = PartReader(limits)
    room = limits.unpacked
    for member in archive.infolist():
        inflated = 0
        with ExitStack() as opened:
            source = opened.enter_context(archive.open(member))
            head = source.read(_CHUNK)
            if is_xml := bool(_XML.match(head)):
                if b"macroenabled" in head.lower():
                    raise UnreadableFile(MACROS)
                parser = reader.parser()
                target = opened.enter_context(safe.open(member.filename, "w"))
            for chunk in chain([head], iter(partial(source.read, _CHUNK), b"")):
                inflated += len(chunk)
                _check_ratio(member, inflated, limits)
                if inflated > room:
                    raise UnreadableFile(BOMB)
                if is_xml:
                    parser.Parse(chunk, False)
                    target.write(chunk)
            if is_xml:
                parser.Parse(b"", True)
        room -= inflated
    reader.finish()


def _text_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield line, [cell if isinstance(cell, str) else _as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return plain_number(cell)
        case dt.datetime():
            return cell.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
    return str(cell)
