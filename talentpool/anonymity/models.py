"""Passages that a person approved: all that is shown of their text before names pass."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from talentpool.db import Base, Versioned, now

#: Characters of a passage as typed: a few sentences, not a life. Masked, it may be longer.
LONGEST_PASSAGE = 1_000
#: Passages on a sheet: as many as are read.
MOST_PASSAGES = 20


class ApprovedPassage(Versioned, Base):
    """Words that a person accepts to show to hosts who do not know their name, kept masked."""

    __tablename__ = "approved_passage"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text, info={"personal": "career"})
    approved_at: Mapped[datetime] = mapped_column(default=now)
    position: Mapped[int]
