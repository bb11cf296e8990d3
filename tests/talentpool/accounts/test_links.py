"""Links sent by mail: until when they serve, what ends them, and that one of two readers wins."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from talentpool.access import Role
from talentpool.accounts import factors, links, registering, services
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import db, now
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.databases import own_database
from tests.factories.accounts import PASSWORD, make_account, make_app

RESET = LinkPurpose.RESET_PASSWORD
GOOD = "quatre lampes sous la neige"


def resetting(account: Account, purpose: LinkPurpose = RESET) -> str:
    token = links.issue(purpose, email=account.email, account=account)
    db.session.commit()
    return token


@pytest.mark.usefixtures("each_database")
class TestLinkBehind:
    @pytest.mark.parametrize(
        ("purpose", "lasts"),
        [
            (LinkPurpose.RESET_PASSWORD, timedelta(minutes=30)),
            (LinkPurpose.FIRST_PASSWORD, timedelta(days=14)),
        ],
    )
    def test_a_link_serves_for_its_time_and_no_longer(
        self, purpose: LinkPurpose, lasts: timedelta, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent_at = now()
        monkeypatch.setattr(links, "now", lambda: sent_at)
        token = resetting(make_account(), purpose)
        minute = timedelta(minutes=1)
        monkeypatch.setattr(links, "now", lambda: sent_at + lasts - minute)
        link = links.link_behind(token, purpose)
        assert link is not None
        monkeypatch.setattr(links, "now", lambda: sent_at + lasts + minute)
        assert links.link_behind(token, purpose) is None
        with pytest.raises(links.LinkOver):
            links.use(link)

    def test_what_is_stored_opens_nothing(self) -> None:
        token = resetting(make_account())
        rows = db.session.execute(text("SELECT * FROM account_link")).all()
        assert len(rows) == 1
        assert token not in str(rows)
        stored = db.session.scalars(db.select(AccountLink.token_hash)).one()
        assert links.link_behind(stored, RESET) is None

    @pytest.mark.parametrize(
        "end",
        [
            lambda one: services.change_password(one, current=PASSWORD, new=GOOD),
            lambda one: services.reset_password(one, password=GOOD, by=None),
            lambda one: services.void_password(one, by=None),
            lambda one: services.change_address(one, new_email="n@aube.example", by=None),
            lambda one: factors.reset_factors(one, by=None),
            lambda one: services.edit_account(
                one, display_name="X", role=one.role, is_active=False, by=None
            ),
        ],
        ids=["changed", "reset", "voided", "moved", "factors", "disabled"],
    )
    @pytest.mark.parametrize("purpose", links.PASSWORD_LINKS)
    def test_what_changes_who_may_sign_in_ends_it(
        self, end: Callable[[Account], object], purpose: LinkPurpose
    ) -> None:
        account = make_account(role=Role.TALENT)
        make_app(account)
        token = resetting(account, purpose)
        end(account)
        account.is_active = True
        db.session.commit()
        assert links.link_behind(token, purpose) is None

    def test_a_move_that_both_addresses_agree_to_ends_it(self) -> None:
        account = make_account(role=Role.TALENT)
        token = resetting(account)
        for purpose, email in zip(registering.BOTH, (account.email, "n@aube.example"), strict=True):
            link = links.link_behind(
                links.issue(purpose, email=email, account=account, new_email="n@aube.example"),
                purpose,
            )
            moved = registering.agree_to_move(link)
        assert moved
        assert links.link_behind(token, RESET) is None


class TestUse:
    def test_who_read_it_before_it_served_comes_second(self, each_database: Application) -> None:
        link = links.link_behind(resetting(make_account()), RESET)
        assert link.used_at is None
        elsewhere = update(AccountLink).values(used_at=now())
        db.session.execute(elsewhere.execution_options(synchronize_session=False))
        with pytest.raises(links.LinkOver):
            links.use(link)

    @pytest.fixture(params=["sqlite", "postgresql"])
    def own_app(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Application]:
        with own_database(request.param, request, tmp_path) as url:
            yield from disposed(migrated_app(url))

    def test_of_several_who_choose_at_once_one_wins(self, own_app: Application) -> None:
        with own_app.app_context():
            account = make_account(role=Role.TALENT)
            token, email = resetting(account), account.email
        gate = threading.Barrier(4)

        def choose(worker: int) -> bool:
            with own_app.app_context():
                link = links.link_behind(token, RESET)
                number = link.id
                # Everybody's page has found the link before anybody sends a password.
                db.session.commit()
                gate.wait(timeout=10)
                link = db.session.get_one(AccountLink, number)
                try:
                    registering.choose_password(link, password=f"{GOOD} {worker}")
                except links.LinkOver:
                    db.session.rollback()
                    return False
                db.session.commit()
                return True

        with ThreadPoolExecutor(4) as threads:
            won = list(threads.map(choose, range(4)))
        assert sorted(won) == [False, False, False, True]
        with own_app.app_context():
            winner = won.index(True)
            assert services.account_with(email=email, password=f"{GOOD} {winner}")
            db.session.rollback()
