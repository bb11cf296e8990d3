from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.observed import views
from talentpool.observed.models import ObservedMission
from tests.proofreader import ProofreadingClient
from tests.reading import text_of

ADDRESS = "/missions-observees"
AUTUMN = f"{ADDRESS}?zoom=trimestre&date=2026-11-24"


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def make_mission(talent: str = "t-1", **changes: object) -> ObservedMission:
    values = {
        "family": "Développement",
        "starts_on": date(2026, 10, 5),
        "ends_on": date(2026, 12, 18),
        "status": "independent",
        "products": ["dora"],
        **changes,
    }
    key = sha256(repr((talent, values)).encode()).hexdigest()
    mission = ObservedMission(source="beta", external_id=key, talent=talent, **values)
    db.session.add(mission)
    db.session.commit()
    return mission


class TestListing:
    def test_the_agency_reads_it_and_others_do_not(self, client_as: Callable) -> None:
        statuses = {role: client_as(role).get(ADDRESS).status_code for role in Role}
        agency = {Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR}
        assert statuses == {role: 200 if role in agency else 403 for role in Role}

    def test_an_empty_page_says_how_to_import(self, staff: ProofreadingClient) -> None:
        assert "talentpool import missions" in text_of(staff.get(ADDRESS))

    def test_a_mission_is_drawn_and_written(self, staff: ProofreadingClient) -> None:
        make_mission()
        page = text_of(staff.get(AUTUMN))
        sentence = "t-1, dora, indépendant, part inconnue, du 05/10/2026 au 18/12/2026"
        assert sentence in page
        assert "Développement" in page
        assert "comme à 100" in page

    def test_an_unknown_end_runs_on(self, staff: ProofreadingClient) -> None:
        make_mission(starts_on=date(2019, 1, 1), ends_on=None, status="", products=[])
        page = text_of(staff.get(AUTUMN))
        assert "t-1, produit inconnu, part inconnue, depuis le 01/01/2019, fin inconnue" in page

    def test_another_period_is_one_link_away(self, staff: ProofreadingClient) -> None:
        make_mission()
        page = staff.get(AUTUMN).text
        later = "/missions-observees?zoom=trimestre&amp;date=2027-01-01"
        assert later in page
        answer = staff.get(later.replace("&amp;", "&"))
        assert "Aucune mission sur cette période" in text_of(answer)

    @pytest.mark.parametrize("zoom", ["mois", "trimestre", "annee"])
    def test_every_zoom_shows_it(self, zoom: str, staff: ProofreadingClient) -> None:
        make_mission()
        assert "dora" in text_of(staff.get(f"{ADDRESS}?zoom={zoom}&date=2026-11-24"))

    def test_a_family_is_looked_at_alone(self, staff: ProofreadingClient) -> None:
        make_mission("t-dev")
        make_mission("t-design", family="Design")
        page = text_of(staff.get(f"{AUTUMN}&famille=Design"))
        assert "t-design" in page
        assert "t-dev" not in page
        none = text_of(staff.get(f"{AUTUMN}&famille=Support"))
        assert "Aucune mission de cette famille" in none

    def test_many_people_are_paged(
        self, staff: ProofreadingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "PEOPLE_PER_PAGE", 2)
        for number in range(5):
            make_mission(f"t-{number}")
        first, last = (text_of(staff.get(f"{AUTUMN}&page={page}")) for page in (1, 99))
        assert "t-0" in first
        assert "t-4" not in first
        assert "t-4" in last

    @pytest.mark.parametrize(
        "query", ["date=0001-01-01", "date=9999-12-31&zoom=annee", "zoom=x&date=y&page=z"]
    )
    def test_odd_addresses_show_today_s_quarter(
        self, query: str, staff: ProofreadingClient
    ) -> None:
        make_mission()
        assert staff.get(f"{ADDRESS}?{query}").status_code == 200

    def test_hostile_text_is_shown_as_text(self, staff: ProofreadingClient) -> None:
        evil = '"><script>alert(1)</script></svg><img src=x onerror=alert(2)>'
        make_mission(evil[:120], family=evil, status=evil[:40], products=[evil])
        page = staff.get(AUTUMN).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
