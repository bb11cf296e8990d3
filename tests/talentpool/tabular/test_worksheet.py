"""XLSX files made by hand to do harm: bombs, XML, archives."""

import contextlib
import datetime as dt
import io
import struct
import time
import tracemalloc
import zipfile
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.limits import Limits, UnreadableFile
from talentpool.tabular.reading import Row, read_rows

COLUMNS = Columns(
    [
        Column("id", "Identifiant", required=True),
        Column("headline", "Titre"),
        Column("years", "Années", kind="integer"),
        Column("available_on", "Disponible à partir du", kind="date"),
        Column("is_remote", "Télétravail", kind="boolean"),
        Column("share_pct", "Quotité", kind="share"),
    ]
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
TYPES = f'<Types xmlns="{PACKAGE}/content-types"/>'


def sheet_of(*rows: str, root: str = "worksheet") -> str:
    return f'<{root} xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></{root}>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{inline("A1", "id")}{inline("B1", "headline")}</row>'
FIRST = f'<row r="2">{inline("A2", "a")}</row>'


def parts(sheet: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    """The least that makes a workbook; `more` names parts with `__` for `/` and `_` for `.`."""
    renamed = {name.replace("__", "/").replace("_", "."): part for name, part in more.items()}
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ),
        SHEET: sheet,
        **renamed,
    }


def packed(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as target:
        for name, part in members.items():
            target.writestr(name, part)
    return archive.getvalue()


def saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def workbook_of(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def read(content: bytes, **limits: int) -> list[Row]:
    stream = io.BytesIO(content)
    return list(read_rows(stream, "x.xlsx", columns=COLUMNS, limits=Limits(**limits)))


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(content, **limits)
    return refused.value.sentence()


class TestHandMade:
    """Honest workbooks, but not from openpyxl."""

    def test_styled_empty_cells_far_away_do_not_matter(self) -> None:
        far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
        assert [row.line for row in read(packed(parts(sheet_of(HEADER, FIRST, far))))] == [2]

    def test_a_byte_order_mark_in_a_part_is_read(self) -> None:
        sheet = sheet_of(HEADER, FIRST).encode("utf-8-sig")
        assert len(read(packed(parts(sheet)))) == 1


class TestBombs:
    def test_a_zip_bomb_is_refused_before_it_is_inflated(self) -> None:
        bomb = packed(parts(sheet_of(HEADER, FIRST), xl__media__a_bin=b"\0" * 110_000_000))
        assert len(bomb) < 200_000
        tracemalloc.start()
        assert "volumineux" in refusal(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()

    def test_a_ratio_beyond_50_is_refused(self) -> None:
        bomb = packed(parts(sheet_of(HEADER, FIRST), xl__media__a_bin=b"\0" * 2_000_000))
        assert "volumineux" in refusal(bomb)

    def test_a_small_member_may_be_repetitive(self) -> None:
        small = packed(parts(sheet_of(HEADER, FIRST), xl__media__a_bin=b"\0" * 900_000))
        assert len(read(small)) == 1

    def test_a_header_that_lies_about_its_size_is_caught_while_inflating(self) -> None:
        honest = packed(parts(sheet_of(HEADER, FIRST), xl__media__a_bin=b"\0" * 3_000_000))
        lying = honest.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 1_000))
        assert lying != honest
        assert "endommagé" in refusal(lying)

    def test_a_header_that_lies_about_its_packed_size_is_refused(self) -> None:
        content = packed(parts(sheet_of(HEADER, FIRST), xl__media__a_bin=b"\0" * 3_000_000))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = archive.getinfo("xl/media/a.bin").compress_size
        lying = content.replace(struct.pack("<L", size), struct.pack("<L", size * 100))
        assert "volumineux" in refusal(lying)

    def test_too_many_members_are_refused(self) -> None:
        members = {f"xl/media/{number}.bin": b"x" for number in range(2_001)}
        assert "volumineux" in refusal(packed({**parts(sheet_of(HEADER)), **members}))

    def test_two_cells_in_opposite_corners_do_not_fill_the_memory(self) -> None:
        for far in (
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            '<row r="3"><c r="xfd1048576"><v>1</v></c></row>',
            '<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>',
        ):
            for root in ("worksheet", "x:worksheet", "anything"):
                sheet = sheet_of(HEADER, FIRST, far, root=root).replace("xmlns=", "xmlns:x=")
                assert "trop éloignées" in refusal(packed(parts(sheet)))

    def test_a_shared_text_repeated_does_not_fill_the_memory(self) -> None:
        shared = f'<sst xmlns="{MAIN}"><si><t>id</t></si><si><t>{"x" * 900_000}</t></si></sst>'
        cells = "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>{int(n > 1)}</v></c></row>' for n in range(1, 200)
        )
        content = packed(parts(sheet_of(cells), xl__sharedStrings_xml=shared))
        assert "100 Mo" in refusal(content)

    def test_an_index_written_to_escape_the_count_is_refused(self) -> None:
        shared = f'<sst xmlns="{MAIN}"><si><t>id</t></si></sst>'
        cell = '<row r="1"><c r="A1" t="s"><v>+0</v></c></row>'
        content = packed(parts(sheet_of(cell), xl__sharedStrings_xml=shared))
        assert "endommagée" in refusal(content)

    def test_an_endless_tag_costs_little_time(self) -> None:
        sheet = sheet_of(HEADER, FIRST) + f"<?x {'y' * 20_000_000}?>"
        start = time.perf_counter()
        assert len(read(packed(parts(sheet), zipfile.ZIP_STORED), packed=10**8)) == 1
        assert time.perf_counter() - start < 5


