from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import consent_of
from talentpool.admissions import decisions, lifecycle, queries
from talentpool.admissions.criteria import Criterion, InterviewCriterion
from talentpool.admissions.models import Application, Screening
from talentpool.admissions.stages import Stage
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState
from talentpool.talents.models import PoolStatus
from talentpool.web.pipeline import Application as App
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    TODAY,
    make_application,
    make_candidate,
    make_interviewed,
    make_marks,
    make_scored,
    make_screening,
    make_waiting,
)
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

SCORES = {f"{criterion.value}_score": "3" for criterion in Criterion}
WORDS = {f"{criterion.value}_comment": f"Sur {criterion.value}." for criterion in Criterion}
GRID = dict.fromkeys((criterion.value for criterion in InterviewCriterion), "4")


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def test_from_an_empty_page_to_the_pool(app: App, client_of: Callable) -> None:
    candidate = make_candidate()
    person, lead, other = client_of(candidate.account), make_account(), make_account()
    leader, reader = client_of(lead), client_of(other)
    # The person reads what is asked, writes, and hands in.
    assert "Ce qu’il manque pour déposer" in text_of(person.get("/ma-candidature"))
    form = filled(
        person.get("/ma-candidature/ecrire"),
        motivation="Que les démarches se comprennent.",
        enterprise="Un club de cartes.",
        keeps_profile="y",
    )
    assert person.post("/ma-candidature/ecrire", data=form).location == "/ma-candidature"
    page = person.get("/ma-candidature/deposer")
    assert "Un club de cartes." in text_of(page)
    refused = person.post("/ma-candidature/deposer", data={})
    assert set(complaints(refused)) == {"exact", "free", "pool"}
    # Agreeing is ticked apart, by nobody else, and nothing is recorded before.
    assert "pool" not in filled(page)
    refused = person.post("/ma-candidature/deposer", data=filled(page, exact="y", free="y"))
    assert set(complaints(refused)) == {"pool"}
    assert consent_of(candidate.account, ConsentText.POOL) is None
    form = filled(page, exact="y", free="y", pool="y")
    assert person.post("/ma-candidature/deposer", data=form).location == "/ma-candidature"
    assert "Vous aurez des nouvelles avant le" in text_of(person.get("/ma-candidature"))
    # The agency reads a code; two people score alone.
    application = db.session.scalars(select(Application)).one()
    page = f"/candidatures/{application.id}"
    said = text_of(leader.get(page))
    assert candidate.display_name not in said
    taken = leader.post(f"{page}/evaluations", data={"reviewer_id": str(lead.id)})
    assert leader.post(f"{page}/evaluations", data={"reviewer_id": str(other.id)}).location == page
    form = filled(leader.get(taken.location), **SCORES, **WORDS)
    assert leader.post(taken.location, data=form).location == page
    assert "Sur frames." not in text_of(reader.get(page))
    own = select(Screening.id).where(Screening.reviewer_id == other.id)
    address = f"/candidatures/evaluations/{db.session.scalar(own)}"
    half = filled(reader.get(address), frames_score="1", draft="1")
    assert reader.post(address, data=half).location == address
    assert filled(reader.get(address))["frames_score"] == ["1"]
    whole = filled(reader.get(address), **{**SCORES, "frames_score": "1"}, **WORDS)
    assert reader.post(address, data=whole).location == page
    said = text_of(leader.get(page))
    assert "Sur frames." in said
    assert "à discuter" in said
    # The interview, at which the name passes, and the answer.
    form = filled(
        leader.get(f"{page}/entretien"),
        meets_on=date.today().isoformat(),
        meets_at="14:30",
        place="Salle Ada",
        panel=[str(lead.id), str(other.id)],
    )
    assert leader.post(f"{page}/entretien", data=form).location == page
    assert candidate.display_name in text_of(reader.get(page))
    said = text_of(person.get("/ma-candidature"))
    assert "Salle Ada" in said
    assert "écrivez à contact@vivier.example" in said
    form = filled(leader.get(f"{page}/entretien/compte-rendu"), **GRID, conclusion="Écoute.")
    assert leader.post(f"{page}/entretien/compte-rendu", data=form).location == page
    form = filled(leader.get(f"{page}/admettre"), words="Bienvenue parmi nous.")
    assert leader.post(f"{page}/admettre", data=form).location == page
    db.session.refresh(candidate)
    assert candidate.pool_status is PoolStatus.POOL
    assert "Bienvenue parmi nous." in text_of(person.get("/ma-candidature"))
    again = leader.post(f"{page}/admettre", data=form, follow_redirects=True)
    assert "La décision est déjà prise" in text_of(again)


