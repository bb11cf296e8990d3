"""Reading declarations: one's own, and who belongs to which group, for counts alone."""

from sqlalchemy import select

from talentpool.db import db
from talentpool.declarations.models import AgeBand, Gender, VoluntaryDeclaration
from talentpool.talents.models import Talent


def declaration_of(talent: Talent) -> VoluntaryDeclaration | None:
    """Return what a person declared, if anything."""
    return db.session.scalar(
        select(VoluntaryDeclaration).where(VoluntaryDeclaration.talent_id == talent.id)
    )


def declared_groups() -> dict[int, tuple[Gender | None, AgeBand | None]]:
    """Map each person who declared something to their groups; only what counts people may call this."""
    found = select(
        VoluntaryDeclaration.talent_id, VoluntaryDeclaration.gender, VoluntaryDeclaration.age_band
    )
    return {talent_id: (gender, age) for talent_id, gender, age in db.session.execute(found)}
