"""Organisations, their names by period, and who belongs to them."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import named
from talentpool.organisations.kinds import OrganisationKind


class Organisation(Versioned, Base):
    """A body of the State, known by a code that outlives its names."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The record that this one was merged into: it is then an alias that no list shows.
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )

    parent: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[parent_id]
    )
    merged_into: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[merged_into_id]
    )
    names: Mapped[list["OrganisationName"]] = relationship(
        back_populates="organisation",
        cascade="all, delete-orphan",
        order_by="OrganisationName.valid_from.desc()",
    )
    members: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan"
    )

    def name_on(self, day: date) -> "OrganisationName":
        """Return the name in force on `day`, the closest one where the record has a gap."""
        valid = [name for name in self.names if name.is_valid_on(day)]
        earlier = [name for name in self.names if name.valid_from <= day]
        return (valid or earlier or self.names[-1:])[0]

    @property
    def standing(self) -> "Organisation":
        """The record that stands for the body: this one, unless it was merged into another."""
        return self.merged_into or self

    @property
    def label(self) -> str:
        """The name in force today, in the reader's language."""
        return named(self.name_on(date.today()))

    @property
    def short_label(self) -> str:
        """The short name in force today, or the whole one."""
        name = self.name_on(date.today())
        return name.short_label or name.label_fr


class OrganisationName(Base):
    """A name and the days on which it held: from `valid_from`, until the day before `valid_to`."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("organisation_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    label_fr: Mapped[str] = mapped_column(String(200))
    label_en: Mapped[str] = mapped_column(String(200), default="")
    short_label: Mapped[str] = mapped_column(String(60), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="names")

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the organisation bore this name on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Membership(Base):
    """An account's place in one organisation: what a ministry member may see follows from it."""

    __tablename__ = "membership"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )

    account: Mapped[Account] = relationship(back_populates="membership")
    organisation: Mapped[Organisation] = relationship(back_populates="members")
