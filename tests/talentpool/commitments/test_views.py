from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.commitments.models import Commitment, CommitmentState
from talentpool.db import db
from talentpool.needs.stages import NeedStatus
from tests.factories.commitments import make_commitment, make_commitments
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


class TestList:
    def test_a_ministry_opens_its_list_and_proves_a_promise(self, client_of: Callable) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        browser, page = client_of(member), f"/besoins/{need.id}/engagements"
        assert f'action="{page}"' in browser.get(f"/besoins/{need.id}").text
        assert browser.post(page).location == page
        shown = browser.get(page)
        assert "Engagements prêts : 0 sur 10" in text_of(shown)
        promise = db.session.scalars(select(Commitment).order_by(Commitment.id)).first()
        address = f"/engagements/{promise.id}"
        form = filled(
            browser.get(address), state="ready", evidence_url="https://suivi.example/4512"
        )
        assert browser.post(address, data=form).location == page
        assert "Engagements prêts : 1 sur 10" in text_of(browser.get(page))
        assert "Engagements prêts : 1 sur 10" in text_of(browser.get(f"/besoins/{need.id}"))

    def test_no_list_is_begun_on_what_has_ended(self, staff: ProofreadingClient) -> None:
        open_need, closed = make_need(), make_need(status=NeedStatus.CLOSED)
        begin = "Ouvrir la liste"
        assert begin in text_of(staff.get(f"/besoins/{open_need.id}"))
        assert begin not in text_of(staff.get(f"/besoins/{closed.id}"))

    def test_what_is_late_is_said(self, staff: ProofreadingClient) -> None:
        promise = make_commitment()
        promise.due_on = date.today() - timedelta(days=2)
        db.session.commit()
        page = staff.get(f"/besoins/{promise.need_id}/engagements")
        assert "En retard depuis le" in text_of(page)
        assert "1 engagement en retard" in text_of(page)

    def test_the_exit_plan_s_promise_leads_to_writing_it(self, staff: ProofreadingClient) -> None:
        need = make_need(exit_plan="")
        make_commitments(need)
        page = staff.get(f"/besoins/{need.id}/engagements")
        assert "Il n’est pas encore écrit" in text_of(page)
        assert f'href="/besoins/{need.id}/rediger/sortie"' in page.text

    def test_the_director_reads_and_does_not_edit(self, client_as: Callable) -> None:
        promise = make_commitment()
        browser = client_as(Role.AGENCY_DIRECTOR)
        page = browser.get(f"/besoins/{promise.need_id}/engagements")
        assert f"/engagements/{promise.id}" not in page.text
        assert browser.get(f"/engagements/{promise.id}").status_code == 403

    def test_others_find_nothing(self, client_of: Callable, client_as: Callable) -> None:
        promise = make_commitment()
        other = client_of(make_member())
        assert other.get(f"/besoins/{promise.need_id}/engagements").status_code == 404
        assert other.get(f"/engagements/{promise.id}").status_code == 404
        talent = client_as(Role.TALENT)
        assert "Préparer l’accueil" not in text_of(talent.get(f"/besoins/{promise.need_id}"))


class TestPromise:
    @pytest.mark.parametrize(
        ("name", "typed", "state"),
        [
            ("evidence_url", "http://suivi.example", "todo"),
            ("evidence_url", "javascript:alert(1)", "todo"),
            ("evidence_url", "https://", "todo"),
            ("evidence", "", "ready"),
            ("due_on", "31/02/2027", "todo"),
        ],
    )
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, name: str, typed: str, state: str, staff: ProofreadingClient
    ) -> None:
        promise = make_commitment()
        address = f"/engagements/{promise.id}"
        form = filled(staff.get(address), **{"state": state, name: typed})
        answer = staff.post(address, data=form)
        assert answer.status_code == 422
        assert list(complaints(answer)) == [name]
        assert filled(answer)[name] == [typed]
        db.session.refresh(promise)
        assert promise.state is CommitmentState.TODO

    def test_a_stale_save_shows_both_versions(self, staff: ProofreadingClient) -> None:
        promise = make_commitment()
        address = f"/engagements/{promise.id}"
        page = staff.get(address)
        staff.post(address, data=filled(page, owner_name="La DSI"))
        answer = staff.post(address, data=filled(page, owner_name="Le bureau RH"))
        assert answer.status_code == 409
        assert "La DSI Le bureau RH" in text_of(answer, "differences")
