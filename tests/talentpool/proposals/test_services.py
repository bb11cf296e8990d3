"""Proposals move on to their end; what they hold ends by itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.lifecycle import withdraw_need
from talentpool.needs.models import SeatStatus
from talentpool.needs.stages import MoveReason, NeedStatus
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
from talentpool.proposals.stages import (
    LIVE,
    NO_REASONS,
    TENTATIVE,
    YES_REASONS,
    AnswerReason,
    Channel,
    ProposalStatus,
    Side,
)
from tests.factories.needs import make_seat
from tests.factories.placements import (
    ROOMY,
    TODAY,
    bring_to,
    make_contract,
    make_placement,
    make_proposal,
)
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
FIRST, LAST = date(2027, 1, 4), date(2027, 11, 4)
OVER = [status for status in ProposalStatus if status not in LIVE]


def confirm(proposal: Proposal, *, cap: object = ROOMY, today: date = TODAY) -> list[Proposal]:
    """Confirm a proposal, after both sides have said yes if it was only proposed."""
    if proposal.status_on(today) is ProposalStatus.PROPOSED:
        bring_to(proposal, ProposalStatus.AGREED, today=today)
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
        assert "proposal.made" in {entry.action for entry in history_of(proposal)}
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


def say(proposal: Proposal, side: Side, *, yes: bool = True, **changes: object) -> None:
    reasons = (YES_REASONS if yes else NO_REASONS)[side]
    values = {"reason": reasons[0], "note": "", "channel": Channel.APP, "today": TODAY, **changes}
    services.answer(proposal, side, is_yes=yes, by=None, **values)


class TestAnswer:
    def test_two_yeses_to_a_meeting_introduce(self) -> None:
        proposal = make_proposal()
        say(proposal, Side.HOST)
        assert proposal.status is ProposalStatus.PROPOSED
        assert not proposal.are_introduced_on(TODAY)
        assert not proposal.awaits(Side.HOST, TODAY)
        say(proposal, Side.TALENT)
        assert proposal.status is ProposalStatus.MEETING_AGREED
        assert proposal.are_introduced_on(TODAY)

    @pytest.mark.parametrize(
        ("first", "status"),
        [
            (Side.HOST, ProposalStatus.HOST_AGREED),
            (Side.TALENT, ProposalStatus.TALENT_AGREED),
        ],
    )
    def test_final_yeses_come_in_any_order(self, first: Side, status: ProposalStatus) -> None:
        proposal = make_proposal(status=ProposalStatus.INTERVIEWED)
        say(proposal, first)
        assert proposal.status is status
        say(proposal, Side.TALENT if first is Side.HOST else Side.HOST)
        assert proposal.status is ProposalStatus.AGREED

    @pytest.mark.parametrize("side", [Side.HOST, Side.TALENT])
    def test_a_no_declines_with_its_reason(self, side: Side) -> None:
        proposal = make_proposal()
        say(proposal, side, yes=False, note="Des faits.")
        assert proposal.status is ProposalStatus.DECLINED
        assert (proposal.declined_by, proposal.decline_note) == (side, "Des faits.")
        assert proposal.decline_reason is NO_REASONS[side][0]

    def test_each_side_answers_each_question_once(self) -> None:
        proposal = make_proposal()
        say(proposal, Side.HOST)
        with pytest.raises(services.AlreadyAnswered):
            say(proposal, Side.HOST)

    @pytest.mark.parametrize(
        "status",
        [
            ProposalStatus.MEETING_AGREED,
            ProposalStatus.AGREED,
            ProposalStatus.CONFIRMED,
            *OVER,
        ],
    )
    def test_only_what_is_asked(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            say(make_proposal(status=status), Side.HOST)

    def test_a_reason_belongs_to_its_side_and_its_answer(self) -> None:
        proposal = make_proposal()
        for side, yes, reason in (
            (Side.HOST, True, AnswerReason.SUBJECT_FIT),
            (Side.TALENT, False, AnswerReason.OTHER_PERSON),
            (Side.HOST, True, AnswerReason.SKILLS),
        ):
            with pytest.raises(services.WrongReason):
                say(proposal, side, yes=yes, reason=reason)
        with pytest.raises(services.NoteMissing):
            say(proposal, Side.HOST, reason=AnswerReason.OTHER)

    def test_an_answer_keeps_the_proposal_alive_and_is_journaled(self) -> None:
        proposal = make_proposal()
        later = TODAY + timedelta(days=20)
        say(proposal, Side.HOST, today=later)
        assert proposal.expires_on == later + services.HOLDS_FOR
        answered = next(e for e in history_of(proposal) if e.action == "proposal.answered")
        assert answered.details["reason"] == "skills_fit"


class TestNoStepIsSkipped:
    @pytest.mark.parametrize(
        "status", [s for s in ProposalStatus if s is not ProposalStatus.MEETING_AGREED]
    )
    def test_an_interview_follows_two_yeses_to_a_meeting(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            services.note_interview(make_proposal(status=status), today=TODAY, by=None)

    @pytest.mark.parametrize("status", [s for s in TENTATIVE if s is not ProposalStatus.AGREED])
    def test_a_confirmation_follows_two_final_yeses(self, status: ProposalStatus) -> None:
        proposal = make_proposal(status=status)
        with pytest.raises(services.IllegalMove):
            services.confirm(proposal, today=TODAY, by=None)


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
        assert proposal.status is ProposalStatus.AGREED

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

    def test_a_seat_promised_to_somebody_else_is_not_promised_twice(self) -> None:
        first = make_proposal()
        confirm(first)
        with pytest.raises(services.SeatPromised) as refused:
            confirm(make_proposal(seat=first.seat))
        assert refused.value.proposal is first

    def test_what_became_obsolete_goes_on_where_it_was(self) -> None:
        proposal = make_proposal()
        other = make_proposal(proposal.talent, status=ProposalStatus.INTERVIEWED)
        confirm(proposal)
        assert other.status is ProposalStatus.OBSOLETE
        services.reopen(other, today=TODAY, by=None)
        assert other.status is ProposalStatus.INTERVIEWED

    def test_a_person_s_reserve_gives_way_to_their_next(self) -> None:
        first = make_proposal(status=ProposalStatus.CONFIRMED)
        assert confirm(make_proposal(first.talent), cap=1) == [first]
        assert level().reserved == 1

    @pytest.mark.parametrize("status", [ProposalStatus.CONFIRMED, *OVER])
    def test_happens_once_and_to_what_lives(self, status: ProposalStatus) -> None:
        with pytest.raises(services.IllegalMove):
            confirm(make_proposal(status=status))


class TestSeats:
    def test_a_promised_seat_is_given_to_nobody_else(self) -> None:
        promised = make_proposal(make_contract().talent)
        confirm(promised)
        with pytest.raises(services.SeatPromised):
            make_placement(make_contract().talent, promised.seat)

    def test_whoever_gets_the_seat_ends_the_others_waiting(self) -> None:
        waiting = make_proposal()
        make_placement(seat=waiting.seat)
        assert waiting.status is ProposalStatus.OBSOLETE

    def test_a_closed_need_ends_its_proposals(self) -> None:
        proposal = make_proposal(status=ProposalStatus.INTERVIEWED)
        withdraw_need(proposal.seat.need, reason=MoveReason.BUDGET, by=None)
        assert proposal.status is ProposalStatus.OBSOLETE
        assert proposal.resumes_as is ProposalStatus.INTERVIEWED

    def test_nothing_is_confirmed_for_a_closed_seat(self) -> None:
        proposal = make_proposal(status=ProposalStatus.AGREED)
        proposal.seat.status = SeatStatus.CLOSED
        db.session.commit()
        with pytest.raises(services.SeatNotOpen):
            confirm(proposal)


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
        assert (proposal.declined_by, proposal.decline_note) == (
            Side.HOST,
            "Il manque le droit public.",
        )
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
