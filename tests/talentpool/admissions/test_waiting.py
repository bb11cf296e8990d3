"""The waiting list is a list: its order and its days are people's to change, and nothing on it ends by itself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.admissions import decisions, lifecycle, queries, waiting
from talentpool.admissions.models import Application
from talentpool.admissions.stages import DeclineReason, Stage
from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from talentpool.talents.queries import rankable_talents
from tests.factories.accounts import make_account
from tests.factories.admissions import NEEDED, TODAY, make_draft, make_waiting

pytestmark = pytest.mark.usefixtures("each_database")
LATER = TODAY + timedelta(days=30)


def change(application: Application, **changes: Any) -> None:
    values: dict[str, Any] = {"until": LATER, "rank": None, "by": make_account(), **changes}
    waiting.change_place(application, today=TODAY, **values)


def line() -> list[int]:
    return list(queries.places_on_waiting_list())


def told(application: Application, kind: str) -> list[Notification]:
    chosen = select(Notification).where(
        Notification.account_id == application.talent.account_id, Notification.kind == kind
    )
    return list(db.session.scalars(chosen))


class TestOrder:
    def test_places_follow_each_other_and_one_is_taken_up(self) -> None:
        first, second = make_waiting(), make_waiting()
        assert line() == [first.id, second.id]
        assert first.talent not in rankable_talents()
        decisions.admit(first, by=make_account())
        assert line() == [second.id]
        assert queries.places_on_waiting_list()[second.id] == 1
        assert first.talent in rankable_talents()
        with pytest.raises(lifecycle.ApplicationAlreadyDecided):
            decisions.decline(
                second,
                reason=DeclineReason.POOL_FULL,
                words="Plus de place.",
                needed=NEEDED,
                by=make_account(),
            )

    def test_who_is_put_before_others_is_before_them(self) -> None:
        first, second = make_waiting(), make_waiting()
        third = make_waiting(rank=1)
        assert line() == [third.id, first.id, second.id]
        assert [one.wait_rank for one in (third, first, second)] == [1, 2, 3]
        far = make_waiting(rank=99)
        assert (line()[-1], far.wait_rank) == (far.id, 4)

    def test_a_rank_is_changed_either_way_and_the_others_close_up(self) -> None:
        first, second, third = make_waiting(), make_waiting(), make_waiting()
        change(first, rank=3)
        assert line() == [second.id, third.id, first.id]
        change(first, rank=2)
        assert line() == [second.id, first.id, third.id]
        change(second)
        assert line() == [first.id, third.id, second.id]
        assert [one.wait_rank for one in (first, third, second)] == [1, 2, 3]


class TestTerm:
    def test_a_day_that_moves_is_journaled_and_told_and_a_rank_alone_is_not_told(self) -> None:
        application, officer = make_waiting(), make_account()
        change(application, rank=1, by=officer)
        assert told(application, "application.place_moved") == []
        until = TODAY + timedelta(days=60)
        change(application, until=until, by=officer)
        assert application.waits_until == until
        [said] = told(application, "application.place_moved")
        assert said.params["until"] == f"{until:%d/%m/%Y}"
        entry = next(one for one in history_of(application) if "place_changed" in one.action)
        assert entry.actor_id == officer.id
        assert entry.details == {"rank": 1, "until": until.isoformat()}

    def test_a_place_is_kept_until_a_day_to_come(self) -> None:
        with pytest.raises(waiting.DayPassed):
            make_waiting(until=TODAY)
        application = make_waiting()
        with pytest.raises(waiting.DayPassed):
            change(application, until=TODAY)
        decisions.admit(application, by=make_account())
        with pytest.raises(lifecycle.IllegalStage):
            change(application)

    def test_a_person_ends_it_after_its_day_which_is_no_refusal(self) -> None:
        application, officer = make_waiting(), make_account()
        with pytest.raises(waiting.PlaceStillHeld):
            waiting.end_place(application, today=LATER, by=officer)
        after = LATER + timedelta(days=1)
        assert queries.places_over(officer, LATER) == []
        assert queries.places_over(officer, after) == [application]
        waiting.end_place(application, words="Merci.", today=after, by=officer)
        assert application.stage is Stage.LAPSED
        assert history_of(application)[0].actor_id == officer.id
        [said] = told(application, "application.moved_lapse")
        assert said.params["words"] == "Merci."
        assert make_draft(application.talent).number == 2

    def test_nobody_decides_on_whoever_limits_the_use_of_their_data(self) -> None:
        application = make_waiting()
        application.talent.restricted_at = now()
        db.session.flush()
        after = LATER + timedelta(days=1)
        assert queries.places_over(make_account(), after) == []
        with pytest.raises(lifecycle.ApplicationRestricted):
            change(application)
        with pytest.raises(lifecycle.ApplicationRestricted):
            waiting.end_place(application, today=after, by=make_account())
