"""What is handed over for an absence comes back exactly, also when it was lent on meanwhile."""

from datetime import date

import pytest

from talentpool.casework import handovers, queries
from talentpool.casework.services import NotACaretaker
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from tests.factories.accounts import make_account
from tests.factories.casework import make_follow_up, make_handover
from tests.factories.placements import TODAY, make_placement

pytestmark = pytest.mark.usefixtures("each_database")


class TestHandOver:
    def test_goes_round_trip(self) -> None:
        giver, receiver = make_account(), make_account()
        mine, dateless = make_follow_up(owner=giver), make_follow_up(owner=giver, due_on=None)
        theirs = make_follow_up(owner=receiver)
        placement = make_placement()
        placement.owner = giver
        db.session.commit()
        assert queries.owned_follow_ups(giver) == [mine, dateless]
        assert queries.owned_placements(giver, today=TODAY) == [placement]
        handover = make_handover(
            giver, receiver, follow_ups=[mine, dateless], placements=[placement]
        )
        assert mine.owner is dateless.owner is placement.owner is receiver
        assert history_of(handover)[0].details == {
            "to": receiver.id,
            "follow_ups": [mine.id, dateless.id],
            "placements": [placement.id],
        }
        assert handovers.take_back(handover, by=giver) == []
        assert mine.owner is dateless.owner is placement.owner is giver
        assert theirs.owner is receiver
        with pytest.raises(handovers.AlreadyTakenBack):
            handovers.take_back(handover, by=giver)

    def test_some_only(self) -> None:
        giver = make_account()
        kept, given = make_follow_up(owner=giver), make_follow_up(owner=giver)
        make_handover(giver, follow_ups=[given])
        assert kept.owner is giver

    def test_what_was_lent_on_comes_back_and_what_was_given_away_stays(self) -> None:
        first, second, third = make_account(), make_account(), make_account()
        lent, given = make_follow_up(owner=first), make_follow_up(owner=first)
        handover = make_handover(first, second, follow_ups=[lent, given])
        onward = make_handover(
            second,
            third,
            follow_ups=[lent],
            starts_on=date(2026, 12, 14),
            ends_on=date(2026, 12, 18),
        )
        make_follow_up(given.subject, owner=third)
        assert handovers.take_back(handover, by=first) == [given]
        assert (lent.owner, given.owner) == (first, third)
        # What came back to the first is not taken from them by the second's return.
        assert handovers.take_back(onward, by=second) == [lent]
        assert lent.owner is first

    def test_both_are_told_each_time(self) -> None:
        handover = make_handover()
        handovers.take_back(handover, by=handover.giver)
        told = [
            (notification.account_id, notification.kind)
            for notification in db.session.query(Notification).order_by(Notification.id)
        ]
        assert told == [
            (handover.receiver_id, "handover.received"),
            (handover.giver_id, "handover.given"),
            (handover.receiver_id, "handover.returned"),
            (handover.giver_id, "handover.returned"),
        ]

    def test_needs_something_of_one_s_own_and_somebody_who_is_there(self) -> None:
        giver, away = make_account(), make_account()
        mine = make_follow_up(owner=giver)
        make_handover(away)
        with pytest.raises(handovers.NothingHandedOver):
            make_handover(giver, follow_ups=[])
        with pytest.raises(handovers.NotTheirs):
            make_handover(giver, follow_ups=[make_follow_up()])
        with pytest.raises(NotACaretaker):
            make_handover(giver, giver, follow_ups=[mine])
        with pytest.raises(handovers.ReceiverAway):
            make_handover(giver, away, follow_ups=[mine], starts_on=date(2026, 12, 11))
        assert mine.owner is giver

    def test_says_who_is_away_and_what_is_to_be_taken_back(self) -> None:
        handover = make_handover()
        giver = handover.giver
        first, last, after = handover.starts_on, handover.ends_on, date(2026, 12, 12)
        assert [bool(queries.absences_on(day)) for day in (TODAY, first, last, after)] == [
            False,
            True,
            True,
            False,
        ]
        assert queries.handovers_over(giver, today=last) == []
        assert queries.handovers_over(giver, today=after) == [handover]
        handovers.take_back(handover, by=giver)
        assert queries.absences_on(first) == {}
