import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.talents.models import Talent
from talentpool.talents.queries import talents
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def viewer(each_database: object) -> Account:
    return make_account(role=Role.AGENCY_STAFF)


def found(viewer: Account, search: str = "") -> list[Talent]:
    return list(db.session.scalars(talents(viewer, search=search)))


class TestTalents:
    @pytest.mark.parametrize(
        "search",
        ["éléonore", "ELEONORE", "tchoumi éléonore", "cartographe", "brest", "l’île", "python"],
    )
    def test_a_person_is_found_whatever_accents_case_and_order(
        self, viewer: Account, search: str
    ) -> None:
        talent = make_talent(
            display_name="Éléonore Tchoumi", headline="Cartographe de l’Île", town="Brest"
        )
        make_talent(
            display_name="Paul Autre", headline="Juriste", town="Lille", skills=[], text="Droit."
        )
        assert found(viewer, search) == [talent]

    @pytest.mark.parametrize("search", ["%", "_", "\\", "personne de ce nom"])
    def test_what_nobody_says_finds_nobody(self, viewer: Account, search: str) -> None:
        make_talent(display_name="Éléonore Tchoumi")
        assert found(viewer, search) == []

    def test_a_code_finds_its_person(self, viewer: Account) -> None:
        talent, _other = make_talent(), make_talent()
        assert found(viewer, talent.code.lower()) == [talent]

    def test_names_are_sorted_as_in_a_directory(self, viewer: Account) -> None:
        names = ["Éléonore", "Zoé", "Adèle", "Béatrice", "Benoît", "éric"]
        for name in names:
            make_talent(display_name=name)
        listed = [talent.display_name for talent in found(viewer)]
        assert listed == ["Adèle", "Béatrice", "Benoît", "Éléonore", "éric", "Zoé"]
