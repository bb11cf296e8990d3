"""The board shows each stage, idle cards first, and what may be done with each."""

from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.db import db, now
from talentpool.matches.board import board
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.services import decide
from talentpool.proposals.stages import ProposalStatus
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.placements import make_proposal
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date.today()


def read(**scope: int):
    return board(make_account(role=Role.AGENCY_STAFF), today=TODAY, **scope)


def column(code: str, **scope: int) -> list[int]:
    found = next(one for one in read(**scope).columns if one.code == code)
    return [card.proposal.id for card in found.cards]


def shortlist(seat, talent) -> None:
    decide(
        seat,
        talent,
        verdict=Verdict.SHORTLISTED,
        reason=ReasonCode.SKILLS_FIT,
        note="",
        seen=None,
        run=None,
        by=None,
    )
    db.session.commit()


class TestBoard:
    def test_each_stage_has_its_column(self) -> None:
        made = {
            status: make_proposal(status=status, today=TODAY).id
            for status in (
                ProposalStatus.PROPOSED,
                ProposalStatus.MEETING_AGREED,
                ProposalStatus.HOST_AGREED,
                ProposalStatus.AGREED,
                ProposalStatus.CONFIRMED,
                ProposalStatus.DECLINED,
                ProposalStatus.PLACED,
            )
        }
        assert column("proposed") == [made[ProposalStatus.PROPOSED]]
        assert column("meeting_agreed") == [made[ProposalStatus.MEETING_AGREED]]
        assert column("interviewed") == [made[ProposalStatus.HOST_AGREED]]
        assert column("agreed") == [made[ProposalStatus.AGREED]]
        assert column("confirmed") == [made[ProposalStatus.CONFIRMED]]
        assert column("ended") == [made[ProposalStatus.DECLINED]]

    def test_idle_cards_rise(self) -> None:
        fresh, idle = (make_proposal(today=TODAY) for _number in range(2))
        idle.moved_at = now() - timedelta(days=8)
        db.session.commit()
        assert column("proposed") == [idle.id, fresh.id]

    def test_a_shortlisted_person_waits_until_proposed(self) -> None:
        seat, talent = make_seat(), make_talent()
        shortlist(seat, talent)
        assert [d.talent_id for d in read().shortlisted] == [talent.id]
        make_proposal(talent, seat, today=TODAY)
        assert read().shortlisted == []

    def test_of_one_seat_or_one_need(self) -> None:
        proposal, _other = make_proposal(today=TODAY), make_proposal(today=TODAY)
        assert column("proposed", seat=proposal.seat_id) == [proposal.id]
        assert column("proposed", need=proposal.seat.need_id) == [proposal.id]

    def test_what_ended_long_ago_is_gone(self) -> None:
        old = make_proposal(status=ProposalStatus.DECLINED, today=TODAY)
        old.moved_at = now() - timedelta(days=31)
        db.session.commit()
        assert column("ended") == []
