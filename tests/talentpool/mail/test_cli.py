"""The outbox as who runs the service sees it."""

from datetime import timedelta

import pytest

from talentpool.db import db, now
from talentpool.mail.cli import commands
from talentpool.mail.models import OutgoingMail
from talentpool.mail.services import KEPT, queue_mail
from talentpool.mail.smtp import MailServer
from talentpool.web.pipeline import Application
from tests.talentpool.mail.conftest import Sink


@pytest.fixture
def queued(app: Application) -> None:
    queue_mail(to="lea@test.example", subject="À signer", text="Bonjour")
    db.session.commit()


def run(app: Application, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(commands, arguments)
    return done.exit_code, done.output


def test_without_a_server_the_mails_that_wait_are_counted_and_listed(
    app: Application, queued: None
) -> None:
    code, told = run(app, "deliver")
    assert code == 1
    assert "MAIL_SERVER is not set: 1 mails wait" in told
    told = run(app, "outbox")[1]
    assert "  waiting\n1 waiting, 0 given up.\n" in told
    assert "lea@" not in told
    assert "signer" not in told


def test_the_outbox_counts_what_was_given_up(app: Application, queued: None) -> None:
    mail = db.session.query(OutgoingMail).one()
    mail.due_at, mail.last_error = None, "not one address"
    db.session.commit()
    told = run(app, "outbox")[1]
    assert told.startswith(f"{mail.id}  ")
    assert told.endswith("  given up (not one address)\n0 waiting, 1 given up.\n")


def test_what_leaves_is_counted(
    app: Application,
    queued: None,
    sink: Sink,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "mail_server", server)
    sink.answers = ["451 Later"]
    assert run(app, "deliver") == (0, "0 sent, 1 refused, 1 waiting.\n")
    assert "refused 1 times (SMTPDataError 451)" in run(app, "outbox")[1]
    db.session.query(OutgoingMail).one().due_at = now()
    db.session.commit()
    assert run(app, "deliver") == (0, "1 sent, 0 refused, 0 waiting.\n")
    assert run(app, "outbox") == (0, "0 waiting, 0 given up.\n")


def test_a_server_that_is_away_is_told_in_a_line(
    app: Application, queued: None, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "mail_server", server)
    code, told = run(app, "deliver")
    assert code == 1
    assert told == "Error: The mail server failed: ConnectionRefusedError. The mails wait.\n"


def test_old_mails_are_deleted_even_without_a_server(app: Application, queued: None) -> None:
    mail = db.session.query(OutgoingMail).one()
    mail.due_at, mail.sent_at = None, now()
    mail.created_at = now() - KEPT - timedelta(minutes=1)
    db.session.commit()
    run(app, "deliver")
    assert db.session.query(OutgoingMail).count() == 0
