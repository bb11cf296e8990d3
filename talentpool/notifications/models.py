"""A notification to one account, and how each account wants its mails."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _
from talentpool.notifications.kinds import Group, Kind, kind_named


class Delivery(StrEnum):
    """How notifications reach somebody by mail; the site shows them in any case."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"

    @property
    def label(self) -> str:
        """The choice as people say it, marked for translation."""
        return DELIVERY_LABELS[self]


DELIVERY_LABELS = {
    Delivery.AT_ONCE: _("Un courriel à chaque notification"),
    Delivery.DAILY: _("Un résumé par jour"),
    Delivery.WEEKLY: _("Un résumé par semaine, le lundi"),
    Delivery.NEVER: _("Aucun courriel"),
}


class Notification(Base):
    """Something that one account is told once: a sentence, and the page that it leads to."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("account_id", "once"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(60))
    #: What makes it this one: the same account is never told it again.
    once: Mapped[str] = mapped_column(String(120))
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None]
    #: What fills the sentence's named places: words and numbers.
    params: Mapped[dict[str, Any]] = mapped_column(JSON, info={"personal": "contact"})
    url_path: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date | None]
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()

    @property
    def words(self) -> Kind:
        """Subject and sentence, marked for translation, for `params` to fill."""
        return kind_named(self.kind)


class NotificationPreference(Base):
    """How one account wants its mails; without a row, at once."""

    __tablename__ = "notification_preference"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    delivery: Mapped[Delivery] = mapped_column(enum_column(Delivery), default=Delivery.AT_ONCE)
    #: The last day on which a digest left: there is one a day at most.
    digested_on: Mapped[date | None]

    account: Mapped[Account] = relationship()


class NotificationMute(Base):
    """A group of notifications that one account gets no mails of; the site still shows them."""

    __tablename__ = "notification_mute"
    __table_args__ = (UniqueConstraint("account_id", "group"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    group: Mapped[Group] = mapped_column(enum_column(Group))
