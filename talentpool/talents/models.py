"""A talent's profile, with families, skills and experience; each personal column says what it is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column, now
from talentpool.i18n import _
from talentpool.naming import TYPED
from talentpool.skills.models import JobFamily, Skill
from talentpool.tabular.limits import LONGEST_TEXT

#: Characters of a profile's text, and of one experience, typed or imported.
LONGEST_PROFILE_TEXT = LONGEST_TEXT


class PoolStatus(StrEnum):
    """Where a person stands with the agency."""

    POOL = "pool"
    EMPLOYED = "employed"
    ALUMNI = "alumni"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return POOL_STATUS_LABELS[self]


class EmploymentStatus(StrEnum):
    """Under which status a person works, or would."""

    CONTRACTOR_PUBLIC = "contractor_public"
    CIVIL_SERVANT_MAD = "civil_servant_mad"
    CIVIL_SERVANT_DETACHED = "civil_servant_detached"
    PRIVATE = "private"
    FREELANCE = "freelance"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return EMPLOYMENT_STATUS_LABELS[self]


POOL_STATUS_LABELS = {
    PoolStatus.POOL: _("Dans le vivier"),
    PoolStatus.EMPLOYED: _("Sous contrat de l’agence"),
    PoolStatus.ALUMNI: _("Ancien membre"),
}
EMPLOYMENT_STATUS_LABELS = {
    EmploymentStatus.CONTRACTOR_PUBLIC: _("Contractuel de droit public"),
    EmploymentStatus.CIVIL_SERVANT_MAD: _("Fonctionnaire mis à disposition"),
    EmploymentStatus.CIVIL_SERVANT_DETACHED: _("Fonctionnaire en détachement"),
    EmploymentStatus.PRIVATE: _("Salarié du privé"),
    EmploymentStatus.FREELANCE: _("Indépendant"),
}
LEVEL_LABELS = {
    0: _("Notions"),
    1: _("Débutant"),
    2: _("Autonome"),
    3: _("Confirmé"),
    4: _("Référent"),
}

talent_family = Table(
    "talent_family",
    Base.metadata,
    Column("talent_id", ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True),
    Column("job_family_id", ForeignKey("job_family.id"), primary_key=True),
)


class Talent(Versioned, Base):
    """A person whom the agency may introduce to a ministry."""

    __tablename__ = "talent"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("share_pct BETWEEN 10 AND 100", name="share"),
        CheckConstraint("remote_days BETWEEN 0 AND 5", name="remote_days"),
    )

    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), unique=True
    )
    source: Mapped[str] = mapped_column(String(80), default=TYPED)
    external_id: Mapped[str] = mapped_column(String(120), info={"personal": "identity"})
    pool_status: Mapped[PoolStatus] = mapped_column(
        enum_column(PoolStatus), default=PoolStatus.POOL
    )
    display_name: Mapped[str] = mapped_column(
        String(120), default="", info={"personal": "identity"}
    )
    #: What lists are searched and sorted by: name first, folded as `naming.folded` does.
    findable: Mapped[str] = mapped_column(Text, default="", info={"personal": "identity"})
    #: Every word that the profile says, folded, once each, between spaces: see `naming.indexed`.
    words: Mapped[str] = mapped_column(Text, default=" ", info={"personal": "career"})
    #: The record that this one was merged into: it is then an alias that no list and no ranking shows.
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    headline: Mapped[str] = mapped_column(String(300), default="", info={"personal": "career"})
    text: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    unknown_families: Mapped[list[str]] = mapped_column(
        JSON, default=list, info={"personal": "career"}
    )
    wishes: Mapped[list[str]] = mapped_column(JSON, default=list, info={"personal": "wishes"})
    town: Mapped[str] = mapped_column(String(120), default="", info={"personal": "mobility"})
    remote_days: Mapped[int | None] = mapped_column(info={"personal": "mobility"})
    available_from: Mapped[date | None] = mapped_column(info={"personal": "availability"})
    share_pct: Mapped[int | None] = mapped_column(info={"personal": "availability"})
    employment_status: Mapped[EmploymentStatus | None] = mapped_column(
        enum_column(EmploymentStatus), info={"personal": "career"}
    )

    edited_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account | None] = relationship()
    merged_into: Mapped["Talent | None"] = relationship(remote_side="Talent.id")
    families: Mapped[list[JobFamily]] = relationship(
        secondary=talent_family, order_by=JobFamily.position
    )
    skills: Mapped[list["TalentSkill"]] = relationship(
        back_populates="talent", cascade="all, delete-orphan", order_by="TalentSkill.position"
    )
    experiences: Mapped[list["Experience"]] = relationship(
        back_populates="talent", cascade="all, delete-orphan", order_by="Experience.position"
    )

    @property
    def standing(self) -> "Talent":
        """The record that stands for the person: this one, unless it was merged into another."""
        return self.merged_into or self

    @property
    def is_imported(self) -> bool:
        """Whether the profile came from a file, under an identifier that its source gave."""
        return self.source != TYPED

    @property
    def code(self) -> str:
        """What the person is called while their name is not shown."""
        return f"T-{self.id:04d}"

    @property
    def label(self) -> str:
        """The person's name, or the code of a profile that came without one."""
        return self.display_name or self.code


class TalentSkill(Base):
    """A skill that a talent claims: of the referential, or in their own words."""

    __tablename__ = "talent_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    label: Mapped[str] = mapped_column(String(120), info={"personal": "career"})
    level: Mapped[int | None] = mapped_column(info={"personal": "career"})
    wants_growth: Mapped[bool] = mapped_column(default=False, info={"personal": "wishes"})
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="skills")
    skill: Mapped[Skill | None] = relationship()

    @property
    def level_label(self) -> str:
        """The level as people say it, empty when nobody gave one."""
        return "" if self.level is None else LEVEL_LABELS[self.level]


class Experience(Base):
    """One line of what a talent did before."""

    __tablename__ = "talent_experience"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    summary: Mapped[str] = mapped_column(Text, info={"personal": "career"})
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="experiences")
