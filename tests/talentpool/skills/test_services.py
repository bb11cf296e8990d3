from collections import Counter

import pytest

from talentpool.naming import folded
from talentpool.skills import queries, services
from talentpool.skills.held import SkillNames, notation
from tests.factories.skills import make_skill

pytestmark = pytest.mark.usefixtures("each_database")


class TestLoad:
    def test_eight_families_and_128_skills_go_in_once(self) -> None:
        assert services.load_referential() == (8, 128)
        assert services.load_referential() == (0, 0)
        counts = Counter(skill.family.code for skill in queries.live_skills())
        assert counts == {
            "product": 16,
            "design": 16,
            "dev": 26,
            "data": 22,
            "infra": 14,
            "cyber": 10,
            "delivery": 13,
            "law": 11,
        }

    def test_no_name_means_two_skills(self) -> None:
        services.load_referential()
        owners: dict[str, set[str]] = {}
        for skill in queries.live_skills():
            for name in (skill.label_fr, skill.label_en, *skill.aliases):
                owners.setdefault(folded(name), set()).add(skill.code)
        assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}

    @pytest.mark.parametrize(
        ("label", "code"),
        [
            ("Développement", "dev"),
            ("Data", "data"),
            ("Data science", "data"),
            ("Data engineering", "data"),
            ("Juriste", "law"),
            ("Produit", "product"),
            ("Déploiement", "product"),
            ("Direction de produit", "product"),
            ("Coaching", "delivery"),
            ("Design", "design"),
            ("dev", "dev"),
            ("DATA", "data"),
        ],
    )
    def test_a_family_is_known_by_code_label_and_alias(self, label: str, code: str) -> None:
        services.load_referential()
        assert queries.families_by_name()[folded(label)].code == code

    def test_the_ranker_gets_the_edited_list(self) -> None:
        services.load_referential()
        before = queries.referential().version
        skill = queries.live_skills()[0]
        services.edit_skill(
            skill, label_fr="Autre", label_en="Other", aliases=["zzz"], is_retired=False, by=None
        )
        after = queries.referential()
        assert after.version != before
        assert after.resolve("ZZZ").code == skill.code


class TestEditSkill:
    def test_a_name_of_another_skill_is_refused(self) -> None:
        make_skill("Cartographie", aliases=["SIG"])
        other = make_skill("Statistiques")
        with pytest.raises(services.NameAlreadyTaken, match="sig"):
            services.edit_skill(
                other,
                label_fr="Statistiques",
                label_en="Statistics",
                aliases=["sig"],
                is_retired=False,
                by=None,
            )

    def test_a_retired_skill_is_offered_no_more(self) -> None:
        skill = make_skill("Minitel")
        services.edit_skill(
            skill, label_fr="Minitel", label_en="Minitel", aliases=[], is_retired=True, by=None
        )
        assert skill not in queries.live_skills()


class TestNotation:
    @pytest.mark.parametrize(
        ("text", "label", "level", "growth"),
        [
            ("Python (3)", "Python", 3, False),
            ("python (3+)", "Python", 3, True),
            ("PYTHON (+)", "Python", None, True),
            ("Python", "Python", None, False),
            ("Elm (2)", "Elm", 2, False),
            ("Elm (v2)", "Elm (v2)", None, False),
            ("Elm ()", "Elm ()", None, False),
        ],
    )
    def test_a_label_says_skill_level_and_wish(
        self, text: str, label: str, level: int | None, growth: bool
    ) -> None:
        make_skill("Python")
        named = SkillNames().named(text)
        assert (named.label, named.level, named.wants_growth) == (label, level, growth)
        assert (named.skill is not None) == (label == "Python")
        again = SkillNames().named(notation(named.label, named.level, named.wants_growth))
        assert again == named
