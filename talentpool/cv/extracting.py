"""From the bytes of a CV to what they say: what runs in the process apart."""

from talentpool.cv.checking import CvKind, open_archive, sniff
from talentpool.cv.document import Document
from talentpool.cv.europass import europass
from talentpool.cv.json_resume import json_resume
from talentpool.cv.limits import CvRefused, Limits, Refusal
from talentpool.cv.office import office_text
from talentpool.cv.portable import pdf_text


def extract(data: bytes, limits: Limits) -> Document:
    """Check and read a CV; raises `CvRefused` on whatever is not one that can be read."""
    kind = sniff(data)
    if kind is CvKind.PDF:
        document = _portable(data, limits)
    elif kind is CvKind.JSON:
        document = json_resume(data, limits)
    elif kind is CvKind.XML:
        document = europass(data, limits)
    else:
        kind, archive = open_archive(data, limits)
        with archive:
            found = office_text(archive, kind, limits)
        document = Document(
            kind.value, text=found.text, pictures=found.pictures, left_out=sorted(found.unseen)
        )
    if document.pictures and "photo" not in document.left_out:
        document.left_out.append("photo")
    says = [document.text, document.headline, *document.experiences, *document.skills]
    if not any(c.isalpha() for part in says for c in str(part)):
        raise CvRefused(Refusal.NO_TEXT)
    return document.within(limits)


def _portable(data: bytes, limits: Limits) -> Document:
    found = pdf_text(data, limits)
    if found.attached:
        try:
            document = europass(found.attached, limits)
        except CvRefused as refused:
            if refused.refusal is Refusal.ENTITIES:
                raise
        else:
            document.kind, document.pages, document.pictures = "pdf", found.pages, found.pictures
            # What the pages show is not what was read: their author is told so.
            document.left_out = [*document.left_out, *found.unseen, "pages"]
            return document
    return Document(
        "pdf",
        text=found.text,
        pages=found.pages,
        pictures=found.pictures,
        left_out=sorted(found.unseen),
    )
