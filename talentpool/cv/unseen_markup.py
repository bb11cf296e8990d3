"""Words that a DOCX or an ODT holds and that nobody sees: they are taken out, and why is told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from talentpool.cv.legibility import COLOUR, MARK, SIZE, SMALLEST, Colour, colour_named, is_pale
from talentpool.cv.markup import local, named

_OFF = {"0", "false", "off"}
#: Where Word and LibreOffice say how text looks, for a whole style or beside the words themselves.
_LOOKS = {"rPr", "pPr", "tcPr", "tblPr"}
_STYLE_NAMES = {"pStyle", "rStyle", "tblStyle"}
#: Frames float over pictures and shapes: what is behind their words is not known.
_FRAMES = {"txbxContent", "text-box", "custom-shape"}
_HIDING = {"hidden-text", "hidden-paragraph"}
_POINTS = re.compile(r"^([0-9]{1,4}(?:\.[0-9]{1,4})?)(pt|in|cm|mm)$")
_IN_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_DEEPEST_STYLE = 10
#: The style of Word's paragraphs that name none, under a name that no file gives.
_DEFAULT = "\0"


@dataclass(frozen=True)
class Look:
    """How words look, as far as it was said; `is_over` tells that something else than white may be behind them."""

    colour: Colour | None = None
    size: float | None = None
    is_marked: bool = False
    is_over: bool = False

    @property
    def why_unseen(self) -> str:
        """Why words that look so are not seen, empty when they are."""
        if self.is_marked:
            return MARK
        if self.size is not None and self.size < SMALLEST:
            return SIZE
        is_lost = self.colour is not None and is_pale(self.colour) and not self.is_over
        return COLOUR if is_lost else ""


@dataclass
class _Style:
    parent: str = ""
    parts: list[Element] = field(default_factory=list)


def take_out_unseen(root: Element, styles: Iterable[Element]) -> set[str]:
    """Empty the elements of a document whose words are not seen, and return why they are not.

    `styles` are the roots in which the document's styles are written.
    """
    found: set[str] = set()
    roots = list(styles)
    known = _styles_in(roots)
    look = _styled(Look(), _DEFAULT, known)
    if any(_is_backdrop(element) for part in (root, *roots) for element in part.iter()):
        look = replace(look, is_over=True)
    _walk(root, look, known, found)
    return found


def _is_backdrop(element: Element) -> bool:
    """Tell whether an element paints behind the words of a whole page, or floats a picture there."""
    name = local(element)
    if name == "background":
        return _over(Look(), _said(element, "color")).is_over
    if name == "page-layout-properties":
        return _over(Look(), _said(element, "background-color")).is_over
    if name == "graphic-properties":
        return _said(element, "run-through") == "background"
    return name == "anchor" and _said(element, "behindDoc") not in {"", *_OFF}


def _styles_in(roots: Sequence[Element]) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for root in roots:
        for element in named(root, "style"):
            name = _said(element, "styleId") or _said(element, "name")
            based = [_said(child, "val") for child in element if local(child) == "basedOn"]
            parent = "".join(based[:1]) or _said(element, "parent-style-name")
            styles[name] = _Style(parent, list(element))
            if _said(element, "type") == "paragraph" and _said(element, "default") not in _OFF | {
                ""
            }:
                styles[_DEFAULT] = styles[name]
    return styles


def _walk(element: Element, look: Look, styles: Mapping[str, _Style], found: set[str]) -> None:
    name = local(element)
    look = _styled(look, _said(element, "style-name"), styles)
    for child in element:
        if local(child) in _LOOKS:
            look = _written(look, child, styles)
    if name in _FRAMES:
        look = replace(look, is_over=True)
    if name in _HIDING or _said(element, "display") == "none":
        look = replace(look, is_marked=True)
    why = look.why_unseen
    if why:
        _empty(element, why, found)
    for child in element:
        if local(child) not in _LOOKS:
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


def _written(look: Look, said: Element, styles: Mapping[str, _Style]) -> Look:
    """Return a look with what is said of it, first by the style that is named."""
    for child in said:
        if local(child) in _STYLE_NAMES:
            look = _styled(look, _said(child, "val"), styles)
    return _with(look, said)


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


def _with(look: Look, said: Element) -> Look:
    """Return a look with what one element says: Word's in children, LibreOffice's in attributes."""
    if "properties" in local(said):
        return _with_attributes(look, said)
    for child in said:
        name, value = local(child), _said(child, "val")
        if name == "color":
            look = replace(look, colour=colour_named(value))
        elif name == "sz" and value.isdecimal():
            look = replace(look, size=int(value[:4]) / 2)
        elif name == "vanish":
            look = replace(look, is_marked=value not in _OFF)
        elif name == "shd":
            look = _over(look, _said(child, "fill"))
        elif name == "highlight":
            look = replace(look, is_over=value not in {"", "none", "white"})
    return look


def _with_attributes(look: Look, said: Element) -> Look:
    if colour := _said(said, "color"):
        look = replace(look, colour=colour_named(colour))
    if found := _POINTS.match(_said(said, "font-size")):
        look = replace(look, size=float(found[1]) * _IN_POINTS[found[2]])
    if display := _said(said, "display"):
        look = replace(look, is_marked=display == "none")
    return _over(look, _said(said, "background-color"))


def _over(look: Look, fill: str) -> Look:
    colour = colour_named(fill)
    return look if colour is None else replace(look, is_over=not is_pale(colour))


def _said(element: Element, name: str) -> str:
    """Return an attribute's value whatever its namespace, empty when it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
