"""From a proposal to a placement in the ledger, by its pages."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.placements.models import Placement
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import ProposalStatus
from tests.factories.needs import make_seat
from tests.factories.placements import make_contract, make_proposal
from tests.factories.talents import make_talent

TODAY = date.today()
SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=300)


@pytest.fixture
def officer(client_as: Callable) -> object:
    return client_as(Role.AGENCY_STAFF)


def contract_of() -> object:
    first, last = TODAY - timedelta(days=30), TODAY + timedelta(days=700)
    return make_contract(today=TODAY, starts_on=first, ends_on=last)


class TestProposals:
    def test_a_confirmed_proposal_becomes_a_placement_in_a_click(self, officer: object) -> None:
        contract = contract_of()
        proposal = make_proposal(
            contract.talent,
            starts_on=SOON,
            ends_on=LATER,
            today=TODAY,
            status=ProposalStatus.AGREED,
        )
        assert officer.post(f"/propositions/{proposal.id}/confirmer").status_code == 303
        answer = officer.post(f"/propositions/{proposal.id}/placer")
        placement = db.session.scalars(select(Placement)).one()
        assert answer.location == f"/placements/{placement.id}"
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.PLACED

    def test_without_a_contract_the_contract_comes_first(self, officer: object) -> None:
        proposal = make_proposal(
            starts_on=SOON, ends_on=LATER, today=TODAY, status=ProposalStatus.AGREED
        )
        officer.post(f"/propositions/{proposal.id}/confirmer")
        answer = officer.post(f"/propositions/{proposal.id}/placer")
        assert "/contrats/nouveau" in answer.location
        page = officer.get(answer.location).text
        assert SOON.isoformat() in page
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.CONFIRMED

    def test_proposed_advanced_declined(self, officer: object) -> None:
        seat, talent = make_seat(), make_talent()
        data = {
            "talent": str(talent.id),
            "starts_on": SOON.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "80",
        }
        assert officer.post(f"/postes/{seat.id}/proposer", data=data).status_code == 303
        proposal = db.session.scalars(select(Proposal)).one()
        twice = officer.post(f"/postes/{seat.id}/proposer", data=data)
        assert "déjà proposée" in twice.text
        address = f"/propositions/{proposal.id}"
        for side, reason in (("host", "skills_fit"), ("talent", "subject_fit")):
            noted = officer.post(f"{address}/reponse/{side}", data={"answer": f"yes:{reason}"})
            assert noted.status_code == 303
        officer.post(f"{address}/entretien")
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.INTERVIEWED
        refusal = {"side": "talent", "reason": "place", "note": ""}
        assert officer.post(f"{address}/refuser", data=refusal).status_code == 303
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.DECLINED
        officer.post(f"{address}/rouvrir")
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.DECLINED
