"""Who says at the last moment that they stay is heard; freeing space has the time that it takes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from sqlalchemy import event, text

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db, hash_of
from talentpool.privacy import retention, storage
from talentpool.privacy.models import RetentionNotice
from talentpool.privacy.retention import Rule, Step
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.databases import own_database
from tests.factories.accounts import make_account
from tests.factories.privacy import make_visa
from tests.factories.talents import make_talent

RULE = Rule(months=24, warning_days=30, refused_months=3)
ARRIVED, WARNED, LIMIT = date(2020, 3, 15), date(2022, 2, 13), date(2022, 3, 15)
TOKEN = "renew"
#: For the other to come as far as it can.
A_WHILE = 1.0

Act = Callable[[], object]


@pytest.fixture(params=["sqlite", "postgresql"])
def racing_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Application]:
    with own_database(request.param, request, tmp_path) as url:
        for app in disposed(migrated_app(url)):
            with app.app_context():
                yield app
                db.session.remove()


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@pytest.fixture
def code(racing_app: Application) -> str:
    """Return the code of somebody who is to be erased today, told a month ago."""
    account = make_account(role=Role.TALENT)
    talent = make_talent(account=account)
    account.created_at = talent.created_at = at(ARRIVED)
    notice = RetentionNotice(
        talent=talent, warned_on=WARNED, erase_on=LIMIT, token_hash=hash_of(TOKEN)
    )
    notice.created_at = at(WARNED)
    db.session.add(notice)
    make_visa(LIMIT)
    return talent.code


def erasing(code: str) -> Act:
    return lambda: retention.apply_rule(RULE, code, today=LIMIT, key=b"a key of tests")


def raced(
    app: Application, first: Act, second: Act, *, reading: Act = lambda: None
) -> list[object]:
    """Run two acts, each in a transaction of its own; the second begins before the first is committed.

    What the second has read before the first begins is what `reading` reads.
    """
    is_read, is_done = Event(), Event()

    def leading() -> object:
        with app.app_context():
            assert is_read.wait(timeout=10)
            outcome = first()
            db.session.flush()
            is_done.set()
            sleep(A_WHILE)
            db.session.commit()
            return outcome

    def following() -> object:
        with app.app_context():
            reading()
            is_read.set()
            assert is_done.wait(timeout=10)
            outcome = second()
            db.session.commit()
            return outcome

    db.session.remove()
    with ThreadPoolExecutor(2) as threads:
        return [one.result() for one in [threads.submit(leading), threads.submit(following)]]


def renewing() -> None:
    notice = retention.notice_behind(TOKEN)
    assert notice is not None
    retention.renew(notice)


def test_who_says_that_they_stay_is_not_erased(racing_app: Application, code: str) -> None:
    assert raced(racing_app, renewing, erasing(code)) == [None, Step.KEEP]
    assert db.session.query(Talent).count() == 1


def test_who_limits_what_is_done_meanwhile_is_not_erased(
    racing_app: Application, code: str
) -> None:
    """Any write on the row of a profile is waited for."""

    def limiting() -> None:
        db.session.query(Talent).one().restricted_at = at(LIMIT)

    assert raced(racing_app, limiting, erasing(code)) == [None, Step.HELD]
    assert db.session.query(Account).count() == 1


@pytest.mark.parametrize("racing_app", ["postgresql"], indirect=True)
def test_who_says_so_too_late_is_told(racing_app: Application, code: str) -> None:
    read: list[RetentionNotice | None] = []

    def too_late() -> str:
        assert read[0] is not None
        with pytest.raises(retention.NobodyToKeep):
            retention.renew(read[0])
        return "told"

    outcomes = raced(
        racing_app,
        erasing(code),
        too_late,
        reading=lambda: read.append(retention.notice_behind(TOKEN)),
    )
    assert outcomes == [Step.ERASE, "told"]


@pytest.mark.parametrize("racing_app", ["postgresql"], indirect=True)
def test_freeing_space_has_the_time_that_it_takes(racing_app: Application) -> None:
    limits = []

    def noting(_c: object, cursor: object, statement: str, *_rest: object) -> None:
        if statement == "VACUUM":
            with cursor.connection.cursor() as beside:
                limits.append(beside.execute("SHOW statement_timeout").fetchone()[0])

    event.listen(db.engine, "before_cursor_execute", noting)
    storage.forget_freed_space()
    assert limits == ["0"]
    assert db.session.scalar(text("SHOW statement_timeout")) == "10s"
