"""Reading who may be found, and by whom."""

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from talentpool.db import db
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent
from talentpool.talents.queries import is_present
from talentpool.visibility.models import BlockedOrganisation, Visibility


def visibility_of(talent: Talent) -> Visibility | None:
    """Return what somebody chose, None for whoever never did."""
    return db.session.scalar(select(Visibility).where(Visibility.talent_id == talent.id))


def blocks_of(talent: Talent) -> list[BlockedOrganisation]:
    """List the administrations that somebody blocked, the oldest choice first."""
    chosen = (
        select(BlockedOrganisation)
        .where(BlockedOrganisation.talent_id == talent.id)
        .options(selectinload(BlockedOrganisation.organisation).selectinload(Organisation.names))
        .order_by(BlockedOrganisation.id)
    )
    return list(db.session.scalars(chosen))


def is_findable(day: date) -> ColumnElement[bool]:
    """Whether somebody may be ranked on `day`: neither in a pause, nor objecting to rankings."""
    withheld = select(Visibility.talent_id).where(
        or_(Visibility.objected_at.is_not(None), _is_paused(day))
    )
    return Talent.id.not_in(withheld)


def _is_paused(day: date) -> ColumnElement[bool]:
    return Visibility.paused_at.is_not(None) & or_(
        Visibility.paused_until.is_(None), Visibility.paused_until >= day
    )


def is_seen_by(
    host_id: int | None, talent_id: InstrumentedAttribute[int] = Talent.id
) -> ColumnElement[bool]:
    """Whether somebody did not block a host, nor anything above it; nobody blocked a host without a record."""
    blocking = select(BlockedOrganisation.talent_id).where(
        BlockedOrganisation.organisation_id.in_(_lineage(host_id))
    )
    return talent_id.not_in(blocking)


def _lineage(host_id: int | None) -> Select[int]:
    """Select the number of an organisation, and of each above it."""
    own = select(Organisation.id, Organisation.parent_id).where(Organisation.id == host_id)
    line = own.cte("lineage", recursive=True)
    above = select(Organisation.id, Organisation.parent_id).join(
        line, Organisation.id == line.c.parent_id
    )
    # A union, not a union of all: a circle in the tree ends where it began.
    line = line.union(above)
    return select(line.c.id)


def has_blocked(talent_id: int, host_id: int | None) -> bool:
    """Tell whether somebody is never to be seen by a host."""
    seen = select(exists().where(Talent.id == talent_id, is_seen_by(host_id)))
    return not db.session.scalar(seen)


def blocking(people: list[int], host_id: int | None) -> set[int]:
    """Return those of some people who are never to be seen by a host."""
    found = select(Talent.id).where(Talent.id.in_(people), ~is_seen_by(host_id))
    return set(db.session.scalars(found))


def blockers_by_host() -> dict[int, frozenset[int]]:
    """Map each host whom anybody blocked, itself or through what stands above it, to who did.

    One read of the blocks and one of the tree, for whoever asks about many hosts.
    """
    direct: dict[int, set[int]] = {}
    rows = select(BlockedOrganisation.organisation_id, BlockedOrganisation.talent_id)
    for organisation_id, talent_id in db.session.execute(rows):
        direct.setdefault(organisation_id, set()).add(talent_id)
    if not direct:
        return {}
    tree = db.session.execute(select(Organisation.id, Organisation.parent_id))
    parents: dict[int, int | None] = dict(tree.all())
    return {
        number: frozenset(who)
        for number in parents
        if (who := set().union(*(direct.get(one, set()) for one in _above(number, parents))))
    }


def _above(number: int, parents: dict[int, int | None]) -> list[int]:
    line: list[int] = []
    here: int | None = number
    while here is not None and here not in line:
        line.append(here)
        here = parents.get(here)
    return line


def read_by_hand(host_id: int | None, *, today: date) -> list[Talent]:
    """List who objected to rankings and may be read by a person for a host's seat."""
    chosen = (
        select(Talent)
        .join(Visibility, Visibility.talent_id == Talent.id)
        .where(
            is_present(),
            Visibility.objected_at.is_not(None),
            ~_is_paused(today),
            is_seen_by(host_id),
        )
        .options(selectinload(Talent.families))
        .order_by(Talent.id)
    )
    return list(db.session.scalars(chosen))
