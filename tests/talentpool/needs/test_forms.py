"""Needs and seats that a file brought in, opened in their forms and saved as they stand."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.services import content_of, seat_content_of
from talentpool.skills.held import NamedSkill
from tests.factories.needs import make_seat
from tests.factories.skills import make_family, make_skill
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, report_at, sent, text_of

ROW = {"id": "b-1", "title": "Crues", "summary": "Prévenir.", "text": "Les rivières débordent."}
SEAT = {"title": "Cartes", "family": "dev"}


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    make_family()
    return client_as(Role.AGENCY_STAFF)


def imported(staff: ProofreadingClient, **members: object) -> Need:
    row = json.dumps({**ROW, **members})
    assert report_at(sent(staff, "/besoins/importer", row, "f.jsonl")).created == 1
    return db.session.scalars(select(Need)).one()


def save(staff: ProofreadingClient, address: str) -> None:
    answer = staff.post(address, data=filled(staff.get(address)))
    assert answer.status_code == 303, complaints(answer)
    db.session.expire_all()


def assert_untouched(staff: ProofreadingClient, seat: NeedSeat) -> None:
    before = seat_content_of(seat)
    save(staff, f"/besoins/postes/{seat.id}/modifier")
    assert seat_content_of(seat) == before
    assert [entry.action for entry in history_of(seat)] == ["seat.added"]


class TestNeed:
    @pytest.mark.parametrize(
        "members",
        [
            {
                "title": "Crues\net marées",
                "text": "Une ligne.\n\nUne autre.",
                "town": "Brest\nville",
            },
            {"text": "mot " * 20_000, "summary": "s" * 2_000},
            {"themes": ["eau\nvive", "eau vive", "t" * 300]},
            {"themes": [f"Thème {number}" for number in range(80)]},
        ],
    )
    def test_an_import_saved_as_it_stands_changes_nothing(
        self, members: dict, staff: ProofreadingClient
    ) -> None:
        need = imported(staff, **members)
        before = content_of(need)
        save(staff, f"/besoins/{need.id}/rediger/probleme")
        assert content_of(need) == before
        assert [entry.action for entry in history_of(need)] == ["need.created"]


class TestSeat:
    @pytest.mark.parametrize(
        "members",
        [
            {"mission": "Une ligne.\n\nUne autre.", "title": "Cartes\net sites"},
            {"mission": "mot " * 5_000},
            {"must": ["Elm", "Python"], "nice": ["Zig (2)", "QGIS"]},
            {"must": ["Elm\nlang"]},
            {
                "seniority_years": 5,
                "clearance": "Secret Défense",
                "statuses": ["freelance", "contractor_public"],
            },
        ],
    )
    def test_an_import_saved_as_it_stands_changes_nothing(
        self, members: dict, staff: ProofreadingClient
    ) -> None:
        make_skill("Python"), make_skill("QGIS")
        assert_untouched(staff, imported(staff, seats=[{**SEAT, **members}]).seats[0])

    def test_a_must_of_one_s_own_stays_a_must(self, staff: ProofreadingClient) -> None:
        seat = imported(staff, seats=[{**SEAT, "must": ["Elm"], "nice": ["Zig"]}]).seats[0]
        address = f"/besoins/postes/{seat.id}/modifier"
        page = staff.get(address)
        staff.post(address, data=filled(page, other_skills="Zig\r\nElm\r\nCobol", town="Metz"))
        db.session.expire_all()
        asked = {skill.label: skill.is_must for skill in seat.skills}
        assert asked == {"Elm": True, "Zig": False, "Cobol": False}

    @pytest.mark.parametrize("number", [38, 40, 45])
    def test_a_seat_with_many_skills_is_opened_and_saved(
        self, number: int, staff: ProofreadingClient
    ) -> None:
        labels = [f"Savoir {place}" for place in range(number)]
        seat = make_seat(must=[NamedSkill(label, make_skill(label)) for label in labels])
        page = staff.get(f"/besoins/postes/{seat.id}/modifier")
        assert page.status_code == 200
        rows = [name for name in filled(page) if name.endswith("-skill")]
        assert len(rows) == max(40, number)
        assert_untouched(staff, seat)

    def test_what_few_seats_ask_is_typed_and_stored(self, staff: ProofreadingClient) -> None:
        seat = make_seat()
        address = f"/besoins/postes/{seat.id}/modifier"
        typed = {
            "seniority_years": "5",
            "clearance": "very_secret",
            "statuses": ["civil_servant_mad", "freelance"],
        }
        form = {**filled(staff.get(address)), "statuses": typed["statuses"]}
        answer = staff.post(address, data={**form, **typed})
        assert answer.status_code == 303, complaints(answer)
        db.session.expire_all()
        assert (seat.seniority_years, seat.clearance) == (5, "very_secret")
        assert seat.statuses == typed["statuses"]
        page = text_of(staff.get(f"/besoins/{seat.need_id}"))
        assert "Expérience 5 ans au moins Habilitation Très secret" in page
        assert "Statuts acceptés fonctionnaire mis à disposition, indépendant" in page

    def test_a_family_that_nobody_knows_is_left_to_the_agency(
        self, staff: ProofreadingClient
    ) -> None:
        seat = make_seat()
        address = f"/besoins/postes/{seat.id}/modifier"
        page = staff.get(address)
        assert "Écrit, teste et répare" in text_of(page)
        assert staff.post(address, data=filled(page, family="")).status_code == 303
        db.session.expire_all()
        assert seat.family is None
