import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.merges.names import close_pairs, distance, ordered
from talentpool.merges.queries import Likeness, similar_organisations, similar_talents
from tests.factories.accounts import make_account
from tests.factories.organisations import make_organisation
from tests.factories.talents import make_talent


class TestNames:
    @pytest.mark.parametrize(
        ("first", "second", "apart"),
        [
            ("zoe essai", "zoe essai", 0),
            ("zoe essai", "zoe esai", 1),
            ("zoe essai", "zeo essai", 1),
            ("zoe essai", "zoé essais", 2),
            ("abc", "", 3),
        ],
    )
    def test_letters_apart_are_counted(self, first: str, second: str, apart: int) -> None:
        assert distance(first, second) == distance(second, first) == apart

    def test_only_close_names_make_a_pair_and_short_ones_must_be_equal(self) -> None:
        names = {
            1: ordered("Maëlle Quéméneur"),
            2: ordered("Quemeneur Maele"),
            3: ordered("Mael Quemeneur"),
            4: ordered("Li Wu"),
            5: ordered("Li Xu"),
            6: ordered("Ana"),
            7: ordered("Ava"),
            8: ordered("ana"),
        }
        assert list(close_pairs(names)) == [(1, 2, 1), (1, 3, 2), (2, 3, 1), (4, 5, 1), (6, 8, 0)]


@pytest.mark.usefixtures("each_database")
class TestPairs:
    def test_people_alike_are_listed_with_the_reason(self) -> None:
        officer = make_account(role=Role.AGENCY_STAFF)
        accounts = [
            make_account(role=Role.TALENT, email=email)
            for email in ("zoe.essai@a.example", "zoe.essai+pro@b.example")
        ]
        same = [make_talent(display_name=name) for name in ("Anne Essai", "ESSAI Anne")]
        mail = [make_talent(display_name=f"N{n}", account=a) for n, a in enumerate(accounts)]
        near = [make_talent(display_name=name) for name in ("Paul Exemple", "Paula Exemples")]
        make_talent(display_name="")
        make_talent(display_name="")
        found = [({pair.first, pair.second}, pair.likeness) for pair in similar_talents(officer)]
        assert found == [
            ({row.id for row in same}, Likeness.SAME_NAME),
            ({row.id for row in mail}, Likeness.SAME_ADDRESS),
            ({row.id for row in near}, Likeness.TWO_LETTERS),
        ]
        assert similar_talents(make_account(role=Role.AGENCY_DIRECTOR)) == []

    def test_organisations_alike_by_any_of_their_names_are_listed(self) -> None:
        admin = make_account(role=Role.ADMINISTRATOR)
        first = make_organisation(label="Direction du numérique")
        second = make_organisation(label="Service tout autre")
        for organisation in (first, second):
            organisation.names[0].label_en = ""
        second.aliases = ["direction du NUMERIQUE"]
        db.session.commit()
        [pair] = similar_organisations(admin)
        assert (pair.first, pair.second, pair.likeness) == (
            first.id,
            second.id,
            Likeness.SAME_NAME,
        )
        assert similar_organisations(make_account(role=Role.AGENCY_STAFF)) == []
