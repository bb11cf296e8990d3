"""First screening without names: lifting somebody's anonymity for a seat is an act, with a reason."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.matches.anonymity_models import AnonymityLift
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent


def lift_anonymity(
    seat: NeedSeat, talent: Talent, *, reason: str, by: Account | None
) -> AnonymityLift:
    """Let the agency read somebody's name for a seat, from now on; a second time changes nothing."""
    # Two who lift at once would be two rows.
    db.session.execute(select(NeedSeat.id).where(NeedSeat.id == seat.id).with_for_update())
    standing = lifts(seat).get(talent.id)
    if standing is not None:
        return standing
    lift = AnonymityLift(
        seat_id=seat.id, talent_id=talent.id, reason=reason, lifted_by_id=by.id if by else None
    )
    db.session.add(lift)
    journal.record("match.anonymity_lifted", seat, by=by, talent=talent.id)
    return lift


def lifts(seat: NeedSeat) -> dict[int, AnonymityLift]:
    """Map the people whose names were lifted for a seat to who did it, when and why."""
    chosen = (
        select(AnonymityLift)
        .where(AnonymityLift.seat_id == seat.id)
        .options(joinedload(AnonymityLift.lifted_by))
    )
    return {lift.talent_id: lift for lift in db.session.scalars(chosen)}
