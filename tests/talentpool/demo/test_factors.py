"""The demo's staff have their codes, and nobody else's account gives one away."""

import pytest

from talentpool.access import Role
from talentpool.accounts import factors as account_factors
from talentpool.accounts.factors import WrongCode, spend_code
from talentpool.db import db, now
from talentpool.demo import factors
from tests.factories.accounts import make_account, make_app

pytestmark = pytest.mark.usefixtures("each_database")


def test_each_code_is_one_that_has_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    instant = now()
    monkeypatch.setattr(account_factors, "now", lambda: instant)
    account = make_account(is_demo=True)
    factors.seed_factor(account)
    db.session.commit()
    first = factors.code_for(account)
    spend_code(account, first)
    second = factors.code_for(account)
    spend_code(account, second)
    with pytest.raises(factors.CodesSpent):
        factors.code_for(account)
    with pytest.raises(WrongCode):
        spend_code(account, first)


def test_accounts_that_are_not_the_demo_s_have_no_code_to_tell() -> None:
    account = make_account()
    make_app(account)
    talent = make_account(role=Role.TALENT, is_demo=True)
    for other in (account, talent, None):
        with pytest.raises(factors.NoDemoFactor):
            factors.code_for(other)
