"""What a CV holds that nobody sees is read by nobody, in every format; what is seen in odd colours is."""

import pytest

from matching import Referential
from talentpool.cv import legibility
from talentpool.cv.document import Document
from talentpool.cv.left_out import LeftOut
from talentpool.cv.limits import LIMITS
from talentpool.cv.proposing import propose
from talentpool.cv.reading import read_cv
from tests.factories.cv_texts import EUROPASS
from tests.factories.cvs import (
    ODT_TYPE,
    make_docx,
    make_zip,
    pdf_of,
    pdf_with,
    raw_pdf,
    word_paragraph,
)

MOST = 10_000_000
SEEN = "Développeuse Python"


def read(data: bytes) -> Document:
    return read_cv(data, most=MOST)


def why(data: bytes) -> list[str]:
    """Return why words of a CV are left out, once it is sure that they are and that the others are not."""
    document = read(data)
    assert SEEN in document.text
    assert "Kubernetes" not in document.text
    return document.left_out


def is_read(data: bytes) -> bool:
    document = read(data)
    return "Kubernetes" in document.text and document.left_out == []


PDF_HIDDEN = [
    ("#text(fill: white)[Kubernetes]", "hidden_colour"),
    ('#text(fill: rgb("#f4f4f4"))[Kubernetes]', "hidden_colour"),
    ('#box(fill: rgb("#1f3864"), inset: 6pt)[#text(fill: rgb("#1f3864"))[Kubernetes]]', "hidden_colour"),
    ("#text(fill: black.transparentize(100%))[Kubernetes]", "hidden_colour"),
    ("#text(size: 1pt)[Kubernetes]", "hidden_size"),
    ("#text(size: 3.5pt)[Kubernetes]", "hidden_size"),
    ("#scale(x: 10%, y: 10%)[#text(size: 20pt)[Kubernetes]]", "hidden_size"),
    ("#place(dx: 700pt)[Kubernetes]", "hidden_place"),
    ("#place(dy: -400pt)[Kubernetes]", "hidden_place"),
]  # fmt: skip
PDF_SEEN = [
    "#box(fill: black, inset: 9pt)[#text(fill: white, stroke: 0.6pt + black, size: 30pt)[Kubernetes]]",
    "Kubernetes",
    '#box(fill: rgb("#1f3864"), inset: 6pt)[#text(fill: white)[Kubernetes]]',
    '#text(fill: rgb("#c0c0c0"))[Kubernetes]',
    "#text(size: 6pt)[Kubernetes]",
    "#text(size: 60pt, weight: 900)[Kubernetes]",
    "#rotate(90deg)[Kubernetes]",
    "#text(fill: white, stroke: 0.6pt + black, size: 30pt)[Kubernetes]",
]


