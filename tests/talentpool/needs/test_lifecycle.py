from collections.abc import Callable

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs import lifecycle
from talentpool.needs.models import Need, NeedMove, SeatStatus
from talentpool.needs.stages import ENDED, MOVES, PENDING, SEARCHED, Move, MoveReason, NeedStatus
from tests.factories.accounts import make_account
from tests.factories.needs import make_need

pytestmark = pytest.mark.usefixtures("each_database")

WORDS = "Précisez qui pourra ouvrir les données."
#: Each move that somebody makes, made as it should be.
MADE: dict[Move, Callable[[Need], NeedMove]] = {
    Move.SUBMIT: lambda need: lifecycle.submit_need(need, by=None),
    Move.TAKE_UP: lambda need: lifecycle.take_up_need(need, by=None),
    Move.ASK_COMPLEMENT: lambda need: lifecycle.ask_complement(need, words=WORDS, by=None),
    Move.COMPLETE: lambda need: lifecycle.complete_need(need, words=WORDS, by=None),
    Move.APPROVE: lambda need: lifecycle.approve_need(need, by=None),
    Move.DECLINE: lambda need: lifecycle.decline_need(
        need, reason=MoveReason.TOO_NARROW, words=WORDS, by=None
    ),
    Move.CLOSE: lambda need: lifecycle.close_need(need, by=None),
    Move.WITHDRAW: lambda need: lifecycle.withdraw_need(need, reason=MoveReason.BUDGET, by=None),
    Move.GIVE_UP: lambda need: lifecycle.give_up_need(
        need, reason=MoveReason.NO_PROFILE, words=WORDS, by=None
    ),
    Move.REOPEN: lambda need: lifecycle.reopen_need(need, by=None),
}


@pytest.mark.parametrize("move", list(MADE))
def test_a_move_is_made_from_its_statuses_and_from_no_other(move: Move) -> None:
    for status in NeedStatus:
        need = make_need(status=status)
        if status not in MOVES[move].sources:
            with pytest.raises(lifecycle.IllegalMove):
                MADE[move](need)
            assert (need.status, need.moves) == (status, [])
            continue
        made = MADE[move](need)
        assert need.status is (MOVES[move].target or lifecycle.standing(need))
        assert (made.from_status, made.to_status, need.moves) == (status, need.status, [made])
        assert need.stage_since >= need.created_at
        assert history_of(need)[0].action == lifecycle.ACTIONS[move]


def test_every_move_of_the_table_is_made_by_a_service() -> None:
    assert set(MADE) == {move for move, rule in MOVES.items() if rule.permission}
    assert set(lifecycle.ACTIONS) == set(MOVES) == set(Move)


@pytest.mark.parametrize("status", sorted(set(NeedStatus)))
def test_no_status_is_a_dead_end(status: NeedStatus) -> None:
    assert any(status in rule.sources for rule in MOVES.values())


class TestSubmitNeed:
    def test_one_without_a_seat_names_it(self) -> None:
        with pytest.raises(lifecycle.NeedNotReady) as refused:
            lifecycle.submit_need(make_need(status=NeedStatus.DRAFT, seats=0), by=None)
        assert refused.value.lacking == ("seats",)


class TestApproveNeed:
    def test_its_seats_are_open_from_then_on(self) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW)
        assert not need.seats[0].is_open
        lifecycle.approve_need(need, by=None)
        assert need.seats[0].is_open

    def test_one_that_does_not_say_what_follows_waits(self) -> None:
        with pytest.raises(lifecycle.NeedNotReady) as refused:
            lifecycle.approve_need(make_need(status=NeedStatus.IN_REVIEW, exit_plan=""), by=None)
        assert refused.value.lacking == ("exit_plan",)


class TestDeclineNeed:
    @pytest.mark.parametrize(
        ("reason", "words"), [(MoveReason.BUDGET, WORDS), (MoveReason.TOO_NARROW, "  ")]
    )
    def test_it_takes_one_of_its_reasons_and_a_sentence(
        self, reason: MoveReason, words: str
    ) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW)
        with pytest.raises(lifecycle.ReasonMissing):
            lifecycle.decline_need(need, reason=reason, words=words, by=None)
        assert need.status is NeedStatus.IN_REVIEW

    def test_words_stay_out_of_the_journal(self) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW)
        made = lifecycle.decline_need(need, reason=MoveReason.TOO_NARROW, words=WORDS, by=None)
        assert made.words == WORDS
        assert history_of(need)[0].details == {"status": "declined", "reason": "too_narrow"}


class TestSeats:
    def test_a_need_is_filled_seat_by_seat_and_freed_again(self) -> None:
        need = make_need(seats=2)
        seen = []
        for act, seat in (
            (lifecycle.fill_seat, need.seats[0]),
            (lifecycle.fill_seat, need.seats[1]),
            (lifecycle.free_seat, need.seats[0]),
            (lifecycle.free_seat, need.seats[1]),
        ):
            act(seat, by=None)
            seen.append(need.status.value)
        assert seen == ["partly_filled", "filled", "partly_filled", "searching"]
        assert [made.move for made in need.moves] == [Move.FILL, Move.FILL, Move.FREE, Move.FREE]

    def test_a_mission_that_ends_after_its_need_leaves_no_seat_taken(self) -> None:
        need = make_need()
        lifecycle.fill_seat(need.seats[0], by=None)
        lifecycle.close_need(need, by=None)
        lifecycle.free_seat(need.seats[0], by=None)
        assert (need.status, need.seats[0].status) == (NeedStatus.CLOSED, SeatStatus.CLOSED)
        lifecycle.reopen_need(need, by=None)
        assert (need.status, need.seats[0].is_open) == (NeedStatus.SEARCHING, True)

    def test_open_seats_close_and_reopen_with_their_need(self) -> None:
        need = make_need(seats=2)
        lifecycle.fill_seat(need.seats[0], by=None)
        lifecycle.close_need(need, by=None)
        assert [seat.status for seat in need.seats] == [SeatStatus.FILLED, SeatStatus.CLOSED]
        assert need.closed_at is not None
        lifecycle.reopen_need(need, by=None)
        assert need.seats[1].is_open
        assert (need.status, need.closed_at) == (NeedStatus.PARTLY_FILLED, None)

    def test_one_that_nobody_approved_is_examined_again(self) -> None:
        need = make_need(status=NeedStatus.SUBMITTED)
        lifecycle.withdraw_need(need, reason=MoveReason.BUDGET, by=None)
        lifecycle.reopen_need(need, by=None)
        assert need.status is NeedStatus.IN_REVIEW


class TestStartSearch:
    def test_it_begins_once(self) -> None:
        need = make_need()
        for _time in range(2):
            lifecycle.start_search(need, by=None)
        assert need.status is NeedStatus.SEARCHING
        assert len(need.moves) == 1


def test_whoever_follows_is_told_of_each_move(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Move, object]] = []
    monkeypatch.setattr(lifecycle, "when_moved", [lambda made, by: told.append((made.move, by))])
    need, officer = make_need(status=NeedStatus.SUBMITTED), make_account()
    lifecycle.take_up_need(need, by=officer)
    db.session.flush()
    assert told == [(Move.TAKE_UP, officer)]


def test_statuses_are_sorted_into_what_may_be_done() -> None:
    assert not PENDING & SEARCHED
    assert not (PENDING | SEARCHED) & ENDED
