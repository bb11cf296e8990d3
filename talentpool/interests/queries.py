"""Reading what people think of needs: one's own, and what the agency reads beside a person."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.board.queries import on_board
from talentpool.db import db
from talentpool.interests.models import Interest, Stance
from talentpool.needs.models import Need
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent


def interest_in(talent: Talent, need: Need) -> Interest | None:
    """Return what somebody said of a need, if anything."""
    found = select(Interest).where(Interest.talent_id == talent.id, Interest.need_id == need.id)
    return db.session.scalar(found)


def wishes_of(talent: Talent) -> list[Interest]:
    """List the open public needs that somebody wishes for, the first wish first."""
    chosen = _open_ones(talent).where(Interest.wish_rank.is_not(None))
    return list(db.session.scalars(chosen.order_by(Interest.wish_rank, Interest.id)))


def said_of_open_needs(talent: Talent) -> list[Interest]:
    """List what somebody said of open public needs that they do not wish for, the newest first."""
    chosen = _open_ones(talent).where(Interest.wish_rank.is_(None))
    return list(db.session.scalars(chosen.order_by(Interest.id.desc())))


def _open_ones(talent: Talent) -> Select[Interest]:
    hosts = selectinload(Need.organisation).selectinload(Organisation.names)
    return (
        select(Interest)
        .join(Interest.need)
        .where(Interest.talent_id == talent.id, on_board())
        .options(joinedload(Interest.need).options(hosts))
    )


def interests_of(talent: Talent) -> dict[int, Interest]:
    """Map needs to what somebody said of them."""
    found = select(Interest).where(Interest.talent_id == talent.id)
    return {one.need_id: one for one in db.session.scalars(found)}


def interests_in(need: Need, people: Iterable[int]) -> dict[int, Interest]:
    """Map people to what they said of a need, for the agency."""
    found = select(Interest).where(
        Interest.need_id == need.id, Interest.talent_id.in_(list(people))
    )
    return {one.talent_id: one for one in db.session.scalars(found)}


def askers(need_id: int) -> Select[int]:
    """Select the numbers of the people who wish for a need, or said that it interests them."""
    return select(Interest.talent_id).where(
        Interest.need_id == need_id, Interest.stance == Stance.INTERESTED
    )
