"""What a DOCX or an ODT paints behind words: shading, pictures, and pages that are not white.

Where it cannot be told, words are taken as seen: a trick that is missed costs less than a line that is lost.
"""

from xml.etree.ElementTree import Element

from talentpool.cv.legibility import WHITE, Colour, colour_named, is_pale
from talentpool.cv.markup import local, named, said

#: Where Word and LibreOffice write that something is not so.
OFF = {"0", "false", "off"}
#: Some colour that is not white, when no more is known.
_SOME: Colour = (128, 128, 128)
_WHITE_OF_THEMES = {"background1", "light1"}
_NONE = {"", "auto", "transparent", "none"}
_SHAPES = {"frame", "rect", "roundrect", "oval", "shape", "group", "custom-shape", "polygon"}
_MARGINS = {"header", "header-first", "header-left", "footer", "footer-first", "footer-left"}


def is_page_painted(root: Element, *, is_margin: bool = False) -> bool:
    """Tell whether a part of a document paints behind the words of its pages, or floats something there.

    `is_margin` is for a header or a footer of Word's: whatever floats there is behind the pages' words.
    """
    return any(
        _is_backdrop(element) or (is_margin and local(element) in {"anchor", *_SHAPES})
        for element in root.iter()
    )


def _is_backdrop(element: Element) -> bool:
    name = local(element)
    if name == "background":
        colour = word_colour(element, "color", "")
        return bool(len(element)) or not (colour is None or is_pale(colour))
    if name == "page-layout-properties":
        return bool(ground_of(element))
    if name == "graphic-properties":
        return said(element, "run-through") == "background"
    if name in _MARGINS:
        return next(named(element, *_SHAPES), None) is not None
    if name in _SHAPES:
        return "z-index:-" in said(element, "style").replace(" ", "")
    return name == "anchor" and said(element, "behindDoc") not in {"", *OFF}


def word_ground(shading: Element) -> bool | None:
    """Tell whether Word's `shd` paints something else than white; None when it paints nothing."""
    pattern, fill = said(shading, "val"), word_colour(shading, "fill", "Fill")
    if pattern in {"", "clear", "nil"}:
        return None if fill is None else not is_pale(fill)
    # The ink of a pattern is black unless it is named.
    ink = word_colour(shading, "color", "") or (0, 0, 0)
    return not is_pale(ink) or (pattern != "solid" and fill is not None and not is_pale(fill))


def word_colour(element: Element, name: str, themed: str) -> Colour | None:
    """Read a colour of Word's and what the theme says of it, which is what Word shows; None when automatic."""
    colour = _colour(said(element, name))
    theme = said(element, f"theme{themed or 'Color'}")
    is_tinted = bool(said(element, f"theme{themed}Tint") or said(element, f"theme{themed}Shade"))
    is_white = theme in _WHITE_OF_THEMES
    if not theme or (colour and (is_white or is_tinted or not is_pale(colour))):
        return colour
    return WHITE if is_white and not is_tinted else _SOME


def ground_of(properties: Element) -> bool | None:
    """Tell whether LibreOffice's properties paint something else than white; None when they paint nothing."""
    if said(properties, "fill") in {"bitmap", "gradient", "hatch"} or any(
        local(child) == "background-image" and child.attrib for child in properties
    ):
        return True
    solid = said(properties, "fill-color") if said(properties, "fill") == "solid" else ""
    colour = _colour(said(properties, "background-color")) or _colour(solid)
    return None if colour is None else not is_pale(colour)


def _colour(text: str) -> Colour | None:
    return None if text in _NONE else colour_named(text) or _SOME
