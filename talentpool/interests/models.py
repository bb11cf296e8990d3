"""What one person says of one need; only they and the agency read it, and no score does."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.needs.models import Need
from talentpool.talents.models import Talent

#: How many needs somebody may wish for at once.
MOST_WISHES = 5


class Stance(StrEnum):
    """Whether somebody would take a seat of the need."""

    INTERESTED = "interested"
    NOT_NOW = "not_now"

    @property
    def label(self) -> str:
        """The stance as people say it, marked for translation."""
        return STANCE_LABELS[self]


class NotNowReason(StrEnum):
    """Why not now, in one of a few words that can be counted."""

    DATES = "dates"
    SHARE = "share"
    PLACE = "place"
    SUBJECT = "subject"
    SKILLS = "skills"
    OTHER_MISSION = "other_mission"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return NOT_NOW_LABELS[self]


STANCE_LABELS = {
    Stance.INTERESTED: _("Ça m’intéresse"),
    Stance.NOT_NOW: _("Pas maintenant"),
}
NOT_NOW_LABELS = {
    NotNowReason.DATES: _("Les dates ne me conviennent pas"),
    NotNowReason.SHARE: _("La part de temps ne me convient pas"),
    NotNowReason.PLACE: _("Le lieu ne me convient pas"),
    NotNowReason.SUBJECT: _("Le sujet ne m’attire pas"),
    NotNowReason.SKILLS: _("Ce ne sont pas mes compétences"),
    NotNowReason.OTHER_MISSION: _("J’ai une autre mission"),
    NotNowReason.OTHER: _("Une autre raison, précisée ci-dessous"),
}


class Interest(Versioned, Base):
    """One person's word on one need, and its place among their wishes, if it has one."""

    __tablename__ = "interest"
    __table_args__ = (
        UniqueConstraint("talent_id", "need_id"),
        CheckConstraint(f"wish_rank BETWEEN 1 AND {MOST_WISHES}", name="wish_rank"),
    )

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    stance: Mapped[Stance] = mapped_column(enum_column(Stance), info={"personal": "wishes"})
    reason: Mapped[NotNowReason | None] = mapped_column(
        enum_column(NotNowReason), info={"personal": "wishes"}
    )
    #: Until when not, if one knows.
    until: Mapped[date | None] = mapped_column(info={"personal": "wishes"})
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "wishes"})
    wish_rank: Mapped[int | None] = mapped_column(info={"personal": "wishes"})

    talent: Mapped[Talent] = relationship()
    need: Mapped[Need] = relationship()
