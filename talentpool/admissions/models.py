"""An application to the pool, the moves it made, what reviewers score, the interview, and who read a name."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

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
from talentpool.admissions.criteria import Criterion, InterviewCriterion
from talentpool.admissions.stages import ENDED, NAMED, DeclineReason, Move, Stage
from talentpool.db import Base, Versioned, enum_column, now
from talentpool.evaluations.progress import EvaluationState
from talentpool.i18n import _
from talentpool.talents.models import Talent

LONGEST_TEXT = 6_000
LONGEST_COMMENT = 2_000


class Tie(StrEnum):
    """Why somebody cannot judge a file, in a word that tells no more than it must."""

    RECOGNISED = "recognised"
    WORKED_TOGETHER = "worked_together"
    PERSONAL = "personal"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The tie as people say it, marked for translation."""
        return TIE_LABELS[self]


TIE_LABELS = {
    Tie.RECOGNISED: _("je crois reconnaître la personne"),
    Tie.WORKED_TOGETHER: _("nous avons travaillé ensemble, ou j’ai saisi son profil"),
    Tie.PERSONAL: _("un lien personnel"),
    Tie.OTHER: _("une autre raison"),
}

interview_panel = Table(
    "interview_panel",
    Base.metadata,
    Column(
        "interview_id",
        ForeignKey("application_interview.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "account_id",
        ForeignKey("account.id", ondelete="CASCADE"),
        primary_key=True,
        info={"personal": "who acted"},
    ),
)


class Application(Versioned, Base):
    """What somebody hands in to join the pool; an attempt after another is another row."""

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("talent_id", "number"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    #: The first, the second… of its person's: two cannot be begun at once.
    number: Mapped[int]
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), default=Stage.DRAFT, index=True)
    stage_since: Mapped[datetime] = mapped_column(default=now)
    motivation: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    enterprise: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    #: Whether the profile may be kept if the answer is no: never a condition, chosen and dated apart.
    keeps_profile: Mapped[bool] = mapped_column(default=False, info={"personal": "wishes"})
    keep_chosen_at: Mapped[datetime | None]
    attested_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: What reviewers read: masked and frozen when it was handed in.
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON, info={"personal": "career"})
    #: When every evaluation that was asked for was in: from then on all are read.
    opened_at: Mapped[datetime | None]
    lead_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    wait_rank: Mapped[int | None]
    waits_until: Mapped[date | None]
    #: What the person says when they ask that somebody looks again at a no.
    look_words: Mapped[str] = mapped_column(Text, default="", info={"personal": "contact"})
    look_asked_at: Mapped[datetime | None]
    look_answer: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    look_answered_at: Mapped[datetime | None]

    talent: Mapped[Talent] = relationship()
    lead: Mapped[Account | None] = relationship()
    moves: Mapped[list["ApplicationMove"]] = relationship(
        back_populates="application",
        cascade="all, delete-orphan",
        order_by="ApplicationMove.id",
    )
    interview: Mapped["Interview | None"] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )

    @property
    def code(self) -> str:
        """What the application is called while its person's name is not shown."""
        return f"C-{self.id:04d}"

    @property
    def is_submitted(self) -> bool:
        """Whether the agency was handed it."""
        return self.submitted_at is not None

    @property
    def is_ended(self) -> bool:
        """Whether it was decided or withdrawn, or its place on the waiting list ended."""
        return self.stage in ENDED

    @property
    def is_named(self) -> bool:
        """Whether everybody at the agency who reads it reads the name."""
        return self.stage in NAMED

    @property
    def is_restricted(self) -> bool:
        """Whether its person has what is held on them kept, and nothing else done with it (RGPD, art. 18)."""
        return self.talent.restricted_at is not None

    @property
    def is_readable(self) -> bool:
        """Whether the agency still reads the file.

        Not of whoever left, unless they ask for another look; nor of whoever limits what is done with it.
        """
        if self.is_restricted:
            return False
        if self.stage is Stage.DECLINED:
            return self.awaits_look
        return self.is_submitted and self.stage not in (Stage.WITHDRAWN, Stage.LAPSED)

    @property
    def awaits_look(self) -> bool:
        """Whether somebody asked for another look at a no, and nobody answered yet."""
        return self.look_asked_at is not None and self.look_answered_at is None

    def is_place_over_on(self, day: date) -> bool:
        """Whether its place on the waiting list was kept until an earlier day, and nobody decided on it yet."""
        is_past = self.waits_until is not None and self.waits_until < day
        return self.stage is Stage.WAITING and is_past

    @property
    def last_move(self) -> "ApplicationMove | None":
        """What was done last."""
        return self.moves[-1] if self.moves else None


