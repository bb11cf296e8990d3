"""Writing a need step by step, alone or two at a time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.models import ContactRole, Need, SeatStatus
from talentpool.needs.stages import NeedStatus
from talentpool.needs.step_table import STEPS, StepState, step_named
from talentpool.notifications.models import Notification
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def member(app: object) -> Any:
    return make_member()


@pytest.fixture
def browser(member: Any, client_of: Callable) -> ProofreadingClient:
    return client_of(member)


def draft_of(member: Any, **changes: Any) -> Need:
    values = {"status": NeedStatus.DRAFT, "seats": 0, "exit_plan": "", **changes}
    return make_need(organisation=member.membership.organisation, **values)


def write(browser: ProofreadingClient, need: Need, step: str, **typed: Any) -> Any:
    address = f"/besoins/{need.id}/rediger/{step}"
    answer = browser.post(address, data=filled(browser.get(address), **typed))
    db.session.expire_all()
    return answer


def state(need: Need, code: str) -> StepState:
    step = step_named(code)
    assert step is not None
    return step.state(need)


class TestSteps:
    def test_every_step_opens_and_leads_to_the_next(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        listing = browser.get(f"/besoins/{need.id}/rediger")
        for step, following in zip(STEPS, [*STEPS[1:], None], strict=True):
            assert f"/besoins/{need.id}/rediger/{step.code}" in listing.text
            assert browser.get(f"/besoins/{need.id}/rediger/{step.code}").status_code == 200
            if step.form is None:
                continue
            answer = write(browser, need, step.code)
            place = f"/{following.code}" if following else ""
            assert answer.location == f"/besoins/{need.id}/rediger{place}"
        assert [entry.action for entry in history_of(need)] == ["need.created"]

    def test_a_step_is_stored_and_its_state_told(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        assert state(need, "valeur") is StepState.TODO
        write(browser, need, "valeur", value="Deux fois moins d’attente.")
        assert need.value == "Deux fois moins d’attente."
        assert state(need, "valeur") is StepState.DONE

    def test_the_team_and_the_contacts_are_stored_by_row(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        typed = {"team__1__name": "Aya Morel", "team__1__time_pct": "30"}
        write(browser, need, "equipe", **typed)
        write(browser, need, "contacts", hr__name="Luc Roux", hr__email="luc@exemple.fr")
        assert [(m.name, m.time_pct) for m in need.team] == [("Aya Morel", 30)]
        assert [(c.role, c.name) for c in need.contacts] == [(ContactRole.HR, "Luc Roux")]
        assert state(need, "contacts") is StepState.BEGUN
        nameless = write(browser, need, "contacts", sponsor__email="s@exemple.fr")
        assert nameless.status_code == 422
        assert "sponsor-name" in complaints(nameless)

    def test_more_rows_are_offered_and_what_was_typed_stays(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        answer = write(browser, need, "equipe", team__0__name="Aya Morel", more="1")
        fields = filled(answer)
        assert fields["team-0-name"] == ["Aya Morel"]
        assert "team-3-name" in fields
        assert need.team == []

    def test_money_keeps_a_yes_a_no_and_no_answer_apart(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        write(browser, need, "argent", employer_cost="120 000", has_lawful_data="y")
        assert (need.co_funding, need.employer_cost, need.has_lawful_data) == (None, 120_000, True)
        write(browser, need, "argent", co_funding="no")
        assert need.co_funding is False

    def test_only_one_s_own_writable_needs_are_written(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        sent = draft_of(member, status=NeedStatus.SUBMITTED, seats=1)
        other = make_need(status=NeedStatus.DRAFT)
        for page in ("rediger", "rediger/valeur", "relire", "supprimer"):
            assert browser.get(f"/besoins/{other.id}/{page}").status_code == 404
        for page in ("rediger/valeur", "supprimer"):
            assert browser.get(f"/besoins/{sent.id}/{page}").status_code == 404
        # Whoever goes back to the steps of what was handed in reads where it stands.
        for page in ("rediger", "relire"):
            assert browser.get(f"/besoins/{sent.id}/{page}").location == f"/besoins/{sent.id}"
        assert browser.post(f"/besoins/{other.id}/reprendre").status_code == 404
        assert browser.get(f"/besoins/{other.id}/confier").status_code == 404
        asked = draft_of(member, status=NeedStatus.COMPLEMENT_ASKED, seats=1)
        assert write(browser, asked, "valeur", value="Voici.").status_code == 303

    def test_an_unknown_step_is_not_found(self, browser: ProofreadingClient, member: Any) -> None:
        assert browser.get(f"/besoins/{draft_of(member).id}/rediger/reves").status_code == 404


class TestLimits:
    def test_the_server_counts_too(self, browser: ProofreadingClient, member: Any) -> None:
        need = draft_of(member)
        assert write(browser, need, "beneficiaires", beneficiaries="é" * 500).status_code == 303
        answer = write(browser, need, "beneficiaires", beneficiaries="é" * 501)
        assert answer.status_code == 422
        assert "trop long" in complaints(answer)["beneficiaries"]
        assert filled(answer)["beneficiaries"] == ["é" * 501]

    def test_a_longer_stored_text_may_stay_or_shrink_and_not_grow(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member, risks="r" * 3_000)
        for length, status in ((3_000, 303), (2_900, 303), (2_901, 422)):
            assert write(browser, need, "risques", risks="r" * length).status_code == status


class TestTwoWriters:
    def test_two_steps_do_not_disturb_each_other(
        self, browser: ProofreadingClient, member: Any, client_of: Callable
    ) -> None:
        need = draft_of(member)
        other = client_of(make_member(member.membership.organisation))
        address = f"/besoins/{need.id}/rediger/valeur"
        page = browser.get(address)
        write(other, need, "risques", risks="Le port peut refuser.")
        assert browser.post(address, data=filled(page, value="Mieux.")).status_code == 303
        db.session.expire_all()
        assert (need.value, need.risks) == ("Mieux.", "Le port peut refuser.")

    def test_the_writer_chooses_answer_by_answer(
        self, browser: ProofreadingClient, member: Any, client_of: Callable
    ) -> None:
        need = draft_of(member)
        other = client_of(make_member(member.membership.organisation))
        address = f"/besoins/{need.id}/rediger/probleme"
        page = browser.get(address)
        write(other, need, "probleme", title="Leur titre", town="Brest")
        answer = browser.post(address, data=filled(page, title="Mon titre", town="Metz"))
        assert answer.status_code == 409
        assert {"keep-title", "keep-town"} <= set(filled(answer))
        assert "keep-summary" not in filled(answer)
        chosen = filled(answer, keep__title="saved")
        assert browser.post(address, data=chosen).status_code == 303
        db.session.expire_all()
        assert (need.title, need.town) == ("Leur titre", "Metz")


class TestHandingIn:
    def test_what_is_missing_is_named_with_where_to_say_it(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member, text="")
        answer = browser.post(f"/besoins/{need.id}/deposer")
        assert answer.location == f"/besoins/{need.id}/relire"
        page = browser.get(answer.location)
        assert "Il manque 2 réponses" in text_of(page, "lacking")
        for step in ("probleme", "postes"):
            assert f'href="/besoins/{need.id}/rediger/{step}"' in page.text
        assert f'action="/besoins/{need.id}/deposer"' not in page.text

    def test_a_whole_need_is_handed_in_once_and_kindly(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member, seats=1)
        address = f"/besoins/{need.id}/deposer"
        assert f'action="{address}"' in browser.get(f"/besoins/{need.id}/relire").text
        browser.post(address)
        again = browser.post(address, follow_redirects=True)
        assert "déjà déposé" in text_of(again)
        db.session.expire_all()
        assert need.status is NeedStatus.SUBMITTED
        assert len(need.moves) == 1

    def test_the_same_page_sent_twice_makes_one_need(self, browser: ProofreadingClient) -> None:
        form = filled(browser.get("/besoins/nouveau"), title="Crues", summary="Prévenir.")
        places = {browser.post("/besoins/nouveau", data=form).location for _ in range(2)}
        assert len(places) == 1
        assert len(db.session.scalars(select(Need)).all()) == 1

    def test_somebody_else_s_key_opens_nothing(self, browser: ProofreadingClient) -> None:
        other = make_need(status=NeedStatus.DRAFT)
        form = {"title": "Crues", "summary": "Prévenir.", "key": other.external_id}
        answer = browser.post("/besoins/nouveau", data=form)
        assert answer.location != f"/besoins/{other.id}/rediger"
        assert len(db.session.scalars(select(Need)).all()) == 2


class TestCopyAndDiscard:
    def test_a_copy_is_a_draft_with_open_seats_and_no_dates(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member, status=NeedStatus.CLOSED, seats=2, risks="Le port.")
        need.seats[0].status = SeatStatus.FILLED
        db.session.commit()
        page = browser.get(f"/besoins/{need.id}")
        assert f'action="/besoins/{need.id}/reprendre"' in page.text
        places = {
            browser.post(f"/besoins/{need.id}/reprendre", data={"key": "abc"}).location
            for _ in range(2)
        }
        assert len(places) == 1
        copy = db.session.scalars(select(Need).where(Need.id != need.id)).one()
        assert (copy.status, copy.risks, copy.owner_id) == (
            NeedStatus.DRAFT,
            "Le port.",
            member.id,
        )
        assert [(s.status, s.starts_on, s.ends_on) for s in copy.seats] == [
            (SeatStatus.OPEN, None, None)
        ] * 2
        assert [skill.label for skill in copy.seats[0].skills] == ["Python"]

    def test_a_draft_goes_once_confirmed(self, browser: ProofreadingClient, member: Any) -> None:
        need = draft_of(member)
        address = f"/besoins/{need.id}/supprimer"
        assert "ne peut pas être annulé" in text_of(browser.get(address))
        assert db.session.scalars(select(Need)).all() == [need]
        assert browser.post(address).location == "/besoins"
        assert db.session.scalars(select(Need)).all() == []

    def test_a_received_need_is_not_thrown_away(self, client_as: Callable) -> None:
        need = make_need(status=NeedStatus.SUBMITTED)
        client_as(Role.AGENCY_STAFF).post(f"/besoins/{need.id}/supprimer")
        assert db.session.scalars(select(Need)).all() == [need]


class TestHandOver:
    def test_a_colleague_answers_for_it_and_is_told(
        self, browser: ProofreadingClient, member: Any
    ) -> None:
        need = draft_of(member)
        colleague = make_member(member.membership.organisation)
        address = f"/besoins/{need.id}/confier"
        form = filled(browser.get(address), owner=str(colleague.id))
        assert browser.post(address, data=form).location == f"/besoins/{need.id}"
        db.session.expire_all()
        assert need.owner_id == colleague.id
        assert history_of(need)[0].action == "need.handed_over"
        assert db.session.scalars(select(Notification.account_id)).all() == [colleague.id]
        assert f"{colleague.display_name} en répond" in text_of(browser.get(f"/besoins/{need.id}"))

    def test_nobody_of_elsewhere_gets_it(self, browser: ProofreadingClient, member: Any) -> None:
        need, stranger = draft_of(member), make_member(make_organisation())
        answer = browser.post(f"/besoins/{need.id}/confier", data={"owner": str(stranger.id)})
        assert answer.status_code == 422
        db.session.expire_all()
        assert need.owner_id is None


class TestTold:
    def test_talents_read_the_need_and_not_its_people_or_money(
        self, browser: ProofreadingClient, member: Any, client_as: Callable
    ) -> None:
        need = draft_of(member, seats=1, value="Moitié moins d’attente.")
        write(browser, need, "contacts", hr__name="Luc Roux", hr__phone="01 23 45 67 89")
        write(browser, need, "equipe", team__0__name="Aya Morel")
        write(browser, need, "argent", employer_cost="123456")
        need.status = NeedStatus.APPROVED
        db.session.commit()
        private = ("Luc Roux", "01 23 45 67 89", "Aya Morel", "123 456")
        talent = text_of(client_as(Role.TALENT).get(f"/besoins/{need.id}"))
        assert "Moitié moins d’attente." in talent
        assert not [words for words in private if words in talent]
        for reader in (browser, client_as(Role.AGENCY_DIRECTOR)):
            page = text_of(reader.get(f"/besoins/{need.id}"))
            assert [words for words in private if words in page] == list(private)
