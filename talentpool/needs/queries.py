"""Reading needs and seats, the viewer first."""

from sqlalchemy import ColumnElement, Select, case, false, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from talentpool.access import AGENCY, Role, Viewer
from talentpool.db import db
from talentpool.naming import has_every_word
from talentpool.needs.models import Need, NeedSeat, SeatSkill, SeatStatus
from talentpool.needs.stages import SEARCHED, SERVED, NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.skills.models import JobFamily

AWAITING_FIRST = (
    NeedStatus.SUBMITTED,
    NeedStatus.IN_REVIEW,
    NeedStatus.COMPLEMENT_ASKED,
    NeedStatus.DRAFT,
    NeedStatus.APPROVED,
    NeedStatus.SEARCHING,
    NeedStatus.PARTLY_FILLED,
    NeedStatus.FILLED,
    NeedStatus.UNMET,
    NeedStatus.CLOSED,
    NeedStatus.WITHDRAWN,
    NeedStatus.DECLINED,
)


def whole_needs() -> Select[Need]:
    """Select every need with its seats and their skills, in few reads whatever their number."""
    return select(Need).options(
        selectinload(Need.organisation).selectinload(Organisation.names),
        selectinload(Need.owner),
        selectinload(Need.seats).options(
            selectinload(NeedSeat.family),
            selectinload(NeedSeat.skills).joinedload(SeatSkill.skill),
        ),
    )


def needs(viewer: Viewer, *, search: str = "", status: str = "", family: str = "") -> Select[Need]:
    """Select the needs within the viewer's reach: what awaits somebody, then newest, first."""
    chosen = (
        whole_needs()
        .where(_within_reach(viewer))
        .order_by(
            case({status: place for place, status in enumerate(AWAITING_FIRST)}, value=Need.status),
            Need.created_at.desc(),
            Need.id,
        )
    )
    if search:
        chosen = chosen.where(has_every_word(Need.findable, search))
    if status in set(NeedStatus):
        chosen = chosen.where(Need.status == NeedStatus(status))
    if family:
        chosen = chosen.where(Need.seats.any(NeedSeat.family.has(JobFamily.code == family)))
    return chosen


def seats(*, family: str = "", status: SeatStatus | None = None) -> Select[NeedSeat]:
    """Select the seats of approved needs, those that have waited longest first."""
    chosen = (
        select(NeedSeat)
        .join(NeedSeat.need)
        .options(
            contains_eager(NeedSeat.need)
            .selectinload(Need.organisation)
            .selectinload(Organisation.names),
            selectinload(NeedSeat.family),
            selectinload(NeedSeat.skills),
        )
        .where(Need.status.in_(SERVED))
        .order_by(Need.approved_at, Need.id, NeedSeat.position)
    )
    if family:
        chosen = chosen.where(NeedSeat.family.has(JobFamily.code == family))
    if status is not None:
        chosen = chosen.where(NeedSeat.status == status)
    if status is SeatStatus.OPEN:
        chosen = chosen.where(Need.status.in_(SEARCHED))
    return chosen


def needs_by_external_id(source: str) -> dict[str, Need]:
    """Map the external identifiers of one source to their needs."""
    found = whole_needs().where(Need.source == source)
    return {need.external_id: need for need in db.session.scalars(found)}


def _within_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that `access._may_read_need` puts on one need, for the whole table."""
    if viewer.role in AGENCY:
        return or_(Need.status != NeedStatus.DRAFT, Need.entered_by_agency)
    if viewer.role is Role.MINISTRY_MEMBER and viewer.organisation_id is not None:
        return Need.organisation_id == viewer.organisation_id
    if viewer.role is Role.TALENT:
        return Need.status.in_(SEARCHED) & Need.is_public
    return false()
