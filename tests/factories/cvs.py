"""Makers of CVs in every format: the files are built here, and everybody in them is invented."""

import io
import json
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

import typst

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)

Row = list[list[str]]


def make_zip(members: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make an archive, its members in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_paragraph(text: str) -> str:
    """Write a paragraph of WordprocessingML."""
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in text.split("\t")
    )
    return f"<w:p><w:pPr><w:spacing/></w:pPr>{runs}</w:p>"


def word_table(rows: list[Row]) -> str:
    """Write a table: rows of cells of paragraphs."""
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            "<w:tr>{}</w:tr>".format(
                "".join(f"<w:tc>{''.join(map(word_paragraph, cell))}</w:tc>" for cell in row)
            )
            for row in rows
        )
    )


def make_docx(body: str, **more: str | bytes) -> bytes:
    """Make a DOCX of paragraphs and tables already written; `more` are further members."""
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": _TYPES, "word/document.xml": document}
    return make_zip({**members, **more})


def docx_of(text: str) -> bytes:
    """Make a DOCX with one paragraph a line."""
    return make_docx("".join(map(word_paragraph, text.strip().split("\n"))))


def odt_of(text: str, **more: str | bytes) -> bytes:
    """Make an ODT with one paragraph a line."""
    lines = "".join(
        f"<text:p>{escape(line).replace(chr(9), '<text:tab/>')}</text:p>"
        for line in text.strip().split("\n")
    )
    content = (
        f"<office:document-content {_ODF}><office:body><office:text>{lines}"
        "</office:text></office:body></office:document-content>"
    )
    return make_zip({"mimetype": ODT_TYPE, "content.xml": content, **more})


def pdf_of(source: str) -> bytes:
    """Make a PDF from Typst's markup."""
    return typst.compile(source.encode())


def pdf_with(attached: str, source: str) -> bytes:
    """Make a PDF from Typst's markup, with a file attached as Europass does."""
    return pdf_of(
        f'#pdf.attach("cv.xml", bytes({json.dumps(attached, ensure_ascii=False)}))\n{source}'
    )


def raw_pdf(content: str, *, turned: int = 0) -> bytes:
    """Make a PDF of one page from the operators that draw it; `/F` is its font."""
    page = f"/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {turned}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page{page}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\n"
    return f"{data}startxref\n{data.index('xref')}\n%%EOF".encode("latin-1")


def make_png(side: int = 24) -> bytes:
    """Make a small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes((x * 9) % 256 for x in range(side * 3)) for _y in range(side))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def typst_picture(side: int = 24) -> str:
    """Write a picture in Typst's markup."""
    return f"#image(bytes(({', '.join(map(str, make_png(side)))})), width: 2cm)"
