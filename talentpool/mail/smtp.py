"""A mail as the standards want it, and the server that takes it."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage

from talentpool.config import Settings
from talentpool.mail.models import OutgoingMail

#: Seconds that the server may stay silent.
PATIENCE = 20
#: What begins an encoded word: Python decodes those typed into a header, line ends among them.
ENCODED = "=?"
#: One address, without any sign that lists, names, encodes or ends it.
ADDRESS = re.compile(r"(?!.*=\?)([^\s\0-\x1f@,;:<>()\[\]\\\"]+)@([^\s\0-\x1f@,;:<>()\[\]\\\"]+)")


class NotOneAddress(Exception):
    """What should be one address is none, or several."""


class MailServerFailed(Exception):
    """The server does not answer, or not as the settings want it to; no mail is to blame."""


@dataclass(frozen=True)
class MailServer:
    """Where mails go out, and in whose name; without a host they stay in the outbox."""

    host: str
    port: int
    username: str
    password: str
    starttls: bool
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> "MailServer":
        """Return the server that the settings name."""
        return cls(
            host=settings.mail_server,
            port=settings.mail_port,
            username=settings.mail_username,
            password=settings.mail_password.get_secret_value(),
            starttls=settings.mail_starttls,
            sender=settings.mail_sender,
        )


def composed(mail: OutgoingMail, *, sender: str) -> EmailMessage:
    """Write a mail to its one recipient; raises `NotOneAddress`."""
    found = ADDRESS.fullmatch(mail.recipient)
    if found is None:
        raise NotOneAddress
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(username=found[1], domain=found[2])
    message["Subject"] = mail.subject.replace(ENCODED, "= ?")
    message["Date"] = mail.created_at
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{mail.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for attachment in mail.attachments:
        kind, _slash, subtype = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content,
            maintype=kind,
            subtype=subtype,
            filename=attachment.filename,
            params={"charset": "utf-8"} if kind == "text" else None,
        )
    return message


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Lend a connection to the server, ready to send; raises `MailServerFailed`."""
    try:
        smtp = _opened(server)
    except OSError as error:
        raise MailServerFailed(type(error).__name__) from error
    try:
        yield smtp
    finally:
        # The server may have hung up first.
        with suppress(OSError):
            smtp.quit()


def _opened(server: MailServer) -> smtplib.SMTP:
    smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if server.username:
            smtp.login(server.username, server.password)
    except OSError:
        smtp.close()
        raise
    return smtp
