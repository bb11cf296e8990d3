"""Skills found by typing a part of any of their names."""

from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.skills.models import Skill
from talentpool.skills.queries import skills_called
from talentpool.skills.services import load_referential
from tests.factories.skills import make_skill


def codes(found: list[tuple[Skill, str]]) -> list[str]:
    return [skill.label_fr for skill, _alias in found]


@pytest.mark.usefixtures("each_database")
class TestSkillsCalled:
    def test_a_beginning_an_alias_and_a_word_inside_find_the_concept(self) -> None:
        load_referential()
        assert codes(skills_called("postgre"))[0] == "PostgreSQL/PostGIS"
        skill, alias = skills_called("ml")[0]
        assert (skill.label_fr, alias) == ("Apprentissage automatique", "ML")
        assert "Apprentissage automatique" in codes(skills_called("AUTOMATIQUE"))
        assert skills_called("zzz") == skills_called("  ") == []

    def test_the_surest_come_first_and_retired_ones_not_at_all(self) -> None:
        make_skill("Vue d’ensemble")
        make_skill("Vues", aliases=["Vue"])
        make_skill("Vue")
        make_skill("Vue retirée", is_retired=True)
        assert codes(skills_called("vue")) == ["Vue", "Vues", "Vue d’ensemble"]

    def test_few_are_proposed(self) -> None:
        for number in range(12):
            make_skill(f"Savoir {number}")
        assert len(skills_called("savoir")) == 8


def test_a_field_that_is_searched_gets_names_families_and_aliases(client_as: Callable) -> None:
    skill = make_skill("Apprentissage automatique", aliases=["ML"])
    browser = client_as(Role.MINISTRY_MEMBER)
    assert browser.get("/competences/noms?q=ml").get_json() == [
        {
            "code": skill.code,
            "label": "Apprentissage automatique",
            "family": "Développement",
            "alias": "ML",
        }
    ]
    assert browser.get("/competences/noms").get_json() == []
