"""One assessment of one skill of somebody's: never changed, taken back with a reason, or followed by another."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.skills.models import Skill
from talentpool.talents.models import LEVEL_LABELS, Talent

LONGEST_NOTE = 2000
LONGEST_SENTENCE = 500


class Method(StrEnum):
    """How a skill was assessed."""

    INTERVIEW = "interview"
    EXERCISE = "exercise"
    WORK_SAMPLE = "work_sample"
    REFERENCE = "reference"
    CERTIFICATE = "certificate"
    MISSION = "mission"

    @property
    def label(self) -> str:
        """The method as people say it, marked for translation."""
        return METHOD_LABELS[self]


METHOD_LABELS = {
    Method.INTERVIEW: _("Entretien"),
    Method.EXERCISE: _("Exercice"),
    Method.WORK_SAMPLE: _("Travaux relus"),
    Method.REFERENCE: _("Référence appelée"),
    Method.CERTIFICATE: _("Certificat vérifié"),
    Method.MISSION: _("Mission accomplie"),
}

#: What tells skills apart: the number of one of the referential, or folded words.
SkillKey = int | str


def key_of(skill_id: int | None, label: str) -> SkillKey:
    """Return what tells a skill from others, claimed or assessed."""
    return skill_id or folded(label)


def years_between(first: date, last: date) -> int:
    """Return how many whole years lie between two days; none when the second comes first."""
    is_short = (last.month, last.day) < (first.month, first.day)
    return max(0, last.year - first.year - is_short)


class SkillAssessment(Base):
    """What the agency found of one skill, of the referential or in the person's own words."""

    __tablename__ = "skill_assessment"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    label: Mapped[str] = mapped_column(String(120), info={"personal": "career"})
    level: Mapped[int] = mapped_column(info={"personal": "career"})
    method: Mapped[Method] = mapped_column(enum_column(Method), info={"personal": "career"})
    #: What the person reads.
    sentence: Mapped[str] = mapped_column(
        String(LONGEST_SENTENCE), default="", info={"personal": "career"}
    )
    #: What the agency alone reads.
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    assessed_on: Mapped[date] = mapped_column(info={"personal": "career"})
    assessed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    withdrawal_reason: Mapped[str] = mapped_column(
        String(LONGEST_SENTENCE), default="", info={"personal": "career"}
    )

    talent: Mapped[Talent] = relationship()
    skill: Mapped[Skill | None] = relationship()
    assessed_by: Mapped[Account | None] = relationship(foreign_keys=[assessed_by_id])
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])

    @property
    def key(self) -> SkillKey:
        """What tells the skill from others."""
        return key_of(self.skill_id, self.label)

    @property
    def level_label(self) -> str:
        """The level as people say it."""
        return LEVEL_LABELS[self.level]

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None
