"""What a CV proposes for a profile, kept until its author has decided, and a week at most."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.cv.checking import CvKind
from talentpool.db import Base, enum_column
from talentpool.skills.models import Skill
from talentpool.talents.models import Talent

#: How long proposals wait for a decision.
KEPT = timedelta(days=7)


class ProposedPart(StrEnum):
    """The part of a profile that a proposal would go into."""

    HEADLINE = "headline"
    SKILL = "skill"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    EDUCATION = "education"


class CvReading(Base):
    """One CV that was read; the file itself is not kept, nor its name."""

    __tablename__ = "cv_reading"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CvKind] = mapped_column(enum_column(CvKind))
    #: Codes of what was seen and not taken, never what it said.
    left_out: Mapped[list[str]] = mapped_column(
        JSON, default=list, info={"personal": "quoted values"}
    )

    talent: Mapped[Talent] = relationship()
    proposals: Mapped[list["CvProposal"]] = relationship(
        back_populates="reading", cascade="all, delete-orphan", order_by="CvProposal.position"
    )


class CvProposal(Base):
    """One thing that a CV says, and that its author has not decided on yet."""

    __tablename__ = "cv_proposal"

    reading_id: Mapped[int] = mapped_column(
        ForeignKey("cv_reading.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[ProposedPart] = mapped_column(enum_column(ProposedPart))
    skill_id: Mapped[int | None] = mapped_column(
        ForeignKey("skill.id", ondelete="SET NULL"), index=True, info={"personal": "career"}
    )
    #: A skill, a language, the title of an experience or of studies, or a headline.
    label: Mapped[str] = mapped_column(String(300), info={"personal": "career"})
    level: Mapped[str] = mapped_column(String(20), default="", info={"personal": "career"})
    organisation: Mapped[str] = mapped_column(String(200), default="", info={"personal": "career"})
    period: Mapped[str] = mapped_column(String(60), default="", info={"personal": "career"})
    text: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    #: The words of the CV that show it.
    shown_by: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    #: Whether the file says so in a field of its own, rather than somebody's text being read.
    is_stated: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]

    reading: Mapped[CvReading] = relationship(back_populates="proposals")
    skill: Mapped[Skill | None] = relationship()
