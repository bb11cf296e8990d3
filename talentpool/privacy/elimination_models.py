"""Whose visa lets time destroy public archives, and what each night destroyed under it, in counts."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base
from talentpool.privacy.terms import months_after

#: For how many months a visa lets eliminations go on.
VISA_MONTHS = 12


class EliminationVisa(Base):
    """The visa of a named person on eliminations to come (code du patrimoine, L. 212-2)."""

    __tablename__ = "elimination_visa"

    #: Who gave it, with their function.
    signatory: Mapped[str] = mapped_column(String(200), info={"personal": "who acted"})
    #: Where the signed paper is found.
    reference: Mapped[str] = mapped_column(String(200), default="")
    given_on: Mapped[date]
    noted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    withdrawn_at: Mapped[datetime | None]

    noted_by: Mapped[Account | None] = relationship()

    @property
    def ends_on(self) -> date:
        """The first day on which it holds no more."""
        return months_after(self.given_on, VISA_MONTHS)

    def holds_on(self, day: date) -> bool:
        """Whether it lets eliminations go on, on a day."""
        return self.withdrawn_at is None and self.given_on <= day < self.ends_on


class EliminationSlip(Base):
    """What one night destroyed under a visa: counts by category and the span of their dates, no name."""

    __tablename__ = "elimination_slip"
    __table_args__ = (
        UniqueConstraint("visa_id", "made_on"),
        CheckConstraint("first_on <= last_on", name="span"),
    )

    visa_id: Mapped[int] = mapped_column(ForeignKey("elimination_visa.id"), index=True)
    made_on: Mapped[date]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    #: Of the people erased: the oldest and the newest day from which their term ran.
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]

    visa: Mapped[EliminationVisa] = relationship()
