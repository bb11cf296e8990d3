"""The sheet says what somebody can do and never who they are; passages are shown once approved."""

from dataclasses import astuple
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.anonymity import services
from talentpool.anonymity.models import LONGEST_PASSAGE, MOST_PASSAGES
from talentpool.anonymity.queries import passages_of
from talentpool.anonymity.sentences import sentences
from talentpool.anonymity.sheets import blind_sheet, blind_sheets
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.placements.availability import Availability
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.experiences import Told, add_experience
from talentpool.talents.models import EmploymentStatus, Talent
from talentpool.talents.standing import Standing
from talentpool.talents.values import LanguageLevel, Spoken, Studied
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


def person(**changes: object) -> Talent:
    return make_talent(
        account=make_account(
            role=Role.TALENT, display_name="Solène Audrain", email="s.audrain@test.example"
        ),
        **{
            "display_name": "Solène Audrain-Petit",
            "headline": "Développeuse chez Alpha Conseil",
            "skills": [NamedSkill("Forge de Solène", None, 3)],
            "experience": [
                "Mairie de Brest, 2019 : une carte des forêts.",
                "Trois ans chez Alpha Conseil.",
            ],
            "text": "Je m’appelle Solène. Je dessine des cartes en Python.",
            "town": "Brest",
            "employment_status": EmploymentStatus.FREELANCE,
            **changes,
        },
    )


def assess_own_words(talent: Talent) -> None:
    make_assessment(talent, NamedSkill("Forge de Solène"), level=2)


def choose(talent: Talent, *add: str, keep: object = ()) -> list[str]:
    by = talent.account or make_account()
    services.choose_passages(talent, keep=keep, add=add, by=by)
    db.session.commit()
    return [passage.text for passage in passages_of([talent])[talent.id]]


class TestBlindSheet:
    def test_a_skill_says_what_it_stands_on_and_not_what_shows_it(self) -> None:
        talent = person()
        shown = Evidence("Dépôt de Solène.", "https://solene.example", talent.experiences[0])
        show_skill(talent.skills[0], shown, by=None)
        [skill] = blind_sheet(talent).skills
        assert (skill.standing, skill.assessed_level) == (Standing.EVIDENCED, None)
        assess_own_words(talent)
        make_assessment(talent)
        sheet = blind_sheet(talent)
        # Python was assessed, and Solène does not claim it.
        [skill] = sheet.skills
        assert (skill.standing, skill.level, skill.assessed_level) == (Standing.ASSESSED, 3, 2)
        assert "Solène" not in str(astuple(sheet))
        assert "solene" not in str(astuple(sheet))
        assert "Hésite" not in str(astuple(sheet))

    def test_says_what_somebody_can_do(self) -> None:
        talent = person()
        sheet = blind_sheet(talent)
        assert sheet.code == talent.code
        assert sheet.headline == "Développeur ou développeuse chez [employeur]"
        assert sheet.experiences == (
            "[employeur] : une carte des forêts.",
            "Trois ans chez [employeur].",
        )
        assert [(s.label, s.level_label) for s in sheet.skills] == [("Forge de [nom]", "Confirmé")]
        assert sheet.passages == ()

    def test_never_says_who(self) -> None:
        talent = person()
        choose(talent, "Solène Audrain, indépendante à Brest, s.audrain@test.example.")
        said = repr(astuple(blind_sheet(talent))).casefold()
        for secret in ("solène", "audrain", "brest", "alpha", "@", "freelance", "m’appelle"):
            assert secret not in said

    def test_says_languages_and_years_and_neither_studies_nor_clearance(self) -> None:
        talent = person(
            languages=[Spoken("en", LanguageLevel.B2)],
            seniority_years=7,
            education=[Studied("Master", "Conservatoire des Talus", 2014)],
            clearances=["very_secret"],
            other_towns=["Ploumanac"],
            text="",
        )
        sheet = blind_sheet(talent)
        assert (sheet.languages, sheet.seniority_years) == ((Spoken("en", LanguageLevel.B2),), 7)
        said = repr(astuple(sheet)).casefold()
        for secret in ("talus", "2014", "secret", "ploumanac"):
            assert secret not in said

    def test_an_organisation_named_apart_is_masked_wherever_experiences_say_it(self) -> None:
        talent = person(experience=["Un outil pour le pôle Grand-Large."], text="")
        told = Told("Juriste", "pôle Grand-Large", "2019", "2021")
        add_experience(talent, told, by=None)
        said = blind_sheet(talent).experiences
        assert all("large" not in one.casefold() for one in said)
        assert "juriste" in said[0].casefold()

    def test_what_contracts_leave_free_stands_before_what_was_typed(self) -> None:
        known = Availability(date(2027, 3, 1), 40)
        sheet = blind_sheet(person(), known_time=known)
        assert (sheet.available_from, sheet.share_pct) == (date(2027, 3, 1), 40)

    def test_many_sheets_take_one_read_of_passages(self) -> None:
        first, second = person(), make_talent()
        choose(second, "Je tiens les délais de publication.")
        sheets = blind_sheets([first, second])
        assert sheets[first.id].passages == ()
        assert sheets[second.id].passages == ("Je tiens les délais de publication.",)


class TestChoosePassages:
    def test_keeps_adds_and_withdraws_in_order(self) -> None:
        talent = person()
        assert choose(talent, "Je code.", "Je teste.", "Je code.") == ["Je code.", "Je teste."]
        _first, second = passages_of([talent])[talent.id]
        assert choose(talent, "Je relis.", keep={second.id}) == ["Je teste.", "Je relis."]
        actions = [entry.action for entry in history_of(talent)]
        assert actions.count("passage.approved") == 3
        assert actions.count("passage.withdrawn") == 1

    def test_refuses_more_than_a_sheet_holds(self) -> None:
        talent = person()
        with pytest.raises(services.TooManyPassages):
            choose(talent, *(f"Je sais faire {n}." for n in range(MOST_PASSAGES + 1)))
        with pytest.raises(services.PassageTooLong):
            choose(talent, "a" * (LONGEST_PASSAGE + 1))

    def test_a_passage_goes_with_its_person(self) -> None:
        talent = make_talent()
        choose(talent, "Je code.")
        key = talent.id
        db.session.delete(talent)
        db.session.commit()
        assert passages_of([type("Gone", (), {"id": key})])[key] == []


class TestRewritePassage:
    def test_is_masked_and_journaled_once(self) -> None:
        talent = person()
        choose(talent, "Je code.")
        passage = passages_of([talent])[talent.id][0]
        for _time in range(2):
            services.rewrite_passage(passage, "Solène code bien.", by=talent.account)
            db.session.commit()
        assert passage.text == "[nom] code bien."
        assert [e.action for e in history_of(talent)].count("passage.rewritten") == 1


def test_sentences_are_cut_where_they_end() -> None:
    text = "Je code en Node.js avec M. Dupont. Ah !\nJe code en Node.js avec M. Dupont. Puis je relis tout."
    assert sentences(text) == ["Je code en Node.js avec M. Dupont.", "Puis je relis tout."]
