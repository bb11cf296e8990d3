"""The text of DOCX and ODT files, paragraph by paragraph, tables and text boxes included."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from talentpool.cv.checking import CvKind, inflated
from talentpool.cv.grounds import is_page_painted
from talentpool.cv.limits import Limits
from talentpool.cv.markup import is_unread, local, parsed
from talentpool.cv.unseen_markup import take_out_unseen

_BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "s": " "}
_BOXES = {"txbxContent", "text-box"}
_PICTURES = ("word/media/", "Pictures/")


@dataclass(frozen=True)
class OfficeText:
    """What a document says, how many pictures come with it, and why some of its words are not seen."""

    text: str
    pictures: int
    unseen: frozenset[str]


def office_text(archive: zipfile.ZipFile, kind: CvKind, limits: Limits) -> OfficeText:
    """Return the text of a document, but for what nobody sees of it."""
    is_odt = kind is CvKind.ODT

    def opened(names: list[str]) -> list[Element]:
        return [parsed(inflated(archive, name, limits), limits) for name in names]

    styles = opened(_there(archive, "styles.xml" if is_odt else "word/styles.xml"))
    headers = [] if is_odt else opened(_there(archive, "word/header"))
    footers = [] if is_odt else opened(_there(archive, "word/footer"))
    [body] = opened(["content.xml" if is_odt else "word/document.xml"])
    # A banner of the header's may be behind the words of every part.
    is_over = any(map(is_page_painted, [*styles, body])) or any(
        is_page_painted(root, is_margin=True) for root in (*headers, *footers)
    )
    lines: list[str] = []
    unseen: set[str] = set()
    for root in (*headers, body):
        # An ODT writes the styles of its words beside them.
        unseen |= take_out_unseen(root, [*styles, root] if is_odt else styles, is_over=is_over)
        lines.extend(_block_lines(root))
    pictures = sum(name.startswith(_PICTURES) for name in archive.namelist())
    return OfficeText("\n".join(lines)[: limits.characters], pictures, frozenset(unseen))


def _there(archive: zipfile.ZipFile, start: str) -> list[str]:
    """Return the members whose names start so, three at most: Word writes as many headers for a section."""
    names = sorted(archive.namelist())
    return [name for name in names if name.startswith(start) and name.endswith(".xml")][:3]


def _block_lines(element: Element) -> Iterator[str]:
    name = local(element)
    if is_unread(element):
        return
    if name in {"p", "h"}:
        yield from _inline(element).split("\n")
        # Text boxes hang inside the paragraph that they float beside.
        for box in _own(element, _BOXES, set()):
            for child in box:
                yield from _block_lines(child)
    elif name in {"tbl", "table"}:
        yield from _table_lines(element)
    else:
        for child in element:
            yield from _block_lines(child)


def _table_lines(table: Element) -> Iterator[str]:
    """Read a table of facts row by row, and one that only lays columns out, column by column."""
    rows = [_cells(row) for row in _own(table, {"tr", "table-row"}, {"tbl", "table"})]
    for cells in rows:
        filled = [cell for cell in cells if cell]
        is_layout = len(rows) == 1 and any(len(cell) > 3 for cell in filled)
        if is_layout or len(filled) < 2:
            for cell in filled:
                yield from cell
        else:
            yield "\t".join(cell[0] for cell in filled)
            for cell in filled:
                yield from cell[1:]


def _cells(row: Element) -> list[list[str]]:
    found = []
    for cell in _own(row, {"tc", "table-cell"}, {"tbl", "table"}):
        lines = [line for child in cell for line in _block_lines(child)]
        found.append([line for line in lines if line.strip()])
    return found


def _own(element: Element, wanted: set[str], beyond: set[str]) -> Iterator[Element]:
    for child in element:
        if local(child) in wanted:
            yield child
        elif local(child) not in beyond and not is_unread(child):
            yield from _own(child, wanted, beyond)


def _inline(element: Element) -> str:
    name = local(element)
    if is_unread(element) or name in _BOXES:
        return ""
    if name in _BREAKS:
        return _BREAKS[name]
    parts = [] if name == "drawing" else [element.text or ""]
    for child in element:
        parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)