class TestReviewing:
    def test_somebody_else_s_evaluation_is_not_found(self, staff: ProofreadingClient) -> None:
        one = make_screening()
        for address in (f"/candidatures/evaluations/{one.id}",):
            assert staff.get(address).status_code == 404
            assert staff.get(f"{address}/deport").status_code == 404
            assert staff.post(address, data={**SCORES, **WORDS}).status_code == 404

    def test_an_unfinished_evaluation_says_what_lacks_and_keeps_the_rest(
        self, client_of: Callable
    ) -> None:
        one = make_screening()
        browser, address = client_of(one.reviewer), f"/candidatures/evaluations/{one.id}"
        typed = {**filled(browser.get(address)), **SCORES, **WORDS, "frames_comment": ""}
        del typed["enterprise_score"]
        answer = browser.post(address, data=typed)
        assert answer.status_code == 422
        assert set(complaints(answer)) == {"frames_comment", "enterprise_score"}
        assert filled(answer)["know_how_score"] == ["3"]
        db.session.refresh(one)
        assert one.state is EvaluationState.ASKED

    def test_stepping_aside_names_who_replaces(self, client_of: Callable) -> None:
        one, other = make_screening(), make_account()
        browser, address = client_of(one.reviewer), f"/candidatures/evaluations/{one.id}/deport"
        assert browser.post(address, data={}).status_code == 422
        form = filled(browser.get(address), tie="recognised", replacement_id=str(other.id))
        assert browser.post(address, data=form).status_code == 303
        db.session.expire_all()
        states = {row.reviewer_id: row.state for row in db.session.scalars(select(Screening))}
        assert states == {
            one.reviewer_id: EvaluationState.REPLACED,
            other.id: EvaluationState.ASKED,
        }

    def test_whoever_leads_waits_no_more_for_somebody(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        one = make_screening()
        page = f"/candidatures/{one.application_id}"
        address = f"/candidatures/evaluations/{one.id}/liberer"
        assert f'href="{address}"' in staff.get(page).text
        own = client_of(one.reviewer)
        assert f'href="{address}"' not in own.get(page).text
        assert own.get(address).location.endswith("/deport")
        assert "reason" in complaints(staff.post(address, data={}))
        form = filled(staff.get(address), reason="silent")
        assert staff.post(address, data=form).location == page
        assert "Plus attendue" in text_of(staff.get(page))
        again = staff.post(address, data=form, follow_redirects=True)
        assert "elles ne changent plus" in text_of(again)
        assert own.get(f"/candidatures/evaluations/{one.id}").status_code == 303
        gone = make_screening(one.application)
        gone.reviewer.is_active = False
        db.session.commit()
        assert "Ne peut plus répondre" in text_of(staff.get(page))

    def test_a_withdrawn_file_closes_under_its_reviewer(self, client_of: Callable) -> None:
        one = make_screening()
        browser, address = client_of(one.reviewer), f"/candidatures/evaluations/{one.id}"
        assert browser.get(address).status_code == 200
        lifecycle.withdraw_application(one.application, by=None)
        db.session.commit()
        assert browser.get(address).status_code == 404

    def test_no_page_shows_another_s_words_before_all_are_in(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        one = make_screening(marks=make_marks(comment="Un secret."))
        make_screening(one.application)
        for address in ("/candidatures", f"/candidatures/{one.application_id}"):
            answer = staff.get(address)
            assert answer.status_code == 200
            assert "Un secret" not in answer.text
        own = client_of(one.reviewer).get(f"/candidatures/evaluations/{one.id}")
        assert "Un secret" in own.text


class TestLeading:
    def test_the_list_says_who_waits_who_is_late_and_how_far_apart_they_stand(
        self, staff: ProofreadingClient
    ) -> None:
        assert "Aucune candidature n’est en cours" in text_of(staff.get("/candidatures"))
        scored, late = make_scored(1, 4), make_screening()
        late.due_on = TODAY - timedelta(days=2)
        db.session.commit()
        said = text_of(staff.get("/candidatures"))
        assert scored.code in said
        assert "2,5" in said
        assert "en retard depuis le" in said
        assert scored.talent.display_name not in said
        only = text_of(staff.get("/candidatures?etape=attente"))
        assert "Aucune candidature à cette étape" in only
        assert 'href="/candidatures"' in staff.get("/talents").text

    def test_a_candidate_is_nowhere_to_be_met_before_the_interview(
        self, staff: ProofreadingClient
    ) -> None:
        application = make_application()
        talent = application.talent
        for address in (
            f"/talents/{talent.id}",
            f"/talents/{talent.id}/modifier",
            f"/talents/{talent.id}/occupation",
            f"/talents/{talent.id}/contrats/nouveau",
            f"/talents/{talent.id}/absences/nouvelle",
        ):
            assert staff.get(address).status_code == 404, address
        for address in ("/talents", f"/talents?q={talent.code}", "/talents?q=Maelle"):
            assert talent.display_name not in text_of(staff.get(address))
        for address in ("/talents/trouves.csv", "/talents/profils.csv"):
            assert talent.display_name not in staff.get(address).get_data(as_text=True)
        week = text_of(staff.get("/semaine"))
        assert talent.display_name not in week
        make_talent(account=make_account(email=f"{talent.account.email.partition('@')[0]}@b.test"))
        assert talent.display_name not in text_of(staff.get("/talents/doublons"))

    def test_somebody_met_is_read_and_still_enters_by_a_decision_alone(
        self, staff: ProofreadingClient
    ) -> None:
        met = make_interviewed(talent=make_candidate(display_name="Zoé Rencontrée"))
        assert "Zoé Rencontrée" in text_of(staff.get(f"/talents/{met.talent_id}"))
        address = f"/talents/{met.talent_id}/modifier"
        form = filled(staff.get(address), headline="Cartes")
        assert staff.post(address, data={**form, "pool_status": "pool"}).status_code == 303
        back = f"/talents/{met.talent_id}/remettre-dans-le-vivier"
        assert "une décision sur sa candidature" in text_of(staff.get(back))
        said = {"reason": "other", "words": "Bienvenue."}
        assert staff.post(back, data=said).status_code == 409
        db.session.refresh(met.talent)
        assert (met.talent.headline, met.talent.pool_status) == ("Cartes", PoolStatus.CANDIDATE)

    def test_a_name_read_early_is_shown_with_its_reason(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application, officer = make_application(), make_account()
        browser, page = client_of(officer), f"/candidatures/{application.id}"
        assert browser.post(f"{page}/nom", data={"reason": ""}).status_code == 422
        form = filled(browser.get(f"{page}/nom"), reason="La personne a téléphoné")
        assert browser.post(f"{page}/nom", data=form).location == page
        assert application.talent.display_name in text_of(browser.get(page))
        said = text_of(staff.get(page))
        assert application.talent.display_name not in said
        assert "La personne a téléphoné" in said

    def test_a_no_starts_from_its_reason_and_leaves_no_blank(
        self, staff: ProofreadingClient
    ) -> None:
        application = make_scored()
        address = f"/candidatures/{application.id}/ne-pas-retenir"
        assert "Pourquoi ?" in text_of(staff.get(address))
        opened = staff.get(f"{address}?motif=other")
        answer = staff.post(address, data=filled(opened))
        assert answer.status_code == 422
        assert "Complétez la phrase" in complaints(answer)["words"]
        form = filled(opened, words="Merci. Le vivier est complet.")
        assert staff.post(address, data=form).status_code == 303
        db.session.refresh(application)
        assert application.stage is Stage.DECLINED

    def test_a_place_is_kept_with_words(self, staff: ProofreadingClient) -> None:
        application = make_interviewed()
        page = f"/candidatures/{application.id}"
        past = filled(staff.get(f"{page}/liste-d-attente"), until="2020-01-01")
        assert "until" in complaints(staff.post(f"{page}/liste-d-attente", data=past))
        form = filled(staff.get(f"{page}/liste-d-attente"))
        assert staff.post(f"{page}/liste-d-attente", data=form).location == page
        db.session.refresh(application)
        assert queries.places_on_waiting_list() == {application.id: 1}
        assert "Rang 1" in text_of(staff.get(page))

    def test_the_waiting_list_is_ranked_and_a_place_is_kept_longer(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        first = make_waiting(talent=make_candidate(display_name="Zoé Première"))
        second = make_waiting(talent=make_candidate(display_name="Abel Second"))
        said = text_of(staff.get("/candidatures?etape=attente"))
        assert said.index("Zoé Première") < said.index("Abel Second")
        assert f"{first.waits_until:%d/%m/%Y}" in said
        page = f"/candidatures/{second.id}"
        assert "Modifier la place" in text_of(staff.get(page))
        opened = filled(staff.get(f"{page}/place"))
        assert opened["rank"] == ["2"]
        assert "until" in complaints(staff.post(f"{page}/place", data={**opened, "until": ""}))
        form = {**opened, "rank": "1", "until": (TODAY + timedelta(days=90)).isoformat()}
        assert staff.post(f"{page}/place", data=form).location == page
        said = text_of(staff.get("/candidatures?etape=attente"))
        assert said.index("Abel Second") < said.index("Zoé Première")
        late = staff.post(f"{page}/place", data={**opened, "rank": "2"})
        assert late.status_code == 409
        own = client_of(second.talent.account).get("/ma-candidature")
        assert "Rang 1" in text_of(own)

    def test_another_day_alone_moves_nobody_though_somebody_ahead_left(
        self, staff: ProofreadingClient
    ) -> None:
        first, second, third, fourth = (make_waiting() for _one in range(4))
        decisions.admit(first, by=make_account())
        db.session.commit()
        page = f"/candidatures/{third.id}/place"
        opened = filled(staff.get(page))
        assert opened["rank"] == ["2"]
        # Once more while the page is open: what was not typed moves nobody either.
        decisions.admit(second, by=make_account())
        db.session.commit()
        until = TODAY + timedelta(days=90)
        assert staff.post(page, data={**opened, "until": until.isoformat()}).status_code == 303
        assert list(queries.places_on_waiting_list()) == [third.id, fourth.id]
        db.session.refresh(third)
        assert third.waits_until == until
        last = filled(staff.get(page), rank="")
        assert staff.post(page, data=last).status_code == 303
        assert list(queries.places_on_waiting_list()) == [fourth.id, third.id]

    def test_a_place_that_is_over_waits_for_somebody_who_ends_it(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        application = make_waiting()
        page = f"/candidatures/{application.id}"
        early = staff.get(f"{page}/fin-de-place", follow_redirects=True)
        assert "ne s’éteint pas avant" in text_of(early)
        application.waits_until = TODAY - timedelta(days=1)
        db.session.commit()
        assert f'href="{page}"' in staff.get("/").text
        person = client_of(application.talent.account)
        assert "va vous dire si elle la garde" in text_of(person.get("/ma-candidature"))
        assert "Mettre fin à la place" in text_of(staff.get(page))
        form = filled(staff.get(f"{page}/fin-de-place"), words="Merci de votre patience.")
        assert staff.post(f"{page}/fin-de-place", data=form).location == page
        said = text_of(person.get("/ma-candidature"))
        assert "Merci de votre patience." in said
        assert "Candidater de nouveau" in said

    def test_what_comes_too_early_is_said(self, staff: ProofreadingClient) -> None:
        application = make_interviewed(is_held=False)
        page = f"/candidatures/{application.id}"
        answer = staff.post(f"{page}/admettre", data={}, follow_redirects=True)
        assert "Notez d’abord" in text_of(answer)
        early = make_screening().application
        form = {"meets_on": date.today().isoformat(), "meets_at": "9:30", "place": "Ici"}
        panel = {"panel": str(early.lead_id or make_account().id)}
        answer = staff.post(
            f"/candidatures/{early.id}/entretien", data=form | panel, follow_redirects=True
        )
        assert "Attendez que toutes" in text_of(answer)
