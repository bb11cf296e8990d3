"""Reading proposals, the viewer first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.access import Permission, Role, Viewer, allows
from talentpool.db import db
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE, ProposalStatus, Side
from talentpool.talents.models import Talent
from talentpool.visibility.queries import is_seen_by


def proposals(viewer: Viewer) -> Select[Proposal]:
    """Select the proposals within the viewer's reach, those that have not moved for longest first."""
    chosen = _whole().order_by(Proposal.moved_at, Proposal.id)
    return chosen if allows(viewer, Permission.READ_PROPOSALS) else chosen.where(false())


def _whole() -> Select[Proposal]:
    return select(Proposal).options(
        joinedload(Proposal.talent),
        joinedload(Proposal.proposed_by),
        selectinload(Proposal.answers),
        joinedload(Proposal.seat).options(
            joinedload(NeedSeat.family),
            joinedload(NeedSeat.need)
            .selectinload(Need.organisation)
            .selectinload(Organisation.names),
        ),
    )


def live_proposals(viewer: Viewer, *, today: date) -> Select[Proposal]:
    """Select the proposals that still hold, those that have not moved for longest first."""
    return proposals(viewer).where(is_live(today))


def is_live(today: date) -> ColumnElement[bool]:
    """Whether a proposal still holds on `today`."""
    return Proposal.status.in_(LIVE) & (Proposal.expires_on >= today)


def proposals_at(
    viewer: Viewer,
    *,
    today: date,
    stage: str = "",
    seat: int | None = None,
    need: int | None = None,
) -> Select[Proposal]:
    """Select proposals at a stage ("live", "all" or a status' code), of a seat or of a need."""
    chosen = proposals(viewer)
    if seat is not None:
        chosen = chosen.where(Proposal.seat_id == seat)
    if need is not None:
        chosen = chosen.where(Proposal.seat.has(NeedSeat.need_id == need))
    if stage == "all":
        return chosen
    if stage == ProposalStatus.EXPIRED:
        return chosen.where(Proposal.status.in_(LIVE), Proposal.expires_on < today)
    if stage in set(ProposalStatus):
        found = chosen.where(Proposal.status == ProposalStatus(stage))
        return found.where(Proposal.expires_on >= today) if stage in set(LIVE) else found
    return chosen.where(is_live(today))


def proposals_for_seat(viewer: Viewer, seat: NeedSeat, *, today: date) -> list[Proposal]:
    """List the proposals that still hold for one seat."""
    chosen = live_proposals(viewer, today=today).where(Proposal.seat_id == seat.id)
    return list(db.session.scalars(chosen))


def own_proposals(viewer: Viewer, *, today: date) -> Select[Proposal]:
    """Select the proposals that concern the viewer: of their person, or for their organisation's seats."""
    chosen = _whole().order_by(Proposal.moved_at.desc(), Proposal.id.desc())
    if viewer.role is Role.TALENT and viewer.id is not None:
        return chosen.where(Proposal.talent.has(Talent.account_id == viewer.id))
    if viewer.role is Role.MINISTRY_MEMBER and viewer.organisation_id is not None:
        of_host = Need.organisation_id == viewer.organisation_id
        return chosen.where(Proposal.seat.has(NeedSeat.need.has(of_host)), _is_kept(viewer, today))
    return chosen.where(false())


def _is_kept(viewer: Viewer, today: date) -> ColumnElement[bool]:
    """Whether a host still reads of somebody who blocked it, or limited what is done with their profile.

    With whoever blocked it, what goes on is left to people, a placement until its last day, and what is
    over is gone at once; of whoever limited their profile only a placement is read.
    """
    is_placed = Proposal.status == ProposalStatus.PLACED
    goes_on = is_live(today) | (is_placed & (Proposal.ends_on >= today))
    is_used = is_placed | Proposal.talent.has(Talent.restricted_at.is_(None))
    return is_used & (goes_on | is_seen_by(viewer.organisation_id, Proposal.talent_id))


def is_shown_to(viewer: Viewer, proposal: Proposal, *, today: date) -> bool:
    """Tell whether a host still reads of a person who blocked it or limited their profile."""
    if viewer.role is not Role.MINISTRY_MEMBER:
        return True
    shown = select(Proposal.id).where(Proposal.id == proposal.id, _is_kept(viewer, today))
    return db.session.scalar(shown) is not None


def side_of(viewer: Viewer) -> Side:
    """Return on which side a viewer stands."""
    if viewer.role is Role.TALENT:
        return Side.TALENT
    return Side.HOST if viewer.role is Role.MINISTRY_MEMBER else Side.AGENCY


@dataclass(frozen=True)
class TimesProposed:
    """How often somebody was proposed, for whatever seat, and when last."""

    count: int
    last_at: datetime | None
    live: int


NEVER = TimesProposed(0, None, 0)


def times_proposed(people: Iterable[int], *, today: date) -> dict[int, TimesProposed]:
    """Map people who were ever proposed to how often, and how many of these still hold."""
    numbers = list(people)
    counted = (
        select(
            Proposal.talent_id,
            func.count(),
            func.max(Proposal.created_at),
            func.count().filter(is_live(today)),
        )
        .where(Proposal.talent_id.in_(numbers))
        .group_by(Proposal.talent_id)
    )
    return {
        talent_id: TimesProposed(count, last_at, live)
        for talent_id, count, last_at, live in db.session.execute(counted)
    }


def live_proposals_of(people: Iterable[int], *, today: date) -> dict[int, list[Proposal]]:
    """Map people to their proposals that still hold, for whatever seat."""
    chosen = _whole().where(is_live(today), Proposal.talent_id.in_(list(people)))
    found: dict[int, list[Proposal]] = {}
    for proposal in db.session.scalars(chosen.order_by(Proposal.id)):
        found.setdefault(proposal.talent_id, []).append(proposal)
    return found
