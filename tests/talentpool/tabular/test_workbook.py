"""XLSX files as spreadsheets save them."""

import datetime as dt
import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

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


class TestReadRows:
    def test_typed_cells_are_read_as_people_see_them(self) -> None:
        [row] = read(
            workbook_of(
                ["id", "Titre", "Années", "Disponible à partir du", "Télétravail", "Quotité"],
                [80, 0.5, 12.0, dt.date(2026, 11, 24), True, 0.8],
            )
        )
        assert row.findings == []
        assert row.values == {
            "id": "80",
            "headline": "0.5",
            "years": 12,
            "available_on": dt.date(2026, 11, 24),
            "is_remote": True,
            "share_pct": 80,
        }

    def test_text_in_typed_columns_is_read_as_in_csv(self) -> None:
        [row] = read(
            workbook_of(
                ["id", "years", "available_on", "is_remote", "share_pct"],
                ["0123", "7", "24/11/2026", "oui", "80 %"],
            )
        )
        assert list(row.values.values()) == ["0123", 7, dt.date(2026, 11, 24), True, 80]

    def test_a_moment_is_read_as_its_day(self) -> None:
        [row] = read(workbook_of(["id", "available_on"], ["a", dt.datetime(2026, 11, 24, 18, 30)]))
        assert row.values["available_on"] == dt.date(2026, 11, 24)

    def test_lines_are_those_of_the_sheet_wherever_the_table_starts(self) -> None:
        workbook = openpyxl.Workbook()
        workbook.active["C4"], workbook.active["D4"] = "id", "years"
        workbook.active["C5"], workbook.active["D5"] = "a", 1
        workbook.active["C8"], workbook.active["D8"] = "b", "x"
        good, bad = read(saved(workbook))
        assert (good.line, good.values) == (5, {"id": "a", "years": 1})
        assert [(finding.line, finding.column) for finding in bad.findings] == [(8, "years")]

    def test_only_the_first_visible_sheet_is_read_and_that_is_said(self) -> None:
        workbook = openpyxl.Workbook()
        workbook.active.sheet_state = "hidden"
        workbook.active.append(["secret"])
        workbook.create_sheet("Vivier").append(["id"])
        workbook["Vivier"].append(["a"])
        workbook.create_sheet("Notes").append(["x"])
        [row] = read(saved(workbook))
        assert row.values == {"id": "a"}
        assert "Vivier" in row.findings[0].sentence()
        assert not row.is_bad

    def test_formulas_are_never_computed(self) -> None:
        assert read(workbook_of(["id", "headline"], ["a", "=1+1"]))[0].values["headline"] == ""

    def test_an_empty_workbook_is_refused(self) -> None:
        assert "en-tête" in refusal(workbook_of())
