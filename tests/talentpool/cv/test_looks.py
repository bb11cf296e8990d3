"""CVs of the looks that people like: dark banners, coloured columns, ribbons, pale greys. All of it is read."""

import time

import pytest

from talentpool.cv.extracting import extract
from talentpool.cv.limits import LIMITS
from tests.factories.cvs import ODT_TYPE, make_docx, make_zip, pdf_of

WORDS = ["Géomaticienne", "PostgreSQL", "Bretagne"]
SENTENCE = " ".join(WORDS)
PAGE = "#set page(width: 595pt, height: 842pt, margin: 40pt)\n"
LONG = "Géomaticienne-cartographe-développeuse PostgreSQL/PostGIS/QGIS/Python Bretagne/Normandie"


def ribbon(angle: int) -> str:
    return (
        f"#place(dx: 60pt, dy: 200pt, rotate({angle}deg, box(fill: maroon, inset: (x: 20pt, y: 2pt),"
        f" text(fill: white, size: 9pt)[{LONG}])))"
    )


PDF_LOOKS = {
    "a dark column": "#place(dx: -40pt, dy: -40pt, rect(width: 190pt, height: 842pt, fill: navy))"
    "#grid(columns: (150pt, 1fr), gutter: 20pt, [#set text(fill: white)\n= Géomaticienne\n"
    '#text(size: 7pt)[PostgreSQL] #text(fill: rgb("#d9e2f3"))[Bretagne]], lorem(150))',
    "a banner that fades": "#block(fill: gradient.linear(navy, white), inset: 20pt, width: 100%)"
    f"[#text(fill: white)[{SENTENCE}]]",
    "LaTeX, in greys": "#line(stroke: .4pt + gray)#text(size: 6.5pt, fill: luma(60%))[Géomaticienne]"
    " #text(size: 5pt, fill: luma(75%))[PostgreSQL] #text(fill: luma(85%), weight: 300)[Bretagne]",
    "a turned title": "#place(rect(width: 40pt, height: 600pt, fill: maroon))#place(dx: 10pt, dy: 90pt,"
    f" rotate(-90deg, reflow: true, text(fill: white, size: 14pt)[{SENTENCE}]))",
    "a ribbon": ribbon(45),
    "a leaning ribbon": ribbon(-30),
    "letters in a gradient": "#line()"
    f"#text(fill: gradient.linear(red, blue), size: 20pt)[#box[{SENTENCE}]]",
    "letters in a pattern": f"#text(fill: tiling(size: (4pt, 4pt), rect(fill: red)))[#box[{SENTENCE}]]",
    "a halo": f"#text(size: 20pt, stroke: 3pt + white)[{SENTENCE}]",
    "a cast shadow": f"#place(dx: 1pt, dy: 1pt, text(size: 24pt, fill: luma(75%))[{SENTENCE}])"
    f"#text(size: 24pt, fill: navy)[{SENTENCE}]",
    "tags": '#box(fill: luma(92%), text(fill: luma(40%), size: 8pt)[Géomaticienne]) #box(fill: rgb("#e0e7ff"),'
    ' text(fill: rgb("#a5b4fc"), size: 8pt)[PostgreSQL]) #box(fill: rgb("#111827"),'
    ' text(fill: rgb("#374151"))[Bretagne])',
    "bars of levels": "#box(width: 200pt, height: 14pt, fill: luma(90%))[#place(rect(width: 15%, height: 14pt,"
    f" fill: blue))#place(dx: 9pt, dy: 2pt, text(fill: white, size: 9pt)[{SENTENCE}])]",
    "a striped table": "#table(columns: 3, fill: (x, y) => if y == 0 {navy} else if calc.odd(y) {luma(94%)},"
    "..([Géomaticienne], [PostgreSQL], [Bretagne]).map(c => text(fill: white, c)), ..range(60).map(i => [#i]))",
    "tight highlights": '#highlight(fill: black, top-edge: "x-height", bottom-edge: "baseline",'
    f" text(fill: white)[{SENTENCE}])",
    "sheer letters": "#rect(fill: black)[#text(fill: white.transparentize(60%))[Géomaticienne]]"
    " #text(fill: black.transparentize(80%))[PostgreSQL] #text(fill: navy.transparentize(50%))[Bretagne]",
    "yellows": "#line()#text(fill: yellow)[Géomaticienne]"
    ' #text(fill: rgb("#ffe599"))[PostgreSQL] #text(fill: rgb("#fff2cc"))[Bretagne]',
    "a dark page": f"#set page(fill: black)\n#set text(fill: luma(20%))\n{SENTENCE}",
}  # fmt: skip


def is_whole(data: bytes) -> bool:
    """Tell that every word is read and nothing said to be hidden, in a quarter of the time there is."""
    began = time.process_time()
    document = extract(data, LIMITS)
    assert time.process_time() - began < LIMITS.cpu / 4
    assert not [word for word in WORDS if word not in document.text]
    return not document.left_out


@pytest.mark.parametrize("look", PDF_LOOKS)
def test_a_pdf_is_read_whole(look: str) -> None:
    assert is_whole(pdf_of(f"{PAGE}{PDF_LOOKS[look]}\n\n#lorem(30)"))


def run(words: str, look: str = '<w:color w:val="FFFFFF"/>') -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


