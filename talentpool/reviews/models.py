"""An evaluation of a need by one person of the agency, its scores, and approvals that went without."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column
from talentpool.evaluations.progress import EvaluationState
from talentpool.i18n import _
from talentpool.needs.models import Need
from talentpool.reviews.criteria import Criterion, Family

LONGEST_COMMENT = 2_000


class Advice(StrEnum):
    """What a need deserves."""

    APPROVE = "approve"
    COMPLEMENT = "complement"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        """The advice as people say it, marked for translation."""
        return ADVICE_LABELS[self]


class Conflict(StrEnum):
    """Why somebody cannot judge a need, in a word that tells no more than it must."""

    WORKED_THERE = "worked_there"
    PERSONAL_TIE = "personal_tie"
    TOOK_PART = "took_part"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The conflict as people say it, marked for translation."""
        return CONFLICT_LABELS[self]


class WaiverReason(StrEnum):
    """Why a need is taken on before its evaluations are in."""

    URGENT = "urgent"
    KNOWN_NEED = "known_need"
    NO_REVIEWER = "no_reviewer"
    DECIDED_ABOVE = "decided_above"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return WAIVER_LABELS[self]


ADVICE_LABELS = {
    Advice.APPROVE: _("Retenir"),
    Advice.COMPLEMENT: _("Demander un complément"),
    Advice.DECLINE: _("Ne pas retenir"),
}
CONFLICT_LABELS = {
    Conflict.WORKED_THERE: _("j’ai travaillé pour cette administration il y a moins de trois ans"),
    Conflict.PERSONAL_TIE: _("un lien personnel avec une personne du projet"),
    Conflict.TOOK_PART: _("j’ai contribué à écrire ce besoin"),
    Conflict.OTHER: _("une autre raison"),
}
WAIVER_LABELS = {
    WaiverReason.URGENT: _("l’urgence ne laisse pas le temps d’évaluer"),
    WaiverReason.KNOWN_NEED: _("ce besoin en reprend un que l’agence a déjà évalué"),
    WaiverReason.NO_REVIEWER: _("personne ne peut l’évaluer sans conflit d’intérêts"),
    WaiverReason.DECIDED_ABOVE: _("la décision a été prise par la direction"),
}


class NeedReview(Versioned, Base):
    """What one person of the agency makes of a need, judged without reading what others do."""

    __tablename__ = "need_review"
    __table_args__ = (UniqueConstraint("need_id", "reviewer_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
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
    conflict: Mapped[Conflict | None] = mapped_column(
        enum_column(Conflict), info={"personal": "who acted"}
    )
    advice: Mapped[Advice | None] = mapped_column(enum_column(Advice))
    done_at: Mapped[datetime | None]
    #: When it was laid beside the others for all to read, after which it changes no more.
    opened_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    reviewer: Mapped[Account] = relationship(foreign_keys=reviewer_id)
    scores: Mapped[list["ReviewScore"]] = relationship(
        back_populates="review", cascade="all, delete-orphan", order_by="ReviewScore.id"
    )
    comments: Mapped[list["ReviewComment"]] = relationship(
        back_populates="review", cascade="all, delete-orphan", order_by="ReviewComment.id"
    )

    @property
    def score_by_criterion(self) -> dict[Criterion, int]:
        """Its scores, by what they judge."""
        return {row.criterion: row.score for row in self.scores}

    @property
    def comment_by_family(self) -> dict[Family, str]:
        """Its comments, by family of criteria."""
        return {row.family: row.text for row in self.comments}


class ReviewScore(Base):
    """One criterion's score, from 1 to 4."""

    __tablename__ = "review_score"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion"),
        CheckConstraint("score BETWEEN 1 AND 4", name="score"),
    )

    review_id: Mapped[int] = mapped_column(
        ForeignKey("need_review.id", ondelete="CASCADE"), index=True
    )
    criterion: Mapped[Criterion] = mapped_column(enum_column(Criterion))
    score: Mapped[int]

    review: Mapped[NeedReview] = relationship(back_populates="scores")


class ReviewComment(Base):
    """What a reviewer says of one family of criteria."""

    __tablename__ = "review_comment"
    __table_args__ = (UniqueConstraint("review_id", "family"),)

    review_id: Mapped[int] = mapped_column(
        ForeignKey("need_review.id", ondelete="CASCADE"), index=True
    )
    family: Mapped[Family] = mapped_column(enum_column(Family))
    text: Mapped[str] = mapped_column(Text, info={"personal": "assessment"})

    review: Mapped[NeedReview] = relationship(back_populates="comments")


class ReviewWaiver(Base):
    """That a need was taken on before its evaluations were in, and why."""

    __tablename__ = "review_waiver"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    reason: Mapped[WaiverReason] = mapped_column(enum_column(WaiverReason))
    #: How many evaluations were in, of how many.
    in_count: Mapped[int]
    asked_count: Mapped[int]
    waived_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    need: Mapped[Need] = relationship()
    waived_by: Mapped[Account | None] = relationship()
