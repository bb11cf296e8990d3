"""What a file really is, told from its bytes and never from its name."""

import codecs
import io
import re
from dataclasses import dataclass
from typing import IO, BinaryIO, Literal

from talentpool.i18n import _
from talentpool.tabular.limits import Limits, UnreadableFile
from talentpool.tabular.text import shortened

Format = Literal["xlsx", "jsonl", "csv"]

EXTENSIONS: dict[str, Format] = {
    "xlsx": "xlsx",
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "jsonl",
}
FORMAT_NAMES: dict[Format, str] = {"xlsx": "XLSX", "csv": "CSV", "jsonl": "JSON Lines"}

# First bytes, and what they announce.
_SIGNATURES = [
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16
_FIRST_LINES = 20

EMPTY = _("Le fichier est vide : choisissez un fichier qui contient au moins une ligne.")
TOO_HEAVY = _("Le fichier dépasse %(limit)s Mo : partagez-le en plusieurs fichiers.")
OTHER_KIND = _(
    "Ce fichier est de type %(kind)s : enregistrez le tableau en XLSX, en CSV ou en JSON Lines."
)
OLD_EXCEL = _(
    "Ce fichier est un ancien classeur (.xls) ou un classeur protégé par un mot de passe :"
    " enregistrez-le en .xlsx, sans mot de passe."
)
TWO_IN_ONE = _(
    "Ce fichier en cache un autre : copiez le tableau dans un nouveau fichier et envoyez celui-ci."
)
UTF_16 = _("Ce texte est encodé en UTF-16 : enregistrez-le au format « CSV UTF-8 ».")
BINARY = _(
    "Ce fichier contient des octets nuls, ce n’est pas du texte : enregistrez le tableau en XLSX"
    " ou en CSV UTF-8."
)
UNKNOWN_ENCODING = _(
    "L’encodage de ce texte n’est pas reconnu : enregistrez-le au format « CSV UTF-8 »."
)
JSON_ARRAY = _(
    "Ce fichier est un document JSON : écrivez un objet par ligne (JSON Lines), sans crochets ni"
    " retours à la ligne."
)
MARKUP = _("Ce fichier est une page HTML ou XML : enregistrez le tableau en XLSX ou en CSV UTF-8.")
UNKNOWN_EXTENSION = _(
    "L’extension « .%(extension)s » n’est pas acceptée : envoyez un fichier .xlsx, .csv ou .jsonl."
)
CONTRADICTION = _(
    "L’extension « .%(extension)s » ne correspond pas au contenu, qui est du %(kind)s :"
    " renommez le fichier ou enregistrez-le de nouveau."
)


@dataclass(frozen=True)
class Sniffed:
    """What was found: the format, and for text its encoding (`utf-8-sig` or `cp1252`)."""

    format: Format
    encoding: str = ""


def rewindable(stream: BinaryIO, limits: Limits) -> IO[bytes]:
    """Return the stream at its start, in memory when it cannot go back (a pipe)."""
    if stream.seekable():
        stream.seek(0)
        return stream
    return io.BytesIO(stream.read(max(limits.packed, limits.text) + 1))


def refuse_heavier(stream: IO[bytes], most: int) -> None:
    """Raise UnreadableFile when the stream counts more than `most` bytes; leave it at its start."""
    weight = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if weight > most:
        raise UnreadableFile(TOO_HEAVY, {"limit": str(most // 1_000_000)})


def sniff(stream: IO[bytes], filename: str, limits: Limits) -> Sniffed:
    """Tell the format from the content, and check that the extension, if any, agrees.

    A file of JSON Lines whose first line is broken is one all the same, if its extension says so
    too: that line will be reported, and the others read.
    Leaves the stream at its start. A ZIP is called XLSX here; what it holds is checked when it is
    opened. Raises UnreadableFile, with what to do, on anything that is neither XLSX, CSV nor JSON
    Lines.
    """
    head = stream.read(4096)
    stream.seek(0)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"PK\x03\x04"):
        refuse_heavier(stream, limits.packed)
        if b"%PDF-" in head[:1024]:
            raise UnreadableFile(TWO_IN_ONE)
        found = Sniffed("xlsx")
    else:
        _refuse_other_kinds(head, start)
        refuse_heavier(stream, limits.text)
        is_json = start.startswith(b"{") or (
            EXTENSIONS.get(_extension(filename)) == "jsonl"
            and not start.startswith((b"[", b"<"))
            and _shows_objects(stream, limits)
        )
        found = Sniffed("jsonl" if is_json else "csv", _encoding(stream, lenient=is_json))
    _check_extension(filename, found.format, start)
    if found.format == "csv" and re.match(rb"<[!?A-Za-z]", start):
        raise UnreadableFile(MARKUP)
    return found


def _shows_objects(stream: IO[bytes], limits: Limits) -> bool:
    """Tell whether one of the first lines opens a JSON object; leave the stream at its start."""
    lines = (stream.readline(limits.record) for _number in range(_FIRST_LINES))
    found = any(line.lstrip().startswith(b"{") for line in lines)
    stream.seek(0)
    return found


def _refuse_other_kinds(head: bytes, start: bytes) -> None:
    if head.startswith(_OLE):
        raise UnreadableFile(OLD_EXCEL)
    for signature, kind in _SIGNATURES:
        if start.startswith(signature) or head.startswith(signature):
            raise UnreadableFile(OTHER_KIND, {"kind": kind})
    if b"%PDF-" in head[:1024]:  # Readers of PDF look for it that far.
        raise UnreadableFile(TWO_IN_ONE)
    if head.startswith(_UTF16_MARKS) or (
        b"\0" in head and {0} in (set(head[:64:2]), set(head[1:64:2]))
    ):
        raise UnreadableFile(UTF_16)


def _encoding(stream: IO[bytes], *, lenient: bool) -> str:
    """Read a text through: no NUL byte, something to read, and an encoding (JSON: UTF-8)."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8-sig", "cp1252")}
    blank, chunk = True, b"?"
    while chunk:
        chunk = stream.read(_CHUNK)
        if b"\0" in chunk:
            raise UnreadableFile(BINARY)
        blank = blank and not chunk.replace(codecs.BOM_UTF8, b"").strip()
        for name, decoder in list(decoders.items()):
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                del decoders[name]
    stream.seek(0)
    if blank:
        raise UnreadableFile(EMPTY)
    if lenient or "utf-8-sig" in decoders:
        return "utf-8-sig"
    if not decoders:
        raise UnreadableFile(UNKNOWN_ENCODING)
    return "cp1252"


def _extension(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2].strip().rstrip(".")
    return name.rpartition(".")[2].lower() if "." in name else ""


def _check_extension(filename: str, format: Format, start: bytes) -> None:
    extension = _extension(filename)
    if not extension:
        return
    expected = EXTENSIONS.get(extension)
    if expected is None:
        raise UnreadableFile(UNKNOWN_EXTENSION, {"extension": shortened(extension, 20)})
    if expected == format:
        return
    if expected == "jsonl" and start.startswith(b"["):
        raise UnreadableFile(JSON_ARRAY)
    kind = FORMAT_NAMES[format]
    raise UnreadableFile(CONTRADICTION, {"extension": shortened(extension, 20), "kind": kind})
