import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.skills.held import NamedSkill
from talentpool.talents.queries import talents
from talentpool.talents.searching import understood
from tests.factories.accounts import make_account
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture(autouse=True)
def somebody_else(each_database: object) -> None:
    make_talent(
        display_name="Paul Autre", headline="Juriste", skills=[], experience=[], text="Droit."
    )


def found(search: str) -> list[str]:
    viewer = make_account(role=Role.AGENCY_STAFF)
    return [person.display_name for person in db.session.scalars(talents(viewer, search=search))]


class TestUnderstood:
    @pytest.mark.parametrize(
        "search",
        [
            "forêts",
            "FORETS carte",
            "hydrologie bretagne",
            "carto",
            "SIG",
            "geographic information",
            "zoé forets kubernetes",
        ],
    )
    def test_a_person_is_found_by_everything_that_their_profile_says(self, search: str) -> None:
        skill = make_skill(
            "Cartographie numérique",
            label_en="Geographic information",
            aliases=["SIG", "systèmes d’information géographique"],
        )
        make_talent(
            display_name="Zoé Essai",
            headline="Cartographe",
            skills=[NamedSkill("Cartographie numérique", skill, 3), NamedSkill("Kubernetes")],
            experience=["Une carte des forêts de Bretagne."],
            text="Je m’intéresse à l’hydrologie.",
        )
        assert found(search) == ["Zoé Essai"]

    @pytest.mark.parametrize(
        "search", ["kuberntes", "kubernetse", "kubernetees", "kuburnetes", "kubernetes"]
    )
    def test_one_typo_is_forgiven_whoever_made_it(self, search: str) -> None:
        make_talent(display_name="Zoé Essai", skills=[NamedSkill("Kubernetes")])
        assert found(search) == ["Zoé Essai"]

    def test_a_typo_in_a_profile_is_forgiven_where_others_write_well(self) -> None:
        make_talent(display_name="Anne Essai", skills=[NamedSkill("Kubernetes")])
        make_talent(display_name="Zoé Essai", skills=[NamedSkill("Kubernets")])
        assert found("kubernetes") == ["Anne Essai", "Zoé Essai"]

    @pytest.mark.parametrize("search", ["kubrntes", "elmm", "go", "sign"])
    def test_what_is_too_far_or_too_short_is_not(self, search: str) -> None:
        make_talent(
            skills=[NamedSkill("Kubernetes"), NamedSkill("Elm"), NamedSkill("Gouvernance")],
            text="Design.",
        )
        assert found(search) == []

    def test_what_was_read_otherwise_is_told(self) -> None:
        make_talent(skills=[NamedSkill("Kubernetes")])
        assert understood("kuberntes").corrected == {"kuberntes": ["kubernetes"]}
        assert understood("kubernetes").corrected == {}

    def test_a_name_that_a_skill_takes_finds_its_holders_at_once(self) -> None:
        skill = make_skill("Cartographie numérique")
        make_talent(display_name="Zoé Essai", skills=[NamedSkill(skill.label_fr, skill)])
        assert found("géomatique") == []
        skill.aliases = ["géomatique"]
        db.session.commit()
        assert found("géomatique") == ["Zoé Essai"]
