"""JSON Lines, honest and hostile."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.reading import Limits, Row, UnreadableFile, read_rows

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


def refusal(content: str | bytes, filename: str = "", **limits: int) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(content, filename, **limits)
    return refused.value.sentence()


def values(content: str | bytes) -> list[dict[str, Any]]:
    rows = read(content)
    assert [row.findings for row in rows if row.findings] == []
    return [row.values for row in rows]


def places(row: Row) -> list[tuple[int, str | None, str]]:
    return [(finding.line, finding.column, finding.level) for finding in row.findings]


def line_of(**members: Any) -> str:
    return json.dumps({"id": "a", **members}, ensure_ascii=False) + "\n"


class TestJsonLines:
    def test_each_line_is_one_row(self) -> None:
        content = (
            "\ufeff"
            + line_of(skills=["a|b", "c;d"], years=3, available_on="2026-11-24")
            + "\r\n"
            + line_of(is_remote=False, share_pct=0.8, headline=None)
        )
        first, second = read(content, "x.jsonl")
        assert first.values == {
            "id": "a",
            "skills": ["a|b", "c;d"],
            "years": 3,
            "available_on": dt.date(2026, 11, 24),
        }
        assert (second.line, second.values) == (
            3,
            {"id": "a", "is_remote": False, "share_pct": 80, "headline": ""},
        )

    def test_unknown_keys_are_kept_apart_in_silence(self) -> None:
        [row] = read(line_of(cohort="2018\u200b", more={"x": [1, "\x00"]}))
        assert row.extra == {"cohort": "2018", "more": {"x": [1, ""]}}
        assert row.findings == []

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("skills", "python"),
            ("skills", ["python", 3]),
            ("skills", {"a": 1}),
            ("headline", 12),
            ("headline", ["a"]),
            ("headline", True),
            ("years", "3"),
            ("years", True),
            ("years", 3.5),
            ("years", 10**30),
            ("available_on", 20261124),
            ("available_on", "soon"),
            ("is_remote", "oui"),
            ("is_remote", 1),
            ("share_pct", "80"),
            ("share_pct", 1e300),
        ],
    )
    def test_a_value_of_the_wrong_type_is_an_error(self, key: str, value: Any) -> None:
        bad, good = read(line_of(**{key: value}) + line_of())
        assert places(bad) == [(1, key, "error")]
        assert not good.is_bad

    @pytest.mark.parametrize(
        "line",
        [
            b'{"id": "a"',
            b'{"id": "a"} {}',
            b'{"id": "a", "id": "b"}',
            b'{"id": "a", "x": {"y": 1, "y": 2}}',
            b'{"id": NaN}',
            b'{"id": 1e999}',
            b'{"id": ' + b"9" * 5_000 + b"}",
            b'{"id": "\xff"}',
            b'{"id": "a", "x": ' + b"[" * 100_000 + b"}",
            b'{"id": "a", "x": ' + b"[" * 50 + b"]" * 50 + b"}",
            b'["id"]',
            b"null",
            b"id;headline",
            b"{}",
            b'{"x": 1}',
        ],
    )
    def test_a_hostile_line_fails_its_row_only(self, line: bytes) -> None:
        first, bad, last = read(b'{"id": "z"}\n' + line + b'\n{"id": "y"}')
        assert bad.is_bad
        assert bad.line == 2
        assert (first.values, last.values) == ({"id": "z"}, {"id": "y"})

    def test_a_line_too_long_fails_its_row_only(self) -> None:
        first, bad, last = read(line_of() + line_of(headline="x" * 5_000) + line_of(), record=1_000)
        assert places(bad) == [(2, None, "error")]
        assert (first.is_bad, last.is_bad, last.line) == (False, False, 3)

    def test_lone_surrogates_and_nul_do_not_go_in(self) -> None:
        [row] = read('{"id": "a\\ud800\\u0000b"}')
        assert row.values["id"] == "ab"

    def test_a_value_given_under_two_names_is_an_error(self) -> None:
        [row] = read('{"id": "a", "headline": "b", "métier": "c"}')
        assert places(row) == [(1, "headline", "error")]

    def test_an_aliased_key_is_read(self) -> None:
        assert values('{"id": "a", "métier": "c"}') == [{"id": "a", "headline": "c"}]

    def test_a_document_over_several_lines_is_refused(self) -> None:
        assert "un objet par ligne" in refusal('{\n  "id": "a"\n}\n', "x.json")

    def test_an_array_is_refused(self) -> None:
        assert "un objet par ligne" in refusal('[{"id": "a"}]', "x.json")

    def test_lines_are_read_one_by_one(self) -> None:
        class Counted(io.BytesIO):
            lines = 0

            def readline(self, size: int | None = -1, /) -> bytes:
                self.lines += 1
                return super().readline(-1 if size is None else size)

        stream = Counted(line_of().encode() * 1_000)
        rows: Iterator[Row] = read_rows(stream, "x.jsonl", columns=COLUMNS)
        next(rows)
        assert stream.lines < 5