class TestPdf:
    @pytest.mark.parametrize(("hidden", "reason"), PDF_HIDDEN)
    def test_what_nobody_sees_is_left_out_and_told(self, hidden: str, reason: str) -> None:
        assert why(pdf_of(f"#set page(width: 595pt, height: 842pt)\n{SEEN}\n\n{hidden}")) == [
            reason
        ]

    @pytest.mark.parametrize("seen", PDF_SEEN)
    def test_what_is_seen_is_read(self, seen: str) -> None:
        assert is_read(pdf_of(f"{SEEN}\n\n{seen}"))

    def test_a_page_whose_ground_is_dark_is_read(self) -> None:
        assert is_read(pdf_of(f"#set page(fill: black)\n#set text(fill: white)\n{SEEN} Kubernetes"))

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_type_is_measured_on_the_page_however_it_is_written(self, turned: int) -> None:
        """Many programs write type of size 1 and enlarge it, or the reverse; others turn the page."""
        big = f"BT /F 1 Tf 12 0 0 12 72 700 Tm ({SEEN}) Tj ET"
        seen = f"{big} 0 0 1 rg BT /F 1 Tf 0 12 -12 0 300 300 Tm (Kubernetes) Tj ET"
        assert is_read(raw_pdf(seen, turned=turned))
        small = f"{big} BT /F 24 Tf 0.1 0 0 0.1 72 600 Tm (Kubernetes) Tj ET"
        assert why(raw_pdf(small, turned=turned)) == ["hidden_size"]
        pale = f"{big} 1 g BT /F 12 Tf 72 600 Td (Kubernetes) Tj ET"
        assert why(raw_pdf(pale, turned=turned)) == ["hidden_colour"]
        dark = f"0 g 60 590 200 40 re f {pale}"
        assert is_read(raw_pdf(dark, turned=turned))

    def test_words_that_are_not_drawn_are_hidden_but_for_those_of_a_scan(self) -> None:
        said = f"BT /F 12 Tf 72 700 Td ({SEEN} et cartographe) Tj ET"
        undrawn = "BT /F 12 Tf 3 Tr 72 600 Td (Kubernetes) Tj ET"
        assert why(raw_pdf(f"{said} {undrawn}")) == ["hidden_colour"]
        picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xc0 EI Q"
        document = read(raw_pdf(f"{picture} {said} {undrawn}"))
        assert "Kubernetes" in document.text
        assert document.left_out == ["photo"]

    def test_nothing_of_it_is_proposed_and_the_page_says_why(self) -> None:
        document = read(pdf_of(f"{SEEN} #text(fill: white)[Kubernetes] et du Rust"))
        proposals, left_out = propose(document, Referential.default())
        assert {"Python", "Rust"} <= {one.label for one in proposals}
        assert "Kubernetes" not in {one.label for one in proposals}
        assert left_out == {LeftOut.HIDDEN_COLOUR}

    def test_an_attached_europass_file_is_read_in_place_of_the_pages_which_is_told(self) -> None:
        page = f"{SEEN} #text(fill: white)[Kubernetes]"
        document = read(pdf_with(EUROPASS, page))
        assert [one.title for one in document.experiences] == ["Juriste", "Acheteuse publique"]
        assert "Python" not in document.text
        assert {"pages", "hidden_colour", "birth"} <= set(document.left_out)
        assert read(pdf_with("<html>Rien</html>", SEEN)).left_out == []

    def test_a_long_file_whose_words_hardly_show_stays_quick(self) -> None:
        page = "#set text(size: 6pt, fill: luma(97%))\n" + "#lorem(1400)\n#pagebreak()\n" * 4
        document = read(pdf_of(f"{SEEN}\n{page}"))
        assert document.left_out == ["hidden_colour"]
        assert "".join(filter(str.isalpha, document.text)) == SEEN.replace(" ", "")

    def test_a_long_file_stays_quick(self) -> None:
        page = (
            '#set page(fill: rgb("#eef"))\n#set text(size: 6pt)\n'
            + "#lorem(1400)\n#pagebreak()\n" * 8
        )
        assert len(read(pdf_of(page)).text) == LIMITS.characters


def run(properties: str, words: str = "Kubernetes", paragraph: str = "") -> str:
    return (
        f"<w:p>{paragraph}<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p>"
        + word_paragraph(SEEN)
    )


def white(more: str = "") -> str:
    return run(f'<w:color w:val="FFFFFF"/>{more}')


def filled(colour: str) -> str:
    return f'<w:textFill><w:solidFill><w:srgbClr w:val="{colour}"/></w:solidFill></w:textFill>'


def shaded(fill: str) -> str:
    cell = white()
    return (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="{fill}"/></w:tcPr>{cell}</w:tc></w:tr></w:tbl>'
    )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:sz w:val="22"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Ghost"/></w:style>