class TestHostileXml:
    @pytest.mark.parametrize(
        "prologue",
        [
            '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
            "<!DOCTYPE x>",
        ],
    )
    @pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/a.bin"])
    def test_a_doctype_is_refused_in_any_part(self, prologue: str, name: str) -> None:
        members = parts(sheet_of(HEADER, FIRST))
        members[name] = prologue + str(members.get(name, "<x/>"))
        assert "DOCTYPE" in refusal(packed(members))

    def test_a_doctype_in_another_encoding_is_refused(self) -> None:
        sheet = ('<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_of(HEADER, FIRST)).encode("utf-16")
        assert refusal(packed(parts(sheet)))

    def test_a_part_that_declares_an_exotic_encoding_is_read_as_utf_8(self) -> None:
        hidden = "<!DOCTYPE x>".encode("cp037")
        sheet = b"<?xml version='1.0' encoding='cp037'?>" + hidden + sheet_of(HEADER).encode()
        assert "endommagé" in refusal(packed(parts(sheet)))

    @pytest.mark.parametrize("sheet", ["<worksheet>", "<a></b>", "", "<x>&undefined;</x>"])
    def test_xml_that_is_not_well_formed_is_refused(self, sheet: str) -> None:
        assert "endommagé" in refusal(packed(parts(sheet)))


class TestHostileArchives:
    honest = packed(parts(sheet_of(HEADER, FIRST)))

    def test_the_honest_one_is_read(self) -> None:
        assert [row.values["id"] for row in read(self.honest)] == ["a"]

    def test_an_archive_with_something_before_or_after_it_is_refused(self) -> None:
        for content in (self.honest + b"<script>", self.honest + self.honest):
            assert "en cache un autre" in refusal(content)

    def test_an_archive_with_a_comment_is_refused(self) -> None:
        archive = io.BytesIO(self.honest)
        with zipfile.ZipFile(archive, "a") as target:
            target.comment = b"<script>alert(1)</script>"
        assert "en cache un autre" in refusal(archive.getvalue())

    def test_a_pdf_that_is_also_an_archive_is_refused(self) -> None:
        stored = packed({"a.txt": "%PDF-1.7\n", **parts(sheet_of(HEADER))}, zipfile.ZIP_STORED)
        assert "en cache un autre" in refusal(stored)
        with pytest.raises(UnreadableFile):
            read(b"%PDF-1.7\n" + self.honest)

    def test_macros_are_refused_even_under_another_name(self) -> None:
        types = TYPES.replace("/>", '><Override ContentType="application/vnd.ms-excel.sheet.')
        types += 'macroEnabled.main+xml" PartName="/xl/workbook.xml"/></Types>'
        members = {**parts(sheet_of(HEADER)), "[Content_Types].xml": types}
        assert "macros" in refusal(packed(members))

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_members_of_the_same_name_are_refused(self) -> None:
        archive = io.BytesIO(self.honest)
        with zipfile.ZipFile(archive, "a") as target:
            target.writestr(SHEET.upper(), "<x/>")
        assert "endommagé" in refusal(archive.getvalue())

    def test_a_locked_archive_is_refused(self) -> None:
        locked = bytearray(self.honest)
        place = locked.index(b"PK\x01\x02")
        locked[place + 8] |= 1
        assert "mot de passe" in refusal(bytes(locked))

    def test_an_unusual_compression_is_refused(self) -> None:
        members = parts(sheet_of(HEADER, FIRST))
        assert "endommagé" in refusal(packed(members, zipfile.ZIP_LZMA))

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_a_damaged_file_is_refused_or_read_and_nothing_else(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from([self.honest, *DAMAGEABLE]))
        content = bytearray(source)
        for _change in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(4, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
        end = data.draw(st.sampled_from([len(content), len(content) // 2]))
        with contextlib.suppress(UnreadableFile):
            read(bytes(content[:end]))


DAMAGEABLE = [
    packed(parts(sheet_of(HEADER, FIRST)), zipfile.ZIP_STORED),
    workbook_of(["id", "headline"], ["a", dt.date(2026, 11, 24)]),
]