def anchored(inside: str, *, behind: int = 0) -> str:
    """Write what Word floats, with the places and the other words that come with it."""
    return (
        '<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing><wp:anchor xmlns:wp="urn:wp"'
        f' behindDoc="{behind}"><wp:positionH><wp:posOffset>914400</wp:posOffset></wp:positionH>'
        '<wp:docPr id="1" name="Image" descr="Kubernetes"/>'
        f"{inside}</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


WHITE = f"<w:p>{run(SENTENCE)}</w:p>"
BOX = f'<wps:wsp xmlns:wps="urn:wps"><wps:txbx><w:txbxContent>{WHITE}</w:txbxContent></wps:txbx></wps:wsp>'
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="2F5496" w:themeFill="accent1" w:themeFillShade="BF"/>'
STYLES = f"""<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Banner"><w:pPr>{SHADE}</w:pPr>
<w:rPr><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid4"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"
w:themeColor="background1"/></w:rPr><w:tcPr>{SHADE}</w:tcPr></w:tblStylePr></w:style></w:styles>"""

WORD_LOOKS = {
    "a column of a table": f"<w:tbl><w:tr><w:tc><w:tcPr>{SHADE}</w:tcPr>{WHITE}</w:tc><w:tc><w:p>"
    f'{run("Cartographe", "")}</w:p></w:tc></w:tr></w:tbl>',
    "a table within a dark cell": f"<w:tbl><w:tr><w:tc><w:tcPr>{SHADE}</w:tcPr><w:tbl><w:tr><w:tc><w:tcPr>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="auto"/></w:tcPr>{WHITE}</w:tc></w:tr></w:tbl></w:tc></w:tr>'
    "</w:tbl>",
    "a style of banner": f'<w:p><w:pPr><w:pStyle w:val="Banner"/></w:pPr>{run(SENTENCE, "")}</w:p>',
    "a row of titles": f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid4"/></w:tblPr><w:tr><w:tc>{WHITE}'
    "</w:tc></w:tr></w:tbl>",
    "a box of text": f"<w:p>{anchored(BOX)}</w:p>",
    "a picture behind": f"<w:p>{anchored('<a/>', behind=1)}</w:p>{WHITE}",
    "content controls": f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:tcPr>{SHADE}</w:tcPr><w:sdt><w:sdtContent>"
    f"{WHITE}</w:sdtContent></w:sdt></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    "Word's greys": "<w:p>"
    + " ".join(
        run(word, f'<w:color w:val="{grey}" w:themeColor="background1" w:themeShade="D9"/>')
        for word, grey in zip(WORDS, ("D9D9D9", "BFBFBF", "E7E6E6"), strict=True)
    )
    + "</w:p>",
}  # fmt: skip


@pytest.mark.parametrize("look", WORD_LOOKS)
def test_a_docx_is_read_whole(look: str) -> None:
    assert is_whole(make_docx(WORD_LOOKS[look], **{"word/styles.xml": STYLES}))


@pytest.mark.parametrize("look", ["", "<w:vanish/>", '<w:color w:val="FFFFFF"/>'])
def test_nothing_is_read_of_what_a_picture_is_called_nor_of_where_it_is(look: str) -> None:
    picture = anchored("<a/>").replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>")
    document = extract(make_docx(f"<w:p>{picture}{run('Bretagne', '')}</w:p>"), LIMITS)
    assert document.text.strip() == "Bretagne"
    assert document.left_out == []


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    [f'xmlns:{one}="{ODF}{one}:1.0"' for one in ("office", "text", "style", "table", "draw")]
    + [f'xmlns:fo="{ODF}xsl-fo-compatible:1.0" xmlns:svg="{ODF}svg-compatible:1.0"']
)
LINE = f'<text:p text:style-name="P1">{SENTENCE}</text:p>'
ODT_LOOKS = {
    "a section": ("section-properties", f'<text:section text:style-name="B">{LINE}</text:section>'),
    "a table": ("table-properties", f'<table:table table:style-name="B"><table:table-row><table:table-cell>{LINE}'
                "</table:table-cell></table:table-row></table:table>"),
    "a row": ("table-row-properties", '<table:table><table:table-row table:style-name="B"><table:table-cell>'
              f"{LINE}</table:table-cell></table:table-row></table:table>"),
    "a paragraph": ("paragraph-properties", f'<text:p text:style-name="B"><text:span text:style-name="P1">'
                    f"{SENTENCE}</text:span></text:p>"),
    "a frame": ("graphic-properties", f'<text:p><draw:frame><draw:text-box>{LINE}</draw:text-box>'
                "</draw:frame></text:p>"),
    "a page": ("page-layout-properties", LINE),
}  # fmt: skip


def odt(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return make_zip({"mimetype": ODT_TYPE, "content.xml": content})


@pytest.mark.parametrize("look", ODT_LOOKS)
def test_an_odt_is_read_whole(look: str) -> None:
    kind, body = ODT_LOOKS[look]
    styles = (
        '<style:style style:name="P1"><style:text-properties fo:color="#ffffff"/></style:style>'
        f'<style:style style:name="B"><style:{kind} fo:background-color="#1f3864"/></style:style>'
    )
    assert is_whole(odt(body, styles))


def test_what_a_picture_of_an_odt_is_called_is_not_read() -> None:
    called = "<svg:title>Docker</svg:title><svg:desc>Kubernetes</svg:desc>"
    body = (
        f"<text:p>Bretagne<draw:frame>{called}</draw:frame> et <text:title>CV</text:title></text:p>"
    )
    assert extract(odt(body), LIMITS).text == "Bretagne et CV"
