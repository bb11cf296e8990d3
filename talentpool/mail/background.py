"""Delivery by the served process: a thread that looks at the outbox after each act, and now and then."""

import logging
import threading

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from talentpool.config import Settings
from talentpool.db import db, now
from talentpool.mail.services import deliver_due_mail, forget_old_mail
from talentpool.mail.smtp import MailServer, MailServerFailed

logger = logging.getLogger(__name__)

#: Seconds between two looks at the outbox while nobody acts: commands queue mails too.
ROUND = 30


class Postman:
    """The thread of one process; it starts with the first request, and again should it ever die."""

    def __init__(self, app: Flask, server: MailServer) -> None:
        self._app = app
        self._server = server
        self._called = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """See to it that the thread runs: a process that serves nothing has none."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._walk, name="postman", daemon=True)
                self._thread.start()

    def call(self, response: Response) -> Response:
        """Have the outbox looked at now, after a request that may have committed a mail."""
        if request.method == "POST":
            self._called.set()
        return response

    def _walk(self) -> None:
        while True:
            self._called.clear()
            try:
                with self._app.app_context():
                    forget_old_mail(at=now())
                    db.session.commit()
                    deliver_due_mail(self._server)
            except MailServerFailed as failed:
                logger.warning("mails wait: %s", failed)
            except SQLAlchemyError as failed:
                # Its own words would quote addresses.
                logger.warning("mails wait: %s", type(failed).__name__)
            self._called.wait(ROUND)


def mail_server() -> MailServer:
    """Return the server of the running application."""
    server: MailServer = current_app.extensions["mail_server"]
    return server


def init_mail(app: Flask, settings: Settings) -> None:
    """Tell the application where its mails go out, and deliver them while it serves."""
    server = MailServer.of(settings)
    app.extensions["mail_server"] = server
    if server.host:
        postman = Postman(app, server)
        app.before_request(postman.start)
        app.after_request(postman.call)
