import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.declarations.models import Gender
from talentpool.declarations.services import declare
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.services import decide, rank_talents
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import text_of


@pytest.fixture
def director(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_DIRECTOR)


def pool(**sizes: int) -> None:
    """Make people who say what they are (or nothing), rank them, and shortlist every second one."""
    made = []
    for gender, size in sizes.items():
        for _number in range(size):
            talent = make_talent()
            made.append(talent)
            if gender != "silent":
                declare(talent, gender=Gender(gender), age_band=None, by=None)
    seat = make_seat()
    run = rank_talents(seat, by=None, as_of=date(2026, 11, 24))
    for talent in made[::2]:
        why = {"verdict": Verdict.SHORTLISTED, "reason": ReasonCode.SKILLS_FIT, "note": ""}
        decide(seat, talent, **why, seen=None, run=run, by=None)
    db.session.commit()


class TestShow:
    def test_nothing_yet_is_said(self, director: ProofreadingClient) -> None:
        page = director.get("/supervision")
        assert "Trop peu pour en dire quelque chose" in text_of(page)
        assert "0 classement" in text_of(page)

    def test_counts_stand_beside_percentages(self, director: ProofreadingClient) -> None:
        pool(woman=6, man=6)
        page = director.get("/supervision?mois=3")
        assert "Sans classement 0 – 0 –" in text_of(page, "rangs")
        assert "Présélection Les compétences correspondent 6 6 100 %" in text_of(page, "decisions")
        # One seat alone: no percentage.
        assert text_of(page, "premier").endswith("1 –")
        assert "Présélectionnées Femmes 3 6 50 % 1,00" in text_of(page, "genre")
        answer = director.get("/supervision/rangs.csv?mois=3")
        rows = list(
            csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")
        )
        assert sum(int(row["shortlisted"]) for row in rows) == 6
        assert sum(int(row["shortlisted_percent"] or 0) for row in rows) in {99, 100, 101}

    def test_a_small_group_is_nowhere_on_the_page_nor_in_the_file(
        self, director: ProofreadingClient
    ) -> None:
        pool(woman=6, man=6, other=3, silent=4)
        for page in (director.get("/supervision"), director.get("/supervision/genre.csv")):
            assert "Femmes" in page.text
            assert "Ni l’un ni l’autre" not in page.text
        assert "Un groupe au moins n’est pas montré" in text_of(director.get("/supervision"))

    def test_an_unknown_table_or_format_is_not_found(self, director: ProofreadingClient) -> None:
        assert director.get("/supervision/rien.csv").status_code == 404
        assert director.get("/supervision/rangs.exe").status_code == 404
        assert director.get("/supervision?mois=7").status_code == 200


class TestAccess:
    @pytest.mark.parametrize("role", [one for one in Role if one is not Role.AGENCY_DIRECTOR])
    def test_the_director_alone_reads_it(self, role: Role, client_as: Callable) -> None:
        browser = client_as(role)
        assert browser.get("/supervision").status_code == 403
        assert browser.get("/supervision/genre.csv").status_code == 403

    def test_links_lead_there_for_who_may(
        self, director: ProofreadingClient, client_as: Callable
    ) -> None:
        staff = client_as(Role.AGENCY_STAFF)
        for address in ("/postes", "/semaine"):
            assert 'href="/supervision"' in director.get(address).text
            assert "/supervision" not in staff.get(address).text