class ApplicationMove(Base):
    """One step in an application's life, by whom, and what was said to the person."""

    __tablename__ = "application_move"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    move: Mapped[Move] = mapped_column(enum_column(Move))
    from_stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    to_stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    reason: Mapped[DeclineReason | None] = mapped_column(
        enum_column(DeclineReason), info={"personal": "assessment"}
    )
    words: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    moved_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    application: Mapped[Application] = relationship(back_populates="moves")
    moved_by: Mapped[Account | None] = relationship()


class Screening(Versioned, Base):
    """What one person of the agency makes of a file, without a name and without reading the others."""

    __tablename__ = "application_screening"
    __table_args__ = (UniqueConstraint("application_id", "reviewer_id"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    reviewer_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, info={"personal": "who acted"}
    )
    assigned_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    due_on: Mapped[date]
    state: Mapped[EvaluationState] = mapped_column(
        enum_column(EvaluationState), default=EvaluationState.ASKED
    )
    tie: Mapped[Tie | None] = mapped_column(enum_column(Tie), info={"personal": "who acted"})
    edited_at: Mapped[datetime] = mapped_column(default=now)
    done_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    reviewer: Mapped[Account] = relationship(foreign_keys=reviewer_id)
    scores: Mapped[list["ScreeningScore"]] = relationship(
        back_populates="screening", cascade="all, delete-orphan", order_by="ScreeningScore.id"
    )

    @property
    def by_criterion(self) -> dict[Criterion, "ScreeningScore"]:
        """What it says, by what it judges."""
        return {row.criterion: row for row in self.scores}


class ScreeningScore(Base):
    """One criterion's score, from 0 to 5, and what founds it; a draft may lack either."""

    __tablename__ = "screening_score"
    __table_args__ = (
        UniqueConstraint("screening_id", "criterion"),
        CheckConstraint("score BETWEEN 0 AND 5", name="score"),
    )

    screening_id: Mapped[int] = mapped_column(
        ForeignKey("application_screening.id", ondelete="CASCADE"), index=True
    )
    criterion: Mapped[Criterion] = mapped_column(enum_column(Criterion))
    score: Mapped[int | None] = mapped_column(info={"personal": "assessment"})
    comment: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})

    screening: Mapped[Screening] = relationship(back_populates="scores")


class Interview(Versioned, Base):
    """When and where a panel meets somebody, and what it concludes."""

    __tablename__ = "application_interview"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), unique=True
    )
    meets_on: Mapped[date]
    #: The hour in France, as it is said: « 14:30 ».
    meets_at: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(500), info={"personal": "contact"})
    held_on: Mapped[date | None]
    #: Scores from 0 to 5 by criterion.
    grid: Mapped[dict[str, int]] = mapped_column(
        JSON, default=dict, info={"personal": "assessment"}
    )
    conclusion: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    noted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    application: Mapped[Application] = relationship(back_populates="interview")
    panel: Mapped[list[Account]] = relationship(
        secondary=interview_panel, order_by=(Account.display_name, Account.id)
    )

    def score_of(self, criterion: InterviewCriterion) -> int | None:
        """Return what the panel gives for a criterion."""
        return self.grid.get(criterion.value)


class NameReading(Base):
    """That somebody of the agency read a name before the interview, and why."""

    __tablename__ = "application_name_reading"
    __table_args__ = (UniqueConstraint("application_id", "account_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, info={"personal": "who acted"}
    )
    reason: Mapped[str] = mapped_column(String(300), info={"personal": "assessment"})

    account: Mapped[Account] = relationship()
