"""The text of PDF files, with the CV that Europass attaches to its own."""

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from talentpool.cv.limits import CvRefused, Limits, Refusal
from talentpool.cv.unseen import seen_text

_LOCKED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
#: Letters below which a file of pictures was scanned.
_FEWEST_LETTERS = 30
_ATTACHMENTS = 10
_HEAD = 200


@dataclass(frozen=True)
class PdfText:
    """What a PDF says, and what else it holds."""

    text: str
    pages: int
    pictures: int
    attached: bytes
    #: Why some of its words are not seen by whoever reads it, as `LeftOut` codes: they are not in the text.
    unseen: frozenset[str]


def pdf_text(data: bytes, limits: Limits) -> PdfText:
    """Return the text of a PDF; raises `CvRefused` on one that is locked, broken, too long or scanned."""
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in _LOCKED
        raise CvRefused(Refusal.ENCRYPTED if locked else Refusal.BROKEN) from error
    if pages > limits.pages:
        raise CvRefused(Refusal.TOO_MANY_PAGES)
    texts: list[str] = []
    unseen: set[str] = set()
    pictures = 0
    for number in range(pages):
        text, why, found = _page(document, number, limits)
        texts.append(text)
        unseen |= why
        pictures += found
        if sum(map(len, texts)) > limits.characters:
            break
    text = "\n".join(texts)[: limits.characters]
    attached = _attached(document, limits)
    letters = sum(c.isalpha() for c in text)
    if not attached and pictures and letters < _FEWEST_LETTERS:
        raise CvRefused(Refusal.NO_TEXT)
    return PdfText(text, pages, pictures, attached, frozenset(unseen))


def _page(
    document: pypdfium2.PdfDocument, number: int, limits: Limits
) -> tuple[str, set[str], int]:
    try:
        page = document[number]
        text, why = seen_text(page, page.get_textpage(), most=limits.characters)
        pictures = sum(1 for _one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    except pypdfium2.PdfiumError:
        return "", set(), 0
    # A line that ends on a hyphen of the layout's goes on in the next.
    text = text.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n")
    return text, why, pictures


def _attached(document: pypdfium2.PdfDocument, limits: Limits) -> bytes:
    try:
        for index in range(min(document.count_attachments(), _ATTACHMENTS)):
            attachment = document.get_attachment(index)
            data = bytes(attachment.get_data())
            is_small = len(data) <= limits.unpacked // 10
            if is_small and data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                return data
    except pypdfium2.PdfiumError:
        return b""
    return b""
