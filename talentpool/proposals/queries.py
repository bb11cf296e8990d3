"""Reading proposals, the viewer first."""

from datetime import date

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.proposals.models import LIVE, Proposal


def proposals(viewer: Viewer) -> Select[Proposal]:
    """Select the proposals within the viewer's reach, those that have not moved for longest first."""
    chosen = (
        select(Proposal)
        .options(
            joinedload(Proposal.talent),
            joinedload(Proposal.proposed_by),
            joinedload(Proposal.seat).options(
                joinedload(NeedSeat.family),
                joinedload(NeedSeat.need)
                .selectinload(Need.organisation)
                .selectinload(Organisation.names),
            ),
        )
        .order_by(Proposal.moved_at, Proposal.id)
    )
    return chosen if allows(viewer, Permission.READ_PROPOSALS) else chosen.where(false())


def live_proposals(viewer: Viewer, *, today: date) -> Select[Proposal]:
    """Select the proposals that still hold, those that have not moved for longest first."""
    return proposals(viewer).where(Proposal.status.in_(LIVE), Proposal.expires_on >= today)


def proposals_for_seat(viewer: Viewer, seat: NeedSeat, *, today: date) -> list[Proposal]:
    """List the proposals that still hold for one seat."""
    chosen = live_proposals(viewer, today=today).where(Proposal.seat_id == seat.id)
    return list(db.session.scalars(chosen))