<w:style w:type="paragraph" w:styleId="Pale"><w:basedOn w:val="Loop"/>
<w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Pale"/></w:style>
<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow">
<w:tcPr><w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>
</w:styles>"""


class TestDocx:
    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (run("<w:vanish/>"), "hidden_mark"),
            (run('<w:rStyle w:val="Heir"/>'), "hidden_mark"),
            (white(), "hidden_colour"),
            (run("", paragraph='<w:pPr><w:pStyle w:val="Pale"/></w:pPr>'), "hidden_colour"),
            (shaded("FFFFFF"), "hidden_colour"),
            (run('<w:sz w:val="2"/>'), "hidden_size"),
            (run('<w:color w:val="F2F2F2"/>'), "hidden_colour"),
            (run('<w:color w:val="auto" w:themeColor="background1"/>'), "hidden_colour"),
            (white('<w:shd w:val="clear" w:color="1F3864" w:fill="FFFFFF"/>'), "hidden_colour"),
            (white('<w:shd w:val="solid" w:color="FFFFFF" w:fill="1F3864"/>'), "hidden_colour"),
            (white('<w:outline w:val="0"/><w:highlight w:val="white"/>'), "hidden_colour"),
            (run(f'<w:color w:val="000000"/>{filled("FFFFFF")}'), "hidden_colour"),
        ],
    )  # fmt: skip
    def test_what_nobody_sees_is_left_out_and_told(self, body: str, reason: str) -> None:
        assert why(make_docx(body, **{"word/styles.xml": WORD_STYLES})) == [reason]

    @pytest.mark.parametrize(
        "body",
        [
            run('<w:vanish w:val="0"/><w:color w:val="auto"/><w:sz w:val="16"/>'),
            run('<w:rStyle w:val="Heir"/><w:vanish w:val="false"/>'),
            white('<w:shd w:fill="1F3864"/>'),
            run('<w:color w:val="FFFFFF"/>', paragraph='<w:pPr><w:shd w:fill="000000"/></w:pPr>'),
            run('<w:color w:val="D9D9D9"/>'),
            white('<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>'),
            white('<w:shd w:val="pct75" w:color="auto" w:fill="FFFFFF"/>'),
            white('<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>'),
            run('<w:color w:val="FFFFFF" w:themeColor="background1"/><w:shd w:val="clear" w:color="auto"'
                ' w:fill="1F3864" w:themeFill="accent1" w:themeFillShade="80"/>'),
            run('<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
            white('<w:highlight w:val="darkBlue"/>'),
            white('<w:outline/>'),
            white(filled("1F3864")),
            white('<w:textFill><w:gradFill/></w:textFill>'),
            shaded("1F3864"),
            shaded('1F3864').replace("<w:rPr>", '<w:rPr><w:highlight w:val="none"/>'),
            '<w:tbl><w:tr><w:tblPrEx><w:shd w:val="clear" w:fill="7F7F7F"/></w:tblPrEx><w:tc>'
            + white()
            + "</w:tc></w:tr></w:tbl>",
            '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>'
            + white()
            + "</w:tc></w:tr></w:tbl>",
            '<w:p><w:r><w:drawing><w:txbxContent>'
            + white()
            + "</w:txbxContent></w:drawing></w:r></w:p>",
        ],
    )  # fmt: skip
    def test_what_is_seen_is_read(self, body: str) -> None:
        assert is_read(make_docx(body, **{"word/styles.xml": WORD_STYLES}))

    @pytest.mark.parametrize(
        "painted",
        [
            '<w:background w:color="1F3864"/>',
            '<w:background w:color="auto" w:themeColor="accent1"/>',
            '<w:p><w:r><w:drawing><w:anchor behindDoc="1"/></w:drawing></w:r></w:p>',
            '<w:p><w:r><w:pict><v:rect style="position:absolute; z-index:-251658240"/></w:pict></w:r></w:p>',
        ],
    )
    def test_words_over_what_the_page_paints_are_read(self, painted: str) -> None:
        assert is_read(make_docx(f'<w:sect xmlns:v="urn:v">{painted}{white()}</w:sect>'))
        plain = painted.replace("1F3864", "FFFFFF").replace("accent1", "background1")
        plain = plain.replace('"1"', '"0"').replace("-2", "2")
        assert why(make_docx(f'<w:sect xmlns:v="urn:v">{plain}{white()}</w:sect>')) == [
            "hidden_colour"
        ]

    @pytest.mark.parametrize("part", ["header1", "header3", "footer2"])
    @pytest.mark.parametrize("behind", ["0", "1"])
    def test_a_banner_of_the_margins_is_behind_the_words_of_the_body(
        self, part: str, behind: str
    ) -> None:
        """Word draws its headers behind its pages, whatever they say."""
        banner = f'<w:drawing><w:anchor behindDoc="{behind}"/></w:drawing>'
        margin = f'<w:hdr xmlns:w="{W}"><w:p><w:r>{banner}</w:r></w:p></w:hdr>'
        assert is_read(make_docx(white(), **{f"word/{part}.xml": margin}))
        bare = margin.replace(banner, "<w:t>Page</w:t>")
        assert why(make_docx(white(), **{f"word/{part}.xml": bare})) == ["hidden_colour"]

    def test_a_style_without_end_is_read(self) -> None:
        body = run("", words="Rust", paragraph='<w:pPr><w:pStyle w:val="Loop"/></w:pPr>')
        assert why(make_docx(body, **{"word/styles.xml": WORD_STYLES})) == ["hidden_colour"]


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    [f'xmlns:{one}="{ODF}{one}:1.0"' for one in ("office", "text", "style", "table", "draw")]
    + [f'xmlns:fo="{ODF}xsl-fo-compatible:1.0"']
)


def odt(style: str, body: str, page: str = "") -> bytes:
    """Make an ODT of a body whose span wears « T », and whose styles are these; `page` is a page's."""
    styles = f"<office:automatic-styles>{style}</office:automatic-styles>"
    lines = f"{body}<text:p>{SEEN}</text:p>"
    content = (
        f"<office:document-content {SPACES}>{styles}<office:body><office:text>{lines}"
        "</office:text></office:body></office:document-content>"
    )
    pages = f"<office:document-styles {SPACES}>{page}</office:document-styles>"
    return make_zip({"mimetype": ODT_TYPE, "content.xml": content, "styles.xml": pages})


