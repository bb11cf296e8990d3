"""What a CV really is, told from its bytes and never from its name, and what is refused before reading."""

import codecs
import io
import zipfile
from copy import copy
from enum import StrEnum

from talentpool.cv.limits import CvRefused, Limits, Refusal


class CvKind(StrEnum):
    """The formats in which a CV is read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    JSON = "json"
    XML = "xml"


_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = (b"{\\rtf", b"<html", b"<!doctype html")
_HEAD = 1024
_CHUNK = 1 << 16
_ODT = b"application/vnd.oasis.opendocument.text"


def sniff(data: bytes) -> CvKind:
    """Tell the format from the content; raises `CvRefused` on anything else, and on two files in one.

    A ZIP is called DOCX here: `open_archive` tells DOCX from ODT.
    """
    if not data.strip():
        raise CvRefused(Refusal.EMPTY)
    start = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if data.startswith(b"PK\x03\x04"):
        if b"%PDF-" in data[:_HEAD]:  # Readers of PDF look for it that far.
            raise CvRefused(Refusal.TWO_IN_ONE)
        return CvKind.DOCX
    if data.startswith(b"%PDF-"):
        if zipfile.is_zipfile(io.BytesIO(data)):
            raise CvRefused(Refusal.TWO_IN_ONE)
        return CvKind.PDF
    _refuse_other_kinds(data, start)
    if start.startswith(b"{"):
        return CvKind.JSON
    if start.startswith(b"<"):
        return CvKind.XML
    raise CvRefused(Refusal.OTHER_KIND)


def _refuse_other_kinds(data: bytes, start: bytes) -> None:
    if data.startswith(_OLE):
        raise CvRefused(Refusal.OLD_WORD)
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise CvRefused(Refusal.IMAGE)
    if b"%PDF-" in data[:_HEAD] or zipfile.is_zipfile(io.BytesIO(data)):
        raise CvRefused(Refusal.TWO_IN_ONE)
    if start.lower().startswith(_OFFICE):
        raise CvRefused(Refusal.OTHER_KIND)


def open_archive(data: bytes, limits: Limits) -> tuple[CvKind, zipfile.ZipFile]:
    """Open a ZIP whose headers keep within the limits, and tell DOCX from ODT."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise CvRefused(Refusal.BROKEN) from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise CvRefused(Refusal.TOO_MANY_MEMBERS)
    if members and min(member.header_offset for member in members) != 0:
        raise CvRefused(Refusal.TWO_IN_ONE)
    if len({member.filename for member in members}) < len(members):
        raise CvRefused(Refusal.TWO_IN_ONE)
    _refuse_bomb(members, limits)
    if any(member.flag_bits & 0x1 for member in members):
        raise CvRefused(Refusal.ENCRYPTED)
    kind = _office_kind(archive, limits)
    _refuse_macros(archive, limits)
    return kind, archive


def _refuse_bomb(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.unpacked:
        raise CvRefused(Refusal.BOMB)
    for member in members:
        is_large = member.file_size > limits.ratio_from
        if is_large and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise CvRefused(Refusal.BOMB)


def inflated(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Return one member, counting what really comes out: headers may lie."""
    member = archive.getinfo(name)
    # The library stops where the header says that the file does: what comes after would not be counted.
    unbound = copy(member)
    unbound.file_size = limits.unpacked + 1
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(unbound) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                _refuse_beyond(size, member)
                parts.append(chunk)
    except CvRefused:
        raise
    except Exception as error:
        raise CvRefused(Refusal.BROKEN) from error
    return b"".join(parts)


def _refuse_beyond(size: int, member: zipfile.ZipInfo) -> None:
    if size > member.file_size:
        raise CvRefused(Refusal.BOMB)


def _office_kind(archive: zipfile.ZipFile, limits: Limits) -> CvKind:
    names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        if inflated(archive, "mimetype", limits).strip() != _ODT:
            raise CvRefused(Refusal.OTHER_OFFICE)
        if "META-INF/manifest.xml" in names and b"encryption-data" in inflated(
            archive, "META-INF/manifest.xml", limits
        ):
            raise CvRefused(Refusal.ENCRYPTED)
        return CvKind.ODT
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return CvKind.DOCX
        raise CvRefused(Refusal.OTHER_OFFICE)
    raise CvRefused(Refusal.OTHER_KIND)


def _refuse_macros(archive: zipfile.ZipFile, limits: Limits) -> None:
    names = [name.lower() for name in archive.namelist()]
    if any(name.endswith("vbaproject.bin") for name in names) or any(
        name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names
    ):
        raise CvRefused(Refusal.MACROS)
    if "[Content_Types].xml" in archive.namelist():
        types = inflated(archive, "[Content_Types].xml", limits)
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise CvRefused(Refusal.MACROS)
