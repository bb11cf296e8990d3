from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from talentpool.access import Role
from talentpool.db import db
from talentpool.steering.questions import QUESTIONS
from talentpool.web.pipeline import Application
from tests.factories.needs import make_seat
from tests.factories.placements import make_contract, make_placement, make_proposal
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import text_of

PAGES = ["/semaine", "/semaine/demande", *(f"/semaine/{code}" for code in QUESTIONS)]


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def populate(number: int) -> None:
    """Fill every list of the weekly screen, `number` times."""
    today = date.today()
    soon = {"starts_on": today - timedelta(days=50), "ends_on": today + timedelta(days=40)}
    for place in range(number):
        talent = make_talent(display_name=f"Personne {place}")
        contract = {"starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=80)}
        make_contract(talent, today=today, **contract)
        make_placement(talent, today=today, started=True, share=60, **soon)
        later = {"starts_on": today + timedelta(days=9), "ends_on": today + timedelta(days=60)}
        make_placement(talent, today=today, share=30, **later)
        proposal = make_proposal(make_talent(), make_seat(title=f"Poste {place}"), today=today)
        proposal.moved_at -= timedelta(days=9)
    db.session.commit()


class TestPages:
    @pytest.mark.parametrize("address", PAGES)
    def test_the_agency_reads_them_and_others_do_not(
        self, address: str, client_as: Callable
    ) -> None:
        statuses = {role: client_as(role).get(address).status_code for role in Role}
        agency = {Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR}
        assert statuses == {role: 200 if role in agency else 403 for role in Role}

    def test_each_figure_leads_to_the_whole_list(self, staff: ProofreadingClient) -> None:
        populate(6)
        week = staff.get("/semaine")
        said = text_of(week)
        html = week.get_data(as_text=True)
        for code in QUESTIONS:
            assert f'href="/semaine/{code}"' in html
        for figure in (
            "6 personnes ont du temps libre aujourd’hui",
            "12 fins de mission sans suite décidée",
            "6 postes à pourvoir",
            "6 propositions immobiles",
            "6 arrivées à préparer",
            "6 missions en alerte",
        ):
            assert figure in said
        assert "ETP à embaucher sous le plafond" in said
        assert "Poste 4" in said
        assert "Poste 5" not in said
        assert "Poste 5" in text_of(staff.get("/semaine/besoins"))

    def test_an_unknown_question_or_format_is_not_found(self, staff: ProofreadingClient) -> None:
        for address in ("/semaine/cafe", "/semaine/cafe.csv", "/semaine/bench.pdf"):
            assert staff.get(address).status_code == 404

    def test_the_number_of_reads_does_not_grow(
        self, app: Application, staff: ProofreadingClient
    ) -> None:
        def reads(address: str) -> int:
            asked: list[object] = []
            listen = (
                db.session.get_bind(),
                "before_cursor_execute",
                lambda *said: asked.append(said[2]),
            )
            event.listen(*listen)
            staff.get(address)
            event.remove(*listen)
            return len(asked)

        populate(1)
        staff.get("/semaine")
        few = {address: reads(address) for address in PAGES}
        populate(7)
        assert {address: reads(address) for address in PAGES} == few
        assert max(few.values()) < 40


class TestExport:
    def test_a_list_is_a_file(self, staff: ProofreadingClient) -> None:
        populate(2)
        lines = staff.get("/semaine/bench.csv").get_data(as_text=True).splitlines()
        assert lines[0].lstrip("\ufeff") == "person;when;since;share_pct;proposals"
        assert [line.split(";")[3] for line in lines[1:]] == ["40"] * 2 + ["30"] * 4

    def test_seats_for_nobody_are_a_tension_without_end(self, staff: ProofreadingClient) -> None:
        make_seat()
        lines = staff.get("/semaine/embauches.csv").get_data(as_text=True).splitlines()
        assert lines[1].split(";") == ["Développement", "1", "0", "∞", "recruter", "1"]

    @pytest.mark.parametrize("code", QUESTIONS)
    @pytest.mark.parametrize("format", ["csv", "xlsx", "jsonl"])
    def test_every_list_in_every_format(
        self, code: str, format: str, staff: ProofreadingClient
    ) -> None:
        populate(1)
        answer = staff.get(f"/semaine/{code}.{format}")
        assert answer.status_code == 200
        assert f"semaine-{code}.{format}" in answer.headers["Content-Disposition"]


class TestDemand:
    def test_it_says_how_it_counts(self, staff: ProofreadingClient) -> None:
        seat = make_seat(share_pct=50)
        assert seat.need.approved_at is not None
        seat.need.approved_at -= timedelta(days=700)
        db.session.commit()
        said = text_of(staff.get("/semaine/demande"))
        assert "Une part de temps inconnue compte pour 100 %" in said.replace("\xa0", " ")
        assert "Personne de la famille n’est libre à cette date" in said
