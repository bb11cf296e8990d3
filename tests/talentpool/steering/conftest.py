"""Reading the facts as the agency does, on the factories' day unless told."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.steering.facts import Facts, read_facts
from talentpool.steering.supply import Supply
from tests.factories.accounts import make_account
from tests.factories.placements import ROOMY, TODAY

Read = Callable[..., tuple[Facts, Supply]]


@pytest.fixture
def read() -> Read:
    """Return a reader of the facts and of who is free."""

    def reader(*, cap: Decimal = ROOMY, today: date = TODAY) -> tuple[Facts, Supply]:
        account = make_account()
        db.session.expire_all()
        facts = read_facts(account, cap=cap, today=today)
        return facts, Supply(facts.ledger, facts.people.values(), today=today)

    return reader
