"""A decision taken on stale data: stopped, with both versions, and confirmed or given up knowingly."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches.models import MatchDecision, ReasonCode, Verdict
from talentpool.matches.queries import keys_by_talent, newest_run
from talentpool.needs.models import NeedSeat
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import filled, text_of


@pytest.mark.parametrize(
    ("verdict", "reason"), [("shortlisted", "team_fit"), ("set_aside", "skill_missing")]
)
def test_both_decisions_stand_side_by_side(
    verdict: str, reason: str, app: object, client_of: Callable
) -> None:
    lazare, odile = (
        client_of(make_account(role=Role.AGENCY_STAFF, display_name=name))
        for name in ("Lazare Fictif", "Odile Fictive")
    )
    seat, talent = make_seat(), make_talent()
    address = _address(lazare, seat.id, talent.id)
    stale = odile.get(address)
    theirs = filled(
        lazare.get(address), verdict="set_aside", reason="place", note="Il vit à Brest."
    )
    assert lazare.post(address, data=theirs).status_code == 303
    typed = {"verdict": verdict, "reason": reason, "note": "Vue en juin."}
    answer = odile.post(address, data=filled(stale, **typed))
    assert answer.status_code == 409
    both = text_of(answer, "both")
    assert "Décision enregistrée par Lazare Fictif La vôtre, en attente" in both
    assert f"Décision Mise de côté {Verdict(verdict).label}" in both
    assert f"Raison Le lieu ne convient pas {ReasonCode(reason).label}" in both
    assert "Précisions Il vit à Brest. Vue en juin." in both
    assert "Renoncer et garder la sienne" in text_of(answer)
    assert len(db.session.scalars(select(MatchDecision)).all()) == 1
    if verdict == "set_aside":
        assert "Vous aviez décidé la même chose" in text_of(answer)
    else:
        assert odile.post(address, data=filled(answer)).status_code == 303
        assert len(db.session.scalars(select(MatchDecision)).all()) == 2


def _address(browser: ProofreadingClient, seat_id: int, talent_id: int) -> str:
    browser.post(f"/postes/{seat_id}/classer")
    run = newest_run(db.session.get_one(NeedSeat, seat_id))
    return f"/classements/{run.id}/{keys_by_talent({talent_id})[talent_id]}"
