"""Letters: tagged, in French, the same bytes for the same words, and no word read as markup."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentpool.placements.letters import (
    Agreement,
    AgreementLine,
    MissionLetter,
    agreement_pdf,
    mission_letter_pdf,
)

LETTER = MissionLetter(
    reference="L-0042",
    agency="Agence du vivier",
    person="Maëlle Œuvrard",
    host="Ministère des Essais",
    need="Carte des forêts",
    seat="Développement",
    work="Tenir la carte à jour.\nLa transmettre.",
    starts_on=date(2027, 1, 1),
    ends_on=date(2027, 10, 31),
    share="62,5 %",
    place="Lyon",
    remote="jusqu’à 2 j par semaine",
    probation_check_on=date(2027, 2, 15),
    decision_from=date(2027, 8, 2),
    agreement="C-0007",
    employed_by_agency=True,
    dated_on=date(2026, 12, 1),
)
AGREEMENT = Agreement(
    reference="C-0007",
    agency="Agence du vivier",
    host="Ministère des Essais",
    need="Carte des forêts",
    summary="Suivre la santé des forêts.",
    lines=(
        AgreementLine("Dév", "Maëlle Œuvrard", "80 %", date(2027, 1, 1), date(2027, 10, 31)),
        AgreementLine("Design", "Ana Essai", "50 %", date(2027, 1, 1), date(2027, 10, 31)),
    ),
    dated_on=date(2026, 12, 1),
    signed_on=date(2026, 12, 3),
)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = []
        for page in document:
            textpage = page.get_textpage()
            pages.append(textpage.get_text_range())
            textpage.close()
            page.close()
        return re.sub(r"\s+", " ", " ".join(pages))
    finally:
        document.close()


class TestMissionLetter:
    def test_says_who_where_when_and_how_much(self) -> None:
        text = text_of(mission_letter_pdf(LETTER))
        for said in (
            "Maëlle Œuvrard",
            "Ministère des Essais",
            "du 1er janvier 2027 au 31 octobre 2027",
            "62,5 %",
            "15 février 2027",
            "2 août 2027",
            "Tenir la carte à jour.",
        ):
            assert said in text

    def test_an_unsigned_one_says_so(self) -> None:
        assert "non signé" in text_of(mission_letter_pdf(LETTER))
        signed = replace(LETTER, signed_on=date(2026, 12, 2))
        text = text_of(mission_letter_pdf(signed))
        assert "non signé" not in text
        assert "Signé le 2 décembre 2026" in text

    def test_an_intervention_promises_no_talks_about_what_follows(self) -> None:
        text = text_of(mission_letter_pdf(replace(LETTER, decision_from=None)))
        assert "quatre-vingt-dix jours" not in text
        assert "La mission s’achève à la date prévue" in text

    def test_who_is_at_disposal_keeps_their_employer(self) -> None:
        text = text_of(mission_letter_pdf(replace(LETTER, employed_by_agency=False)))
        assert "reste l’employeur" in text
        assert "L’agence est l’employeur" not in text

    @pytest.mark.parametrize("lines", range(0, 30, 3))
    def test_nobody_signs_a_page_that_says_nothing(self, lines: int) -> None:
        content = mission_letter_pdf(replace(LETTER, work="Une ligne.\n" * lines))
        with (
            closing(pypdfium2.PdfDocument(content)) as document,
            closing(document[len(document) - 1]) as page,
            closing(page.get_textpage()) as text,
        ):
            last = text.get_text_range()
        assert "Le déroulement" in last
        assert "Pour l’agence" in last

    def test_a_renewal_has_no_probation(self) -> None:
        text = text_of(mission_letter_pdf(replace(LETTER, probation_check_on=None)))
        assert "période d’essai de deux mois" not in text

    @pytest.mark.parametrize(
        "hostile",
        ['#read("/etc/passwd")', "*gras* _it_ $x^2$", "] #panic() [", "<script>", "\\u{41} // c"],
    )
    def test_no_word_is_markup(self, hostile: str) -> None:
        words = replace(LETTER, person=hostile, work=hostile, need=hostile, place=hostile)
        assert text_of(mission_letter_pdf(words)).count(hostile) >= 4

    @pytest.mark.parametrize("written", ["a\u202f!", "« é » – €", "œ", "שלום", "محمد", "x" * 300])
    def test_what_fonts_have_comes_out_as_it_is(self, written: str) -> None:
        text = text_of(mission_letter_pdf(replace(LETTER, person=written, work=written)))
        assert text.replace(" ", "").count(re.sub(r"\s", "", written)) >= 2

    def test_a_long_word_stays_on_the_page(self) -> None:
        long = "w" * 300
        content = mission_letter_pdf(replace(LETTER, person=long, work=long, need=long, host=long))
        with closing(pypdfium2.PdfDocument(content)) as document, closing(document[0]) as page:
            with closing(page.get_textpage()) as text:
                edges = [text.get_charbox(number)[2] for number in range(text.count_chars())]
            assert max(edges) <= page.get_width() - 60

    @pytest.mark.parametrize(
        ("written", "printed"),
        [
            ("Li 李娜 !", "Li [U+674E U+5A1C] !"),
            ("Bravo 😀", "Bravo [U+1F600]"),
            ("1x\u20e3, x", "1x[U+20E3], x"),
            ("a\x00\x07b\x9f", "ab"),
            ("a\ud800b", "a?b"),
        ],
    )
    def test_what_no_font_has_is_written_by_its_number(self, written: str, printed: str) -> None:
        assert printed in text_of(mission_letter_pdf(replace(LETTER, person=written)))

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(exclude_categories=())), st.text())
    def test_any_text_can_be_printed(self, short: str, long: str) -> None:
        assert mission_letter_pdf(replace(LETTER, person=short, work=long)).startswith(b"%PDF-")

    def test_letters_are_printed_side_by_side(self) -> None:
        letters = [replace(LETTER, person=f"Personne {number}") for number in range(40)]
        with ThreadPoolExecutor(8) as threads:
            printed = list(threads.map(mission_letter_pdf, letters))
        assert printed == [mission_letter_pdf(letter) for letter in letters]


class TestAgreement:
    def test_names_everybody_whom_it_covers(self) -> None:
        text = text_of(agreement_pdf(AGREEMENT))
        for said in ("Maëlle Œuvrard", "Ana Essai", "80 %", "Signé le 3 décembre 2026"):
            assert said in text


class TestAccessibility:
    @pytest.mark.parametrize("content", [mission_letter_pdf(LETTER), agreement_pdf(AGREEMENT)])
    def test_it_claims_pdf_ua_is_tagged_and_speaks_french(self, content: bytes) -> None:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content
        document = pypdfium2.PdfDocument(content)
        try:
            assert document.is_tagged()
            assert document.get_metadata_value("Title")
        finally:
            document.close()
        assert re.search(rb"/Lang ?\(fr", content)

    def test_the_same_words_give_the_same_bytes(self) -> None:
        assert mission_letter_pdf(LETTER) == mission_letter_pdf(LETTER)
