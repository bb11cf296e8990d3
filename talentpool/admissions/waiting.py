"""The waiting list: who stands on it in which order and until when, which people alone decide."""

from datetime import date

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.admissions import notices
from talentpool.admissions.interviews import check_met
from talentpool.admissions.lifecycle import IllegalStage, check, check_usable, lock, move
from talentpool.admissions.models import Application, ApplicationMove
from talentpool.admissions.queries import places_on_waiting_list
from talentpool.admissions.stages import Move, Stage
from talentpool.db import Lock, db, queue_on
from talentpool.journal import services as journal


class DayPassed(Exception):
    """A place on the waiting list holds until a day to come."""


class PlaceStillHeld(Exception):
    """A place that was promised until a day does not end before it."""


def put_on_waiting_list(
    application: Application,
    *,
    until: date,
    rank: int | None = None,
    words: str = "",
    today: date,
    by: Account,
) -> ApplicationMove:
    """Keep a place for somebody until a day, after the others or at `rank`, which moves those behind back.

    Raises `ApplicationAlreadyDecided`, `InterviewMissing` or `DayPassed`.
    """
    _lock_list(application)
    check(application, Move.WAIT)
    check_met(application)
    if until <= today:
        raise DayPassed
    application.waits_until = until
    _take_rank(application, rank)
    return move(application, Move.WAIT, by=by, words=words)


def change_place(
    application: Application,
    *,
    until: date,
    rank: int | None,
    is_rank_kept: bool = False,
    today: date,
    by: Account,
) -> None:
    """Keep somebody's place until another day, or at another rank, last without one; tell them of the day.

    With `is_rank_kept` nobody changes places, whatever the rank.

    Raises `IllegalStage` or `DayPassed`.
    """
    _lock_list(application)
    _check_waiting(application)
    if until <= today:
        raise DayPassed
    is_moved = until != application.waits_until
    application.waits_until = until
    if not is_rank_kept:
        _take_rank(application, rank)
    place = places_on_waiting_list()[application.id]
    codes = {"rank": place, "until": until.isoformat()}
    journal.record("application.place_changed", application, by=by, **codes)
    if is_moved:
        notices.tell_place_moved(application, by=by)


def end_place(
    application: Application, *, words: str = "", today: date, by: Account
) -> ApplicationMove:
    """End a place whose day has passed, which is no refusal: the person may apply again at once.

    Raises `IllegalStage` or `PlaceStillHeld`.
    """
    lock(application)
    _check_waiting(application)
    if not application.is_place_over_on(today):
        raise PlaceStillHeld
    return move(application, Move.LAPSE, by=by, words=words)


def _lock_list(application: Application) -> None:
    # Ranks are given to all at once: whoever changes them goes one after the other.
    queue_on(Lock.WAITING_LIST)
    lock(application)


def _check_waiting(application: Application) -> None:
    check_usable(application)
    if application.stage is not Stage.WAITING:
        raise IllegalStage(application.stage)


def _take_rank(application: Application, rank: int | None) -> None:
    """Stand at a rank among those who wait, and number all of them again from 1."""
    chosen = (
        select(Application)
        .where(Application.stage == Stage.WAITING, Application.id != application.id)
        .order_by(Application.wait_rank, Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    line = list(db.session.scalars(chosen))
    line.insert(len(line) if rank is None else rank - 1, application)
    for place, one in enumerate(line, start=1):
        one.wait_rank = place
