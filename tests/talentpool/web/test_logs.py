import logging
from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.web.logs import FORMAT, OneLine
from tests.factories.accounts import make_account


def test_a_hostile_text_stays_on_one_escaped_line() -> None:
    record = logging.LogRecord("t", logging.INFO, "f", 1, "a\r\nINFO forged \x1b[2J", None, None)
    line = OneLine(FORMAT).format(record)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    assert "\\r\\nINFO forged \\x1b" in line


def test_a_denial_is_logged_with_numbers_and_no_name(
    client_of: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    account = make_account(role=Role.TALENT)
    browser = client_of(account)
    with caplog.at_level(logging.WARNING, logger="talentpool"):
        assert browser.get("/journal/").status_code == 403
    [message] = [one.getMessage() for one in caplog.records if "denied" in one.getMessage()]
    assert message == f"denied permission=READ_JOURNAL account={account.id} path=/journal/"
    assert account.email not in caplog.text
