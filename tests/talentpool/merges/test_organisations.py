import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.merges.services import (
    OrganisationContent,
    merge_organisations,
    separate,
)
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from talentpool.organisations.queries import organisations, organisations_by_name
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import TODAY
from tests.whole_database import everything

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def officer(each_database: object) -> Account:
    return make_account(role=Role.AGENCY_STAFF)


class TestMergeOrganisations:
    @pytest.fixture
    def pair(self, each_database: object) -> tuple[Organisation, Organisation]:
        return (
            make_organisation(code="forets", label="Ministère des Forêts"),
            make_organisation(code="arbres", label="Ministère des Arbres"),
        )

    @pytest.mark.parametrize("whose", ["kept", "other"])
    def test_needs_members_and_names_are_the_kept_one_s_and_come_back(
        self, whose: str, pair: tuple, officer: Account
    ) -> None:
        kept, other = pair
        need, member = make_need(organisation=other), make_member(other)
        before = everything()
        content = OrganisationContent(
            OrganisationKind.OPERATOR, None, kept if whose == "kept" else other
        )
        merge = merge_organisations(kept, other, content, by=officer)
        db.session.commit()
        assert need.organisation is kept
        assert member.membership.organisation is kept
        assert list(db.session.scalars(organisations())) == [kept]
        known = organisations_by_name()
        for name in ("ministere des arbres", "arbres", "forets"):
            assert known[name] is kept
        expected = {"kept": "Ministère des Forêts", "other": "Ministère des Arbres"}[whose]
        assert kept.label == expected
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert everything() == before

    def test_a_body_is_never_its_own_parent(self, pair: tuple, officer: Account) -> None:
        kept, other = pair
        above = make_organisation(code="etat")
        kept.parent, other.parent = other, above
        db.session.commit()
        merge_organisations(
            kept, other, OrganisationContent(kept.kind, kept.parent, kept), by=officer
        )
        db.session.commit()
        assert kept.parent is above
