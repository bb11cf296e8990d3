from collections.abc import Callable
from typing import Any

import pytest
from flask import g

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches.similar import similar_to
from talentpool.matches.similar_panel import similar_panel
from talentpool.needs import lifecycle
from talentpool.needs.models import Need
from talentpool.needs.services import NeedContent, content_of, edit_need
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.reading import text_of

FLOODS = {
    "title": "Carte des crues",
    "summary": "Prévenir les riverains des crues des rivières.",
    "text": "Les préfectures suivent les crues des rivières sur des tableaux de papier, et les riverains "
    "sont prévenus trop tard.",
}
RIVERS = {
    "title": "Alerte aux crues",
    "summary": "Avertir les riverains quand une rivière monte.",
    "text": "Les communes apprennent les crues par téléphone ; les riverains des rivières ne sont pas prévenus.",
}
COURTS = {
    "title": "Audiences lisibles",
    "summary": "Aider les greffes à tenir le calendrier des audiences.",
    "text": "Les greffiers recopient le calendrier des audiences d’un logiciel à l’autre.",
}


def make_other(status: NeedStatus = NeedStatus.APPROVED, **changes: Any) -> Need:
    host = make_organisation(label="Ministère des Rivières")
    return make_need(organisation=host, status=status, seats=0, **{**RIVERS, **changes})


@pytest.mark.usefixtures("each_database")
class TestResemblance:
    def test_needs_that_say_the_same_are_found_by_the_words_they_share(self) -> None:
        other, _courts = make_other(), make_need(**COURTS)
        found = similar_to(make_need(status=NeedStatus.DRAFT, **FLOODS))
        assert [one.need for one in found] == [other]
        assert "crues" in found[0].words

    def test_to_want_the_same_skills_is_not_to_be_alike(self) -> None:
        # Every seat of these makers asks for Python.
        make_need(**COURTS)
        assert similar_to(make_need(**FLOODS)) == []

    def test_drafts_are_never_found_nor_is_the_need_itself(self) -> None:
        make_other(NeedStatus.DRAFT)
        need = make_need(**FLOODS)
        assert similar_to(need) == []

    def test_what_is_edited_is_read_again(self) -> None:
        other, need = make_other(), make_need(**FLOODS)
        assert similar_to(need)
        edit_need(other, NeedContent(**{**vars(content_of(other)), **COURTS}), by=None)
        db.session.commit()
        assert similar_to(need) == []


class TestWhoReadsWhat:
    def told(self, app: Application, role: Role | None = None) -> str:
        """Return what the panel says of a draft on floods, to its ministry's member or to a role."""
        member = make_member()
        need = make_need(
            organisation=member.membership.organisation, status=NeedStatus.DRAFT, seats=0, **FLOODS
        )
        if role:
            need.entered_by_agency = True
        with app.test_request_context():
            g._login_user = make_account(role=role) if role else member
            return " ".join(similar_panel(need).striptags().split())

    def test_a_ministry_reads_title_ministry_and_status_of_what_was_approved(
        self, app: Application
    ) -> None:
        make_other()
        told = self.told(app)
        assert "1 besoin ressemblant" in told
        assert "Alerte aux crues, Ministère des Rivières : retenu" in told
        assert "téléphone" not in told
        assert "Mots en commun" not in told

    def test_how_an_approved_need_ended_is_said(self, app: Application) -> None:
        other = make_other()
        lifecycle.withdraw_need(other, reason=MoveReason.BUDGET, by=None)
        db.session.commit()
        told = self.told(app)
        assert "Alerte aux crues, Ministère des Rivières : retiré" in told
        # Why is for whoever may read that need.
        assert "retiré (" not in told

    @pytest.mark.parametrize(
        "status", [NeedStatus.SUBMITTED, NeedStatus.IN_REVIEW, NeedStatus.DECLINED]
    )
    def test_of_what_was_not_approved_it_learns_neither_whose_nor_what(
        self, status: NeedStatus, app: Application
    ) -> None:
        make_other(status)
        told = self.told(app)
        assert "elle vous mettra en relation" in told
        assert "Rivières" not in told
        assert "Alerte" not in told

    def test_the_agency_reads_everything_with_the_words_in_common(self, app: Application) -> None:
        make_other(NeedStatus.IN_REVIEW)
        told = self.told(app, Role.AGENCY_STAFF)
        assert "Alerte aux crues, Ministère des Rivières : en instruction" in told
        assert "Mots en commun" in told

    def test_the_agency_s_page_of_a_need_lists_them(
        self, client_as: Callable, client_of: Callable
    ) -> None:
        other = make_other(NeedStatus.IN_REVIEW)
        member = make_member()
        need = make_need(
            organisation=member.membership.organisation, status=NeedStatus.SUBMITTED, **FLOODS
        )
        page = client_as(Role.AGENCY_STAFF).get(f"/besoins/{need.id}")
        assert f'href="/besoins/{other.id}"' in page.get_data(as_text=True)
        assert "ressemblant" not in text_of(client_of(member).get(f"/besoins/{need.id}"))

    def test_nothing_alike_is_nothing_said(self, app: Application) -> None:
        make_need(**COURTS)
        assert self.told(app) == ""
