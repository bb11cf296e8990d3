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
from talentpool.i18n import _, translated
from talentpool.naming import TYPED
from talentpool.organisations.models import Organisation
from talentpool.skills.models import JobFamily, Skill
from talentpool.tabular.limits import LONGEST_TEXT
from talentpool.talents.clearances import clearance_label
from talentpool.talents.values import LanguageLevel as LanguageLevel
from talentpool.talents.values import PeriodKind as PeriodKind
from talentpool.talents.values import Spoken, Stretch, Studied, project_kind_label

#: Characters of a profile's text, and of one experience, typed or imported.
LONGEST_PROFILE_TEXT = LONGEST_TEXT


class PoolStatus(StrEnum):
    """Where a person stands with the agency; a candidate is not of the pool yet."""

    CANDIDATE = "candidate"
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


#: Who is not of the pool: nobody ranks nor proposes them, and they may apply.
OUTSIDE = frozenset({PoolStatus.CANDIDATE, PoolStatus.ALUMNI})
POOL_STATUS_LABELS = {
    PoolStatus.CANDIDATE: _("Hors du vivier"),
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

ERASED_PERSON = _("personne effacée")

talent_family = Table(
    "talent_family",
    Base.metadata,
    Column("talent_id", ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True),
    Column("job_family_id", ForeignKey("job_family.id"), primary_key=True),
)

talent_wished_organisation = Table(
    "talent_wished_organisation",
    Base.metadata,
    Column("talent_id", ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True),
)


class Talent(Versioned, Base):
    """A person whom the agency may introduce to a ministry."""

    __tablename__ = "talent"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("share_pct BETWEEN 10 AND 100", name="share"),
        CheckConstraint("remote_days BETWEEN 0 AND 5", name="remote_days"),
        CheckConstraint("seniority_years BETWEEN 0 AND 60", name="seniority"),
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
    #: Where else one can work, besides `town`.
    other_towns: Mapped[list[str]] = mapped_column(
        JSON, default=list, info={"personal": "mobility"}
    )
    seniority_years: Mapped[int | None] = mapped_column(info={"personal": "career"})
    #: Codes of the State's levels of secrecy: read by the agency alone.
    clearances: Mapped[list[str]] = mapped_column(
        JSON, default=list, info={"personal": "clearance"}
    )
    #: Codes of the kinds of project that one would rather join.
    wished_kinds: Mapped[list[str]] = mapped_column(JSON, default=list, info={"personal": "wishes"})
    #: When the first free period begins, and its share: what lists and simple rankings read.
    available_from: Mapped[date | None] = mapped_column(info={"personal": "availability"})
    share_pct: Mapped[int | None] = mapped_column(info={"personal": "availability"})
    employment_status: Mapped[EmploymentStatus | None] = mapped_column(
        enum_column(EmploymentStatus), info={"personal": "career"}
    )

    edited_at: Mapped[datetime] = mapped_column(default=now)
    #: When a candidate's name passed to the agency: at their interview.
    named_at: Mapped[datetime | None]
    #: Since when the person has asked that nothing be done with their profile but keep it (RGPD, art. 18).
    restricted_at: Mapped[datetime | None]
    #: When the person was erased: what is left is a number, for what other people's figures stand on.
    erased_at: Mapped[datetime | None]

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
    languages: Mapped[list["SpokenLanguage"]] = relationship(
        back_populates="talent", cascade="all, delete-orphan", order_by="SpokenLanguage.position"
    )
    education: Mapped[list["Education"]] = relationship(
        back_populates="talent", cascade="all, delete-orphan", order_by="Education.position"
    )
    periods: Mapped[list["Period"]] = relationship(
        back_populates="talent", cascade="all, delete-orphan", order_by="Period.starts_on"
    )
    wished_organisations: Mapped[list[Organisation]] = relationship(
        secondary=talent_wished_organisation, order_by=Organisation.id
    )

    @property
    def standing(self) -> "Talent":
        """The record that stands for the person: this one, unless it was merged into another."""
        return self.merged_into or self

    @property
    def is_known_to_agency(self) -> bool:
        """Whether the agency may read who this is: not of a candidate who has not been met yet."""
        is_candidate = self.pool_status is PoolStatus.CANDIDATE
        return not is_candidate or self.account_id is None or self.named_at is not None

    @property
    def is_outside_pool(self) -> bool:
        """Whether the person is not of the pool: not yet, or no more."""
        return self.pool_status in OUTSIDE

    @property
    def is_imported(self) -> bool:
        """Whether the profile came from a file, under an identifier that its source gave."""
        return self.source != TYPED

    @property
    def code(self) -> str:
        """What the person is called while their name is not shown."""
        return f"T-{self.id:04d}"

    @property
    def clearance_labels(self) -> list[str]:
        """What the levels of secrecy are called, marked for translation: for the agency and the person alone."""
        return [clearance_label(code) for code in self.clearances]

    @property
    def wished_kind_labels(self) -> list[str]:
        """What the kinds of project that one would rather join are called, marked for translation."""
        return [project_kind_label(code) for code in self.wished_kinds]

    @property
    def label(self) -> str:
        """The person's name, or the code of a profile that came without one."""
        if self.erased_at is not None:
            return translated(ERASED_PERSON)
        return self.display_name or self.code

    @property
    def label_for_agency(self) -> str:
        """What the agency calls the person: by a code as long as it may not read who they are."""
        return self.label if self.is_known_to_agency else self.code


class TalentSkill(Base):
    """A skill that a talent claims: of the referential, or in their own words."""

    __tablename__ = "talent_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    label: Mapped[str] = mapped_column(String(120), info={"personal": "career"})
    level: Mapped[int | None] = mapped_column(info={"personal": "career"})
    wants_growth: Mapped[bool] = mapped_column(default=False, info={"personal": "wishes"})
    #: What shows the skill: a line, a link, one of the person's own experiences.
    evidence: Mapped[str] = mapped_column(String(300), default="", info={"personal": "career"})
    evidence_url: Mapped[str] = mapped_column(String(500), default="", info={"personal": "career"})
    experience_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent_experience.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="skills")
    skill: Mapped[Skill | None] = relationship()
    experience: Mapped["Experience | None"] = relationship()

    @property
    def level_label(self) -> str:
        """The level as people say it, empty when nobody gave one."""
        return "" if self.level is None else LEVEL_LABELS[self.level]


