"""While the site serves, a mail follows the commit by itself."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import redirect
from flask.typing import ResponseReturnValue

from talentpool import create_app
from talentpool.access import public
from talentpool.db import db, now
from talentpool.mail.models import OutgoingMail
from talentpool.mail.services import KEPT, queue_mail
from talentpool.web.pipeline import Application
from tests.conftest import disposed, settings_for
from tests.talentpool.mail.conftest import Sink


def _write() -> ResponseReturnValue:
    """Queue a mail, then end as a write does: by sending the browser elsewhere."""
    queue_mail(to="lea@test.example", subject="Écrit", text="Bonjour")
    return redirect("/", code=303)


def _refuse() -> ResponseReturnValue:
    """Queue a mail, then end as a refused form does: nothing is committed."""
    queue_mail(to="lea@test.example", subject="Refusé", text="Bonjour")
    return "no", 422


def _in_time(happened: Callable[[], bool]) -> bool:
    """Wait for the other thread, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.02)
    return happened()


@pytest.fixture
def serving(tmp_path: Path, port: int, sink: Sink) -> Iterator[Application]:
    url = f"sqlite:///{tmp_path / 'serving.db'}"
    app = create_app(
        settings_for(url, mail_server="127.0.0.1", mail_port=port, mail_starttls=False)
    )
    app.config.update(WTF_CSRF_ENABLED=False)
    for view in (_write, _refuse):
        app.add_url_rule(f"/{view.__name__}", view_func=public(view), methods=["POST"])
    with app.app_context():
        db.create_all()
    yield from disposed(app)


def test_a_mail_follows_its_commit_and_no_other(serving: Application, sink: Sink) -> None:
    browser = serving.test_client()
    assert browser.post("/_refuse").status_code == 422
    for expected in (1, 2):
        assert browser.post("/_write").status_code == 303
        assert _in_time(lambda expected=expected: len(sink.envelopes) == expected)
    assert [message["Subject"] for message in sink.messages] == ["Écrit", "Écrit"]
    assert len(sink.offered) == 2


def test_old_mails_are_forgotten_while_it_serves(serving: Application, sink: Sink) -> None:
    with serving.app_context():
        queue_mail(to="lea@test.example", subject="Ancien", text="Bonjour")
        mail = db.session.query(OutgoingMail).one()
        mail.due_at, mail.sent_at = None, now() - KEPT
        mail.created_at = now() - KEPT - timedelta(minutes=1)
        db.session.commit()
    serving.test_client().post("/_write")

    def only_the_new_one_is_kept() -> bool:
        with serving.app_context():
            return [mail.subject for mail in db.session.query(OutgoingMail)] == ["Écrit"]

    assert _in_time(only_the_new_one_is_kept)


def test_without_a_server_mails_wait(app: Application) -> None:
    queue_mail(to="lea@test.example", subject="Attend", text="Bonjour")
    db.session.commit()
    app.test_client().get("/")
    assert db.session.query(OutgoingMail).one().due_at is not None
