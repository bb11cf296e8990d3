"""A declaration that nobody has to make, and that its author erases in one click."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.talents.models import Talent


class Gender(StrEnum):
    """What a person says that they are."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The answer as people say it, marked for translation."""
        return GENDER_LABELS[self]


class AgeBand(StrEnum):
    """The age that a person says that they have, in three bands."""

    UNDER_30 = "under_30"
    FROM_30_TO_44 = "from_30_to_44"
    FROM_45 = "from_45"

    @property
    def label(self) -> str:
        """The answer as people say it, marked for translation."""
        return AGE_BAND_LABELS[self]


GENDER_LABELS = {
    Gender.WOMAN: _("Une femme"),
    Gender.MAN: _("Un homme"),
    Gender.OTHER: _("Ni l’un ni l’autre, ou autrement"),
}
AGE_BAND_LABELS = {
    AgeBand.UNDER_30: _("Moins de 30 ans"),
    AgeBand.FROM_30_TO_44: _("De 30 à 44 ans"),
    AgeBand.FROM_45: _("45 ans et plus"),
}
#: The text that people agree to, as templates/declarations/edit.html writes it: a new wording takes a new one.
CONSENT_VERSION = "2026-11"


class VoluntaryDeclaration(Versioned, Base):
    """What one person chose to say, and the text that they agreed to."""

    __tablename__ = "voluntary_declaration"

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), unique=True)
    gender: Mapped[Gender | None] = mapped_column(
        enum_column(Gender), info={"personal": "declared"}
    )
    age_band: Mapped[AgeBand | None] = mapped_column(
        enum_column(AgeBand), info={"personal": "declared"}
    )
    consent_version: Mapped[str] = mapped_column(String(20))
    consented_at: Mapped[datetime]

    talent: Mapped[Talent] = relationship()
