"""Runs as they were: the texts used, the weights, the versions, the results; and people's decisions."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _
from talentpool.matches.records import told
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent


class Verdict(StrEnum):
    """What a person of the agency decided about somebody for a seat."""

    SHORTLISTED = "shortlisted"
    SET_ASIDE = "set_aside"
    BROUGHT_BACK = "brought_back"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The verdict as people say it, marked for translation."""
        return VERDICT_LABELS[self]


class ReasonCode(StrEnum):
    """Why, in one of a few words that can be counted."""

    SKILLS_FIT = "skills_fit"
    EXPERIENCE_FIT = "experience_fit"
    THEME_FIT = "theme_fit"
    TEAM_FIT = "team_fit"
    SKILL_MISSING = "skill_missing"
    LEVEL_TOO_LOW = "level_too_low"
    NOT_AVAILABLE = "not_available"
    PLACE = "place"
    NEGOTIABLE = "negotiable"
    CLOSE_FAMILY = "close_family"
    OUTDATED_PROFILE = "outdated_profile"
    MISTAKE = "mistake"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return REASON_LABELS[self]


VERDICT_LABELS = {
    Verdict.SHORTLISTED: _("Présélection"),
    Verdict.SET_ASIDE: _("Mise de côté"),
    Verdict.BROUGHT_BACK: _("Retour dans la liste"),
    Verdict.UNDONE: _("Décision annulée"),
}
REASON_LABELS = {
    ReasonCode.SKILLS_FIT: _("Les compétences correspondent"),
    ReasonCode.EXPERIENCE_FIT: _("L’expérience correspond"),
    ReasonCode.THEME_FIT: _("Le thème l’intéresse"),
    ReasonCode.TEAM_FIT: _("Le profil complète l’équipe"),
    ReasonCode.SKILL_MISSING: _("Il manque une compétence indispensable"),
    ReasonCode.LEVEL_TOO_LOW: _("Le niveau est insuffisant"),
    ReasonCode.NOT_AVAILABLE: _("Les dates ou la part de temps ne conviennent pas"),
    ReasonCode.PLACE: _("Le lieu ne convient pas"),
    ReasonCode.NEGOTIABLE: _("Les dates ou la part de temps peuvent s’arranger"),
    ReasonCode.CLOSE_FAMILY: _("Le métier est assez proche"),
    ReasonCode.OUTDATED_PROFILE: _("Le profil n’est pas à jour"),
    ReasonCode.MISTAKE: _("C’était une erreur"),
    ReasonCode.OTHER: _("Autre raison, précisée ci-dessous"),
}
REASONS = {
    Verdict.SHORTLISTED: (
        ReasonCode.SKILLS_FIT,
        ReasonCode.EXPERIENCE_FIT,
        ReasonCode.THEME_FIT,
        ReasonCode.TEAM_FIT,
        ReasonCode.OTHER,
    ),
    Verdict.SET_ASIDE: (
        ReasonCode.SKILL_MISSING,
        ReasonCode.LEVEL_TOO_LOW,
        ReasonCode.NOT_AVAILABLE,
        ReasonCode.PLACE,
        ReasonCode.OTHER,
    ),
    Verdict.BROUGHT_BACK: (
        ReasonCode.NEGOTIABLE,
        ReasonCode.CLOSE_FAMILY,
        ReasonCode.OUTDATED_PROFILE,
        ReasonCode.OTHER,
    ),
    Verdict.UNDONE: (ReasonCode.MISTAKE, ReasonCode.OTHER),
}
#: What may be decided from the list: what needs words is decided on the person's page.
IN_THE_LIST = {
    verdict: tuple(reason for reason in REASONS[verdict] if reason is not ReasonCode.OTHER)
    for verdict in (Verdict.SHORTLISTED, Verdict.SET_ASIDE, Verdict.BROUGHT_BACK)
}


class PersonKey(Base):
    """The opaque key under which runs know a person; erasing the row cuts the link for ever."""

    __tablename__ = "person_key"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)

    talent: Mapped[Talent] = relationship()


class ProfileSnapshot(Base):
    """What a profile said when a run read it; runs that read the same words share one row."""

    __tablename__ = "profile_snapshot"
    __table_args__ = (UniqueConstraint("person_key", "digest"),)

    person_key: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, info={"personal": "career"})


class ReferentialSnapshot(Base):
    """The skills and aliases that runs of one version read."""

    __tablename__ = "referential_snapshot"

    version: Mapped[str] = mapped_column(String(64), unique=True)
    skills: Mapped[list[Any]] = mapped_column(JSON)


class MatchRun(Base):
    """One ranking of the pool for a seat, complete enough to be opened or computed again."""

    __tablename__ = "match_run"

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    ranked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    as_of: Mapped[date]
    posting: Mapped[dict[str, Any]] = mapped_column(JSON)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: What differed from the default ranking, as `Setting.to_json` writes it, and the name it had.
    setting: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    setting_name: Mapped[str] = mapped_column(String(80), default="")
    code_version: Mapped[str] = mapped_column(String(40))
    referential_id: Mapped[int] = mapped_column(ForeignKey("referential_snapshot.id"))
    pool_size: Mapped[int]
    #: What the posting asks, as places refer to it by number; None while each place was written whole.
    asked: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    #: SHA-256 of the results, by which a replay is compared.
    digest: Mapped[str] = mapped_column(String(64))

    seat: Mapped[NeedSeat] = relationship()
    ranked_by: Mapped[Account | None] = relationship()
    referential: Mapped[ReferentialSnapshot] = relationship()
    results: Mapped[list["MatchResult"]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="MatchResult.rank"
    )


class MatchResult(Base):
    """One person's place in a run, with everything that explains it."""

    __tablename__ = "match_result"
    __table_args__ = (UniqueConstraint("run_id", "person_key"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"))
    person_key: Mapped[str] = mapped_column(String(32), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(
        ForeignKey("profile_snapshot.id", ondelete="SET NULL")
    )
    rank: Mapped[int]
    score: Mapped[float]
    #: Names of the hard criteria answered by a plain no, apart by spaces; empty for who is in the list.
    misses: Mapped[str] = mapped_column(String(80), default="")
    #: As `records` writes it: what is the person's own, beside what the run has asked of everybody.
    place: Mapped[Any] = mapped_column("explanation", JSON, info={"personal": "assessment"})

    run: Mapped[MatchRun] = relationship(back_populates="results")
    snapshot: Mapped[ProfileSnapshot | None] = relationship()

    @property
    def explanation(self) -> dict[str, Any]:
        """Everything that explains the place: the reasons, the criteria and what is missing."""
        return told(self.place, self.run.asked if self.run else None)

    @explanation.setter
    def explanation(self, whole: dict[str, Any]) -> None:
        self.place = whole

    @property
    def is_apart(self) -> bool:
        """Whether a hard criterion sets the person apart from the list."""
        return bool(self.misses)


class MatchDecision(Base):
    """What somebody decided about a person for a seat; the newest one holds, none is ever changed."""

    __tablename__ = "match_decision"

    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("match_run.id", ondelete="SET NULL"))
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[ReasonCode] = mapped_column(enum_column(ReasonCode))
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    seat: Mapped[NeedSeat] = relationship()
    talent: Mapped[Talent] = relationship()
    decided_by: Mapped[Account | None] = relationship()
