"""Masking takes out who somebody is, and leaves what they can do."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.masking import measured, texts
from talentpool.anonymity.kinds import Kind
from talentpool.anonymity.masking import mask

TELLING = [
    *(
        "je suis",
        "une",
        "née le",
        "développeuse",
        "curieuse",
        "et",
        "polonais",
        "chez",
        "Alpha",
        "3 mars 1990",
    ),
    *(
        "à",
        "Lille",
        ",",
        ".",
        "[nom]",
        "[",
        "]",
        "(e)",
        "Ifeoma",
        "Castaing",
        "M.",
        "université de",
        "mère de",
    ),
    *("enfants", "34 ans", "a@b.fr", "ou", "développeur", "ENS", "Elle est", "un(e)", "ravi"),
]
IFEOMA = {"names": ["Ifeoma Le Castaing"], "towns": ["Lille"]}


def masked(text: str, **known: list[str]) -> str:
    return mask(text, **(known or IFEOMA)).text


class TestMask:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Demandez IFEOMA ou castaing.", "Demandez [nom] ou [nom]."),
            ("Mon adresse : i.castaing@courriel.example", "Mon adresse : [adresse électronique]"),
            ("Ou le 06 12 34 56 78.", "Ou le [téléphone]."),
            ("J’ai 34 ans et dix ans d’expérience.", "J’ai [âge] et dix ans d’expérience."),
            ("Master à l’université de Nantes, puis ENSAE.", "Master à l’[école], puis [école]."),
            ("Trois ans chez Kerlouan Systèmes, à Lille.", "Trois ans chez [employeur], à [ville]."),
            ("Code : https://forge.example/ifeoma, @ifeoma.c", "Code : [lien], [lien]"),
            ("Mère de deux enfants, née le 3 mars 1990.", "[situation familiale], né(e) le [date de naissance]."),
            ("Mme Rousselin vous dira.", "[nom] vous dira."),
            ("Je suis d’origine camerounaise.", "Je suis [origine]."),
        ],
    )  # fmt: skip
    def test_takes_out_what_says_who(self, text: str, shown: str) -> None:
        assert masked(text) == shown

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Je suis une développeuse passionnée.", "Je suis un(e) développeur ou développeuse passionné(e)."),
            ("Je suis arrivée tôt, je suis curieux.", "Je suis arrivé(e) tôt, je suis curieux ou curieuse."),
            ("Développeur ou développeuse, ravi(e).", "Développeur ou développeuse, ravi(e)."),
            ("Les développeuses relisent.", "Les développeuses relisent."),
        ],
    )  # fmt: skip
    def test_writes_both_genders(self, text: str, shown: str) -> None:
        assert masked(text) == shown

    @pytest.mark.parametrize(
        "text",
        [
            "R, Django, Node.js, Vue.js, C++ et PostgreSQL 16 au ministère de la Culture.",
            "J’anime l’ouverture des données de data.gouv.fr depuis deux ans.",
            "Je parle polonais ; 1 200 000 dossiers ; RGAA 4.1 ; ISO 27001.",
            "Cartographie bretonne : tuiles vectorielles, 140 communes, une équipe dédiée.",
        ],
    )
    def test_leaves_what_somebody_can_do(self, text: str) -> None:
        assert mask(text, **IFEOMA).masks == ()

    def test_reads_accents_however_they_are_encoded(self) -> None:
        text = unicodedata.normalize("NFD", "Maëlle Quéméneur, c’est moi.")
        assert masked(text, names=["Maelle Quemeneur"]) == "[nom], c’est moi."
        assert masked("Ma\u200bëlle code.", names=["Maëlle"]) == "[nom] code."

    def test_says_where_each_mask_stood(self) -> None:
        text = "Moi, Ifeoma, j’ai 34 ans."
        found = [(one.kind, text[one.start : one.end]) for one in mask(text, **IFEOMA).masks]
        assert found == [(Kind.NAME, "Ifeoma"), (Kind.AGE, "34 ans")]

    @given(st.text(max_size=300) | st.lists(st.sampled_from(TELLING), max_size=30).map(" ".join))
    def test_masking_twice_changes_nothing(self, text: str) -> None:
        once = masked(text)
        assert masked(once) == once

    @pytest.mark.parametrize(
        "piece",
        ["a", "a.", "a@", "0 ", "chez Xa et Ya ", "je suis polonais et ", "diplômé en ", "M. Ab ",
         "e\u0301", "\n", "[nom] ", "www.", "né le ", "École nationale supérieure ", "Ifeoma-"],
    )  # fmt: skip
    def test_takes_time_as_its_length(self, piece: str) -> None:
        def cost(repeated: str) -> float:
            text = (repeated * 100_000)[:100_000]
            start = time.process_time()
            masked(text)
            return time.process_time() - start

        # The worst takes twice what as much prose takes; one pattern that reads back takes twenty times.
        assert cost(piece) < 8 * cost("Je construis des modèles de prévision en Python, à Lille. ")


class TestMeasure:
    """The floors stand a little below what `benchmarks/masking.py` prints."""

    def test_recall_on_texts_that_nothing_was_tuned_on(self) -> None:
        held_out = measured(one for one in texts() if one.held_out).figures()
        assert held_out["spans"] >= 150
        assert held_out["recall"] >= 0.95
        assert held_out["precision"] >= 0.93

    def test_recall_of_the_most_telling(self) -> None:
        kinds = measured(texts()).figures()["recall_by_kind"]
        assert {kinds[kind][0] for kind in ("name", "email", "phone", "link")} == {1.0}
