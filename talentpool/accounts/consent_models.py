"""Which text each person read or agreed to, and when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column, now


class ConsentText(StrEnum):
    """What may be read or agreed to: the information notice, or staying in the pool."""

    NOTICE = "notice"
    POOL = "pool"


class Consent(Base):
    """One text that one person read, or agreed to until they withdrew: rows are added, never rewritten."""

    __tablename__ = "account_consent"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[ConsentText] = mapped_column(
        enum_column(ConsentText), info={"personal": "consent"}
    )
    version: Mapped[str] = mapped_column(String(20), info={"personal": "consent"})
    shown_at: Mapped[datetime] = mapped_column(default=now, info={"personal": "consent"})
    accepted_at: Mapped[datetime | None] = mapped_column(info={"personal": "consent"})
    withdrawn_at: Mapped[datetime | None] = mapped_column(info={"personal": "consent"})

    account: Mapped[Account] = relationship()
