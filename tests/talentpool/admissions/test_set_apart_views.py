"""Applications that somebody left, limits the use of, or moved meanwhile: what each side is told."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from talentpool.access import Role
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import withdraw
from talentpool.admissions import decisions, lifecycle
from talentpool.admissions.models import Application
from talentpool.admissions.stages import Stage
from talentpool.db import db, now
from talentpool.talents.models import PoolStatus
from tests.factories.accounts import make_account
from tests.factories.admissions import make_draft, make_interviewed, make_scored, make_screening
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import filled, text_of


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.mark.parametrize("by_themselves", [True, False])
def test_who_was_admitted_and_is_out_of_the_pool_is_told_the_way_on(
    by_themselves: bool, client_of: Callable
) -> None:
    application = make_interviewed()
    decisions.admit(application, by=make_account())
    talent, account = application.talent, application.talent.account
    assert account is not None
    talent.pool_status = PoolStatus.CANDIDATE
    if by_themselves:
        withdraw(account, ConsentText.POOL, by=account)
    db.session.commit()
    browser = client_of(account)
    page = browser.get("/ma-candidature")
    assert "Vous n’êtes plus au vivier" in text_of(page)
    assert "Vous êtes au vivier" not in text_of(page)
    assert ("Revenir dans le vivier" in text_of(page)) is by_themselves
    assert "Votre profil n’est plus au vivier" in text_of(browser.get("/mon-profil"))
    form = filled(browser.get("/ma-candidature/ecrire"), motivation="De nouveau.")
    assert browser.post("/ma-candidature/ecrire", data=form).location == "/ma-candidature"
    assert "Brouillon" in text_of(browser.get("/ma-candidature"))


def test_a_former_member_is_outside_and_applies_again(client_of: Callable) -> None:
    account = make_account(role=Role.TALENT)
    make_talent(account=account, pool_status=PoolStatus.ALUMNI)
    browser = client_of(account)
    said = text_of(browser.get("/ma-candidature"))
    assert "Vous n’êtes plus au vivier" in said
    assert "Vous êtes déjà au vivier" not in said
    assert "Votre profil n’est plus au vivier" in text_of(browser.get("/mon-profil"))
    assert "Candidater au vivier" in text_of(browser.get("/"))
    data = text_of(browser.get("/mes-donnees"))
    assert "Vous n’êtes pas dans le vivier" in data
    assert "vous pouvez en sortir" not in data
    form = filled(browser.get("/ma-candidature/ecrire"), motivation="De nouveau.", enterprise="Un.")
    assert browser.post("/ma-candidature/ecrire", data=form).location == "/ma-candidature"
    said = text_of(browser.get("/ma-candidature"))
    assert "Relire et déposer" in said
    assert "Vous n’êtes plus au vivier" not in said


def test_nobody_is_brought_back_past_their_application_under_way(
    staff: ProofreadingClient,
) -> None:
    talent = make_talent(account=make_account(role=Role.TALENT), pool_status=PoolStatus.ALUMNI)
    address = f"/talents/{talent.id}/remettre-dans-le-vivier"
    application = make_draft(talent)
    form = filled(staff.get(address), reason="asks_back", words="De retour.")
    lifecycle.submit_application(application, agrees=True, by=talent.account)
    db.session.commit()
    refused = staff.post(address, data=form)
    assert refused.status_code == 409
    assert "par une décision sur sa candidature, en cours ou à venir" in text_of(refused)
    assert "remettre-dans-le-vivier" not in staff.get(f"/talents/{talent.id}").text
    db.session.refresh(talent)
    assert talent.pool_status is PoolStatus.ALUMNI
    lifecycle.withdraw_application(application, by=talent.account)
    db.session.commit()
    assert staff.post(address, data=form).status_code == 303
    db.session.refresh(talent)
    assert talent.pool_status is PoolStatus.POOL


def test_what_was_done_meanwhile_is_said(
    client_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = make_scored()
    browser = client_of(application.talent.account)

    def meanwhile(**changes: object) -> Callable[[Application], None]:
        # Somebody else's write comes between what the page read and its own lock.
        def lock(found: Application) -> None:
            rows = update(Application).where(Application.id == found.id)
            db.session.execute(
                rows.values(**changes), execution_options={"synchronize_session": False}
            )
            db.session.refresh(found)

        return lock

    monkeypatch.setattr(lifecycle, "lock", meanwhile(stage=Stage.DECLINED))
    answer = browser.post("/ma-candidature/retirer", data={}, follow_redirects=True)
    assert "déjà close" in text_of(answer)
    monkeypatch.setattr(decisions, "lock", meanwhile(look_asked_at=now()))
    words = {"words": "Relisez."}
    answer = browser.post("/ma-candidature/reexamen", data=words, follow_redirects=True)
    assert "déjà demandé" in text_of(answer)


class TestRestricted:
    def test_the_agency_does_nothing_with_it_and_its_person_may_leave(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application = make_interviewed()
        talent, page = application.talent, f"/candidatures/{application.id}"
        talent.restricted_at = now()
        db.session.commit()
        said = text_of(staff.get(page))
        assert "limiter l’usage de ses données" in said
        assert talent.display_name not in said
        assert talent.display_name not in text_of(staff.get("/candidatures"))
        for step in ("admettre", "liste-d-attente", "ne-pas-retenir", "entretien"):
            answer = staff.get(f"{page}/{step}", follow_redirects=True)
            assert "sa candidature attend" in text_of(answer), step
        answer = staff.post(f"{page}/admettre", data={}, follow_redirects=True)
        assert "sa candidature attend" in text_of(answer)
        person = client_of(talent.account)
        assert "Lever cette limite" in text_of(person.get("/ma-candidature"))
        assert person.post("/ma-candidature/retirer", data={}).status_code == 303
        db.session.refresh(application)
        assert application.stage is Stage.WITHDRAWN

    def test_its_reviewers_neither_read_nor_write_it(self, client_of: Callable) -> None:
        one = make_screening()
        one.application.talent.restricted_at = now()
        db.session.commit()
        browser = client_of(one.reviewer)
        assert browser.get(f"/candidatures/evaluations/{one.id}").status_code == 404
        assert "évaluation à rendre" not in text_of(browser.get("/candidatures"))
