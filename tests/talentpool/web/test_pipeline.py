from collections.abc import Callable

import pytest
from flask import redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.journal.services import record
from talentpool.web.pipeline import Application


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


@pytest.fixture
def answering(app: Application, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Make one endpoint write a journal entry, then answer as the test says."""

    def answer_with(outcome: Callable[[], ResponseReturnValue]) -> None:
        def view() -> ResponseReturnValue:
            record("test.wrote", by=None)
            return outcome()

        view.__dict__["guard"] = "public"
        monkeypatch.setitem(app.view_functions, "pages.display", view)

    return answer_with


class TestCommit:
    def test_a_write_that_redirects_is_committed(self, app: Application, answering) -> None:
        answering(lambda: redirect("/", code=303))
        app.test_client().post("/affichage")
        assert count() == 1

    def test_a_form_shown_again_is_not(self, app: Application, answering) -> None:
        answering(lambda: ("", 422, {"Content-Type": "text/plain"}))
        app.test_client().post("/affichage")
        assert count() == 0

    def test_a_reading_never_is(self, app: Application, answering) -> None:
        answering(lambda: redirect("/", code=303))
        app.test_client().get("/affichage")
        assert count() == 0

    def test_an_exception_undoes_everything(self, app: Application, answering) -> None:
        def fail() -> ResponseReturnValue:
            raise RuntimeError

        answering(fail)
        with pytest.raises(RuntimeError):
            app.test_client().post("/affichage")
        assert count() == 0
