"""Placements from the letter to the end: each status over time, each refusal, each seat."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs.lifecycle import withdraw_need
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.needs.services import add_seat
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.placements import services
from talentpool.placements.kinds import (
    InterruptionReason,
    PlacementKind,
    PlacementStatus,
    RenewalDecision,
)
from talentpool.placements.ledger import OutsideContract, PersonOverbooked, SeatTaken
from talentpool.placements.models import Placement
from talentpool.placements.spans import DAY
from tests.factories.needs import make_need, make_seat, make_seat_content
from tests.factories.placements import TODAY, make_booking, make_contract, make_placement
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
FIRST, LAST = date(2027, 1, 4), date(2027, 11, 4)
SPRING = date(2027, 4, 1)
AFTER = {"starts_on": LAST + DAY, "ends_on": date(2027, 12, 31)}


def place(talent=None, seat: NeedSeat | None = None, **changes: object) -> Placement:
    return services.place_talent(
        talent or make_contract().talent,
        seat or make_seat(),
        make_booking(**changes),
        today=TODAY,
        by=None,
    )


def change(placement: Placement, *, today: date = TODAY, **changes: object) -> list[str]:
    booking = replace(services.booking_of(placement), **changes)
    return services.change_placement(placement, booking, today=today, by=None)


def interrupt(placement: Placement, last_day: date, **changes: object) -> None:
    values = {"reason": InterruptionReason.TALENT_LEFT, "note": "", "today": SPRING, **changes}
    services.interrupt_placement(placement, last_day=last_day, by=None, **values)


def done(subject: object) -> list[str]:
    return [entry.action for entry in reversed(history_of(subject))]


class TestPlaceTalent:
    def test_fills_the_seat_and_the_need_and_is_journaled(self) -> None:
        placement = place(share="33.33")
        seat = placement.seat
        assert (seat.status, seat.need.status) == (SeatStatus.FILLED, NeedStatus.FILLED)
        assert done(placement) == ["placement.created"]
        assert done(placement.agreement) == ["agreement.begun"]
        assert done(seat)[-1] == "seat.filled"
        assert history_of(placement)[0].details["share"] == "33.33"
        db.session.expire_all()
        assert str(placement.share_pct) == "33.33"

    def test_a_need_with_an_open_seat_stays_open_and_has_one_agreement(self) -> None:
        need = make_need(seats=2)
        one, two = need.seats
        first = place(seat=one)
        assert need.status is NeedStatus.PARTLY_FILLED
        assert place(seat=two).agreement is first.agreement
        assert need.status is NeedStatus.FILLED

    @pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.SUBMITTED, NeedStatus.CLOSED])
    def test_only_on_an_approved_need(self, status: NeedStatus) -> None:
        with pytest.raises(services.SeatNotApproved):
            place(seat=make_seat(status=status))

    def test_not_on_a_closed_seat(self) -> None:
        seat = make_seat()
        withdraw_need(seat.need, reason=MoveReason.BUDGET, by=None)
        with pytest.raises(services.SeatNotApproved):
            place(seat=seat)

    def test_a_need_that_somebody_closed_meanwhile_is_seen(self) -> None:
        talent, seat = make_contract().talent, make_placement().seat
        assert seat.need.status is NeedStatus.FILLED
        # As another session writes it: this one's memory still says that the need is filled.
        db.session.connection().exec_driver_sql(
            f"UPDATE need SET status = 'closed' WHERE id = {seat.need_id}"
        )
        with pytest.raises(services.SeatNotApproved):
            place(talent, seat, starts_on=LAST + DAY, ends_on=date(2027, 12, 31))

    def test_a_seat_is_never_filled_twice(self) -> None:
        placement = make_placement(share="12.5")
        with pytest.raises(SeatTaken) as refused:
            place(seat=placement.seat, share="12.5", starts_on=LAST, ends_on=date(2027, 12, 1))
        assert (refused.value.day, refused.value.by) == (LAST, Decimal("12.5"))
        assert refused.value.fits_on == LAST + DAY
        place(seat=placement.seat, starts_on=LAST + DAY, ends_on=date(2027, 12, 31))

    def test_nobody_is_taken_beyond_their_contract(self) -> None:
        talent = make_contract(share=80).talent
        make_placement(talent, share="46.67", ends_on=date(2027, 6, 30))
        with pytest.raises(PersonOverbooked) as refused:
            place(talent, share="33.34", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))
        assert (refused.value.day, refused.value.by) == (date(2027, 3, 1), Decimal("0.01"))
        assert refused.value.fits_on == date(2027, 7, 1)
        place(talent, share="33.33", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))

    def test_no_day_lies_outside_the_contract(self) -> None:
        talent = make_contract(starts_on=date(2027, 2, 1), ends_on=LAST).talent
        with pytest.raises(OutsideContract) as refused:
            place(talent, starts_on=FIRST, ends_on=date(2027, 5, 31))
        assert (refused.value.day, refused.value.by) == (FIRST, 100)
        assert refused.value.fits_on == date(2027, 2, 1)
        with pytest.raises(OutsideContract) as refused:
            place(talent, starts_on=date(2027, 2, 1), ends_on=LAST + DAY)
        assert (refused.value.day, refused.value.fits_on) == (LAST + DAY, None)

    def test_a_refusal_writes_nothing(self) -> None:
        seat = make_seat()
        with pytest.raises(OutsideContract):
            place(make_talent(), seat)
        db.session.commit()
        assert seat.is_open
        assert "seat.filled" not in done(seat)


class TestStart:
    @pytest.mark.parametrize(("agreement", "letter"), [(True, True), (True, False), (False, True)])
    def test_needs_both_signatures(self, agreement: bool, letter: bool) -> None:
        placement = make_placement()
        if not agreement:
            services.sign_agreement(placement.agreement, on=TODAY, by=None)
        if not letter:
            services.sign_letter(placement, on=TODAY, by=None)
        assert placement.status_on(FIRST) is PlacementStatus.TO_SIGN
        with pytest.raises(services.NotSigned) as refused:
            services.start_placement(placement, on=FIRST, by=None)
        missing = refused.value.is_agreement_missing, refused.value.is_letter_missing
        assert missing == (agreement, letter)
        assert placement.started_on is None

    def test_happens_within_its_days_and_once(self) -> None:
        placement = make_placement(signed=True)
        assert placement.status_on(FIRST) is PlacementStatus.SIGNED
        for wrong in (FIRST - DAY, LAST + DAY):
            with pytest.raises(services.StartsLater):
                services.start_placement(placement, on=wrong, by=None)
        services.start_placement(placement, on=FIRST, by=None)
        with pytest.raises(services.WrongMoment):
            services.start_placement(placement, on=FIRST, by=None)
        signed = ["placement.created", "placement.letter_signed", "placement.started"]
        assert done(placement) == signed
        assert done(placement.agreement) == ["agreement.begun", "agreement.signed"]

    def test_what_was_cancelled_neither_starts_nor_is_signed(self) -> None:
        placement = make_placement()
        services.cancel_placement(placement, today=TODAY, by=None)
        with pytest.raises(services.WrongMoment):
            services.start_placement(placement, on=FIRST, by=None)
        with pytest.raises(services.WrongMoment):
            services.sign_letter(placement, on=TODAY, by=None)


class TestStatus:
    def test_follows_from_the_day(self) -> None:
        placement = make_placement(started=True)
        due = LAST - timedelta(days=90)
        assert placement.status_on(FIRST) is PlacementStatus.PROBATION
        assert placement.status_on(FIRST + timedelta(days=60)) is PlacementStatus.PROBATION
        assert placement.status_on(FIRST + timedelta(days=61)) is PlacementStatus.RUNNING
        assert placement.status_on(due - DAY) is PlacementStatus.RUNNING
        assert placement.status_on(due) is PlacementStatus.RENEWAL_DUE
        assert placement.status_on(LAST) is PlacementStatus.RENEWAL_DUE
        assert placement.status_on(LAST + DAY) is PlacementStatus.ENDED

    def test_probation_may_be_passed_early(self) -> None:
        placement = make_placement(started=True)
        services.pass_probation(placement, on=date(2027, 2, 1), by=None)
        assert placement.status_on(date(2027, 2, 1)) is PlacementStatus.RUNNING
        assert done(placement)[-1] == "placement.probation_passed"
        with pytest.raises(services.WrongMoment):
            services.pass_probation(placement, on=date(2027, 2, 1), by=None)

    def test_an_intervention_has_neither_probation_nor_renewal(self) -> None:
        placement = make_placement(started=True, kind=PlacementKind.INTERVENTION)
        assert placement.status_on(FIRST) is PlacementStatus.RUNNING
        assert placement.status_on(LAST) is PlacementStatus.RUNNING

    def test_a_decision_ends_the_waiting(self) -> None:
        placement = make_placement(started=True)
        services.decide_renewal(
            placement, RenewalDecision.HAND_OVER, note="Reprise en interne.", today=LAST, by=None
        )
        assert placement.status_on(LAST) is PlacementStatus.RUNNING
        assert done(placement)[-1] == "placement.renewal_decided"
        with pytest.raises(services.WrongMoment):
            services.decide_renewal(
                placement, RenewalDecision.RENEW, note="", today=LAST + DAY, by=None
            )

    def test_nothing_is_decided_about_what_has_not_started(self) -> None:
        with pytest.raises(services.WrongMoment) as refused:
            services.decide_renewal(
                make_placement(), RenewalDecision.RENEW, note="", today=FIRST, by=None
            )
        assert refused.value.status is PlacementStatus.TO_SIGN


class TestRenewPlacement:
    def test_goes_on_after_the_end_without_probation(self) -> None:
        placement = make_placement(started=True)
        renewed = services.renew_placement(placement, make_booking(**AFTER), today=LAST, by=None)
        assert (renewed.follows, renewed.talent) == (placement, placement.talent)
        assert placement.renewal is RenewalDecision.RENEW
        assert placement.status_on(LAST) is PlacementStatus.RUNNING
        assert placement.status_on(LAST + DAY) is PlacementStatus.RENEWED
        assert done(placement)[-1] == "placement.renewed"
        services.sign_letter(renewed, on=LAST, by=None)
        services.start_placement(renewed, on=LAST + DAY, by=None)
        assert not renewed.is_on_probation(LAST + DAY)

    def test_one_taken_back_renews_nothing(self) -> None:
        placement = make_placement(started=True)
        renewed = services.renew_placement(placement, make_booking(**AFTER), today=LAST, by=None)
        services.cancel_placement(renewed, today=LAST, by=None)
        assert placement.status_on(LAST + DAY) is PlacementStatus.ENDED
        assert placement.seat.status is SeatStatus.FILLED

    def test_what_is_refused_leaves_no_decision(self) -> None:
        placement = make_placement(started=True)
        with pytest.raises(SeatTaken):
            services.renew_placement(placement, make_booking(starts_on=LAST), today=LAST, by=None)
        assert placement.renewal is None

    def test_not_before_it_has_started(self) -> None:
        with pytest.raises(services.WrongMoment):
            services.renew_placement(make_placement(), make_booking(**AFTER), today=TODAY, by=None)


class TestReplaceTalent:
    def test_another_person_takes_over_and_is_on_probation(self) -> None:
        placement = make_placement(started=True)
        interrupt(placement, SPRING)
        new = services.replace_talent(
            placement,
            make_contract().talent,
            make_booking(starts_on=SPRING + DAY),
            today=SPRING,
            by=None,
        )
        assert placement.renewal is RenewalDecision.REPLACE
        assert placement.status_on(SPRING + DAY) is PlacementStatus.INTERRUPTED
        assert not placement.is_renewed
        assert new.is_on_probation(SPRING + DAY)
        assert placement.seat.status is SeatStatus.FILLED
        assert done(placement)[-1] == "placement.replaced"

    def test_not_while_the_seat_is_taken(self) -> None:
        placement = make_placement(started=True)
        with pytest.raises(SeatTaken):
            services.replace_talent(
                placement,
                make_contract().talent,
                make_booking(starts_on=SPRING),
                today=SPRING,
                by=None,
            )
        assert placement.renewal is None


class TestChangePlacement:
    def test_extends_and_names_what_changed(self) -> None:
        placement = make_placement(started=True)
        assert change(placement, ends_on=date(2027, 12, 31), today=SPRING) == ["ends_on"]
        assert done(placement)[-1] == "placement.changed"
        assert change(placement, today=SPRING) == []
        assert done(placement).count("placement.changed") == 1

    def test_beyond_the_contract_is_refused(self) -> None:
        placement = make_placement()
        with pytest.raises(OutsideContract) as refused:
            change(placement, ends_on=date(2028, 1, 1))
        assert refused.value.day == date(2028, 1, 1)
        assert placement.ends_on == LAST

    def test_onto_the_next_person_is_refused(self) -> None:
        placement = make_placement()
        place(seat=placement.seat, starts_on=LAST + DAY, ends_on=date(2027, 12, 31))
        with pytest.raises(SeatTaken) as refused:
            change(placement, ends_on=LAST + DAY)
        assert (refused.value.day, refused.value.fits_on) == (LAST + DAY, None)

    def test_a_share_above_the_contract_s_is_refused(self) -> None:
        placement = make_placement(make_contract(share=80).talent, share=50)
        make_placement(placement.talent, share=20)
        with pytest.raises(PersonOverbooked) as refused:
            change(placement, share_pct=Decimal("60.01"))
        assert refused.value.by == Decimal("0.01")
        assert change(placement, share_pct=Decimal(60)) == ["share_pct"]

    def test_what_has_begun_keeps_its_first_day(self) -> None:
        placement = make_placement(started=True)
        assert change(placement, starts_on=SPRING, today=SPRING) == []

    def test_an_end_before_the_start_is_refused(self) -> None:
        with pytest.raises(services.EndsTooEarly):
            change(make_placement(), ends_on=FIRST - DAY)
        with pytest.raises(services.EndsTooEarly):
            change(make_placement(started=True), ends_on=FIRST - DAY, today=SPRING)

    def test_what_is_over_stays(self) -> None:
        with pytest.raises(services.WrongMoment):
            change(make_placement(started=True), ends_on=date(2027, 12, 31), today=LAST + DAY)


class TestInterruptPlacement:
    def test_frees_the_seat_and_the_person(self) -> None:
        placement = make_placement(started=True)
        seat = placement.seat
        interrupt(placement, SPRING)
        assert seat.is_open
        assert seat.need.status is NeedStatus.SEARCHING
        assert placement.status_on(SPRING) is PlacementStatus.RUNNING
        assert placement.status_on(SPRING + DAY) is PlacementStatus.INTERRUPTED
        assert done(placement)[-1] == "placement.interrupted"
        assert done(seat)[-1] == "seat.freed"
        place(placement.talent, make_seat(), starts_on=SPRING + DAY)
        place(seat=seat, starts_on=SPRING + DAY)

    def test_a_seat_promised_to_the_next_person_stays_filled(self) -> None:
        placement = make_placement(started=True)
        place(seat=placement.seat, starts_on=LAST + DAY, ends_on=date(2027, 12, 31))
        interrupt(placement, SPRING)
        assert placement.seat.status is SeatStatus.FILLED

    def test_an_other_reason_needs_words(self) -> None:
        placement = make_placement(started=True)
        with pytest.raises(services.NoteMissing):
            interrupt(placement, SPRING, reason=InterruptionReason.OTHER)
        interrupt(placement, SPRING, reason=InterruptionReason.OTHER, note="Déménagement.")

    def test_its_last_day_is_one_of_its_days_after_the_arrival(self) -> None:
        placement = make_placement(signed=True)
        services.start_placement(placement, on=FIRST + 3 * DAY, by=None)
        for wrong in (FIRST + 2 * DAY, LAST + DAY):
            with pytest.raises(services.EndsTooEarly):
                interrupt(placement, wrong)
        interrupt(placement, FIRST + 3 * DAY)

    def test_only_what_is_under_way(self) -> None:
        with pytest.raises(services.WrongMoment):
            interrupt(make_placement(signed=True), SPRING)


class TestCancelPlacement:
    def test_frees_seat_and_person_as_if_it_had_never_been(self) -> None:
        placement = make_placement(signed=True)
        services.cancel_placement(placement, today=TODAY, by=None)
        assert placement.status_on(LAST) is PlacementStatus.CANCELLED
        assert placement.seat.is_open
        assert done(placement)[-1] == "placement.cancelled"
        place(placement.talent, placement.seat)

    def test_not_once_it_has_started(self) -> None:
        with pytest.raises(services.WrongMoment):
            services.cancel_placement(make_placement(started=True), today=SPRING, by=None)

    def test_the_replacement_s_leaves_the_seat_sought_for_again(self) -> None:
        placement = make_placement(started=True)
        interrupt(placement, SPRING + 10 * DAY)
        new = place(seat=placement.seat, starts_on=SPRING + 11 * DAY)
        services.cancel_placement(new, today=SPRING, by=None)
        assert placement.seat.is_open

    def test_a_need_with_several_seats_is_open_again(self) -> None:
        placement = make_placement()
        add_seat(placement.seat.need, make_seat_content(), by=None)
        services.cancel_placement(placement, today=TODAY, by=None)
        assert placement.seat.need.status is NeedStatus.SEARCHING
