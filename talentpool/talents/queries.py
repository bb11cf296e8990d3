"""Reading profiles, the viewer first."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import load_only, selectinload

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.skills.models import Skill
from talentpool.talents.models import OUTSIDE, PoolStatus, Talent, TalentSkill
from talentpool.talents.searching import understood


def talents(viewer: Viewer, *, search: str = "") -> Select[Talent]:
    """Select the profiles that `viewer` may read, by name, filtered as asked."""
    chosen = present_profiles().order_by(Talent.findable, Talent.id)
    if not allows(viewer, Permission.READ_TALENTS):
        return chosen.where(Talent.account_id == viewer.id if viewer.id else false())
    chosen = chosen.where(
        Talent.pool_status != PoolStatus.CANDIDATE, Talent.restricted_at.is_(None)
    )
    return chosen.where(*understood(search).conditions) if search else chosen


def present_profiles() -> Select[Talent]:
    """Select every profile but those that were merged into another, or whose person was erased."""
    return whole_profiles().where(Talent.merged_into_id.is_(None), Talent.erased_at.is_(None))


def whole_profiles() -> Select[Talent]:
    """Select every profile with all that it says, in few reads whatever their number."""
    return select(Talent).options(
        selectinload(Talent.families),
        selectinload(Talent.skills).joinedload(TalentSkill.skill),
        selectinload(Talent.experiences),
        selectinload(Talent.languages),
    )


def people_to_choose() -> list[Talent]:
    """List by name everybody but those who left, with what a choice shows of them and nothing more."""
    shown = load_only(Talent.display_name, Talent.findable, Talent.version_id)
    present = select(Talent).options(shown).where(is_present())
    return list(db.session.scalars(present.order_by(Talent.findable, Talent.id)))


def person_to_choose(number: int) -> Talent | None:
    """Return one of those who may be chosen."""
    return db.session.scalar(select(Talent).where(Talent.id == number, is_present()))


def is_present() -> ColumnElement[bool]:
    """Whether somebody may be ranked and proposed.

    They were admitted, are not gone, nor an alias of another record, and nothing limits what is done with it.
    """
    return (
        Talent.pool_status.not_in(sorted(OUTSIDE))
        & Talent.merged_into_id.is_(None)
        & Talent.restricted_at.is_(None)
        & Talent.erased_at.is_(None)
    )


def rankable_talents() -> list[Talent]:
    """List the whole pool as rankings read it: everybody but those who left."""
    present = whole_profiles().where(is_present()).order_by(Talent.id)
    return list(db.session.scalars(present))


def profile_of(viewer: Viewer) -> Talent | None:
    """Return the signed-in person's own profile."""
    return db.session.scalar(present_profiles().where(Talent.account_id == viewer.id))


def talents_by_external_id(source: str) -> dict[str, Talent]:
    """Map the external identifiers of one source to their profiles."""
    found = whole_profiles().where(Talent.source == source)
    return {talent.external_id: talent for talent in db.session.scalars(found)}


def shown_skills(people: Sequence[int]) -> dict[int, list[tuple[str, str | None]]]:
    """Map people, by number, to the label and the code of each of their skills that something shows."""
    found: dict[int, list[tuple[str, str | None]]] = {number: [] for number in people}
    rows = db.session.execute(
        select(TalentSkill.talent_id, TalentSkill.label, Skill.code)
        .join(TalentSkill.skill, isouter=True)
        .where(TalentSkill.talent_id.in_(people), is_shown())
        .order_by(TalentSkill.talent_id, TalentSkill.position)
    )
    for number, label, code in rows:
        found[number].append((label, code))
    return found


def is_shown() -> ColumnElement[bool]:
    """Whether a line, a link or an experience shows a skill."""
    return or_(
        TalentSkill.evidence != "",
        TalentSkill.evidence_url != "",
        TalentSkill.experience_id.is_not(None),
    )
