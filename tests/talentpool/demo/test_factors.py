"""The demo's staff have their codes, and nobody else's account gives one away."""

import pytest

from talentpool.access import Role
from talentpool.accounts.factors import WrongCode, spend_code
from talentpool.db import db
from talentpool.demo import factors
from tests.factories.accounts import make_account, make_app

pytestmark = pytest.mark.usefixtures("each_database")


def test_each_code_is_one_that_has_not_served() -> None:
    account = make_account(is_demo=True)
    factors.seed_factor(account)
    db.session.commit()
    codes = []
    with pytest.raises(factors.CodesSpent):
        for _time in range(4):
            codes.append(factors.code_for(account))
            spend_code(account, codes[-1])
    assert len(set(codes)) == len(codes) >= 2
    with pytest.raises(WrongCode):
        spend_code(account, codes[0])


def test_accounts_that_are_not_the_demo_s_have_no_code_to_tell() -> None:
    account = make_account()
    make_app(account)
    talent = make_account(role=Role.TALENT, is_demo=True)
    for other in (account, talent, None):
        with pytest.raises(factors.NoDemoFactor):
            factors.code_for(other)
