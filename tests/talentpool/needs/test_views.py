from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.needs.stages import NeedStatus
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_member, make_organisation
from tests.factories.reviews import make_judgement, make_review
from tests.factories.skills import make_family, make_skill
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

TYPED = {
    "title": "Carte des crues",
    "summary": "Prévenir les riverains.",
}


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def only_need() -> Need:
    return db.session.scalars(select(Need)).one()


def need_of(member: Any, **changes: Any) -> Need:
    return make_need(organisation=member.membership.organisation, **changes)


class TestCreate:
    def test_a_ministry_writes_a_need_of_its_own(self, client_of: Callable) -> None:
        member = make_member()
        browser = client_of(member)
        form = filled(browser.get("/besoins/nouveau"), **TYPED)
        answer = browser.post("/besoins/nouveau", data=form)
        need = only_need()
        assert answer.location == f"/besoins/{need.id}/rediger"
        assert (need.title, need.summary) == (TYPED["title"], TYPED["summary"])
        assert need.owner_id == member.id
        assert need.organisation_id == member.organisation_id
        assert (need.status, need.entered_by_agency) == (NeedStatus.DRAFT, False)
        assert TYPED["title"] in text_of(browser.get(answer.location))

    def test_the_agency_writes_on_a_ministry_s_behalf(self, staff: ProofreadingClient) -> None:
        host = make_organisation(label="Ministère des Rivières")
        form = filled(staff.get("/besoins/nouveau"), **TYPED, organisation=str(host.id))
        answer = staff.post("/besoins/nouveau", data=form)
        need = only_need()
        assert (need.organisation_id, need.entered_by_agency) == (host.id, True)
        assert need.owner_id is None
        page = staff.get(answer.location.replace("rediger", "relire"))
        assert "Ministère des Rivières" in text_of(page)

    @pytest.mark.parametrize("name", list(TYPED))
    def test_a_missing_answer_is_said_beside_it_and_the_rest_is_kept(
        self, name: str, staff: ProofreadingClient, count_rows: Callable
    ) -> None:
        before = count_rows()
        form = filled(staff.get("/besoins/nouveau"), **{**TYPED, name: ""})
        answer = staff.post("/besoins/nouveau", data=form)
        assert answer.status_code == 422
        assert complaints(answer) == {name: "Ce champ est obligatoire."}
        assert filled(answer) == form
        assert count_rows() == before

    def test_a_member_without_an_organisation_is_told_so(self, client_as: Callable) -> None:
        browser = client_as(Role.MINISTRY_MEMBER)
        answer = browser.post("/besoins/nouveau", data=TYPED)
        assert "pas encore rattaché" in text_of(answer)
        assert db.session.scalars(select(Need)).all() == []


class TestEdit:
    def test_what_is_typed_is_stored_and_the_rest_stays(self, staff: ProofreadingClient) -> None:
        need = make_need(themes=["forêts", "climat"], town="Épinal")
        address = f"/besoins/{need.id}/rediger/probleme"
        form = filled(staff.get(address), title="Carte des bois", then="list")
        assert staff.post(address, data=form).location == f"/besoins/{need.id}/rediger"
        db.session.refresh(need)
        assert (need.title, need.town) == ("Carte des bois", "Épinal")
        assert need.themes == ["forêts", "climat"]
        assert history_of(need)[0].details == {"changed": ["title"]}

    def test_a_stale_save_shows_both_versions_and_saves_when_sent_again(
        self, staff: ProofreadingClient
    ) -> None:
        need = make_need()
        address = f"/besoins/{need.id}/rediger/probleme"
        page = staff.get(address)
        staff.post(address, data=filled(page, title="Titre de la collègue"))
        answer = staff.post(address, data=filled(page, title="Mon titre", town="Metz"))
        assert answer.status_code == 409
        for words in ("Mon titre", "Titre de la collègue", "Metz"):
            assert words in text_of(answer, "differences")
        assert "En une phrase" not in text_of(answer, "differences")
        db.session.refresh(need)
        assert (need.title, need.town) == ("Titre de la collègue", "")
        assert staff.post(address, data=filled(answer)).status_code == 303
        db.session.refresh(need)
        assert (need.title, need.town) == ("Mon titre", "Metz")

    def test_a_bad_answer_is_kept_but_not_stored(self, staff: ProofreadingClient) -> None:
        need = make_need()
        address = f"/besoins/{need.id}/rediger/probleme"
        form = filled(staff.get(address), title="T" * 201, summary="Autre phrase.")
        answer = staff.post(address, data=form)
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["title"]
        assert filled(answer) == form
        db.session.refresh(need)
        assert need.summary == "Suivre la santé des forêts."


