"""Messages of a need's thread, how far each has read, and the questions on published needs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _
from talentpool.needs.models import Need
from talentpool.needs.people import Party

LONGEST_MESSAGE = 4_000
LONGEST_QUESTION = 2_000


class Asker(StrEnum):
    """All that is ever said of who asked a question."""

    TALENT = "talent"
    MINISTRY = "ministry"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """The asker as pages call them, marked for translation."""
        return ASKER_LABELS[self]


ASKER_LABELS = {
    Asker.TALENT: _("Une personne du vivier"),
    Asker.MINISTRY: _("Un autre ministère"),
    Asker.AGENCY: _("L’agence"),
}


class NeedMessage(Base):
    """A message from one side of a need to the other; never changed."""

    __tablename__ = "need_message"
    __table_args__ = (UniqueConstraint("need_id", "token"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    text: Mapped[str] = mapped_column(Text, info={"personal": "contact"})
    #: The form that it was typed in: sent twice, it is one message.
    token: Mapped[str] = mapped_column(String(32))

    need: Mapped[Need] = relationship()
    author: Mapped[Account | None] = relationship()


class NeedReading(Base):
    """Until when somebody has read a need's thread."""

    __tablename__ = "need_reading"
    __table_args__ = (UniqueConstraint("need_id", "account_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, info={"personal": "who acted"}
    )
    party: Mapped[Party] = mapped_column(enum_column(Party))
    read_until: Mapped[datetime]


class NeedQuestion(Base):
    """A question on a published need, and its answer; who asked is never shown to anybody."""

    __tablename__ = "need_question"
    __table_args__ = (UniqueConstraint("need_id", "token"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    asker: Mapped[Asker] = mapped_column(enum_column(Asker))
    asker_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True, info={"personal": "who acted"}
    )
    text: Mapped[str] = mapped_column(Text, info={"personal": "contact"})
    token: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text, default="", info={"personal": "contact"})
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[Party | None] = mapped_column(enum_column(Party))
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    struck_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    asker_account: Mapped[Account | None] = relationship(foreign_keys=[asker_id])

    @property
    def is_answered(self) -> bool:
        """Whether the ministry, or the agency for it, has answered."""
        return self.answered_at is not None

    @property
    def is_struck(self) -> bool:
        """Whether the agency took it out of sight."""
        return self.struck_at is not None