def worn(properties: str, more: str = "") -> str:
    return f'<style:style style:name="T"><style:text-properties {properties}/>{more}</style:style>'


SPAN = '<text:p>Un <text:span text:style-name="T">Kubernetes</text:span> caché.</text:p>'
DARK = '<style:table-cell-properties fo:background-color="#1f3864"/>'
WHITE = worn('fo:color="#ffffff"')
PAINTED = '<style:style style:name="P"><style:{}/></style:style>'
OVER = SPAN.replace("<text:p>", '<text:p text:style-name="P">')
CELL = (
    '<table:table><table:table-row><table:table-cell table:style-name="C">{}</table:table-cell>'
    "</table:table-row></table:table>"
)


class TestOdt:
    @pytest.mark.parametrize(
        ("style", "reason"),
        [
            (worn('text:display="none"'), "hidden_mark"),
            (worn('fo:color="#ffffff"'), "hidden_colour"),
            (worn('fo:font-size="1pt"'), "hidden_size"),
            (worn('fo:font-size="0.5mm"'), "hidden_size"),
            (
                '<style:style style:name="T" style:parent-style-name="P"/>'
                '<style:style style:name="P"><style:text-properties fo:color="#fefefe"/></style:style>',
                "hidden_colour",
            ),
        ],
    )
    def test_what_nobody_sees_is_left_out_and_told(self, style: str, reason: str) -> None:
        data = odt(style, SPAN)
        assert why(data) == [reason]
        assert "Un  caché." in read(data).text

    @pytest.mark.parametrize(
        ("style", "body"),
        [
            (worn('fo:color="#808080" fo:font-size="8pt" text:display="true"'), SPAN),
            (worn('fo:color="#ffffff" fo:background-color="#000000"'), SPAN),
            (worn('fo:color="#ffffff"') + f'<style:style style:name="C">{DARK}</style:style>', CELL.format(SPAN)),
            (worn('fo:color="#d9d9d9"'), SPAN),
            (worn('fo:color="#ffffff" style:text-outline="true"'), SPAN),
            (worn('fo:color="#ffffff" style:use-window-font-color="true"'), SPAN),
            (WHITE + PAINTED.format('paragraph-properties fo:background-color="#1f3864"'), OVER),
            (WHITE + PAINTED.format('graphic-properties draw:fill="gradient"'), OVER),
            (WHITE + PAINTED.format('graphic-properties draw:fill="solid" draw:fill-color="#1f3864"'), OVER),
            (WHITE, f'<draw:rect>{SPAN}</draw:rect>'),
        ],
    )  # fmt: skip
    def test_what_is_seen_is_read(self, style: str, body: str) -> None:
        assert is_read(odt(style, body))

    @pytest.mark.parametrize(
        "page",
        [
            '<style:page-layout-properties fo:background-color="#1f3864"/>',
            '<style:page-layout-properties draw:fill="bitmap"/>',
            '<style:page-layout-properties><style:background-image style:repeat="stretch"/>'
            "</style:page-layout-properties>",
            '<style:graphic-properties style:run-through="background"/>',
            '<style:header><text:p><draw:frame/></text:p></style:header>',
        ],
    )  # fmt: skip
    def test_words_over_what_the_page_paints_are_read(self, page: str) -> None:
        assert is_read(odt(WHITE, SPAN, page))

    @pytest.mark.parametrize(
        "page",
        [
            '<style:page-layout-properties fo:background-color="#ffffff" draw:fill="none"/>',
            "<style:page-layout-properties><style:background-image/></style:page-layout-properties>",
            "<style:header><text:p>Page</text:p></style:header>",
        ],
    )
    def test_a_page_that_paints_nothing_shows_no_white_words(self, page: str) -> None:
        assert why(odt(WHITE, SPAN, page)) == ["hidden_colour"]

    def test_a_hidden_paragraph_is_left_out(self) -> None:
        body = "<text:p><text:hidden-text>Kubernetes</text:hidden-text></text:p>"
        assert why(odt("", body)) == ["hidden_mark"]


def test_every_reason_has_its_words() -> None:
    reasons = {legibility.COLOUR, legibility.SIZE, legibility.PLACE, legibility.MARK}
    assert reasons == {code.value for code in LeftOut if code.value.startswith("hidden")}
