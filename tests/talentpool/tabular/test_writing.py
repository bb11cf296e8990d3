"""Files that are written read back to the same values, and no spreadsheet runs them."""

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.reading import read_rows
from talentpool.tabular.sniffing import Format
from talentpool.tabular.text import clean_text
from talentpool.tabular.writing import CellTooLong, write_rows

COLUMNS = Columns(
    [
        Column("id", "Identifiant", required=True),
        Column("headline", "Titre"),
        Column("skills", "Compétences", kind="list"),
        Column("years", "Années", kind="integer"),
        Column("available_on", "Disponible à partir du", kind="date"),
        Column("is_remote", "Télétravail", kind="boolean"),
        Column("share_pct", "Quotité", kind="share"),
    ]
)
FORMATS: list[Format] = ["jsonl", "csv", "xlsx"]
DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0"]

awkward = st.sampled_from(list("|;\\\n\t\",'=+-@#_x0041") + ["_x0041_", "\r\n", "\u0301", "é", "%"])
texts = st.one_of(st.text(max_size=20), st.lists(awkward, max_size=8).map("".join)).map(clean_text)
rows = st.fixed_dictionaries(
    {
        "id": texts.filter(bool),
        "headline": texts,
        "skills": st.lists(texts.filter(bool), max_size=4),
        "years": st.none() | st.integers(1 - 10**18, 10**18 - 1),
        "available_on": st.none() | st.dates(),
        "is_remote": st.none() | st.booleans(),
        "share_pct": st.none() | st.integers(0, 100),
    }
)


def written(rows: list[dict[str, Any]], format: Format, columns: Columns = COLUMNS) -> bytes:
    return b"".join(write_rows(rows, columns, format))


def read_back(content: bytes, format: Format) -> list[dict[str, Any]]:
    found = list(read_rows(io.BytesIO(content), f"export.{format}", columns=COLUMNS))
    assert [row.findings for row in found if row.findings] == []
    return [row.values for row in found]


def filled(**values: Any) -> dict[str, Any]:
    blanks = dict.fromkeys(COLUMNS.names) | {"id": "a", "headline": "", "skills": []}
    return {**blanks, **values}


class TestWriteRows:
    @pytest.mark.parametrize("format", FORMATS)
    @settings(deadline=None, max_examples=120)
    @given(rows=st.lists(rows, min_size=1, max_size=4))
    @example(rows=[filled(skills=["a|b", "c;d", "e\nf", "\\", "g\\|h\\", "'=x", "=y"])])
    @example(rows=[filled(headline="'=1+1"), filled(headline="''=1+1"), filled(headline="'été")])
    @example(rows=[filled(headline="_x0041_ _x005F_x0041_"), filled(headline="#N/A")])
    @example(rows=[filled(share_pct=1), filled(share_pct=100), filled(share_pct=0)])
    @example(
        rows=[filled(available_on=dt.date(1, 1, 1)), filled(available_on=dt.date(1900, 2, 28))]
    )
    @example(rows=[filled(years=10**15), filled(years=-(10**17) - 1)])
    @example(rows=[filled(id="sep=,"), filled(headline="0123"), filled(headline="1e3")])
    def test_what_is_written_reads_back_equal(
        self, format: Format, rows: list[dict[str, Any]]
    ) -> None:
        assert read_back(written(rows, format), format) == rows

    @pytest.mark.parametrize("format", FORMATS)
    @settings(deadline=None, max_examples=60)
    @given(text=st.text(max_size=30))
    @example(text="\ud800\0\x0b\ufffe_x0000_")
    def test_any_text_reads_back_as_its_clean_self(self, format: Format, text: str) -> None:
        [row] = read_back(written([filled(headline="x" + text)], format), format)
        assert row["headline"] == clean_text("x" + text)

    @pytest.mark.parametrize("format", FORMATS)
    def test_texts_longer_than_a_buffer_are_written_whole(self, format: Format) -> None:
        many = [filled(id=str(number), headline="é" * 900) for number in range(500)]
        assert read_back(written(many, format), format) == many

    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    def test_no_row_still_gives_a_header(self, format: Format) -> None:
        assert read_back(written([], format), format) == []

    @pytest.mark.parametrize("format", FORMATS)
    def test_keys_that_are_not_columns_are_left_out(self, format: Format) -> None:
        [row] = read_back(written([filled(salary=1)], format), format)
        assert "salary" not in row

    @pytest.mark.parametrize("format", FORMATS)
    def test_decimals_and_moments_of_the_database_are_written(self, format: Format) -> None:
        moment = dt.datetime(2026, 11, 24, 18, 30, tzinfo=dt.UTC)
        content = written([filled(share_pct=Decimal("80.00"), available_on=moment)], format)
        [row] = read_back(content, format)
        assert (row["share_pct"], row["available_on"]) == (80, dt.date(2026, 11, 24))


class TestCsv:
    def test_french_spreadsheets_open_it(self) -> None:
        content = written([filled(headline="Développeur", share_pct=80, is_remote=True)], "csv")
        assert content == (
            b"\xef\xbb\xbfid;headline;skills;years;available_on;is_remote;share_pct\r\n"
            + "a;Développeur;;;;oui;80\r\n".encode()
        )

    @pytest.mark.parametrize("start", [*DANGEROUS, "\uff1d", "'="])
    def test_no_cell_starts_a_formula(self, start: str) -> None:
        content = written([filled(headline=f"{start}cmd|' /C calc'!A0")], "csv")
        text = content.decode("utf-8-sig")
        [_header, row] = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        assert row[1].startswith("'")
        assert "\0" not in text

    def test_lists_and_negative_numbers_are_guarded_too(self) -> None:
        content = written([filled(skills=["=1", "b"], years=-5)], "csv").decode()
        assert "'=1|b;'-5;" in content


class TestXlsx:
    @pytest.mark.parametrize("text", [start + "1+1" for start in DANGEROUS] + ["#N/A", "1.5"])
    def test_texts_are_typed_strings(self, text: str) -> None:
        content = written([filled(headline=text, skills=[text])], "xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert [sheet[place].data_type for place in ("A1", "B2", "C2")] == ["s", "s", "s"]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")

    def test_numbers_and_days_can_be_sorted(self) -> None:
        day = dt.date(2026, 11, 24)
        content = written([filled(years=3, available_on=day, share_pct=80)], "xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet["D2"].value == 3
        assert sheet["E2"].value.date() == day
        assert sheet["G2"].value == 80

    def test_a_text_that_a_cell_cannot_hold_is_refused_rather_than_cut(self) -> None:
        with pytest.raises(CellTooLong) as refused:
            written([filled(), filled(headline="x" * 32_768)], "xlsx")
        assert refused.value.params == {"line": "3", "column": "headline"}


class TestJsonLines:
    def test_each_row_is_one_line_of_readable_json(self) -> None:
        [line] = written([{"id": "é", "skills": ["a"], "share_pct": 80}], "jsonl").splitlines()
        assert line == '{"id": "é", "skills": ["a"], "share_pct": 80}'.encode()

    def test_one_per_cent_does_not_become_full_time(self) -> None:
        [line] = written([{"id": "a", "share_pct": 1}], "jsonl").splitlines()
        assert json.loads(line)["share_pct"] == 0.01
