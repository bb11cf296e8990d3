"""Queueing mails, delivering each once, and forgetting them."""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import delete, update

from talentpool.db import db, now
from talentpool.mail.models import MailAttachment, OutgoingMail
from talentpool.mail.queries import due_numbers, is_due
from talentpool.mail.smtp import MailServer, NotOneAddress, composed, connected

logger = logging.getLogger(__name__)

#: How long to wait after each failure; after one more, the mail is given up.
BACK_OFF = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
#: For how long a mail is its deliverer's alone: should it die, another one takes over.
CLAIM = timedelta(minutes=15)
#: For how long mails are kept once sent or given up.
KEPT = timedelta(days=30)
LONGEST_SUBJECT = 250


@dataclass(frozen=True)
class Attachment:
    """A file for a mail to carry; `media_type` is such as `text/calendar`, in UTF-8 when text."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Delivery:
    """How many mails left, and how many were refused."""

    sent: int
    refused: int


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Put a mail to one address into the outbox: it leaves after the commit, and never without it.

    An address that no mail can reach troubles nobody here: its mail is given up when it is due.
    """
    mail = OutgoingMail(
        recipient=to,
        # A subject is one line: more would be headers.
        subject=_on_one_line(subject)[:LONGEST_SUBJECT],
        text=text,
        html=html,
        attachments=[
            MailAttachment(
                filename=_on_one_line(attachment.filename),
                media_type=attachment.media_type,
                content=attachment.content,
            )
            for attachment in attachments
        ],
    )
    db.session.add(mail)
    db.session.flush()


def deliver_due_mail(server: MailServer, *, at: datetime | None = None) -> Delivery:
    """Send what is due at the instant `at`, by default now; raises `MailServerFailed`.

    Call it in a transaction of its own, which it commits before and after each mail: no other
    deliverer then sends the same one, on any machine, and no transaction waits for the server.
    """
    at = at or now()
    numbers = due_numbers(at)
    db.session.commit()
    if not numbers:
        return Delivery(0, 0)
    sent = refused = 0
    with connected(server) as smtp:
        for number in numbers:
            message = _claim(number, sender=server.sender, at=at)
            if message is None:
                continue
            if _send(smtp, number, message):
                sent += 1
            else:
                refused += 1
            if smtp.sock is None:
                # The server hung up; the others wait for the next time.
                break
    return Delivery(sent, refused)


def forget_old_mail(*, at: datetime) -> int:
    """Delete the mails of over 30 days that were sent or given up, and return how many."""
    is_over = OutgoingMail.due_at.is_(None) & (OutgoingMail.created_at < at - KEPT)
    return db.session.execute(delete(OutgoingMail).where(is_over)).rowcount  # type: ignore[attr-defined, no-any-return]


def _claim(number: int, *, sender: str, at: datetime) -> EmailMessage | None:
    """Reserve a mail, and return it written; None when it is somebody else's, or cannot be written."""
    claimed = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == number, is_due(at))
        .values(due_at=max(at, now()) + CLAIM)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]
        db.session.commit()
        return None
    mail = db.session.get_one(OutgoingMail, number)
    try:
        message = composed(mail, sender=sender)
    except NotOneAddress:
        # Trying again would change nothing.
        mail.due_at, mail.last_error = None, "not one address"
        logger.warning("mail %d given up: it is not to one address", number)
        message = None
    db.session.commit()
    return message


def _send(smtp: smtplib.SMTP, number: int, message: EmailMessage) -> bool:
    try:
        smtp.send_message(message)
    except OSError as error:
        _note_failure(number, error)
        return False
    mail = db.session.get_one(OutgoingMail, number)
    mail.sent_at, mail.due_at = now(), None
    db.session.commit()
    return True


def _note_failure(number: int, error: OSError) -> None:
    mail = db.session.get_one(OutgoingMail, number)
    mail.failures += 1
    mail.last_error = _kind_of(error)
    mail.due_at = now() + BACK_OFF[mail.failures - 1] if mail.failures <= len(BACK_OFF) else None
    db.session.commit()
    logger.warning("mail %d refused, %d times now: %s", number, mail.failures, mail.last_error)


def _kind_of(error: OSError) -> str:
    """Name a failure without the server's words, which quote addresses."""
    codes = {error.smtp_code} if isinstance(error, smtplib.SMTPResponseException) else set()
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = {code for code, _words in error.recipients.values()}
    return " ".join([type(error).__name__, *(str(code) for code in sorted(codes))])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
