"""What is refused before it is read, each for its reason."""

import pytest

from talentpool.cv.checking import CvKind, inflated, open_archive, sniff
from talentpool.cv.extracting import extract
from talentpool.cv.limits import LIMITS, CvRefused, Limits, Refusal
from tests.factories.cvs import (
    docx_of,
    make_docx,
    make_png,
    make_zip,
    odt_of,
    pdf_of,
    typst_picture,
    word_paragraph,
)

TEXT = "Maëlle Essai\nDéveloppeuse Python"
XXE = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><SkillsPassport>&e;</SkillsPassport>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><SkillsPassport>&c;</SkillsPassport>'
)
DOCM = make_docx(word_paragraph(TEXT), **{"word/vbaProject.bin": b"macro"})
DOTM = make_zip(
    {
        "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
        "word/document.xml": "<w/>",
    }
)
LOCKED_ODT = odt_of(TEXT, **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})
BOMB = make_docx(word_paragraph("a" * 40_000_000))
BILLION_IN_DOCX = make_zip(
    {"[Content_Types].xml": "<Types/>", "word/document.xml": LAUGHS.decode()}
)
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">/P -44>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<01><01>]>>\n%%EOF"
)


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(CvRefused) as refused:
        extract(data, LIMITS)
    return refused.value.refusal


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Refusal.EMPTY),
        (b" \n\t ", Refusal.EMPTY),
        (make_png(), Refusal.IMAGE),
        (b"\xff\xd8\xff\xe0JFIF", Refusal.IMAGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_WORD),
        (b"{\\rtf1 CV}", Refusal.OTHER_KIND),
        (b"<html><body>CV</body></html>", Refusal.OTHER_KIND),
        (b"MZ\x90\0 program", Refusal.OTHER_KIND),
        (b"Un CV en texte brut", Refusal.OTHER_KIND),
        (make_zip({"a.txt": "a"}), Refusal.OTHER_KIND),
        (
            make_zip({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}),
            Refusal.OTHER_OFFICE,
        ),
        (DOCM, Refusal.MACROS),
        (DOTM, Refusal.MACROS),
        (odt_of(TEXT, **{"Basic/Standard/a.xml": "<m/>"}), Refusal.MACROS),
        (LOCKED_ODT, Refusal.ENCRYPTED),
        (BOMB, Refusal.BOMB),
        (BILLION_IN_DOCX, Refusal.ENTITIES),
        (XXE, Refusal.ENTITIES),
        (LAUGHS, Refusal.ENTITIES),
        (b"<SkillsPassport>", Refusal.BROKEN),
        (b"<a/>", Refusal.NOT_A_CV),
        (b"<a>" * 500, Refusal.BROKEN),
        (b'{"a": 1}', Refusal.NOT_A_CV),
        (b'{"basics":' + b"[" * 100_000, Refusal.BROKEN),
        (b"%PDF-1.7 nothing else", Refusal.BROKEN),
        (LOCKED_PDF, Refusal.ENCRYPTED),
        (pdf_of("a\n#pagebreak()\n" * 40), Refusal.TOO_MANY_PAGES),
        (pdf_of(typst_picture()), Refusal.NO_TEXT),
        (make_docx(word_paragraph(" ")), Refusal.NO_TEXT),
        (docx_of(TEXT)[:-40], Refusal.BROKEN),
        (make_zip({f"word/{n}.xml": "" for n in range(2_100)}), Refusal.TOO_MANY_MEMBERS),
    ],
)
def test_a_file_is_refused_for_its_reason(data: bytes, why: Refusal) -> None:
    assert refusal_of(data) is why


def test_two_files_in_one_are_refused() -> None:
    pdf, docx = pdf_of("Un CV"), docx_of(TEXT)
    for data in (pdf + docx, docx[:30] + b"%PDF-1.4" + docx[38:], b"GIF" + docx, b"x" * 9 + pdf):
        assert refusal_of(data) is Refusal.TWO_IN_ONE


def test_a_password_protected_member_is_refused() -> None:
    data = bytearray(docx_of(TEXT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    assert refusal_of(bytes(data)) is Refusal.ENCRYPTED


def test_a_header_that_lies_is_caught_while_inflating() -> None:
    data = bytearray(make_docx(word_paragraph("a" * 30_000_000)))
    # The central directory claims that the document is small.
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    _kind, archive = open_archive(bytes(data), LIMITS)
    with archive, pytest.raises(CvRefused) as refused:
        inflated(archive, "word/document.xml", LIMITS)
    assert refused.value.refusal is Refusal.BOMB


def test_a_header_that_boasts_is_broken_or_read_to_its_end() -> None:
    data = bytearray(docx_of(TEXT))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (150_000).to_bytes(4, "little")
    _kind, archive = open_archive(bytes(data), LIMITS)
    with archive:
        assert TEXT.split("\n")[0].encode() in inflated(archive, "word/document.xml", LIMITS)


def test_what_is_unpacked_is_counted_even_without_a_ratio() -> None:
    data = make_zip({"[Content_Types].xml": "<T/>", "word/document.xml": "x" * 5_000})
    with pytest.raises(CvRefused) as refused:
        open_archive(data, Limits(unpacked=4_000))
    assert refused.value.refusal is Refusal.BOMB


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf_of("CV"), CvKind.PDF),
        (docx_of(TEXT), CvKind.DOCX),
        (b'\xef\xbb\xbf {"basics": {}}', CvKind.JSON),
        (b"\n<SkillsPassport/>", CvKind.XML),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, kind: CvKind) -> None:
    assert sniff(data) is kind


def test_odt_and_docx_are_told_apart() -> None:
    for data, kind in ((odt_of(TEXT), CvKind.ODT), (docx_of(TEXT), CvKind.DOCX)):
        assert extract(data, LIMITS).kind == kind.value
