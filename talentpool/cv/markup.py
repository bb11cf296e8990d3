"""XML without surprises: no document type, no entity, no endless nesting."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from talentpool.cv.limits import CvRefused, Limits, Refusal

#: Elements of a DOCX or an ODT whose words are not the document's: how it looks, what was struck out, notes,
#: what older programs show instead, where a picture floats and what it is called.
_UNREAD = {
    *("pPr", "rPr", "instrText", "delText", "Fallback", "annotation", "tracked-changes", "note"),
    *("posOffset", "align", "pctWidth", "pctHeight", "desc", "binary-data"),
}
#: A document's title is shown where it is called for; a picture's is not.
_TITLE_OF_PICTURE = "svg-compatible:1.0}title"


def parsed(data: bytes, limits: Limits) -> Element:
    """Return the root of an XML document; raises `CvRefused` on what is broken, nested or declares entities."""
    root: Element | None = None
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > limits.depth:
                raise CvRefused(Refusal.BROKEN)
    except DefusedXmlException as error:
        raise CvRefused(Refusal.ENTITIES) from error
    except (ParseError, LookupError, UnicodeError, ValueError) as error:
        raise CvRefused(Refusal.BROKEN) from error
    if root is None:
        raise CvRefused(Refusal.BROKEN)
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_unread(element: Element) -> bool:
    """Tell whether an element of a DOCX or an ODT holds no word that its page shows."""
    return local(element) in _UNREAD or str(element.tag).endswith(_TITLE_OF_PICTURE)


def named(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants that bear one of these names, in order."""
    return (child for child in element.iter() if local(child) in names)


def words_of(element: Element | None, *path: str) -> str:
    """Return the text found first down a path of names, on one line; empty when there is none."""
    for name in path:
        if element is None:
            return ""
        element = next(named(element, name), None)
    return "" if element is None else " ".join("".join(element.itertext()).split())


def said(element: Element, name: str) -> str:
    """Return an attribute's value whatever its namespace, empty when it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
