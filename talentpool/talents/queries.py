"""Reading profiles, the viewer first."""

import re

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import selectinload

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.naming import has_every_word
from talentpool.skills.models import JobFamily
from talentpool.talents.models import PoolStatus, Talent, TalentSkill


def talents(
    viewer: Viewer, *, search: str = "", family: str = "", pool_status: str = ""
) -> Select[Talent]:
    """Select the profiles that `viewer` may read, by name, filtered as asked."""
    chosen = whole_profiles().order_by(Talent.findable, Talent.id)
    if not allows(viewer, Permission.READ_TALENTS):
        return chosen.where(Talent.account_id == viewer.id if viewer.id else false())
    if search:
        chosen = chosen.where(_is_found(search))
    if family:
        chosen = chosen.where(Talent.families.any(JobFamily.code == family))
    if pool_status in set(PoolStatus):
        chosen = chosen.where(Talent.pool_status == PoolStatus(pool_status))
    return chosen


def _is_found(search: str) -> ColumnElement[bool]:
    """Whether a profile has every word searched for, or the code."""
    if code := re.fullmatch(r"t-([0-9]{1,9})", search.strip().casefold()):
        return Talent.id == int(code[1])
    return has_every_word(Talent.findable, search)


def whole_profiles() -> Select[Talent]:
    """Select every profile with all that it says, in few reads whatever their number."""
    return select(Talent).options(
        selectinload(Talent.families),
        selectinload(Talent.skills).joinedload(TalentSkill.skill),
        selectinload(Talent.experiences),
    )


def rankable_talents() -> list[Talent]:
    """List the whole pool as rankings read it: everybody but those who left."""
    present = whole_profiles().where(Talent.pool_status != PoolStatus.ALUMNI).order_by(Talent.id)
    return list(db.session.scalars(present))


def profile_of(viewer: Viewer) -> Talent | None:
    """Return the signed-in person's own profile."""
    return db.session.scalar(whole_profiles().where(Talent.account_id == viewer.id))


def talents_by_external_id(source: str) -> dict[str, Talent]:
    """Map the external identifiers of one source to their profiles."""
    found = whole_profiles().where(Talent.source == source)
    return {talent.external_id: talent for talent in db.session.scalars(found)}
