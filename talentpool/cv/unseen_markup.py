"""Words that a DOCX or an ODT holds and that nobody sees: they are taken out, and why is told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from talentpool.cv.grounds import OFF, ground_of, word_colour, word_ground
from talentpool.cv.legibility import COLOUR, MARK, SIZE, SMALLEST, Colour, colour_named, is_pale
from talentpool.cv.markup import is_unread, local, named, said

#: Where Word and LibreOffice say how text looks, for a whole style or beside the words themselves.
_LOOKS = {"rPr", "pPr", "tcPr", "tblPr", "tblPrEx"}
_STYLE_NAMES = {"pStyle", "rStyle", "tblStyle"}
#: Frames float over pictures and shapes: what is behind their words is not known.
_FRAMES = {
    "txbxContent",
    "text-box",
    "custom-shape",
    "rect",
    "ellipse",
    "circle",
    "polygon",
    "path",
}
#: What Word draws around letters, whatever their colour.
_CONTOURS = {"outline", "shadow", "emboss", "imprint", "textOutline", "glow"}
_HIDING = {"hidden-text", "hidden-paragraph"}
_POINTS = re.compile(r"^([0-9]{1,4}(?:\.[0-9]{1,4})?)(pt|in|cm|mm)$")
_IN_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_DEEPEST_STYLE = 10
#: The style of Word's paragraphs that name none, under a name that no file gives.
_DEFAULT = "\0"


@dataclass(frozen=True)
class Look:
    """How words look, as far as it was said.

    `is_over` tells that something else than white may be behind them, `has_contour` that they are outlined.
    """

    colour: Colour | None = None
    size: float | None = None
    is_marked: bool = False
    is_over: bool = False
    has_contour: bool = False

    @property
    def why_unseen(self) -> str:
        """Why words that look so are not seen, empty when they are."""
        if self.is_marked:
            return MARK
        if self.size is not None and self.size < SMALLEST:
            return SIZE
        if self.is_over or self.has_contour or self.colour is None:
            return ""
        return COLOUR if is_pale(self.colour) else ""


@dataclass
class _Style:
    parent: str = ""
    parts: list[Element] = field(default_factory=list)


def take_out_unseen(root: Element, styles: Iterable[Element], *, is_over: bool = False) -> set[str]:
    """Empty the elements of a document whose words are not seen, and return why they are not.

    `styles` are the roots in which the document's styles are written; `is_over` tells that something is
    painted behind all of its words.
    """
    found: set[str] = set()
    known = _styles_in(list(styles))
    _walk(root, _styled(Look(is_over=is_over), _DEFAULT, known), known, found)
    return found


def _styles_in(roots: Sequence[Element]) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for root in roots:
        for element in named(root, "style"):
            name = said(element, "styleId") or said(element, "name")
            based = [said(child, "val") for child in element if local(child) == "basedOn"]
            parent = "".join(based[:1]) or said(element, "parent-style-name")
            styles[name] = _Style(parent, list(element))
            if said(element, "type") == "paragraph" and said(element, "default") not in OFF | {""}:
                styles[_DEFAULT] = styles[name]
    return styles


def _walk(element: Element, look: Look, styles: Mapping[str, _Style], found: set[str]) -> None:
    name = local(element)
    look = _styled(look, said(element, "style-name"), styles)
    for child in element:
        if local(child) in _LOOKS:
            look = _written(look, child, styles)
    if name in _FRAMES:
        look = replace(look, is_over=True)
    if name in _HIDING or said(element, "display") == "none":
        look = replace(look, is_marked=True)
    why = look.why_unseen
    if why:
        _empty(element, why, found)
    for child in element:
        if local(child) not in _LOOKS and not is_unread(child):
            _walk(child, look, styles, found)


def _empty(element: Element, why: str, found: set[str]) -> None:
    """Take out the words that stand in an element itself, those between its children too."""
    words = [element.text or "", *(child.tail or "" for child in element)]
    if any(letter.isalnum() for letter in "".join(words)):
        found.add(why)
    if element.text:
        element.text = ""
    for child in element:
        child.tail = ""


def _written(look: Look, properties: Element, styles: Mapping[str, _Style]) -> Look:
    """Return a look with what is said of it, first by the style that is named."""
    for child in properties:
        if local(child) in _STYLE_NAMES:
            look = _styled(look, said(child, "val"), styles)
    return _with(look, properties)


def _styled(look: Look, name: str, styles: Mapping[str, _Style]) -> Look:
    chain: list[_Style] = []
    while name in styles and len(chain) < _DEEPEST_STYLE:
        chain.append(styles[name])
        name = styles[name].parent
    for style in reversed(chain):
        for part in style.parts:
            look = _with(look, part)
            if local(part) == "tblStylePr":
                for inner in part:
                    look = replace(look, is_over=look.is_over or _with(Look(), inner).is_over)
    return look


def _with(look: Look, element: Element) -> Look:
    """Return a look with what one element says: Word's in children, LibreOffice's in attributes."""
    if "properties" in local(element):
        return _with_attributes(look, element)
    for child in element:
        name, value = local(child), said(child, "val")
        if name == "color":
            look = replace(look, colour=word_colour(child, "val", ""))
        elif name == "textFill":
            # Word shows it rather than the plain colour, and may write shades that are not known here.
            plain = [said(one, "val") for one in named(child, "srgbClr")]
            look = replace(look, colour=colour_named(plain[0]) if len(plain) == 1 else None)
        elif name == "sz" and value.isdecimal():
            look = replace(look, size=int(value[:4]) / 2)
        elif name == "vanish":
            look = replace(look, is_marked=value not in OFF)
        elif name == "shd":
            look = _over(look, word_ground(child))
        elif name == "highlight" and value not in {"", "none"}:
            look = replace(look, is_over=value != "white")
        elif name in _CONTOURS:
            look = replace(look, has_contour=value not in OFF)
    return look


def _with_attributes(look: Look, properties: Element) -> Look:
    if colour := said(properties, "color"):
        look = replace(look, colour=colour_named(colour))
    if said(properties, "use-window-font-color") == "true":
        look = replace(look, colour=None)
    if found := _POINTS.match(said(properties, "font-size")):
        look = replace(look, size=float(found[1]) * _IN_POINTS[found[2]])
    if display := said(properties, "display"):
        look = replace(look, is_marked=display == "none")
    for name in ("text-outline", "text-shadow"):
        if contour := said(properties, name):
            look = replace(look, has_contour=contour not in {"none", *OFF})
    return _over(look, ground_of(properties))


def _over(look: Look, is_painted: bool | None) -> Look:
    return look if is_painted is None else replace(look, is_over=is_painted)
