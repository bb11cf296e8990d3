"""Keeping proposals, deciding on them, forgetting them: on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from talentpool.cv.document import Document
from talentpool.cv.models import CvProposal, CvReading, ProposedPart
from talentpool.cv.queries import reading_of
from talentpool.cv.services import (
    Accepted,
    NothingProposed,
    accept,
    drop,
    forget_old,
    is_held,
    keep_proposals,
    tells_of_work,
)
from talentpool.db import db, now
from talentpool.journal.models import JournalEntry
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.experiences import Told, told_by
from talentpool.talents.models import Talent
from talentpool.talents.services import content_of, edit_talent
from talentpool.talents.standing import Standing, standing_of
from talentpool.talents.values import LanguageLevel, Spoken, Studied
from talentpool.web.pipeline import Application
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

TEXT = """Sacha Gabarit
Cartographe
Expérience
2019 – 2021 Cartographe, Institut des Cartes
Des cartes en Python et en Rust.
Langues
Anglais C1
"""


def make_reading(talent: Talent | None = None, text: str = TEXT) -> CvReading:
    make_skill("Python")
    make_skill("Rust", aliases=["langage Rust"])
    return keep_proposals(talent or make_talent(), Document("pdf", text=text), by=None)


def proposed(reading: CvReading, part: ProposedPart, label: str = "") -> CvProposal:
    return next(
        one for one in reading.proposals if one.part is part and one.label.startswith(label)
    )


def as_it_is(proposal: CvProposal, *, is_shown: bool = False, **corrected: str) -> Accepted:
    names = ("label", "level", "organisation", "period", "text")
    said = {**{n: getattr(proposal, n) for n in names}, **corrected}
    return Accepted(proposal, **said, is_shown=is_shown)


def counts() -> tuple[int, int]:
    return db.session.query(CvReading).count(), db.session.query(CvProposal).count()


def test_reading_changes_nothing_of_the_profile(each_database: Application) -> None:
    talent = make_talent()
    before = content_of(talent)
    reading = make_reading(talent)
    assert content_of(talent) == before
    assert reading_of(talent) is reading
    entry = db.session.query(JournalEntry).filter_by(action="cv.read").one()
    assert entry.details == {
        "kind": "pdf",
        "headlines": 1,
        "skills": 2,
        "experiences": 1,
        "languages": 1,
        "educations": 0,
    }


def test_what_is_accepted_enters_as_corrected_and_the_rest_waits(
    each_database: Application,
) -> None:
    talent = make_talent(skills=[], experience=["Une carte."])
    reading = make_reading(talent)
    rust = proposed(reading, ProposedPart.SKILL, "Rust")
    told = proposed(reading, ProposedPart.EXPERIENCE)
    spoken = proposed(reading, ProposedPart.LANGUAGE)
    left = accept(
        reading,
        [as_it_is(rust, level="2"), as_it_is(told, label="Géographe"), as_it_is(spoken)],
        by=None,
    )
    db.session.commit()
    held = [(one.label, one.skill is not None, one.level) for one in talent.skills]
    assert held == [("Rust", True, 2)]
    assert content_of(talent).languages == [Spoken("en", LanguageLevel.C1)]
    assert told_by(talent.experiences[1]) == Told(
        "Géographe",
        "Institut des Cartes",
        "2019",
        "2021",
        "Des cartes en Python et en Rust.",
    )
    assert [one.summary for one in talent.experiences] == [
        "Une carte.",
        "Géographe, Institut des Cartes (2019 – 2021) : Des cartes en Python et en Rust.",
    ]
    assert left == 2
    assert {one.label for one in reading_of(talent).proposals} == {"Cartographe", "Python"}
    entry = db.session.query(JournalEntry).filter_by(action="cv.accepted").one()
    assert entry.details == {
        "headlines": 0, "skills": 1, "experiences": 1, "languages": 1, "educations": 0
    }  # fmt: skip


def test_the_last_decision_leaves_no_row(each_database: Application) -> None:
    reading = make_reading()
    assert drop(reading, list(reading.proposals), by=None) == 0
    db.session.commit()
    assert counts() == (0, 0)


def test_what_the_profile_says_needs_no_decision(each_database: Application) -> None:
    talent = make_talent()
    reading = make_reading(talent)
    content = content_of(talent)
    assert is_held(proposed(reading, ProposedPart.SKILL, "Python"), content)
    assert not is_held(proposed(reading, ProposedPart.SKILL, "Rust"), content)
    everything = [as_it_is(one) for one in reading.proposals if one.label != "Python"]
    assert accept(reading, everything, by=None) == 0
    again = make_reading(talent)
    assert all(is_held(one, content_of(talent)) for one in again.proposals)


def test_another_cv_replaces_what_the_first_proposed(each_database: Application) -> None:
    talent = make_talent()
    make_reading(talent)
    second = make_reading(talent, "Langues\nItalien B2")
    db.session.commit()
    assert [one.label for one in reading_of(talent).proposals] == ["Italien"]
    assert counts() == (1, len(second.proposals))


def test_a_cv_without_anything_keeps_the_former_proposals(each_database: Application) -> None:
    talent = make_talent()
    make_reading(talent)
    with pytest.raises(NothingProposed):
        make_reading(talent, "Bonjour.")
    assert reading_of(talent) is not None


def test_proposals_are_forgotten_after_a_week(each_database: Application) -> None:
    talent = make_talent()
    reading = make_reading(talent)
    reading.created_at = now() - timedelta(days=7, minutes=1)
    db.session.flush()
    assert reading_of(talent) is None
    assert forget_old() == 1
    assert counts() == (0, 0)


def test_proposals_go_with_the_person(each_database: Application) -> None:
    talent = make_talent()
    make_reading(talent)
    db.session.commit()
    db.session.execute(db.delete(Talent).where(Talent.id == talent.id))
    assert counts() == (0, 0)


STUDIES = """Formation
2014 – Master de droit public, université de Lille
Permis de construire des ponts
"""


def test_studies_and_mother_tongues_enter_in_parts(each_database: Application) -> None:
    talent = make_talent(languages=[], education=[])
    reading = make_reading(talent, f"{STUDIES}\nLangues\nAnglais courant\nKlingon")
    studied = proposed(reading, ProposedPart.EDUCATION)
    assert (studied.label, studied.organisation, studied.period) == (
        "Master de droit public", "université de Lille", "2014"
    )  # fmt: skip
    assert not studied.is_stated
    spoken = proposed(reading, ProposedPart.LANGUAGE, "Anglais")
    # « courant » is no level: none is guessed.
    accept(reading, [as_it_is(studied), as_it_is(spoken)], by=None)
    content = content_of(talent)
    assert content.education == [Studied("Master de droit public", "université de Lille", 2014)]
    assert content.languages == [Spoken("en")]
    assert is_held(studied, content)
    assert is_held(spoken, content)


def test_a_language_that_is_not_of_the_list_stays_a_skill(each_database: Application) -> None:
    talent = make_talent(skills=[])
    reading = make_reading(talent)
    spoken = proposed(reading, ProposedPart.LANGUAGE)
    accept(reading, [as_it_is(spoken, label="Lingala", level="B2")], by=None)
    assert [one.label for one in talent.skills] == ["Lingala (B2)"]


def test_an_experience_whose_dates_are_not_read_stays_whole(each_database: Application) -> None:
    talent = make_talent(experience=[])
    told = proposed(make_reading(talent), ProposedPart.EXPERIENCE)
    accepted = as_it_is(told, label="Géographe", period="jadis", text="Des cartes.")
    accept(told.reading, [accepted], by=None)
    line = "Géographe, Institut des Cartes (jadis) : Des cartes."
    assert told_by(talent.experiences[0]) == Told(text=line)


WORDS = "Des cartes en Python et en Rust."


class TestEvidence:
    def test_the_experience_that_holds_the_words_shows_the_skill(
        self, each_database: Application
    ) -> None:
        talent = make_talent(skills=[], experience=["Une carte."])
        reading = make_reading(talent)
        rust = proposed(reading, ProposedPart.SKILL, "Rust")
        told = proposed(reading, ProposedPart.EXPERIENCE)
        assert tells_of_work(rust)
        accept(reading, [as_it_is(rust, is_shown=True), as_it_is(told)], by=None)
        [held] = talent.skills
        assert (held.evidence, held.experience) == ("", talent.experiences[1])
        # An experience that came in before shows the skills that follow.
        python = proposed(reading, ProposedPart.SKILL, "Python")
        accept(reading, [as_it_is(python, is_shown=True)], by=None)
        db.session.commit()
        assert talent.skills[1].experience is talent.experiences[1]
        assert standing_of(talent.skills[1]) is Standing.EVIDENCED

    def test_without_it_the_words_do(self, each_database: Application) -> None:
        talent = make_talent(skills=[], experience=[])
        reading = make_reading(talent)
        rust = proposed(reading, ProposedPart.SKILL, "Rust")
        python = proposed(reading, ProposedPart.SKILL, "Python")
        told = proposed(reading, ProposedPart.EXPERIENCE)
        rewritten = as_it_is(told, text="Des plans.")
        accept(reading, [as_it_is(rust, is_shown=True), as_it_is(python), rewritten], by=None)
        shown = {one.label: (one.evidence, one.experience) for one in talent.skills}
        assert shown == {"Rust": (WORDS, None), "Python": ("", None)}

    def test_a_list_of_skills_tells_of_no_work(self, each_database: Application) -> None:
        reading = make_reading(make_talent(skills=[]), "Compétences\nPython, Rust")
        assert not tells_of_work(proposed(reading, ProposedPart.SKILL, "Rust"))

    def test_what_shows_a_skill_already_stays(self, each_database: Application) -> None:
        talent = make_talent(skills=[])
        reading = make_reading(talent)
        rust = proposed(reading, ProposedPart.SKILL, "Rust")
        edit_talent(
            talent, replace(content_of(talent), skills=[NamedSkill("Rust", rust.skill)]), by=None
        )
        show_skill(talent.skills[0], Evidence("Ma bibliothèque."), by=None)
        accept(reading, [as_it_is(rust, is_shown=True)], by=None)
        assert talent.skills[0].evidence == "Ma bibliothèque."
