"""What the agency says when it cannot keep a promised day."""

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus

LONGEST_EXPLANATION = 2_000


class NeedDelay(Base):
    """Why a need waits longer than promised where it stands, and until when; never changed."""

    __tablename__ = "need_delay"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    #: Where the need stood: what is said of one stage says nothing of the next.
    status: Mapped[NeedStatus] = mapped_column(enum_column(NeedStatus))
    promised_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, info={"personal": "assessment"})
    said_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    need: Mapped[Need] = relationship()
    said_by: Mapped[Account | None] = relationship()
