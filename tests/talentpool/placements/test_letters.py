"""Letters: tagged, in French, the same bytes for the same words, and no word read as markup."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

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
