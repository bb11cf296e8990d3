"""Merges with all that takes them back, and pairs that only look alike."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent


class RecordMerge(Base):
    """One record merged into another of its kind, and what both said before."""

    __tablename__ = "record_merge"
    __table_args__ = (
        CheckConstraint(
            "(kept_talent_id IS NULL) <> (kept_organisation_id IS NULL)", name="one_kind"
        ),
    )

    kept_talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    merged_talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    kept_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    merged_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    #: Rows before and after, and which rows moved: see `rows.Undo`.
    undo: Mapped[dict[str, Any]] = mapped_column(JSON, info={"personal": "career"})
    merged_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    separated_at: Mapped[datetime | None]
    separated_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    kept_talent: Mapped[Talent | None] = relationship(foreign_keys=[kept_talent_id])
    merged_talent: Mapped[Talent | None] = relationship(foreign_keys=[merged_talent_id])
    kept_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[kept_organisation_id]
    )
    merged_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[merged_organisation_id]
    )
    merged_by: Mapped[Account | None] = relationship(foreign_keys=[merged_by_id])

    @property
    def kept(self) -> Talent | Organisation | None:
        """The record that stands for both."""
        return self.kept_talent or self.kept_organisation

    @property
    def merged(self) -> Talent | Organisation | None:
        """The record that became an alias."""
        return self.merged_talent or self.merged_organisation


class DistinctRecords(Base):
    """Two records that somebody said are not the same, smaller number first: no longer suggested."""

    __tablename__ = "distinct_records"

    first_talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    second_talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    first_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    second_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    said_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
