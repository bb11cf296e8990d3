"""Who of the agency has a seat's page open now."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base


class SeatPresence(Base):
    """The last sign that an account gave of reading a seat; one row each, and no history."""

    __tablename__ = "seat_presence"
    __table_args__ = (UniqueConstraint("seat_id", "account_id"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    #: When they came, this time.
    arrived_at: Mapped[datetime] = mapped_column(info={"personal": "who acted"})
    seen_at: Mapped[datetime] = mapped_column(info={"personal": "who acted"}, index=True)

    account: Mapped[Account] = relationship()
