"""Each test of accounts begins with no guess counted: the numbers of rolled-back accounts come again."""

import pytest

from talentpool.web.security import limiter


@pytest.fixture(autouse=True)
def no_guess_yet(request: pytest.FixtureRequest) -> None:
    """Forget the failures that earlier tests made."""
    for name in {"app", "each_database"} & set(request.fixturenames):
        # The limiter counts once an application was made: a file that runs alone makes its own first.
        request.getfixturevalue(name)
        limiter.reset()
