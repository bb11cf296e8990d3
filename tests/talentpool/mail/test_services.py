"""A mail leaves after its commit, once, to its one recipient; a server's refusals are waited out."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from talentpool.db import db, now
from talentpool.mail.models import MailAttachment, OutgoingMail
from talentpool.mail.queries import due_numbers
from talentpool.mail.services import (
    BACK_OFF,
    KEPT,
    Attachment,
    deliver_due_mail,
    forget_old_mail,
    queue_mail,
)
from talentpool.mail.smtp import MailServer, MailServerFailed
from talentpool.web.pipeline import Application
from tests.talentpool.mail.conftest import Sink

SOON = timedelta(seconds=1)
BUSY = "451 4.3.0 Later, secret@test.example"


def queue(to: str = "lea@test.example", subject: str = "À signer", text: str = "Bonjour") -> int:
    """Queue a mail, commit as a request does, and return its number."""
    queue_mail(to=to, subject=subject, text=text)
    db.session.commit()
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first().id


def mail(number: int) -> OutgoingMail:
    return db.session.get_one(OutgoingMail, number)


class TestLeaving:
    def test_a_mail_arrives_whole(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        queue_mail(
            to="lea@test.example",
            subject="À signer : l’avenant de Léa",
            text="Bonjour Léa,\n\nÀ signer « demain ».\n.\nFin" + "x" * 2_000,
            html="<p>Bonjour Léa</p>",
            attachments=[
                Attachment("mission été.ics", "text/calendar", "SUMMARY:été\r\n".encode()),
                Attachment("lettre.pdf", "application/pdf", b"%PDF\0\r\n"),
            ],
        )
        db.session.commit()
        assert deliver_due_mail(server).sent == 1
        [message] = sink.messages
        assert sink.recipients == [["lea@test.example"]]
        assert sink.envelopes[0].mail_from == "vivier@agence.example"
        assert message["From"] == "Vivier <vivier@agence.example>"
        assert message["Subject"] == "À signer : l’avenant de Léa"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"].endswith("@agence.example>")
        assert abs(message["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
        text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
        assert text == "Bonjour Léa,\n\nÀ signer « demain ».\n.\nFin" + "x" * 2_000 + "\n"
        assert message.get_body(("html",)).get_content().strip() == "<p>Bonjour Léa</p>"
        calendar, letter = message.iter_attachments()
        assert calendar.get_filename() == "mission été.ics"
        assert "SUMMARY:été" in calendar.get_content()
        assert letter.get_content() == b"%PDF\0\r\n"

    def test_what_was_sent_is_not_sent_again(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        number = queue()
        deliver_due_mail(server)
        assert deliver_due_mail(server, at=now() + timedelta(days=1)).sent == 0
        assert len(sink.envelopes) == 1
        assert mail(number).sent_at is not None

    def test_what_was_undone_is_not_sent(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        queue_mail(to="lea@test.example", subject="Rien", text="Rien")
        db.session.rollback()
        assert deliver_due_mail(server, at=now() + SOON).sent == 0
        assert sink.offered == []


class TestOneRecipient:
    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
    def test_a_subject_stays_one_line(
        self, end: str, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        queue(subject=f"Bonjour{end}Bcc: voleur@test.example{end}{end}<b>corps</b>" + "é" * 300)
        assert deliver_due_mail(server).sent == 1
        [message] = sink.messages
        assert sink.recipients == [["lea@test.example"]]
        assert message["Bcc"] is None
        assert message["Subject"].startswith("Bonjour Bcc: voleur@test.example <b>corps</b>éé")
        assert message.get_content().strip() == "Bonjour"

    @pytest.mark.parametrize(
        "word", ["=?utf-8?q?=0D=0ABcc:_voleur@test.example?=", "=?utf-8?b?DQoNCjxiPmNvcnBz?="]
    )
    def test_an_encoded_word_typed_in_a_subject_is_not_decoded(
        self, word: str, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        queue(subject=f"Mission X{word} fin")
        queue(subject="é" * 90 + f" {word}")
        assert deliver_due_mail(server).sent == 2
        for message in sink.messages:
            assert message["Bcc"] is None
            assert message["Auto-Submitted"] == "auto-generated"
            assert word.replace("=?", "= ?") in message["Subject"]
            assert message.get_content().strip() == "Bonjour"

    @pytest.mark.parametrize(
        "address",
        [
            "lea@=?utf-8?q?x=0D=0ABcc=3A_voleur?=",
            "=?utf-8?q?lea=0D=0A?=@test.example",
            "lea@test.example\r\nBcc: voleur@test.example",
            "lea@test.example, voleur@test.example",
            "lea@test.example voleur@test.example",
            "Léa <lea@test.example>, <voleur@test.example>",
            "lea",
            "",
        ],
    )
    def test_what_is_not_one_address_gets_nothing_and_holds_nothing_up(
        self, address: str, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        hostile = queue(to=address)
        queue()
        deliver_due_mail(server)
        assert sink.recipients == [["lea@test.example"]]
        assert len(sink.offered) == 1
        assert (mail(hostile).due_at, mail(hostile).sent_at) == (None, None)

    @pytest.mark.parametrize("end", ["\r\n", "=?utf-8?q?=0D=0A?="])
    def test_a_file_s_name_stays_one_line(
        self, end: str, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        file = Attachment(f"a{end}Bcc: voleur@test.example", "text/plain", b"x")
        queue_mail(to="lea@test.example", subject="Fichier", text="Voici", attachments=[file])
        db.session.commit()
        assert deliver_due_mail(server).sent == 1
        assert sink.messages[0]["Bcc"] is None
        [found] = sink.messages[0].iter_attachments()
        assert found["Bcc"] is None
        assert found.get_content() == "x"


class TestRefusals:
    def test_a_refused_mail_is_tried_later_and_keeps_its_identifier(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        number = queue()
        sink.answers = [BUSY]
        assert deliver_due_mail(server).refused == 1
        assert (mail(number).failures, mail(number).last_error) == (1, "SMTPDataError 451")
        assert deliver_due_mail(server, at=now() + BACK_OFF[0] - timedelta(minutes=1)).sent == 0
        assert deliver_due_mail(server, at=now() + BACK_OFF[0]).sent == 1
        first, second = (body.split(b"Message-ID:")[1][:60] for body in sink.offered)
        assert first == second

    def test_after_five_refusals_it_is_given_up(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        number = queue()
        sink.answers = [BUSY] * 9
        for wait in (timedelta(0), *BACK_OFF):
            assert mail(number).due_at is not None
            deliver_due_mail(server, at=now() + wait)
        assert len(sink.offered) == 5
        assert (mail(number).due_at, mail(number).sent_at, mail(number).failures) == (None, None, 5)
        assert due_numbers(now() + timedelta(days=365)) == []

    def test_one_refused_holds_no_other_up(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        for number in range(3):
            queue(to=f"p{number}@test.example")
        sink.answers = [BUSY]
        done = deliver_due_mail(server)
        assert (done.sent, done.refused) == (2, 1)

    def test_a_server_that_hangs_up_leaves_the_others_for_later(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        for number in range(3):
            queue(to=f"p{number}@test.example")
        sink.answers = ["421 4.3.2 Closing"]
        done = deliver_due_mail(server)
        assert (done.sent, done.refused) == (0, 1)
        assert deliver_due_mail(server).sent == 2

    def test_a_server_that_is_away_costs_no_mail_its_chances(
        self, each_database: Application, server: MailServer
    ) -> None:
        number = queue()
        with pytest.raises(MailServerFailed):
            deliver_due_mail(server)
        assert mail(number).failures == 0
        assert due_numbers(now()) == [number]

    def test_without_the_encryption_asked_for_nothing_leaves(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        number = queue()
        with pytest.raises(MailServerFailed):
            deliver_due_mail(replace(server, starttls=True))
        assert sink.offered == []
        assert due_numbers(now()) == [number]

    def test_the_log_names_nobody(
        self,
        each_database: Application,
        sink: Sink,
        server: MailServer,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG, "talentpool")
        number = queue(text="un secret")
        queue(to="pas une adresse secrète")
        sink.answers = [BUSY]
        deliver_due_mail(server)
        assert f"mail {number} refused" in caplog.text
        assert "secr" not in caplog.text
        assert "lea@" not in caplog.text
        assert "secret" not in mail(number).last_error


class TestForgetting:
    def test_mails_that_are_over_are_deleted_after_thirty_days(
        self, each_database: Application, sink: Sink, server: MailServer
    ) -> None:
        queue_mail(
            to="lea@test.example",
            subject="S",
            text="T",
            attachments=[Attachment("a.txt", "text/plain", b"a")],
        )
        db.session.commit()
        deliver_due_mail(server)
        waiting = queue()
        assert forget_old_mail(at=now() + KEPT - timedelta(minutes=1)) == 0
        assert forget_old_mail(at=now() + KEPT + SOON) == 1
        assert [row.id for row in db.session.query(OutgoingMail)] == [waiting]
        assert db.session.query(MailAttachment).count() == 0


def test_deliverers_at_once_send_each_mail_once(
    own_app: Application, sink: Sink, server: MailServer
) -> None:
    with own_app.app_context():
        for number in range(20):
            queue(to=f"p{number}@test.example")
    gate = threading.Barrier(4)

    def deliver(_worker: int) -> int:
        with own_app.app_context():
            gate.wait(timeout=10)
            return deliver_due_mail(server).sent

    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(deliver, range(4)))
    assert sum(sent) == 20
    assert sorted(sink.recipients) == sorted([f"p{number}@test.example"] for number in range(20))
