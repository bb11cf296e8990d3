"""A real mail server on this machine, and databases in which deliverers may commit."""

import gc
import socket
import warnings
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from talentpool.mail.smtp import MailServer
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.databases import own_database


class Sink:
    """Keeps what it is sent; `answers` are given first, one a mail, instead of taking it."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answers: list[str] = []
        self.offered: list[bytes] = []

    async def handle_DATA(  # noqa: N802 - the name that the library calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.offered.append(envelope.content)
        if self.answers:
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            message_from_bytes(envelope.content, policy=policy.default)
            for envelope in self.envelopes
        ]

    @property
    def recipients(self) -> list[list[str]]:
        return [envelope.rcpt_tos for envelope in self.envelopes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def sink(port: int) -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler
    controller.stop()
    # Its loop ends with connections half closed: they are collected here, not as a fault of a later test.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def server(port: int) -> MailServer:
    """Return the address of the sink: of nobody, in a test that does not ask for `sink`."""
    return MailServer(
        host="127.0.0.1",
        port=port,
        username="",
        password="",
        starttls=False,
        sender="Vivier <vivier@agence.example>",
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Application]:
    """Return an application on a database of its own, where commits stay."""
    with own_database(request.param, request, tmp_path_factory.mktemp("mail")) as url:
        yield from disposed(migrated_app(url))
