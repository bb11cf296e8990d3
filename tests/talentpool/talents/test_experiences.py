"""Experiences told in parts, and the one line that everybody reads."""

from dataclasses import replace

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.talents.experiences import (
    Told,
    add_experience,
    edit_experience,
    keep_parts,
    move_experience,
    remove_experience,
    told_by,
)
from talentpool.talents.models import Talent
from talentpool.talents.months import month_of, months_in_words
from talentpool.talents.services import content_of, edit_talent
from tests.factories.talents import make_talent

TOLD = Told("Développeuse", "Ville de Lyon", "2019-03", "2021-06", "Une carte\ndes arbres.")
LINE = "Développeuse, Ville de Lyon (mars 2019 – juin 2021) : Une carte des arbres."


def lines(talent: Talent) -> list[str]:
    db.session.expire_all()
    return content_of(talent).experience


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2021", "2021"),
        ("2021-09", "2021-09"),
        ("9/2021", "2021-09"),
        ("09.2021", "2021-09"),
        ("Septembre 2021", "2021-09"),
        ("févr. 2020", "2020-02"),
    ],
)
def test_months_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert month_of(typed) == kept


@pytest.mark.parametrize("typed", [" ", "hier", "13/2021", "jui 2021", "21", "2021-00"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        month_of(typed)


def test_months_are_written_from_when_to_when() -> None:
    assert months_in_words("", "2020") == ""
    assert months_in_words("2019-03", "") == "depuis mars 2019"
    assert months_in_words("2019", "2019") == "2019"


@pytest.mark.parametrize(
    ("told", "summary"),
    [
        (TOLD, LINE),
        (Told(text="Une ligne."), "Une ligne."),
        (Told("Juriste", started="2020"), "Juriste (depuis 2020)"),
        (Told(organisation="Mairie", text="Des actes."), "Mairie : Des actes."),
    ],
)
def test_the_line_says_every_part(told: Told, summary: str) -> None:
    assert told.summary == summary


class TestServices:
    def test_an_experience_is_told_before_the_others(self, app: object) -> None:
        talent = make_talent(experience=["Avant."])
        added = add_experience(talent, TOLD, by=None)
        db.session.commit()
        assert lines(talent) == [LINE, "Avant."]
        assert told_by(added) == TOLD
        assert " arbres " in talent.words
        assert history_of(talent)[0].details == {"changed": ["experience"]}

    def test_the_same_told_twice_is_told_once(self, app: object) -> None:
        talent = make_talent(experience=["Avant."])
        first = add_experience(talent, TOLD, by=None)
        db.session.commit()
        assert add_experience(talent, TOLD, by=None) is first
        db.session.commit()
        assert lines(talent) == [LINE, "Avant."]
        assert [entry.action for entry in history_of(talent)].count("talent.edited") == 1
        add_experience(talent, replace(TOLD, ended="2022"), by=None)
        assert len(lines(talent)) == 3

    def test_a_line_that_came_whole_is_its_own_text_until_parts_are_given(
        self, app: object
    ) -> None:
        talent = make_talent(experience=["Un site\npour une région."])
        (one,) = talent.experiences
        assert told_by(one) == Told(text="Un site\npour une région.")
        edit_experience(one, told_by(one), by=None)
        edit_experience(one, Told(text="Deux sites."), by=None)
        assert (lines(talent), told_by(one)) == (["Deux sites."], Told(text="Deux sites."))
        edit_experience(one, TOLD, by=None)
        assert (lines(talent), told_by(one)) == ([LINE], TOLD)
        edits = [entry for entry in history_of(talent) if entry.action == "talent.edited"]
        assert len(edits) == 2

    def test_experiences_change_places_and_the_ends_stay_ends(self, app: object) -> None:
        talent = make_talent(experience=["Un.", "Deux.", "Trois."])
        last = talent.experiences[2]
        move_experience(last, places=-1, by=None)
        db.session.commit()
        assert lines(talent) == ["Un.", "Trois.", "Deux."]
        move_experience(last, places=-5, by=None)
        db.session.commit()
        assert lines(talent) == ["Trois.", "Un.", "Deux."]
        version = talent.version_id
        move_experience(last, places=-1, by=None)
        db.session.commit()
        assert talent.version_id == version

    def test_an_experience_is_taken_out(self, app: object) -> None:
        talent = make_talent(experience=["Un.", "Deux."])
        remove_experience(talent.experiences[0], by=None)
        db.session.commit()
        assert lines(talent) == ["Deux."]
        assert " un " not in talent.words

    def test_parts_outlive_an_edit_of_the_whole_profile(self, app: object) -> None:
        talent = make_talent(experience=[])
        add_experience(talent, TOLD, by=None)
        db.session.commit()
        content = content_of(talent)
        edit_talent(talent, content.__class__(**vars(content) | {"town": "Brest"}), by=None)
        db.session.commit()
        assert told_by(talent.experiences[0]) == TOLD

    def test_the_same_line_keeps_the_parts_that_another_record_has(self, app: object) -> None:
        source, target = make_talent(experience=[]), make_talent(experience=[LINE, "Autre."])
        add_experience(source, TOLD, by=None)
        keep_parts(target, source.experiences)
        assert told_by(target.experiences[0]) == TOLD
        assert told_by(target.experiences[1]) == Told(text="Autre.")
