"""Proposals move on to their end; what they hold ends by itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.models import NeedStatus
from talentpool.placements import queries
from talentpool.placements.ledger import (
    Level,
    OutsideContract,
    PersonOverbooked,
    PoolOverbooked,
    SeatTaken,
)
from talentpool.placements.services import cancel_placement, confirm_proposal, place_proposal
from talentpool.placements.spans import DAY
from talentpool.proposals import services
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE, TENTATIVE, AnswerReason, ProposalStatus, Side
from tests.factories.needs import make_seat
from tests.factories.placements import ROOMY, TODAY, make_contract, make_placement, make_proposal
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
FIRST, LAST = date(2027, 1, 4), date(2027, 11, 4)
OVER = [status for status in ProposalStatus if status not in LIVE]


def confirm(proposal: Proposal, *, cap: object = ROOMY, today: date = TODAY) -> list[Proposal]:
    return confirm_proposal(proposal, cap=Decimal(cap), today=today, by=None)


def decline(proposal: Proposal, **changes: object) -> None:
    values = {"side": Side.HOST, "reason": AnswerReason.SKILLS, "note": "", **changes}
    services.decline(proposal, today=TODAY, by=None, **values)


def level(day: date = FIRST, *, today: date = TODAY) -> Level:
    return next(queries.ledger(cap=Decimal(30), today=today).levels(day, day))


class TestProposeTalent:
    def test_is_tentative_and_journaled(self) -> None:
        proposal = make_proposal(share="12.5")
        assert proposal.status is ProposalStatus.PROPOSED
        assert history_of(proposal)[0].action == "proposal.made"
        assert (level().tentative, level().reserved) == (Decimal("0.125"), 0)
        assert level().free == Decimal("29.875")
        db.session.expire_all()
        assert str(proposal.share_pct) == "12.5"

    def test_once_for_a_seat_while_it_lives(self) -> None:
        proposal = make_proposal()
        with pytest.raises(services.AlreadyProposed):
            make_proposal(proposal.talent, proposal.seat)
        make_proposal(proposal.talent, proposal.seat, today=proposal.expires_on + DAY)

    def test_only_for_an_open_seat(self) -> None:
        for seat in (make_seat(status=NeedStatus.SUBMITTED), make_placement().seat):
            with pytest.raises(services.SeatNotOpen):
                make_proposal(seat=seat)


class TestAdvance:
    @pytest.mark.parametrize("status", TENTATIVE)
    def test_goes_from_step_to_step_and_holds_on(self, status: ProposalStatus) -> None:
        proposal = make_proposal()
        later = TODAY + timedelta(days=10)
        services.advance(proposal, status, today=later, by=None)
        assert (proposal.status, proposal.expires_on) == (status, later + services.HOLDS_FOR)
        assert history_of(proposal)[0].details == {"status": status.value}

    @pytest.mark.parametrize("status", [ProposalStatus.CONFIRMED, *OVER])
    def test_neither_confirms_nor_ends(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            services.advance(make_proposal(), status, today=TODAY, by=None)

    @pytest.mark.parametrize("status", [ProposalStatus.CONFIRMED, *OVER])
    def test_only_what_is_tentative(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            services.advance(
                make_proposal(status=status), ProposalStatus.INTERVIEWED, today=TODAY, by=None
            )


class TestConfirm:
    def test_reserves_what_must_be_hired(self) -> None:
        proposal = make_proposal(share=80)
        assert confirm(proposal, cap="0.8") == []
        assert (level().held, level().reserved, level().tentative) == (0, Decimal("0.8"), 0)
        assert level(LAST + DAY).reserved == 0
        assert history_of(proposal)[0].details == {"status": "confirmed"}

    def test_above_the_cap_is_refused(self) -> None:
        make_contract(share=50, ends_on=date(2027, 3, 31))
        proposal = make_proposal(share=60, ends_on=date(2027, 6, 30))
        with pytest.raises(PoolOverbooked) as refused:
            confirm(proposal, cap=1)
        assert (refused.value.day, refused.value.by) == (FIRST, Decimal("0.1"))
        assert refused.value.fits_on == date(2027, 4, 1)
        assert proposal.status is ProposalStatus.PROPOSED

    def test_of_somebody_under_contract_reserves_nothing(self) -> None:
        proposal = make_proposal(make_contract().talent)
        confirm(proposal, cap=0)
        assert (level().held, level().reserved, level().tentative) == (1, 0, 0)

    def test_of_somebody_taken_is_refused(self) -> None:
        talent = make_placement(share=50).talent
        with pytest.raises(PersonOverbooked) as refused:
            confirm(make_proposal(talent, share=80))
        assert (refused.value.day, refused.value.by) == (FIRST, 30)

    def test_after_a_contract_only_the_days_after_it_are_reserved(self) -> None:
        proposal = make_proposal(make_contract(ends_on=date(2027, 3, 31)).talent)
        confirm(proposal, cap=1)
        assert level(date(2027, 3, 31)).reserved == 0
        assert level(date(2027, 4, 1)).reserved == 1

    def test_days_under_contract_must_be_free_even_if_others_are_not_held(self) -> None:
        talent = make_contract(ends_on=date(2027, 3, 31)).talent
        make_placement(talent, share=50, ends_on=date(2027, 2, 28))
        with pytest.raises(PersonOverbooked) as refused:
            confirm(make_proposal(talent))
        assert (refused.value.day, refused.value.fits_on) == (FIRST, date(2027, 3, 1))

    def test_a_seat_that_somebody_has_is_refused(self) -> None:
        proposal = make_proposal()
        placement = make_placement(seat=proposal.seat, ends_on=date(2027, 2, 28))
        with pytest.raises(SeatTaken) as refused:
            confirm(proposal)
        assert refused.value.fits_on == placement.ends_on + DAY

    def test_the_person_s_other_proposals_for_those_days_become_obsolete(self) -> None:
        proposal = make_proposal()
        other = make_proposal(proposal.talent, starts_on=LAST, ends_on=date(2027, 12, 31))
        later = make_proposal(proposal.talent, starts_on=LAST + DAY, ends_on=date(2027, 12, 31))
        declined = make_proposal(proposal.talent, status=ProposalStatus.DECLINED)
        somebody_else_s = make_proposal()
        assert confirm(proposal) == [other]
        assert other.status is ProposalStatus.OBSOLETE
        assert history_of(other)[0].details == {"status": "obsolete"}
        assert later.status is somebody_else_s.status is ProposalStatus.PROPOSED
        assert declined.status is ProposalStatus.DECLINED

    def test_a_person_s_reserve_gives_way_to_their_next(self) -> None:
        first = make_proposal(status=ProposalStatus.CONFIRMED)
        assert confirm(make_proposal(first.talent), cap=1) == [first]
        assert level().reserved == 1

    @pytest.mark.parametrize("status", [ProposalStatus.CONFIRMED, *OVER])
    def test_happens_once_and_to_what_lives(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            confirm(make_proposal(status=status))


class TestTime:
    def test_a_reserve_ends_by_itself(self) -> None:
        proposal = make_proposal()
        confirm(proposal, cap=1)
        last = TODAY + services.HOLDS_FOR
        assert level(today=last).reserved == 1
        assert level(today=last + DAY).reserved == 0
        assert proposal.status_on(last) is ProposalStatus.CONFIRMED
        assert proposal.status_on(last + DAY) is ProposalStatus.EXPIRED
        confirm(make_proposal(today=last + DAY), cap=1, today=last + DAY)

    def test_what_expired_moves_no_more(self) -> None:
        proposal = make_proposal()
        late = proposal.expires_on + DAY
        assert level(today=late).tentative == 0
        with pytest.raises(services.IllegalMove) as refused:
            confirm(proposal, today=late)
        assert refused.value.status is ProposalStatus.EXPIRED

    @pytest.mark.parametrize("status", [ProposalStatus.OBSOLETE, ProposalStatus.EXPIRED])
    def test_what_was_never_refused_is_proposed_again(self, status: ProposalStatus) -> None:
        proposal = make_proposal(status=status)
        services.reopen(proposal, today=TODAY, by=None)
        assert proposal.is_live_on(TODAY + services.HOLDS_FOR)

    def test_one_whose_seat_was_filled_meanwhile_stays_over(self) -> None:
        proposal = make_proposal(status=ProposalStatus.OBSOLETE)
        make_placement(seat=proposal.seat)
        with pytest.raises(services.SeatNotOpen):
            services.reopen(proposal, today=TODAY, by=None)

    def test_one_whose_person_is_proposed_again_stays_over(self) -> None:
        proposal = make_proposal(status=ProposalStatus.EXPIRED)
        make_proposal(proposal.talent, proposal.seat)
        with pytest.raises(services.AlreadyProposed):
            services.reopen(proposal, today=TODAY, by=None)

    def test_what_was_declined_is_not(self) -> None:
        proposal = make_proposal()
        decline(proposal)
        with pytest.raises(services.IllegalMove):
            services.reopen(proposal, today=TODAY, by=None)


class TestDecline:
    @pytest.mark.parametrize("status", LIVE)
    def test_releases_what_was_held(self, status: ProposalStatus) -> None:
        proposal = make_proposal(status=status)
        decline(proposal, note="Il manque le droit public.")
        assert (level().tentative, level().reserved) == (0, 0)
        assert (proposal.declined_by, proposal.note) == (Side.HOST, "Il manque le droit public.")
        assert history_of(proposal)[0].details == {"status": "declined"}

    def test_an_other_reason_needs_words(self) -> None:
        with pytest.raises(services.NoteMissing):
            decline(make_proposal(), reason=AnswerReason.OTHER)

    @pytest.mark.parametrize("status", OVER)
    def test_only_what_lives(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            decline(make_proposal(status=status))


class TestPlaceProposal:
    def test_a_confirmed_one_becomes_a_placement_with_its_days_and_share(self) -> None:
        proposal = make_proposal(make_contract().talent, share="33.33")
        confirm(proposal)
        placement = place_proposal(proposal, today=TODAY, by=None)
        assert proposal.status is ProposalStatus.PLACED
        assert (placement.proposal, placement.share_pct) == (proposal, Decimal("33.33"))
        assert (placement.starts_on, placement.ends_on) == (FIRST, LAST)
        cancel_placement(placement, today=TODAY, by=None)
        assert placement.proposal is None

    def test_not_before_it_is_confirmed_nor_twice(self) -> None:
        proposal = make_proposal(make_contract().talent)
        with pytest.raises(services.IllegalMove):
            place_proposal(proposal, today=TODAY, by=None)
        confirm(proposal)
        place_proposal(proposal, today=TODAY, by=None)
        with pytest.raises(services.IllegalMove):
            place_proposal(proposal, today=TODAY, by=None)

    def test_the_contract_comes_first(self) -> None:
        proposal = make_proposal(make_talent(), status=ProposalStatus.CONFIRMED)
        savepoint = db.session.begin_nested()
        with pytest.raises(OutsideContract):
            place_proposal(proposal, today=TODAY, by=None)
        savepoint.rollback()
        assert proposal.status is ProposalStatus.CONFIRMED
        make_contract(proposal.talent)
        assert place_proposal(proposal, today=TODAY, by=None).talent is proposal.talent
