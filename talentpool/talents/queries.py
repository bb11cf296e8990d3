"""Reading profiles, the viewer first."""

from sqlalchemy import Select, false, select
from sqlalchemy.orm import selectinload

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.talents.models import PoolStatus, Talent, TalentSkill
from talentpool.talents.searching import understood


def talents(viewer: Viewer, *, search: str = "") -> Select[Talent]:
    """Select the profiles that `viewer` may read, by name, filtered as asked."""
    chosen = present_profiles().order_by(Talent.findable, Talent.id)
    if not allows(viewer, Permission.READ_TALENTS):
        return chosen.where(Talent.account_id == viewer.id if viewer.id else false())
    return chosen.where(*understood(search).conditions) if search else chosen


def present_profiles() -> Select[Talent]:
    """Select every profile but those that were merged into another."""
    return whole_profiles().where(Talent.merged_into_id.is_(None))


def whole_profiles() -> Select[Talent]:
    """Select every profile with all that it says, in few reads whatever their number."""
    return select(Talent).options(
        selectinload(Talent.families),
        selectinload(Talent.skills).joinedload(TalentSkill.skill),
        selectinload(Talent.experiences),
    )


def rankable_talents() -> list[Talent]:
    """List the whole pool as rankings read it: everybody but those who left."""
    present = present_profiles().where(Talent.pool_status != PoolStatus.ALUMNI).order_by(Talent.id)
    return list(db.session.scalars(present))


def profile_of(viewer: Viewer) -> Talent | None:
    """Return the signed-in person's own profile."""
    return db.session.scalar(present_profiles().where(Talent.account_id == viewer.id))


def talents_by_external_id(source: str) -> dict[str, Talent]:
    """Map the external identifiers of one source to their profiles."""
    found = whole_profiles().where(Talent.source == source)
    return {talent.external_id: talent for talent in db.session.scalars(found)}
