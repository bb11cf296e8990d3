"""Who lifted somebody's anonymity for a seat before shortlisting them, and why."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base


class AnonymityLift(Base):
    """One person whose name the agency may read for one seat, though nobody has shortlisted them."""

    __tablename__ = "anonymity_lift"
    __table_args__ = (UniqueConstraint("seat_id", "talent_id"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"))
    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    lifted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    reason: Mapped[str] = mapped_column(String(300), info={"personal": "assessment"})

    lifted_by: Mapped[Account | None] = relationship()