class TestMoves:
    def test_a_need_goes_from_draft_to_approved(
        self, client_of: Callable, staff: ProofreadingClient
    ) -> None:
        member = make_member()
        need = need_of(member, status=NeedStatus.DRAFT)
        steps = [
            (client_of(member), "deposer", NeedStatus.SUBMITTED, SeatStatus.OPEN),
            (staff, "instruire", NeedStatus.IN_REVIEW, SeatStatus.OPEN),
            (staff, "retenir", NeedStatus.APPROVED, SeatStatus.OPEN),
        ]
        for browser, move, status, seat_status in steps:
            address = f"/besoins/{need.id}/{move}"
            assert f'action="{address}"' in browser.get(f"/besoins/{need.id}").text
            if move == "retenir":
                make_review(need, judgement=make_judgement())
            assert browser.post(address).location == f"/besoins/{need.id}"
            db.session.expire_all()
            assert (need.status, need.seats[0].status) == (status, seat_status)
        acts = ["need.approved", "need.taken_up", "need.submitted"]
        assert [entry.action for entry in history_of(need)][:3] == acts

    def test_a_need_without_a_seat_is_not_submitted(self, client_of: Callable) -> None:
        member = make_member()
        need = need_of(member, status=NeedStatus.DRAFT, seats=0)
        browser = client_of(member)
        answer = browser.post(f"/besoins/{need.id}/deposer", follow_redirects=True)
        assert "Il manque un texte ou un poste" in text_of(answer)
        assert f'action="/besoins/{need.id}/deposer"' not in answer.text
        assert only_need().status is NeedStatus.DRAFT

    @pytest.mark.parametrize(
        ("status", "move", "words"),
        [
            (NeedStatus.APPROVED, "deposer", "déjà déposé"),
            (NeedStatus.SUBMITTED, "retenir", "Seul un besoin en instruction"),
            (NeedStatus.CLOSED, "clore", "ne peut pas être clos"),
            (NeedStatus.SUBMITTED, "rouvrir", "n’est pas clos"),
        ],
    )
    def test_a_move_out_of_turn_is_refused_in_words(
        self, status: NeedStatus, move: str, words: str, staff: ProofreadingClient
    ) -> None:
        need = make_need(status=status)
        answer = staff.post(f"/besoins/{need.id}/{move}", follow_redirects=True)
        assert words in text_of(answer)
        db.session.refresh(need)
        assert need.status is status


