"""How somebody wants to be found, and by whom not; each choice is dated."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent


class Visibility(Versioned, Base):
    """One person's choices; whoever never chose has no row, and is found as everybody is."""

    __tablename__ = "visibility"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), unique=True)
    paused_at: Mapped[datetime | None] = mapped_column(info={"personal": "availability"})
    #: The last day of the pause; without one it lasts until the person ends it.
    paused_until: Mapped[date | None] = mapped_column(info={"personal": "availability"})
    #: When they objected to being ranked (RGPD, article 21).
    objected_at: Mapped[datetime | None] = mapped_column(info={"personal": "objection"})

    talent: Mapped[Talent] = relationship()

    def is_paused_on(self, day: date) -> bool:
        """Whether nobody is to find them on `day`."""
        return self.paused_at is not None and (
            self.paused_until is None or self.paused_until >= day
        )

    @property
    def objects(self) -> bool:
        """Whether a person alone may read them, never a ranking."""
        return self.objected_at is not None


class BlockedOrganisation(Base):
    """An administration that somebody does not want to be seen by, with all that stands below it."""

    __tablename__ = "blocked_organisation"
    __table_args__ = (UniqueConstraint("talent_id", "organisation_id"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"),
        index=True,
        info={"personal": "objection"},
    )

    talent: Mapped[Talent] = relationship()
    organisation: Mapped[Organisation] = relationship()
