"""CSV as people write it, and as they should not."""

import datetime as dt
import io
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


class TestCsv:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_the_delimiter_is_found_in_the_header(self, delimiter: str) -> None:
        header = delimiter.join(["id", "headline"])
        other = ";" if delimiter == "," else ","
        content = f"{header}\na{delimiter}b{other}c{other}d{other}e\n"
        assert values(content) == [{"id": "a", "headline": f"b{other}c{other}d{other}e"}]

    def test_one_column_needs_no_delimiter(self) -> None:
        assert values("id\na\n") == [{"id": "a"}]

    def test_the_hint_of_excel_is_obeyed(self) -> None:
        [row] = read("sep=,\r\nid,headline\r\na,b;c\r\n")
        assert (row.line, row.values) == (3, {"id": "a", "headline": "b;c"})

    def test_a_byte_order_mark_is_not_part_of_the_first_header(self) -> None:
        assert values(b"\xef\xbb\xbfid;headline\na;b\n") == [{"id": "a", "headline": "b"}]

    def test_windows_1252_is_read_with_a_warning(self) -> None:
        first, second = read("id;Métier\na;D’été\nb;Français\n".encode("cp1252"))
        assert first.values["headline"] == "D’été"
        assert places(first) == [(1, None, "warning")]
        assert not first.is_bad
        assert second.findings == []

    def test_bytes_of_no_known_encoding_are_refused(self) -> None:
        assert "CSV UTF-8" in refusal(b"id\n\x81\xff\n")

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_are_counted_through_quoted_ends_of_line(self, end: str) -> None:
        content = end.join(["id;years", '"a', "b", 'c";1', "d;x", "", "e;y"])
        first, second, third = read(content)
        assert (first.line, first.values) == (2, {"id": "a\nb\nc", "years": 1})
        assert (second.line, third.line) == (5, 7)

    def test_headers_match_names_labels_and_aliases_whatever_their_case_and_accents(self) -> None:
        content = "IDENTIFIANT ;metier;Compétences;disponible_a_partir_du\na;b;c;24/11/2026\n"
        assert values(content) == [
            {"id": "a", "headline": "b", "skills": ["c"], "available_on": dt.date(2026, 11, 24)}
        ]

    def test_an_unknown_column_is_left_out_with_one_warning(self) -> None:
        first, second = read("id;Salaire\na;1\nb;2\n")
        assert (first.values, second.values) == ({"id": "a"}, {"id": "b"})
        assert places(first) == [(1, "Salaire", "warning")]
        assert second.findings == []

    def test_the_same_column_twice_is_refused(self) -> None:
        assert "« Métier »" in refusal("id;headline;Métier\na;b;c\n")

    def test_a_missing_required_column_names_what_is_expected(self) -> None:
        sentence = refusal("headline\na\n")
        assert "Identifiant" in sentence
        assert "Disponible à partir du" in sentence

    def test_a_file_whose_columns_are_all_unknown_is_refused(self) -> None:
        assert "Aucune colonne" in refusal("foo;bar\n1;2\n")

    def test_an_empty_required_cell_is_an_error(self) -> None:
        [row] = read("id;headline\n;b\n")
        assert places(row) == [(2, "id", "error")]

    def test_blank_rows_are_skipped_and_counted(self) -> None:
        rows = read("\n;\nid;headline\n\n ; \na;b\n")
        assert [(row.line, row.values["id"]) for row in rows] == [(6, "a")]

    def test_a_header_alone_gives_no_row(self) -> None:
        assert read("id;headline\n") == []

    def test_more_cells_than_the_header_are_an_error(self) -> None:
        short, long = read("id;headline\na\nb;c;d\n")
        assert short.values == {"id": "a", "headline": ""}
        assert not short.is_bad
        assert places(long) == [(3, None, "error")]

    def test_a_column_without_a_name_is_left_out_with_one_warning(self) -> None:
        first, second = read("id;;headline\na;x;b\nc;y;d\n")
        assert first.values == {"id": "a", "headline": "b"}
        assert places(first) == [(2, None, "warning")]
        assert second.findings == []

    def test_a_quote_never_closed_is_reported_where_it_opens(self) -> None:
        good, bad = read('id;headline\na;b\nc;"d\ne;f\n')
        assert good.values["id"] == "a"
        assert places(bad) == [(3, None, "error")]

    def test_a_misplaced_quote_fails_its_row_only(self) -> None:
        bad, good = read('id;headline\na;"b" c\nd;e\n')
        assert places(bad) == [(2, None, "error")]
        assert good.values == {"id": "d", "headline": "e"}

    def test_a_quote_inside_an_unquoted_cell_is_text(self) -> None:
        assert values('id;headline\na;écran 24"\n') == [{"id": "a", "headline": 'écran 24"'}]

    def test_an_endless_record_ends_the_reading_and_not_the_memory(self) -> None:
        for endless in ('b;"' + "x\n" * 700, "b;" + "x" * 1_200 + "\n"):
            good, bad = read("id;headline\na;b\n" + endless + "c;d\n", record=1_000)
            assert good.values["id"] == "a"
            assert places(bad) == [(3, None, "error")]

    def test_a_long_quoted_cell_does_not_leak_rows(self) -> None:
        text = "x;y\n" * 60_000
        bad, good = read(f'id;headline\na;"{text}"\nb;c\n')
        assert places(bad) == [(2, "headline", "error")]
        assert good.values == {"id": "b", "headline": "c"}

    def test_the_prefix_against_formulas_is_taken_back(self) -> None:
        rows = values("id;headline\n'=1+1;'+33\n'été;''@x\n")
        assert rows == [
            {"id": "=1+1", "headline": "+33"},
            {"id": "'été", "headline": "'@x"},
        ]

    @pytest.mark.parametrize("cell", ["a|b|c", "a;b; c", '"a\nb\nc"', "a||b|c|", " a | b ;c"])
    def test_lists_are_separated_by_bars_semicolons_or_lines(self, cell: str) -> None:
        assert values(f"id,skills\nx,{cell}\n")[0]["skills"] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("cell", "share"),
        [
            ("80", 80),
            ("80 %", 80),
            ("80\u00a0%", 80),
            ("0,8", 80),
            ("0.8", 80),
            ("1", 100),
            ("1 %", 1),
            ("100", 100),
            ("0", 0),
        ],
    )
    def test_shares_are_percentages_or_fractions(self, cell: str, share: int) -> None:
        assert values(f"id;share_pct\na;{cell}\n")[0]["share_pct"] == share

    @pytest.mark.parametrize("cell", ["101", "-1", "33,3", "0,333", "1,5", "80%%", "1e2", "٨٠"])
    def test_other_shares_are_errors(self, cell: str) -> None:
        assert read(f"id;share_pct\na;{cell}\n")[0].is_bad

    @pytest.mark.parametrize("cell", ["2026-11-24", "24/11/2026", "2026-11-24T08:00:00+01:00"])
    def test_dates_are_iso_or_french(self, cell: str) -> None:
        assert values(f"id;available_on\na;{cell}\n")[0]["available_on"] == dt.date(2026, 11, 24)

    @pytest.mark.parametrize("cell", ["11/24/2026", "24/11/26", "0000-01-01", "demain", "45000"])
    def test_other_dates_are_errors(self, cell: str) -> None:
        assert read(f"id;available_on\na;{cell}\n")[0].is_bad

    @pytest.mark.parametrize("cell", ["1_000", "1.0", "٣", "9" * 19, "0x10", "1e3"])
    def test_other_integers_are_errors(self, cell: str) -> None:
        assert read(f"id;years\na;{cell}\n")[0].is_bad

    def test_integers_may_be_grouped_by_thousands(self) -> None:
        rows = values("id;years\na;1 234\nb;12\u202f345\nc;-5\n")
        assert [row["years"] for row in rows] == [1234, 12345, -5]

    def test_booleans_are_said_in_french_or_english(self) -> None:
        yes, no = ["oui", "Yes", "TRUE", "vrai", "1"], ["non", "No", "FALSE", "faux", "0"]
        rows = values("id;is_remote\n" + "".join(f"a;{word}\n" for word in yes + no))
        assert [row["is_remote"] for row in rows] == [True] * 5 + [False] * 5
