"""Reading what waits for its author's decision."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.cv.models import KEPT, CvProposal, CvReading
from talentpool.db import db, now
from talentpool.talents.models import Talent


def reading_of(talent: Talent) -> CvReading | None:
    """Return the last CV that a person had read, while some of it awaits their decision."""
    found = (
        select(CvReading)
        .where(CvReading.talent_id == talent.id, CvReading.created_at > now() - KEPT)
        .options(selectinload(CvReading.proposals).options(joinedload(CvProposal.skill)))
        .order_by(CvReading.id.desc())
    )
    return db.session.scalars(found).first()
