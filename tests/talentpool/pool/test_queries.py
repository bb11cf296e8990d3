from datetime import date
from decimal import Decimal

import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.pool.filters import Filters, Sorting, read_filters
from talentpool.pool.queries import found_without, lines, search_pool
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.models import EmploymentStatus, PoolStatus, Talent
from talentpool.talents.standing import Standing
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.placements import make_contract, make_placement, make_proposal
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date(2026, 12, 1)


@pytest.fixture
def viewer(each_database: object) -> Account:
    return make_account(role=Role.AGENCY_STAFF)


@pytest.fixture
def people(viewer: Account) -> dict[str, Talent]:
    """Somebody who answers each filter, and somebody who answers none."""
    python = make_skill("Python")
    design = make_family("design", "Design")
    return {
        "Ana": make_talent(
            display_name="Ana",
            skills=[NamedSkill("Python", python, 4)],
            available_from=date(2027, 1, 4),
            share_pct=80,
            town="Nîmes",
            remote_days=2,
        ),
        "Bea": make_talent(
            display_name="Bea",
            skills=[NamedSkill("Python", python, 1)],
            families=[design],
            available_from=date(2027, 6, 1),
            share_pct=50,
            employment_status=EmploymentStatus.FREELANCE,
            remote_days=5,
        ),
        "Cleo": make_talent(
            display_name="Cleo",
            skills=[],
            available_from=None,
            share_pct=None,
            pool_status=PoolStatus.ALUMNI,
        ),
    }


def names(viewer: Account, **asked: object) -> list[str]:
    found = search_pool(viewer, Filters(**asked), today=TODAY)
    return [db.session.get_one(Talent, number).display_name for number in found.people]


class TestSearchPool:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({}, ["Ana", "Bea", "Cleo"]),
            ({"text": "pyhton"}, ["Ana", "Bea", "Cleo"]),
            ({"skill": "python"}, ["Ana", "Bea"]),
            ({"skill": "Python", "level": 2}, ["Ana"]),
            ({"family": "design"}, ["Bea"]),
            ({"free_on": date(2027, 1, 4)}, ["Ana"]),
            ({"free_on": date(2027, 6, 1)}, ["Ana", "Bea"]),
            ({"share": 60}, ["Ana"]),
            ({"town": "nimes"}, ["Ana"]),
            ({"remote": 2}, ["Ana", "Cleo"]),
            ({"pool_status": PoolStatus.ALUMNI}, ["Cleo"]),
            ({"status": EmploymentStatus.FREELANCE}, ["Bea"]),
            ({"skill": "python", "town": "nîmes", "share": 80}, ["Ana"]),
            ({"sorting": Sorting.NAME, "is_descending": True}, ["Cleo", "Bea", "Ana"]),
            ({"sorting": Sorting.SHARE}, ["Bea", "Ana", "Cleo"]),
            ({"sorting": Sorting.FREE, "is_descending": True}, ["Bea", "Ana", "Cleo"]),
        ],
    )
    def test_every_filter_finds_and_every_order_holds(
        self, asked: dict, expected: list, viewer: Account, people: dict
    ) -> None:
        assert names(viewer, **asked) == expected

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"standing": Standing.ASSESSED}, ["Ana"]),
            ({"standing": Standing.EVIDENCED}, ["Ana", "Bea"]),
            ({"skill": "Python", "standing": Standing.ASSESSED}, ["Ana"]),
            ({"skill": "Python", "standing": Standing.EVIDENCED}, ["Ana", "Bea"]),
            ({"skill": "Python", "standing": Standing.ASSESSED, "level": 2}, ["Ana"]),
            # The level found is asked, and not the one that Ana states.
            ({"skill": "Python", "standing": Standing.ASSESSED, "level": 4}, []),
            ({"skill": "Rust", "standing": Standing.ASSESSED}, []),
        ],
    )
    def test_skills_are_found_by_what_they_stand_on(
        self, asked: dict, expected: list, viewer: Account, people: dict
    ) -> None:
        make_skill("Rust")
        make_assessment(people["Ana"], level=3)
        show_skill(people["Bea"].skills[0], Evidence("Une carte."), by=None)
        assert names(viewer, **asked) == expected

    def test_contracts_and_missions_say_who_is_free_whatever_a_profile_claims(
        self, viewer: Account, people: dict
    ) -> None:
        make_contract(people["Cleo"])
        make_placement(people["Cleo"], starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 31))
        assert "Cleo" not in names(viewer, free_on=date(2027, 2, 1))
        assert "Cleo" in names(viewer, free_on=date(2027, 4, 1), share=100)
        [line] = lines(viewer, [people["Cleo"].id], Filters(), today=TODAY)
        assert line.time.is_proven
        assert line.time.available_from == date(2027, 4, 1)

    def test_times_proposed_are_counted_and_sorted_by(self, viewer: Account, people: dict) -> None:
        make_proposal(people["Bea"])
        make_proposal(people["Bea"], share=Decimal(50))
        make_proposal(people["Cleo"])
        assert names(viewer, sorting=Sorting.TIMES, is_descending=True) == ["Bea", "Cleo", "Ana"]
        found = lines(viewer, [people["Bea"].id, people["Ana"].id], Filters(), today=TODAY)
        assert [line.proposed.times for line in found] == [2, 0]
        assert found[0].proposed.last is not None

    def test_a_talent_finds_nobody_but_themselves(self, people: dict) -> None:
        person = make_account(role=Role.TALENT)
        own = make_talent(account=person, display_name="Dora")
        found = search_pool(person, Filters(text="python"), today=TODAY)
        assert found.people == [own.id]

    def test_who_finds_nobody_learns_which_filter_to_drop(
        self, viewer: Account, people: dict
    ) -> None:
        asked = Filters(skill="python", town="brest")
        assert search_pool(viewer, asked, today=TODAY).people == []
        assert found_without(viewer, asked, today=TODAY) == [("town", 2), ("skill", 0)]


class TestReadFilters:
    def test_an_address_is_read_and_written_back(self) -> None:
        address = {
            "q": "carte forêts",
            "competence": "Python",
            "niveau": "0",
            "famille": "dev",
            "libre": "2027-01-04",
            "part": "80",
            "ville": "Nîmes",
            "teletravail": "0",
            "situation": "pool",
            "statut": "freelance",
            "preuve": "assessed",
            "tri": "-propositions",
        }
        assert read_filters(address).in_address() == address
        assert len(read_filters(address).active) == 10

    def test_what_nobody_can_have_meant_asks_nothing(self) -> None:
        nonsense = {
            "niveau": "9",
            "preuve": "claimed",
            "libre": "2027-02-31",
            "part": "-3",
            "teletravail": "²",
            "situation": "x",
            "statut": "1",
            "tri": "--nom",
        }
        assert read_filters(nonsense).in_address() in ({}, {"tri": "-nom"})
        assert read_filters(nonsense).active == []
