"""What a CV proposes: ten layouts against what a person reads in them, and any text at all."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Referential
from talentpool.cv.document import Document
from talentpool.cv.extracting import extract
from talentpool.cv.left_out import LeftOut, without_private
from talentpool.cv.limits import LIMITS
from talentpool.cv.models import ProposedPart
from talentpool.cv.periods import period_in, period_of
from talentpool.cv.proposing import LONGEST_SHOWN, Proposal, propose
from talentpool.cv.sections import tidy
from tests.factories.cv_samples import SAMPLES, Sample

SKILLS = Referential.default()


def read(sample: Sample) -> tuple[list[Proposal], set[LeftOut]]:
    return propose(extract(sample.make(), LIMITS), SKILLS)


def of(part: ProposedPart, proposals: list[Proposal]) -> list[Proposal]:
    return [one for one in proposals if one.part is part]


@pytest.mark.parametrize("name", SAMPLES)
class TestSamples:
    def test_experiences_are_found_with_their_dates(self, name: str) -> None:
        proposals, _left = read(SAMPLES[name])
        found = [
            (one.label, one.organisation, one.period)
            for one in of(ProposedPart.EXPERIENCE, proposals)
        ]
        assert found == list(SAMPLES[name].experiences)

    def test_languages_have_the_level_that_is_written(self, name: str) -> None:
        proposals, _left = read(SAMPLES[name])
        found = {one.label: one.level for one in of(ProposedPart.LANGUAGE, proposals)}
        assert found == SAMPLES[name].languages

    def test_each_skill_stands_with_the_words_that_show_it(self, name: str) -> None:
        sample = SAMPLES[name]
        skills = of(ProposedPart.SKILL, read(sample)[0])
        assert all(one.shown_by and len(one.shown_by) <= LONGEST_SHOWN + 2 for one in skills)
        for one in skills:
            if one.skill_code and not one.is_stated:
                shown = [skill.code for skill, _s, _e in SKILLS.recognise(one.shown_by)]
                assert one.skill_code in shown or SKILLS.resolve(one.label), one

    def test_what_nobody_asked_for_is_left_out_and_told(self, name: str) -> None:
        proposals, left_out = read(SAMPLES[name])
        assert left_out == {LeftOut(code) for code in SAMPLES[name].left_out.split()}
        said = " ".join(
            f"{one.label} {one.organisation} {one.text} {one.shown_by}" for one in proposals
        )
        for private in ("@", "célibataire", "1988", "1990", "belge", "ans,", "rue ", "Married"):
            assert private not in said


def test_skills_are_mostly_right_and_mostly_found() -> None:
    right = extra = missed = 0
    for sample in SAMPLES.values():
        found = {one.skill_code for one in read(sample)[0] if one.skill_code}
        wanted = set(sample.skills.split())
        right += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    assert right / (right + extra) > 0.94
    assert right / (right + missed) > 0.92


class TestPeriods:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("2019 – 2021", "2019 – 2021"),
            ("2019-2021 Développeuse", "2019 – 2021"),
            ("de mars 2019 à déc. 2021", "mars 2019 – décembre 2021"),
            ("Mars 2019 - Aout 2020", "mars 2019 – août 2020"),
            ("03/2019 – 12/2021", "mars 2019 – décembre 2021"),
            ("01/03/2019 au 31/12/2021", "mars 2019 – décembre 2021"),
            ("2019-03 — 2021-12", "mars 2019 – décembre 2021"),
            ("September 2019 to Present", "depuis septembre 2019"),
            ("Feb. 2020 – now", "depuis février 2020"),
            ("depuis 2018", "depuis 2018"),
            ("Since June 2018", "depuis juin 2018"),
            ("janvier 2022 à ce jour", "depuis janvier 2022"),
            ("2022 - aujourd’hui", "depuis 2022"),
            ("mars à août 2025", "mars 2025 – août 2025"),
            ("juin 2020 – juin 2020", "juin 2020"),
        ],
    )
    def test_dates_are_read_as_people_write_them(self, line: str, words: str) -> None:
        assert str(period_in(line)) == words

    @pytest.mark.parametrize(
        "line", ["06 00 00 20 19", "ISO 2019-2021-33", "40 000 agents", "en 2019", "v2019-2", ""]
    )
    def test_what_is_no_period_is_none(self, line: str) -> None:
        assert period_in(line) is None

    def test_dates_of_structured_files(self) -> None:
        assert str(period_of("2019-03", "", is_current=True)) == "depuis mars 2019"
        assert str(period_of("2019", "2020-13", is_current=False)) == "2019"
        assert period_of("n’importe quoi", "2020", is_current=False) is None


class TestLeftOut:
    @pytest.mark.parametrize(
        "line",
        [
            "Dix ans d’expérience en Python",
            "12 ans de développement",
            "12000 lignes de code",
            "Née d’un besoin de terrain, cette application sert 30 000 agents",
            "Mise en place d’une rue piétonne",
            "Single sign-on avec OpenID Connect",
            "Page d’accueil, gestion de la nation",
        ],
    )
    def test_work_stays(self, line: str) -> None:
        assert without_private(line) == (line, set())

    @pytest.mark.parametrize(
        ("line", "rest", "code"),
        [
            ("Camille Essai – 34 ans", "Camille Essai", LeftOut.BIRTH),
            ("Né le 3 mars 1990", "", LeftOut.BIRTH),
            ("Married, two children", "", LeftOut.FAMILY),
            ("Nationality: Belgian", "", LeftOut.NATIONALITY),
            ("12 bis, rue du Modèle", "", LeftOut.ADDRESS),
            ("75011 Paris", "", LeftOut.ADDRESS),
            ("Sexe : F", "", LeftOut.GENDER),
            ("+33 6 00 00 00 00 | Développeuse", "Développeuse", LeftOut.CONTACT),
        ],
    )
    def test_the_rest_of_a_line_stays(self, line: str, rest: str, code: LeftOut) -> None:
        assert without_private(line) == (rest, {code})


WORDS = st.sampled_from(
    [
        "Expérience",
        "Langues",
        "Compétences",
        "2019",
        "–",
        "depuis",
        "mars",
        "Python",
        "anglais",
        "C1",
        "\n",
        "\t",
        "né le",
        "12 rue",
        "75011 Paris",
        "@",
        "   ",
        "A B C D E",
        "chez",
        "\u202e",
        "e\u0301",
    ]
)


class TestAnyText:
    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.lists(WORDS | st.text(max_size=12), max_size=60).map(" ".join))
    def test_any_text_is_proposed_within_bounds(self, text: str) -> None:
        proposals, left_out = propose(Document("pdf", text=text), SKILLS)
        assert len(proposals) < 150
        assert all(len(one.label) <= 300 and len(one.period) <= 60 for one in proposals)
        assert all(isinstance(code, LeftOut) for code in left_out)

    @pytest.mark.parametrize(
        "unit",
        [
            "a",
            "2019 ",
            "2019 – ",
            "0 ",
            "12 rue",
            "Python ",
            "A B ",
            "né ",
            "a@",
            "1.",
            "\n- ",
            "anglais ",
        ]
        + ["mars à ", "(", ", ", "\t", "É", "x\n", "2019 – 2020\n"],
    )
    def test_no_repetition_makes_it_slow(self, unit: str) -> None:
        began = time.monotonic()
        propose(Document("pdf", text=(unit * 60_000)[: LIMITS.characters]), SKILLS)
        assert time.monotonic() - began < 5

    def test_repeating_a_word_gains_nothing(self) -> None:
        once, _left = propose(Document("pdf", text="Compétences\nPython"), SKILLS)
        often, _left = propose(Document("pdf", text="Compétences\n" + "Python " * 100), SKILLS)
        assert [one.skill_code for one in once] == [one.skill_code for one in often] == ["python"]

    def test_accents_apart_are_joined_and_invisible_signs_go(self) -> None:
        assert tidy("De\u0301veloppeuse\u200b \u202eweb ﬁnale") == "Développeuse web finale"
