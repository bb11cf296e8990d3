from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.reviews.criteria import Criterion, Family
from talentpool.reviews.models import NeedReview, ReviewWaiver
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.reviews import make_judgement, make_review
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

SCORES = dict.fromkeys((criterion.value for criterion in Criterion), "3")
WORDS = {f"{family.value}_comment": f"Sur {family.value}." for family in Family}


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def need(app: Application) -> Need:
    return make_need(status=NeedStatus.IN_REVIEW)


class TestEvaluating:
    def test_an_officer_takes_one_writes_it_and_takes_the_need_on(
        self, need: Need, client_of: Callable
    ) -> None:
        officer = make_account()
        browser, page = client_of(officer), f"/besoins/{need.id}/evaluations"
        assert f'href="{page}"' in browser.get(f"/besoins/{need.id}").text
        answer = browser.post(page, data={"reviewer_id": str(officer.id)})
        review = db.session.scalars(select(NeedReview)).one()
        assert answer.location == f"/evaluations/{review.id}"
        form = filled(browser.get(answer.location), **SCORES, **WORDS, advice="approve")
        assert browser.post(answer.location, data=form).location == page
        said = text_of(browser.get(page))
        assert "Recommandation : Retenir" in said
        assert "Sur strategy." in said
        assert browser.post(f"/besoins/{need.id}/retenir").location == f"/besoins/{need.id}"
        db.session.refresh(need)
        assert need.status is NeedStatus.APPROVED

    def test_an_unfinished_evaluation_says_what_lacks_and_keeps_the_rest(
        self, need: Need, client_of: Callable
    ) -> None:
        review = make_review(need)
        browser, address = client_of(review.reviewer), f"/evaluations/{review.id}"
        typed = {**SCORES, **WORDS, "value_comment": ""}
        answer = browser.post(address, data=typed)
        assert answer.status_code == 422
        assert set(complaints(answer)) == {"value_comment", "advice"}
        assert filled(answer)["real"] == ["3"]
        db.session.refresh(review)
        assert review.state is EvaluationState.ASKED

    def test_somebody_else_s_evaluation_is_not_found(
        self, need: Need, staff: ProofreadingClient
    ) -> None:
        review = make_review(need, judgement=make_judgement())
        for address in (f"/evaluations/{review.id}", f"/evaluations/{review.id}/deport"):
            assert staff.get(address).status_code == 404
            assert staff.post(address, data={**SCORES, **WORDS}).status_code == 404

    def test_no_page_shows_another_s_words_before_all_are_in(
        self, need: Need, client_of: Callable
    ) -> None:
        make_review(need, judgement=None)
        review = make_review(need, judgement=make_judgement(words="Un secret."))
        other = client_of(make_account(role=Role.AGENCY_DIRECTOR))
        for address in (f"/besoins/{need.id}", f"/besoins/{need.id}/evaluations"):
            answer = other.get(address)
            assert answer.status_code == 200
            assert "Un secret" not in answer.text
        own = client_of(review.reviewer).get(f"/evaluations/{review.id}")
        assert "Un secret" in own.text

    def test_who_is_late_is_named(self, need: Need, staff: ProofreadingClient) -> None:
        review = make_review(need)
        review.due_on = date.today() - timedelta(days=1)
        db.session.commit()
        assert "En retard depuis le" in text_of(staff.get(f"/besoins/{need.id}/evaluations"))
        assert "En retard depuis le" in text_of(staff.get(f"/besoins/{need.id}"))

    def test_stepping_aside_names_who_replaces(self, need: Need, client_of: Callable) -> None:
        review, other = make_review(need), make_account()
        browser, address = client_of(review.reviewer), f"/evaluations/{review.id}/deport"
        assert browser.post(address, data={}).status_code == 422
        form = filled(browser.get(address), conflict="personal_tie", replacement_id=str(other.id))
        assert browser.post(address, data=form).status_code == 303
        db.session.expire_all()
        states = {row.reviewer_id: row.state for row in db.session.scalars(select(NeedReview))}
        assert states == {
            review.reviewer_id: EvaluationState.REPLACED,
            other.id: EvaluationState.ASKED,
        }

    def test_whoever_decides_waits_no_more_for_somebody(
        self, need: Need, staff: ProofreadingClient, client_of: Callable
    ) -> None:
        review = make_review(need)
        page, address = f"/besoins/{need.id}/evaluations", f"/evaluations/{review.id}/liberer"
        assert f'href="{address}"' in staff.get(page).text
        assert client_of(review.reviewer).get(address).location.endswith("/deport")
        assert staff.post(address, data={}).status_code == 422
        form = filled(staff.get(address), reason="left")
        assert staff.post(address, data=form).location == page
        assert "Plus attendue" in text_of(staff.get(page))
        assert staff.get(address).location == page

    def test_a_ministry_sees_nothing_of_it(self, need: Need, client_of: Callable) -> None:
        make_review(need, judgement=make_judgement(words="Un secret."))
        browser = client_of(make_member(need.organisation))
        page = browser.get(f"/besoins/{need.id}")
        assert "valuation" not in text_of(page)
        assert browser.get(f"/besoins/{need.id}/evaluations").status_code == 403


class TestDeciding:
    def test_without_evaluations_the_button_leads_to_saying_why(
        self, need: Need, staff: ProofreadingClient
    ) -> None:
        answer = staff.post(f"/besoins/{need.id}/retenir")
        assert answer.location == f"/besoins/{need.id}/evaluations"
        db.session.refresh(need)
        assert need.status is NeedStatus.IN_REVIEW
        page = staff.get(answer.location)
        assert "Il manque des évaluations" in text_of(page)
        early = f"/besoins/{need.id}/retenir-sans-attendre"
        assert f'href="{early}"' in page.text
        assert staff.post(early, data={}).status_code == 422
        form = filled(staff.get(early), reason="urgent")
        assert staff.post(early, data=form).location == f"/besoins/{need.id}"
        db.session.refresh(need)
        assert need.status is NeedStatus.APPROVED
        assert db.session.scalars(select(ReviewWaiver)).one().reason == "urgent"

    def test_a_missing_exit_plan_is_said_with_where_to_write_it(
        self, staff: ProofreadingClient
    ) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW, exit_plan="")
        make_review(need, judgement=make_judgement())
        answer = staff.post(f"/besoins/{need.id}/retenir", follow_redirects=True)
        assert "le plan de sortie" in text_of(answer)
        assert f'href="/besoins/{need.id}/rediger/sortie"' in answer.text
        assert f'action="/besoins/{need.id}/retenir"' not in answer.text