class TestSeats:
    def test_a_seat_is_added_with_its_skills(self, staff: ProofreadingClient) -> None:
        need, must = make_need(seats=0), make_skill("Python")
        address = f"/besoins/{need.id}/postes/nouveau"
        form = filled(
            staff.get(address),
            title="Cartographie",
            family=make_family().code,
            skills__0__skill=must.code,
            skills__0__importance="must",
            skills__0__level="3",
            other_skills="QGIS",
            share_pct="80 %",
        )
        assert staff.post(address, data=form).location == f"/besoins/{need.id}"
        seat = db.session.scalars(select(NeedSeat)).one()
        assert (seat.title, seat.family.code, seat.share_pct) == ("Cartographie", "dev", 80)
        asked = [(skill.label, skill.is_must, skill.level) for skill in seat.skills]
        assert asked == [("Python", True, 3), ("QGIS", False, None)]

    def test_more_rows_come_and_nothing_typed_is_lost(self, staff: ProofreadingClient) -> None:
        need, skill = make_need(seats=0), make_skill("Python")
        address = f"/besoins/{need.id}/postes/nouveau"
        page = staff.get(address)
        form = filled(page, title="Cartographie", skills__1__skill=skill.code)
        answer = staff.post(address, data={**form, "more": "1"})
        after = filled(answer)
        assert answer.status_code == 200
        assert form.items() <= after.items()
        assert len([name for name in after.keys() - form.keys() if name.endswith("-skill")]) == 4
        assert db.session.scalars(select(NeedSeat)).all() == []

    @pytest.mark.parametrize(
        ("name", "typed", "words"),
        [
            ("title", "", "obligatoire"),
            ("seniority_years", "41", "de 0 à 40"),
            ("share_pct", "5", "entre 10 et 100"),
            ("starts_on", "31/02/2027", "une date qui existe"),
            ("ends_on", "2026-01-01", "après le début"),
            ("remote_days", "six", "nombre entier"),
        ],
    )
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, name: str, typed: str, words: str, staff: ProofreadingClient
    ) -> None:
        seat = make_seat()
        address = f"/besoins/postes/{seat.id}/modifier"
        answer = staff.post(address, data=filled(staff.get(address), **{name: typed}))
        assert answer.status_code == 422
        assert words in complaints(answer)[name]
        assert filled(answer)[name] == [typed]
        db.session.expire_all()
        assert (seat.title, seat.share_pct) == ("Développement cartographique", 80)

    def test_saving_a_seat_as_it_stands_changes_nothing(self, staff: ProofreadingClient) -> None:
        seat = make_seat(remote_days=2, town="Dijon", mission="Tenir la carte.")
        address = f"/besoins/postes/{seat.id}/modifier"
        assert staff.post(address, data=filled(staff.get(address))).status_code == 303
        assert [entry.action for entry in history_of(seat)] == ["seat.added"]

    def test_a_stale_save_shows_only_what_differs(self, staff: ProofreadingClient) -> None:
        seat = make_seat()
        address = f"/besoins/postes/{seat.id}/modifier"
        page = staff.get(address)
        staff.post(address, data=filled(page, town="Lyon"))
        answer = staff.post(address, data=filled(page, town="Metz"))
        assert answer.status_code == 409
        assert text_of(answer, "differences").endswith("Ville Lyon Metz")
        assert "Compétences" not in text_of(answer, "differences")
        assert staff.post(address, data=filled(answer)).status_code == 303
        db.session.refresh(seat)
        assert seat.town == "Metz"

    def test_a_save_over_new_skills_is_stale_too(self, staff: ProofreadingClient) -> None:
        seat, skill = make_seat(), make_skill("QGIS")
        address = f"/besoins/postes/{seat.id}/modifier"
        page = staff.get(address)
        staff.post(address, data=filled(page, skills__1__skill=skill.code))
        answer = staff.post(address, data=filled(page, town="Metz"))
        assert answer.status_code == 409
        assert "QGIS" in text_of(answer, "differences")
        db.session.expire_all()
        assert [asked.label for asked in seat.skills] == ["Python", "QGIS"]

    def test_a_draft_s_seat_goes_once_confirmed(self, client_of: Callable) -> None:
        member = make_member()
        seat = need_of(member, status=NeedStatus.DRAFT).seats[0]
        browser, address = client_of(member), f"/besoins/postes/{seat.id}/retirer"
        assert "Cela ne peut pas être annulé" in text_of(browser.get(address))
        assert db.session.scalars(select(NeedSeat)).all() == [seat]
        browser.post(address, data=filled(browser.get(address)))
        assert db.session.scalars(select(NeedSeat)).all() == []

    def test_a_received_seat_closes_and_the_last_stays(self, staff: ProofreadingClient) -> None:
        first, last = make_need(seats=2).seats
        assert "Le poste sera clos" in text_of(staff.get(f"/besoins/postes/{first.id}/retirer"))
        staff.post(f"/besoins/postes/{first.id}/retirer")
        answer = staff.post(f"/besoins/postes/{last.id}/retirer", follow_redirects=True)
        assert "le dernier poste ouvert" in text_of(answer)
        db.session.expire_all()
        assert (first.status, last.status) == (SeatStatus.CLOSED, SeatStatus.OPEN)


class TestReach:
    def test_a_member_sees_their_own_organisation_s_needs_alone(self, client_of: Callable) -> None:
        member = make_member()
        own, other = need_of(member, title="Le nôtre"), make_need(title="Le leur")
        browser = client_of(member)
        assert "Le nôtre" in text_of(browser.get("/besoins"))
        assert "Le leur" not in text_of(browser.get("/besoins"))
        assert browser.get(f"/besoins/{own.id}").status_code == 200
        assert browser.get(f"/besoins/{other.id}").status_code == 404

    def test_a_member_changes_nothing_of_others(
        self, client_of: Callable, count_rows: Callable
    ) -> None:
        other = make_need(status=NeedStatus.DRAFT)
        browser, before = client_of(make_member()), count_rows()
        for address in (
            f"/besoins/{other.id}/rediger/probleme",
            f"/besoins/{other.id}/postes/nouveau",
            f"/besoins/postes/{other.seats[0].id}/modifier",
            f"/besoins/postes/{other.seats[0].id}/retirer",
        ):
            data = {**TYPED, "family": "dev", "version": other.version_id}
            assert browser.post(address, data=data).status_code == 404, address
        assert count_rows() == before

    def test_the_list_is_filtered_as_asked(self, staff: ProofreadingClient) -> None:
        make_need(title="Crues", status=NeedStatus.SUBMITTED)
        make_need(title="Forêts")
        for asked in ("etat=submitted", "q=crues&famille=dev"):
            assert text_of(staff.get(f"/besoins?{asked}"), "needs").startswith("1 besoin ")
        assert "Aucun besoin ne correspond" in text_of(staff.get("/besoins?famille=design"))
