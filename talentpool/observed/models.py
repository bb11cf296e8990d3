"""Observed missions, as their public source gives them."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentpool.db import Base


class ObservedMission(Base):
    """One mission of somebody whom the product does not know, over the days that its source gives.

    Its share of full time is not in the source. It counts in no capacity and no ranking.
    """

    __tablename__ = "observed_mission"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("ends_on >= starts_on", name="days"),
    )

    source: Mapped[str] = mapped_column(String(80))
    #: Made from person, first day and products, which no two missions of a source share.
    external_id: Mapped[str] = mapped_column(String(64))
    #: The source's code for a person, never a name.
    talent: Mapped[str] = mapped_column(String(120))
    family: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(40), default="")
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
