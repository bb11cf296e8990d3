from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.services import decide, rank_talents
from talentpool.merges.models import RecordMerge
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_organisation
from tests.factories.placements import TODAY, make_contract
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import filled, text_of

TALENTS = "/talents/doublons"
ORGANISATIONS = "/organisations/doublons"


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def pair(app: object) -> tuple[Talent, Talent]:
    python = NamedSkill("Python", make_skill("Python"), 3)
    return (
        make_talent(display_name="Zoé Essai-Test", skills=[python], town=""),
        make_talent(
            display_name="Essai Test Zoe",
            skills=[NamedSkill("Rust"), NamedSkill("Python", make_skill("Python"))],
            town="Brest",
        ),
    )


def address_of(pair: tuple[Talent, Talent]) -> str:
    return f"/talents/{pair[0].id}/fusionner/{pair[1].id}"


class TestTalents:
    def test_from_a_pair_to_one_record_and_back(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        kept, other = pair
        assert address_of(pair) in staff.get(TALENTS).text
        page = staff.get(address_of(pair))
        form = filled(page)
        assert (form["skills"], form["town"], form["display_name"]) == (
            ["both"],
            ["merged"],
            ["kept"],
        )
        assert staff.post(address_of(pair), data=form).location == TALENTS
        db.session.expire_all()
        assert kept.town == "Brest"
        assert [(held.label, held.level) for held in kept.skills] == [("Python", 3), ("Rust", None)]
        assert "Zoé Essai-Test" in text_of(staff.get(f"/talents/{other.id}"))
        assert "Essai Test Zoe" not in text_of(staff.get("/talents"), "talents")
        merge = db.session.scalars(select(RecordMerge)).one()
        assert staff.post(f"/talents/fusions/{merge.id}/separer").location == TALENTS
        db.session.expire_all()
        assert (kept.town, other.standing) == ("", other)
        assert "Séparer" not in text_of(staff.get(TALENTS))

    def test_what_cannot_be_is_said_and_nothing_is_done(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        for talent in pair:
            make_contract(talent)
        answer = staff.post(address_of(pair), data=filled(staff.get(address_of(pair))))
        assert answer.status_code == 422
        assert "La personne a déjà un contrat le 01/01/2026. Rien n’a été changé." in answer.text
        assert db.session.scalars(select(RecordMerge)).all() == []

    def test_a_record_that_changed_meanwhile_is_read_again_first(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        form = filled(staff.get(address_of(pair)))
        pair[1].town = "Lille"
        db.session.commit()
        answer = staff.post(address_of(pair), data=form)
        assert answer.status_code == 422
        assert "Relisez" in text_of(answer)
        assert staff.post(address_of(pair), data=filled(answer)).status_code == 303
        db.session.expire_all()
        assert pair[0].town == "Lille"

    def test_two_people_of_one_name_are_not_asked_about_again(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        kept, other = pair
        staff.post(f"/talents/{other.id}/distinct/{kept.id}")
        assert "Aucun doublon" in text_of(staff.get(TALENTS))

    def test_two_records_that_look_nothing_alike_are_compared_by_their_codes(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        kept, other = pair
        found = staff.get(f"{TALENTS}?garder={kept.code}&fusionner={other.code.lower()}")
        assert found.location == address_of(pair)
        lost = staff.get(f"{TALENTS}?garder={kept.code}&fusionner=T-999999")
        assert "Aucune fiche" in text_of(lost)

    def test_the_director_reads_no_duplicates(self, client_as: Callable, pair: tuple) -> None:
        browser = client_as(Role.AGENCY_DIRECTOR)
        assert browser.get(TALENTS).status_code == 403
        assert browser.post(address_of(pair)).status_code == 403
        assert "Doublons" not in text_of(browser.get("/talents"))

    def test_a_seat_ranked_before_shows_the_decision_on_who_stands(
        self, staff: ProofreadingClient, pair: tuple
    ) -> None:
        seat = make_seat()
        run = rank_talents(seat, by=None, as_of=TODAY)
        decision = {"verdict": Verdict.SHORTLISTED, "reason": ReasonCode.SKILLS_FIT, "note": ""}
        decide(seat, pair[1], **decision, seen=None, run=run, by=make_account())
        db.session.commit()
        staff.post(address_of(pair), data=filled(staff.get(address_of(pair))))
        assert "Zoé Essai-Test" in text_of(staff.get(f"/postes/{seat.id}"))
        for key in [result.person_key for result in run.results]:
            page = staff.get(f"/classements/{run.id}/{key}")
            assert page.status_code == 200
            assert "Présélection" in text_of(page)


class TestOrganisations:
    def test_two_records_of_one_body_become_one_and_come_back(self, client_as: Callable) -> None:
        browser = client_as(Role.ADMINISTRATOR)
        kept = make_organisation(code="forets", label="Ministère des Forêts")
        other = make_organisation(code="forets-2", label="Ministère des forets")
        need = make_need(organisation=other)
        address = f"/organisations/{kept.id}/fusionner/{other.id}"
        assert address in browser.get(ORGANISATIONS).text
        assert browser.post(address, data=filled(browser.get(address))).status_code == 303
        db.session.expire_all()
        assert need.organisation is kept
        assert "forets-2" not in text_of(browser.get("/organisations/"), "organisations")
        merge = db.session.scalars(select(RecordMerge)).one()
        browser.post(f"/organisations/fusions/{merge.id}/separer")
        db.session.expire_all()
        assert need.organisation is other

    def test_a_merge_of_people_is_not_the_administrator_s_to_take_back(
        self, staff: ProofreadingClient, pair: tuple, client_as: Callable
    ) -> None:
        staff.post(address_of(pair), data=filled(staff.get(address_of(pair))))
        merge = db.session.scalars(select(RecordMerge)).one()
        browser = client_as(Role.ADMINISTRATOR)
        assert browser.post(f"/organisations/fusions/{merge.id}/separer").status_code == 404
        assert browser.post(f"/talents/fusions/{merge.id}/separer").status_code == 403
