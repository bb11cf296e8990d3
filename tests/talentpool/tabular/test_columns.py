"""Columns and the headers that name them."""

import pytest

from talentpool.tabular.columns import Column, Columns


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        [
            "available_on",
            "Disponible à partir du",
            " DISPONIBLE A PARTIR DU : ",
            "dès_le",
            "Des le",
        ],
    )
    def test_a_header_matches_without_case_accents_nor_punctuation(self, header: str) -> None:
        column = Column("available_on", "Disponible à partir du", ("Dès le",), kind="date")
        assert Columns([column]).for_header(header) is column

    @pytest.mark.parametrize("header", ["", "…", "disponible", "x" * 10**6])
    def test_another_header_matches_nothing(self, header: str) -> None:
        assert Columns([Column("a", "Disponible")]).for_header(header + "s") is None

    def test_a_key_matches_exactly(self) -> None:
        columns = Columns([Column("headline", "Titre", ("title",))])
        assert columns.for_key("title") is columns.for_key("headline")
        assert columns.for_key("Titre") is None
        assert columns.for_key("Headline") is None

    @pytest.mark.parametrize(
        "pair",
        [
            [Column("a", "Ville"), Column("a", "Pays")],
            [Column("a", "Été"), Column("b", "ete")],
            [Column("a", "Ville", ("b",)), Column("b", "Pays")],
            [Column("a", "…")],
        ],
    )
    def test_names_that_could_be_confused_are_refused(self, pair: list[Column]) -> None:
        with pytest.raises(ValueError, match="names two columns|holds no letter"):
            Columns(pair)

    def test_order_is_kept(self) -> None:
        columns = Columns([Column("b", "B"), Column("a", "A")])
        assert columns.names == ["b", "a"]
        assert len(columns) == 2
