from datetime import date

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.organisations import queries, services
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from tests.factories.accounts import make_account
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.usefixtures("each_database")


def name(label: str, since: date) -> services.Name:
    return services.Name(label_fr=label, label_en="", short_label="", valid_from=since)


class TestLoad:
    def test_every_shipped_organisation_goes_in_once(self) -> None:
        added = services.load_organisations()
        assert added > 50
        assert services.load_organisations() == 0
        found = list(db.session.scalars(queries.organisations()))
        ministries = [o for o in found if o.kind is OrganisationKind.MINISTRY]
        assert len(ministries) >= 19

    def test_an_edited_one_stays_as_it_is(self) -> None:
        services.load_organisations()
        found = queries.organisations_by_name()["dinum"]
        found.aliases = ["Notre nom"]
        services.load_organisations()
        assert found.aliases == ["Notre nom"]

    def test_a_name_in_use_finds_it_whatever_case_and_accents(self) -> None:
        services.load_organisations()
        names = queries.organisations_by_name()
        assert names["ministere de l interieur"].code == "interieur"


class TestSearch:
    @pytest.mark.parametrize("search", ["economie", "ÉCONOMIE", "finances économie", "eco-test"])
    def test_a_name_is_found_whatever_accents_case_and_order(self, search: str) -> None:
        found = make_organisation(code="eco-test", label="Ministère de l’Économie et des Finances")
        make_organisation(label="Ministère de la Mer")
        assert db.session.scalars(queries.organisations_named(search)).all() == [found]


class TestEdit:
    def test_an_alias_means_one_organisation(self) -> None:
        culture, other = make_organisation(label="Culture"), make_organisation()

        def give_the_alias(organisation: Organisation) -> None:
            services.edit_organisation(
                organisation, kind=other.kind, parent=None, aliases=["CULTURE"], by=None
            )

        with pytest.raises(services.NameAlreadyTaken):
            give_the_alias(other)
        give_the_alias(culture)
        assert (culture.aliases, other.aliases) == (["CULTURE"], [])


class TestRename:
    def test_the_earlier_name_ends_where_the_new_one_begins(self) -> None:
        organisation = make_organisation(label="Ancien nom", since=date(2020, 1, 1))
        services.rename_organisation(organisation, name=name("Nouveau", date(2026, 3, 1)), by=None)
        assert organisation.name_on(date(2026, 2, 28)).label_fr == "Ancien nom"
        assert organisation.name_on(date(2026, 3, 1)).label_fr == "Nouveau"

    def test_a_period_that_is_taken_is_refused(self) -> None:
        organisation = make_organisation(since=date(2020, 1, 1))
        with pytest.raises(services.PeriodTaken):
            services.rename_organisation(organisation, name=name("X", date(2020, 1, 1)), by=None)

    def test_a_day_before_every_name_gets_the_oldest(self) -> None:
        organisation = make_organisation(label="Premier", since=date(2020, 1, 1))
        assert organisation.name_on(date(1999, 1, 1)).label_fr == "Premier"


class TestMembers:
    def test_a_ministry_member_has_one_organisation(self) -> None:
        first, second = make_organisation(), make_organisation()
        account = make_account(role=Role.MINISTRY_MEMBER)
        services.add_member(first, email=account.email, by=None)
        services.add_member(second, email=account.email.upper(), by=None)
        db.session.flush()
        db.session.expire_all()
        assert account.organisation_id == second.id

    def test_nobody_else_becomes_one(self) -> None:
        account = make_account(role=Role.TALENT)
        with pytest.raises(services.NoSuchMinistryMember):
            services.add_member(make_organisation(), email=account.email, by=None)

    def test_a_member_taken_out_has_none(self) -> None:
        account = make_account(role=Role.MINISTRY_MEMBER)
        membership = services.add_member(make_organisation(), email=account.email, by=None)
        db.session.flush()
        services.remove_member(membership, by=None)
        db.session.expire_all()
        assert account.organisation_id is None


def test_a_code_is_taken_once() -> None:
    organisation = make_organisation()
    with pytest.raises(services.CodeAlreadyTaken):
        services.create_organisation(
            code=organisation.code,
            kind=OrganisationKind.OTHER,
            parent=None,
            name=name("X", date(2020, 1, 1)),
            by=None,
        )
    assert isinstance(organisation, Organisation)
