"""Two who hand in at the same moment open a file once; of two who decide, the second is told so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, text

from talentpool.accounts.models import Account
from talentpool.admissions import decisions, lifecycle, queries, screening, waiting
from talentpool.admissions.models import Application, Screening
from talentpool.admissions.stages import DeclineReason, Stage
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application as App
from tests.conftest import disposed, migrated_app
from tests.databases import own_database
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    NEEDED,
    TEXT,
    TODAY,
    make_application,
    make_candidate,
    make_interviewed,
    make_marks,
    make_screening,
)

Act = Callable[[], object]
REFUSED = (lifecycle.ApplicationAlreadyDecided, lifecycle.ApplicationUnderWay)


@pytest.fixture(params=["sqlite", "postgresql"])
def racing_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[App]:
    with own_database(request.param, request, tmp_path) as url:
        for app in disposed(migrated_app(url)):
            with app.app_context():
                yield app
                db.session.remove()


@pytest.fixture
def race(racing_app: App) -> Callable[..., list[object]]:
    """Return a starter of acts, each in a thread, a session and a transaction of its own."""

    def run(*acts: Act) -> list[object]:
        gate = Barrier(len(acts))

        def runner(act: Act) -> object:
            with racing_app.app_context():
                # Everybody has read the database, as a page has, before anybody writes.
                db.session.execute(text("SELECT count(*) FROM application"))
                db.session.commit()
                gate.wait(timeout=10)
                try:
                    act()
                    db.session.commit()
                except REFUSED as refused:
                    db.session.rollback()
                    return refused
                return None

        db.session.remove()
        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(runner, acts))

    return run


def handing_in(number: int) -> Act:
    def act() -> None:
        one = db.session.get_one(Screening, number)
        screening.submit_screening(one, make_marks(), needed=NEEDED, by=one.reviewer)

    return act


def test_two_reviewers_at_once_open_the_file_once(race: Callable[..., list[object]]) -> None:
    application = make_application()
    number, one = application.id, make_screening(application).id
    other = make_screening(application).id
    assert race(handing_in(one), handing_in(other)) == [None, None]
    found = db.session.get_one(Application, number)
    assert found.opened_at is not None
    chosen = queries.readable_screenings(make_account(), of=found)
    assert len(list(db.session.scalars(chosen))) == 2


def test_of_two_decisions_the_second_is_told(race: Callable[..., list[object]]) -> None:
    number, officer = make_interviewed().id, make_account().id

    def admitting() -> None:
        decisions.admit(
            db.session.get_one(Application, number), by=db.session.get_one(Account, officer)
        )

    def declining() -> None:
        decisions.decline(
            db.session.get_one(Application, number),
            reason=DeclineReason.POOL_FULL,
            words="Le vivier est complet.",
            needed=NEEDED,
            by=db.session.get_one(Account, officer),
        )

    outcomes = race(admitting, declining)
    lost = [one for one in outcomes if one is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], lifecycle.ApplicationAlreadyDecided)
    made = select(JournalEntry.action).where(
        JournalEntry.action.in_(["application.admitted", "application.declined"])
    )
    assert len(list(db.session.scalars(made))) == 1
    assert db.session.get_one(Application, number).stage in (Stage.ADMITTED, Stage.DECLINED)


def test_two_who_give_the_first_rank_at_once_give_two(race: Callable[..., list[object]]) -> None:
    officer = make_account().id
    first, second = make_interviewed().id, make_interviewed().id
    until = TODAY + timedelta(days=30)

    def putting(number: int) -> Act:
        def act() -> None:
            waiting.put_on_waiting_list(
                db.session.get_one(Application, number),
                until=until,
                rank=1,
                today=TODAY,
                by=db.session.get_one(Account, officer),
            )

        return act

    assert race(putting(first), putting(second)) == [None, None]
    ranks = db.session.scalars(select(Application.wait_rank).order_by(Application.wait_rank))
    assert list(ranks) == [1, 2]


def test_two_tabs_begin_one_application(race: Callable[..., list[object]]) -> None:
    number = make_candidate().id

    def beginning() -> None:
        talent = db.session.get_one(Talent, number)
        lifecycle.begin_application(talent, TEXT, today=TODAY, again_days=180, by=None)

    lost = [one for one in race(beginning, beginning) if one is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], lifecycle.ApplicationUnderWay)
