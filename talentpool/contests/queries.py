"""Reading contests: one's own, and those that wait for an answer."""

from sqlalchemy import Select, case, false, select
from sqlalchemy.orm import joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.contests.models import Contest, ContestStatus
from talentpool.db import db
from talentpool.talents.models import Talent


def contests(viewer: Viewer) -> Select[Contest]:
    """Select the contests that the viewer may answer: the open ones first, by the day promised."""
    chosen = (
        select(Contest)
        .options(joinedload(Contest.talent), joinedload(Contest.answered_by))
        .order_by(
            case((Contest.status == ContestStatus.OPEN, 0), else_=1), Contest.due_on, Contest.id
        )
    )
    return chosen if allows(viewer, Permission.ANSWER_CONTESTS) else chosen.where(false())


def open_contests(viewer: Viewer) -> Select[Contest]:
    """Select the contests that still wait for an answer, the day promised first coming first."""
    return contests(viewer).where(Contest.status == ContestStatus.OPEN)


def contests_of(talent: Talent) -> list[Contest]:
    """List what somebody contested, the newest first."""
    chosen = (
        select(Contest)
        .where(Contest.talent_id == talent.id)
        .options(joinedload(Contest.answered_by))
    )
    return list(db.session.scalars(chosen.order_by(Contest.id.desc())))
