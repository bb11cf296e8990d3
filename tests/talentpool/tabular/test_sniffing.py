"""Files that are not what their name says."""

import io
import zipfile

import pytest

from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.limits import Limits, UnreadableFile
from talentpool.tabular.reading import read_rows
from talentpool.tabular.sniffing import sniff

COLUMNS = Columns([Column("id", "Identifiant")])


def refusal(content: bytes, filename: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_rows(io.BytesIO(content), filename, columns=COLUMNS, limits=limits or Limits())
    return refused.value.sentence()


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in names:
            target.writestr(name, "<x/>")
    return packed.getvalue()


class TestSniff:
    @pytest.mark.parametrize(
        ("content", "format"),
        [
            (b"id\na\n", "csv"),
            (b"\xef\xbb\xbf\r\n id;b\n", "csv"),
            (b'\n  {"id": 1}\n', "jsonl"),
            (b'\xef\xbb\xbf{"id": 1}\n', "jsonl"),
            (archive("x"), "xlsx"),
        ],
    )
    def test_the_format_is_found_by_content(self, content: bytes, format: str) -> None:
        stream = io.BytesIO(content)
        assert sniff(stream, "", Limits()).format == format
        assert stream.tell() == 0

    @pytest.mark.parametrize(
        ("content", "filename"),
        [
            (b"id\na\n", "x.xlsx"),
            (b"id\na\n", "x.jsonl"),
            (b'{"id": "a"}\n', "x.csv"),
            (archive("[Content_Types].xml", "xl/workbook.xml"), "x.csv"),
        ],
    )
    def test_an_extension_that_contradicts_the_content_is_refused(
        self, content: bytes, filename: str
    ) -> None:
        assert "ne correspond pas au contenu" in refusal(content, filename)

    @pytest.mark.parametrize(
        "filename", ["x.docx", "x.xlsm", "x.csv.exe", "C:\\x.xls", "../x.html", "x.csv\u202egpj."]
    )
    def test_an_extension_that_is_not_accepted_is_refused(self, filename: str) -> None:
        assert "n’est pas acceptée" in refusal(b"id\na\n", filename)

    @pytest.mark.parametrize("filename", ["", "profils", "a.b/profils", "X.CSV", "x.txt", "x.csv."])
    def test_a_name_that_says_nothing_else_is_accepted(self, filename: str) -> None:
        rows = read_rows(io.BytesIO(b"id\na\n"), filename, columns=COLUMNS)
        assert [row.values for row in rows] == [{"id": "a"}]

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "vide"),
            (b"\xef\xbb\xbf \r\n\n", "vide"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
            (b"%PDF-1.7\n", "PDF"),
            (b"GIF89a", "GIF"),
            (b"{\\rtf1 id}", "RTF"),
            (b"id;b\na;%PDF-1.7\n", "en cache un autre"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
            ("id;é\na;b\n".encode("utf-16-le"), "UTF-16"),
            ("id;é\na;b\n".encode("utf-16-be"), "UTF-16"),
            ("id;é\na;b\n".encode("utf-16"), "UTF-16"),
            (b"id\na\0b\n", "octets nuls"),
            (b'{"id": "a\0"}\n', "octets nuls"),
            (b"id\n" + b"a\n" * 100_000 + b"\0", "octets nuls"),
            (b"<!DOCTYPE html><table>", "HTML"),
            (b"<?xml version='1.0'?><x/>", "XML"),
            (archive("x.txt"), "ZIP"),
            (archive("[Content_Types].xml", "word/document.xml"), "DOCX"),
            (archive("mimetype", "content.xml"), "ODS"),
            (archive("[Content_Types].xml", "xl/workbook.bin"), "XLSB"),
            (archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
            (b"PK\x03\x04" + b"x" * 100, "endommagé"),
        ],
    )
    def test_another_kind_of_file_is_refused_and_named(self, content: bytes, says: str) -> None:
        assert says in refusal(content)

    @pytest.mark.parametrize("extension", ["jsonl", "ndjson", "json"])
    @pytest.mark.parametrize(
        "first", [b"oops", b'"id": "b"}', b"\xef\xbb\xbf\n\xe9", b"x" * 70_000, b"a;b", b"1,"]
    )
    def test_json_lines_whose_first_line_is_broken_are_read_and_it_is_told(
        self, first: bytes, extension: str
    ) -> None:
        stream = io.BytesIO(first + b'\n  {"id": "a"}\n')
        bad, good = read_rows(stream, f"profils.{extension}", columns=COLUMNS)
        assert (bad.line, bad.is_bad) == (first.count(b"\n") + 1, True)
        assert good.values == {"id": "a"}

    @pytest.mark.parametrize(
        ("content", "filename", "says"),
        [
            (b'[\n{"id": "a"},\n{"id": "b"}]\n', "x.jsonl", "un document JSON"),
            (b'<style>\n{"id": "a"}\n', "x.jsonl", "ne correspond pas au contenu"),
            (b'id\n{"id": "a"}\n', "x.xlsx", "ne correspond pas au contenu"),
            (b"id\na\n" * 30 + b"{}", "x.jsonl", "ne correspond pas au contenu"),
        ],
    )
    def test_what_shows_no_object_among_its_first_lines_is_no_json_lines(
        self, content: bytes, filename: str, says: str
    ) -> None:
        assert says in refusal(content, filename)

    def test_a_file_too_heavy_is_refused(self) -> None:
        assert "1 Mo" in refusal(b"id\n" + b"a\n" * 600_000, limits=Limits(text=1_000_000))
        assert "0 Mo" in refusal(archive("x"), limits=Limits(packed=10))
