"""Deciding from the list, bringing back with a note, and lifting a name by an act."""

from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches.anonymity import lifts
from talentpool.matches.models import MatchRun, Verdict
from talentpool.matches.queries import decision_on, keys_by_talent
from talentpool.matches.services import rank_talents
from talentpool.talents.models import Talent
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent

NAME = "Philomène Vasseur"


@pytest.fixture
def staff(client_as: Callable) -> object:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def talent(app: object) -> Talent:
    return make_talent(display_name=NAME, text=f"Je suis {NAME}, 34 ans, et je dessine en Python.")


@pytest.fixture
def run(talent: Talent) -> MatchRun:
    made = rank_talents(make_seat(), by=None, as_of=date(2026, 11, 24))
    db.session.commit()
    return made


def address(run: MatchRun, talent: Talent) -> str:
    return f"/classements/{run.id}/{keys_by_talent({talent.id})[talent.id]}"


class TestDecideQuickly:
    def test_in_one_choice(self, staff: object, run: MatchRun, talent: Talent) -> None:
        data = {"choice": "shortlisted:skills_fit", "seen": ""}
        assert staff.post(f"{address(run, talent)}/decider", data=data).status_code == 303
        assert decision_on(run.seat, talent).verdict is Verdict.SHORTLISTED

    def test_bringing_back_keeps_the_note(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        data = {"choice": "brought_back:negotiable", "note": "Libre une semaine plus tard."}
        staff.post(f"{address(run, talent)}/decider", data=data)
        assert decision_on(run.seat, talent).note == "Libre une semaine plus tard."

    @pytest.mark.parametrize("choice", ["", "shortlisted:place", "undone:mistake", "x:y"])
    def test_what_is_not_offered_decides_nothing(
        self, choice: str, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        data = {"choice": choice}
        answer = staff.post(f"{address(run, talent)}/decider", data=data, follow_redirects=True)
        assert "Choisissez une décision" in answer.text
        assert decision_on(run.seat, talent) is None

    def test_a_colleague_s_decision_is_read_first(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        first = {"choice": "set_aside:place", "seen": ""}
        staff.post(f"{address(run, talent)}/decider", data=first)
        stale = {"choice": "shortlisted:skills_fit", "seen": ""}
        answer = staff.post(f"{address(run, talent)}/decider", data=stale, follow_redirects=True)
        assert "décidé entre-temps" in answer.text
        assert decision_on(run.seat, talent).verdict is Verdict.SET_ASIDE


class TestAnonymity:
    def test_pages_mask_until_the_shortlist(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        for page in (f"/postes/{run.seat_id}", f"/classements/{run.id}/a-part"):
            assert NAME not in staff.get(page).text
        page = staff.get(address(run, talent)).text
        assert NAME not in page
        assert "34 ans" not in page
        assert "je dessine en" in page
        staff.post(f"{address(run, talent)}/decider", data={"choice": "shortlisted:skills_fit"})
        page = staff.get(address(run, talent)).text
        assert NAME in page
        assert "34 ans" in page

    def test_setting_aside_reveals_nothing(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        talent.headline = f"Développeuse chez BNP Paribas, {NAME}"
        db.session.commit()
        staff.post(f"{address(run, talent)}/decider", data={"choice": "set_aside:place"})
        page = staff.get(f"/postes/{run.seat_id}").text
        assert NAME not in page
        assert "BNP" not in page

    def test_the_explanation_s_preview_reveals_nothing(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        key = keys_by_talent({talent.id})[talent.id]
        page = staff.get(f"/postes/{run.seat_id}/explication/{key}").text
        assert NAME not in page
        assert talent.headline not in page

    def test_lifting_a_name_needs_a_reason_and_is_journaled(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        staff.post(f"{address(run, talent)}/nom", data={"reason": "  "})
        assert NAME not in staff.get(address(run, talent)).text
        staff.post(f"{address(run, talent)}/nom", data={"reason": "Conflit d’intérêts à vérifier"})
        page = staff.get(address(run, talent)).text
        assert NAME in page
        assert "Conflit d’intérêts" in page
        assert lifts(run.seat)[talent.id].lifted_by is not None
        entry = next(e for e in history_of(run.seat) if e.action == "match.anonymity_lifted")
        assert entry.details == {"talent": talent.id}

    def test_a_name_is_lifted_for_one_seat(
        self, staff: object, run: MatchRun, talent: Talent
    ) -> None:
        staff.post(f"{address(run, talent)}/nom", data={"reason": "À vérifier"})
        other = rank_talents(make_seat(), by=None, as_of=date(2026, 11, 24))
        db.session.commit()
        assert NAME not in staff.get(address(other, talent)).text
