"""What holds for rows of every format."""

import io
import json
import time
from typing import Any, BinaryIO, cast

import pytest

from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.reading import Limits, Row, UnreadableFile, read_rows
from talentpool.tabular.report import Finding

COLUMNS = Columns(
    [
        Column("id", "Identifiant", required=True),
        Column("headline", "Titre", ("métier",)),
        Column("skills", "Compétences", kind="list"),
        Column("years", "Années d’expérience", kind="integer"),
        Column("available_on", "Disponible à partir du", kind="date"),
        Column("is_remote", "Télétravail", kind="boolean"),
        Column("share_pct", "Quotité", kind="share"),
    ]
)


def read(content: str | bytes, filename: str = "", **limits: int) -> list[Row]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(data), filename, columns=COLUMNS, limits=Limits(**limits)))


def values(content: str | bytes) -> list[dict[str, Any]]:
    rows = read(content)
    assert [row.findings for row in rows if row.findings] == []
    return [row.values for row in rows]


def places(row: Row) -> list[tuple[int, str | None, str]]:
    return [(finding.line, finding.column, finding.level) for finding in row.findings]


def line_of(**members: Any) -> str:
    return json.dumps({"id": "a", **members}, ensure_ascii=False) + "\n"


class TestReadRows:
    """What holds for every format."""

    def test_a_good_row_goes_in_beside_a_bad_one(self) -> None:
        good, bad, other = read("id;years\na;3\nb;three\nc;5\n")
        assert [good.is_bad, bad.is_bad, other.is_bad] == [False, True, False]
        assert bad.values == {"id": "b", "years": None}
        assert places(bad) == [(3, "years", "error")]
        assert bad.findings[0].sentence() == "« three » n’est pas un nombre entier."

    def test_all_bad_cells_of_a_row_are_reported(self) -> None:
        [row] = read("id;years;available_on;is_remote;share_pct\n;x;31/02/2026;maybe;140\n")
        assert {finding.column for finding in row.findings} == {
            "id",
            "years",
            "available_on",
            "is_remote",
            "share_pct",
        }

    def test_an_offending_value_is_shortened_to_80_characters(self) -> None:
        [row] = read(f"id;years\na;{'9' * 300}\n")
        assert len(row.findings[0].params["value"]) == 80

    def test_a_finding_keeps_message_and_parameters_apart(self) -> None:
        [row] = read("id;years\na;100%(x)s\n")
        assert row.findings == [
            Finding(
                2,
                "years",
                "error",
                "« %(value)s » n’est pas un nombre entier.",
                {"value": "100%(x)s"},
            )
        ]

    def test_rows_beyond_the_limit_are_announced_once_and_left_out(self) -> None:
        rows = read("id\n" + "a\n" * 10, rows=3)
        assert [row.is_bad for row in rows] == [False, False, False, True]
        assert places(rows[-1]) == [(5, None, "error")]

    def test_a_cell_too_long_fails_its_row_and_not_the_file(self) -> None:
        for content in (
            "id;headline\na;" + "x" * 100_001 + "\nb;y\n",
            line_of(headline="x" * 100_001) + line_of(id="b", headline="y"),
        ):
            bad, good = read(content)
            assert places(bad) == [(bad.line, "headline", "error")]
            assert good.values["headline"] == "y"

    def test_invisible_characters_are_removed(self) -> None:
        text = "  a\u200bb\u202ec\x07d\u00ade\ufefff\tg\u2028h "
        assert values(f"id\n{text}\n")[0]["id"] == "abcdef\tg\nh"
        assert values(line_of(id=text))[0]["id"] == "abcdef\tg\nh"

    def test_accents_are_composed(self) -> None:
        assert values("id\ne\u0301\n") == [{"id": "é"}]

    def test_a_long_run_of_combining_marks_costs_nothing(self) -> None:
        start = time.perf_counter()
        [row] = values("id\na" + "\u0301\u0316" * 49_000 + "\n")
        assert time.perf_counter() - start < 1
        assert len(row["id"]) <= 32

    def test_a_stream_that_cannot_go_back_is_read(self) -> None:
        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def seek(self, *place: int) -> int:
                raise io.UnsupportedOperation

        rows = read_rows(cast(BinaryIO, Pipe(b"id\na\n")), "x.csv", columns=COLUMNS)
        assert [row.values for row in rows] == [{"id": "a"}]

    def test_the_stream_stays_open(self) -> None:
        stream = io.BytesIO(b"id\na\n")
        list(read_rows(stream, "x.csv", columns=COLUMNS))
        iterator = read_rows(stream, "x.csv", columns=COLUMNS)
        del iterator
        assert not stream.closed

    def test_the_file_is_checked_before_the_first_row_is_asked_for(self) -> None:
        with pytest.raises(UnreadableFile):
            read_rows(io.BytesIO(b"unknown\na\n"), "x.csv", columns=COLUMNS)
