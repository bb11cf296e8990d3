"""What somebody reads of their own application, and does with it."""

from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.admissions import decisions
from talentpool.admissions.stages import DeclineReason, Stage
from talentpool.db import db
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    NEEDED,
    make_application,
    make_candidate,
    make_draft,
    make_scored,
)
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import filled, text_of


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


class TestOwnPages:
    def test_somebody_of_the_pool_and_somebody_without_a_profile_are_told_so(
        self, client_of: Callable, client_as: Callable
    ) -> None:
        member = make_talent(account=make_account(role=Role.TALENT))
        browser = client_of(member.account)
        assert "Vous êtes déjà au vivier" in text_of(browser.get("/ma-candidature"))
        assert "pas encore au vivier" not in text_of(browser.get("/mon-profil"))
        assert "Commencez par votre profil" in text_of(
            client_as(Role.TALENT).get("/ma-candidature")
        )

    def test_what_is_lacking_leads_to_where_it_is_written(self, client_of: Callable) -> None:
        candidate = make_candidate(text="", experience=[], skills=[], families=[])
        browser = client_of(candidate.account)
        page = browser.get("/ma-candidature")
        assert "votre présentation" in text_of(page)
        for step in ("identite", "competences", "experiences", "presentation"):
            address = f"/mon-profil/{step}"
            assert f'href="{address}"' in page.text
            assert browser.get(address, follow_redirects=True).status_code == 200
        assert 'href="/ma-candidature"' in browser.get("/mon-profil").text
        assert browser.post("/ma-candidature/deposer", data={}).status_code == 404

    def test_two_tabs_are_told_what_the_other_saved(self, client_of: Callable) -> None:
        application = make_draft()
        browser = client_of(application.talent.account)
        first = filled(browser.get("/ma-candidature/ecrire"), motivation="Un.")
        second = filled(browser.get("/ma-candidature/ecrire"), motivation="Deux.")
        assert browser.post("/ma-candidature/ecrire", data=first).status_code == 303
        answer = browser.post("/ma-candidature/ecrire", data=second)
        assert answer.status_code == 409
        assert filled(answer)["motivation"] == ["Deux."]

    def test_withdrawing_is_confirmed_and_closes_the_file(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application = make_scored()
        browser = client_of(application.talent.account)
        assert browser.get("/ma-candidature/retirer").status_code == 200
        db.session.refresh(application)
        assert application.stage is Stage.IN_REVIEW
        browser.post("/ma-candidature/retirer")
        said = text_of(staff.get(f"/candidatures/{application.id}"))
        assert "Ce dossier ne se lit plus" in said
        assert "Montré par un projet" not in said
        assert "Candidater de nouveau" in text_of(browser.get("/ma-candidature"))

    def test_being_kept_is_changed_on_its_own(self, client_of: Callable) -> None:
        application = make_application()
        browser = client_of(application.talent.account)
        browser.post("/ma-candidature/garder", data={"keeps_profile": "y"})
        db.session.refresh(application)
        assert application.keeps_profile
        browser.post("/ma-candidature/garder", data={})
        db.session.refresh(application)
        assert not application.keeps_profile

    def test_a_no_says_why_and_how_to_ask_for_another_look(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application = make_scored()
        decisions.decline(
            application,
            reason=DeclineReason.THIN_FILE,
            words="Dites votre part.",
            needed=NEEDED,
            by=make_account(),
        )
        db.session.commit()
        browser = client_of(application.talent.account)
        said = text_of(browser.get("/ma-candidature"))
        assert "dossier trop peu détaillé" in said
        assert "Dites votre part." in said
        assert "candidater de nouveau le" in said
        end = "Sans ce choix, votre profil est effacé 3 mois après la réponse"
        assert end in said
        browser.post("/ma-candidature/garder", data={"keeps_profile": "y"})
        assert end not in text_of(browser.get("/ma-candidature"))
        assert browser.post("/ma-candidature/reexamen", data={"words": ""}).status_code == 422
        form = filled(browser.get("/ma-candidature/reexamen"), words="Ma part était grande.")
        browser.post("/ma-candidature/reexamen", data=form)
        page = f"/candidatures/{application.id}"
        assert "Ma part était grande." in text_of(staff.get(page))
        assert application.code in text_of(staff.get("/candidatures"))
        assert f'href="{page}/reexamen"' in staff.get("/").text
        form = filled(staff.get(f"{page}/reexamen"), outcome="uphold", words="Nous avons relu.")
        assert staff.post(f"{page}/reexamen", data=form).location == page
        assert "Nous avons relu." in text_of(browser.get("/ma-candidature"))

    def test_the_agency_reads_on_a_no_whether_the_profile_may_be_kept(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application = make_scored()
        person = client_of(application.talent.account)
        label = "garder mon profil deux ans pour que l’agence puisse me récrire"
        assert label in text_of(person.get("/ma-candidature"))
        decisions.decline(
            application,
            reason=DeclineReason.POOL_FULL,
            words="Plus de place.",
            needed=NEEDED,
            by=make_account(),
        )
        db.session.commit()
        page = f"/candidatures/{application.id}"
        assert "n’a pas demandé que son profil soit gardé" in text_of(staff.get(page))
        person.post("/ma-candidature/garder", data={"keeps_profile": "y"})
        assert "accepte que son profil soit gardé deux ans" in text_of(staff.get(page))

    def test_nobody_reads_another_s(self, client_of: Callable) -> None:
        application, other = make_application(), make_candidate()
        mine = client_of(other.account).get("/ma-candidature")
        assert application.code not in text_of(mine)
        assert client_of(other.account).get("/ma-candidature/dossier").status_code == 404
        own = client_of(application.talent.account).get("/ma-candidature/dossier")
        assert "Que les démarches" not in text_of(own)
        assert "association de cartographie" in text_of(own)
