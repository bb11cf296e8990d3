"""The outbox: one row for each mail, written in the transaction of the act that it tells about."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, new_identifier, now


class OutgoingMail(Base):
    """A mail to one person; it waits while `due_at` stands, and then is sent or given up."""

    __tablename__ = "outgoing_mail"

    #: Makes the Message-ID, the same at every attempt: a server that had it already can tell.
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_identifier)
    recipient: Mapped[str] = mapped_column(String(254), info={"personal": "contact"})
    subject: Mapped[str] = mapped_column(String(250), info={"personal": "contact"})
    text: Mapped[str] = mapped_column(Text, info={"personal": "contact"})
    html: Mapped[str | None] = mapped_column(Text, info={"personal": "contact"})
    #: When to try next; none once the mail is sent or given up.
    due_at: Mapped[datetime | None] = mapped_column(default=now, index=True)
    sent_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    #: What kind of failure the last one was: never the server's words, which quote addresses.
    last_error: Mapped[str] = mapped_column(String(80), default="")

    attachments: Mapped[list["MailAttachment"]] = relationship(
        order_by="MailAttachment.id", cascade="all, delete-orphan", passive_deletes=True
    )


class MailAttachment(Base):
    """A file that a mail carries."""

    __tablename__ = "mail_attachment"

    mail_id: Mapped[int] = mapped_column(
        ForeignKey("outgoing_mail.id", ondelete="CASCADE"), index=True
    )
    filename: Mapped[str] = mapped_column(String(200), info={"personal": "contact"})
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"personal": "contact"})