class Experience(Base):
    """One line of what a talent did before: `summary` is what is read, the rest what it is made of.

    Months are written « 2024-09 ». A line that came whole, from a file for instance, has no parts.
    """

    __tablename__ = "talent_experience"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    summary: Mapped[str] = mapped_column(Text, info={"personal": "career"})
    title: Mapped[str] = mapped_column(String(200), default="", info={"personal": "career"})
    organisation: Mapped[str] = mapped_column(String(200), default="", info={"personal": "career"})
    started: Mapped[str] = mapped_column(String(7), default="", info={"personal": "career"})
    ended: Mapped[str] = mapped_column(String(7), default="", info={"personal": "career"})
    text: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="experiences")


class Education(Base):
    """One thing that a talent studied; rankings read none of it."""

    __tablename__ = "talent_education"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200), info={"personal": "career"})
    school: Mapped[str] = mapped_column(String(200), default="", info={"personal": "career"})
    year: Mapped[int | None] = mapped_column(info={"personal": "career"})
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="education")

    @property
    def value(self) -> Studied:
        """What the row says."""
        return Studied(self.title, self.school, self.year)


class SpokenLanguage(Base):
    """A language that a talent speaks, by its ISO 639-1 code."""

    __tablename__ = "talent_language"
    __table_args__ = (UniqueConstraint("talent_id", "code"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(8), info={"personal": "career"})
    level: Mapped[LanguageLevel | None] = mapped_column(
        enum_column(LanguageLevel), info={"personal": "career"}
    )
    position: Mapped[int]

    talent: Mapped[Talent] = relationship(back_populates="languages")

    @property
    def value(self) -> Spoken:
        """What the row says."""
        return Spoken(self.code, self.level)


class Period(Base):
    """Days during which a talent says they are free, for a share of full time, or away; open without an end."""

    __tablename__ = "talent_period"
    __table_args__ = (
        CheckConstraint("share_pct BETWEEN 10 AND 100", name="share"),
        CheckConstraint("ends_on >= starts_on", name="days"),
    )

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PeriodKind] = mapped_column(
        enum_column(PeriodKind), info={"personal": "availability"}
    )
    starts_on: Mapped[date] = mapped_column(info={"personal": "availability"})
    ends_on: Mapped[date | None] = mapped_column(info={"personal": "availability"})
    share_pct: Mapped[int | None] = mapped_column(info={"personal": "availability"})

    talent: Mapped[Talent] = relationship(back_populates="periods")

    @property
    def value(self) -> Stretch:
        """What the row says."""
        return Stretch(self.kind, self.starts_on, self.ends_on, self.share_pct)
