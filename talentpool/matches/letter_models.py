"""Explanations as they were issued."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent


class ExplanationLetter(Base):
    """One explanation issued to a person about a seat, word for word and byte for byte."""

    __tablename__ = "explanation_letter"
    __table_args__ = (UniqueConstraint("reference"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("match_run.id", ondelete="SET NULL"))
    reference: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info={"personal": "assessment"})
    #: The document itself: a later version of the printer could print the same words otherwise.
    pdf: Mapped[bytes] = mapped_column(LargeBinary, info={"personal": "assessment"})
    issued_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    seat: Mapped[NeedSeat] = relationship()
    talent: Mapped[Talent] = relationship()
    issued_by: Mapped[Account | None] = relationship()
