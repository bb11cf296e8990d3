import logging
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.web.logs import FORMAT, OneLine, without_people
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account

EMAIL, NAME = "lou.marin@test.example", "Lou Marin"


def lines_of(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged as the product's log has it."""
    return "\n".join(OneLine(FORMAT).format(record) for record in caplog.records)


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


@pytest.mark.usefixtures("each_database")
def test_an_insert_that_fails_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    make_account(email=EMAIL, display_name=NAME)
    again = Account(email=EMAIL, display_name=NAME, role=Role.TALENT, password_hash="!")
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.add(again)
    with caplog.at_level(logging.ERROR, logger="talentpool"):
        logging.getLogger("talentpool").error("failed", exc_info=refused.value)
    said = lines_of(caplog)
    assert "INSERT INTO account" in said
    assert EMAIL not in said
    assert NAME not in said


def test_a_page_that_fails_quotes_nobody(
    each_database: Application, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(each_database.config, "PROPAGATE_EXCEPTIONS", False)
    is_postgresql = db.engine.dialect.name == "postgresql"
    broken = "ALTER COLUMN email TYPE varchar(3)" if is_postgresql else "RENAME TO account_lost"
    db.session.execute(text(f"ALTER TABLE account_link {broken}"))
    db.session.commit()
    with caplog.at_level(logging.ERROR, logger="talentpool"):
        answer = each_database.test_client().post("/inscription", data={"email": EMAIL})
    assert answer.status_code == (500 if is_postgresql else 503)
    said = lines_of(caplog)
    assert said
    assert EMAIL not in said
    assert EMAIL not in answer.text


def test_a_row_that_a_database_quotes_is_left_out() -> None:
    text = (
        "ValueError: x\nDETAIL:  Failing row contains (1, Lou Marin,\n\nother words).\n[SQL: INSERT]"
        "\nDETAIL:  Key (name)=(Sacha Voisin) exists.\n\nThe above exception was the cause"
    )
    said = without_people(text)
    assert "[SQL: INSERT]" in said
    assert "The above exception" in said
    for word in ("Lou", "other words", "Sacha"):
        assert word not in said
    assert without_people("to <lou@test.example>, refused") == "to <<address>>, refused"
