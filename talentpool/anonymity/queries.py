"""Reading what people approved."""

from collections.abc import Iterable

from sqlalchemy import select

from talentpool.anonymity.models import ApprovedPassage
from talentpool.db import db
from talentpool.talents.models import Talent


def passages_of(talents: Iterable[Talent]) -> dict[int, list[ApprovedPassage]]:
    """Map people's ids to the passages that they approved, in their order, in one read for all."""
    found: dict[int, list[ApprovedPassage]] = {talent.id: [] for talent in talents}
    chosen = (
        select(ApprovedPassage)
        .where(ApprovedPassage.talent_id.in_(found))
        .order_by(ApprovedPassage.position, ApprovedPassage.id)
    )
    for passage in db.session.scalars(chosen):
        found[passage.talent_id].append(passage)
    return found
