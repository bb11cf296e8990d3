"""Pausing, objecting to rankings, blocking administrations, and taking each back."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent
from talentpool.visibility.models import BlockedOrganisation, Visibility
from talentpool.visibility.queries import visibility_of

#: What higher features do once somebody blocked an administration.
when_blocked: list[Callable[[BlockedOrganisation, Account | None], None]] = []


class PauseAlreadyOver(Exception):
    """A pause cannot end before today."""


class AlreadyBlocked(Exception):
    """The person blocked this administration before."""


def pause(
    talent: Talent, *, until: date | None = None, today: date, by: Account | None
) -> Visibility:
    """Withdraw somebody from rankings and proposals for a while; raises `PauseAlreadyOver`."""
    if until is not None and until < today:
        raise PauseAlreadyOver
    chosen = _row(talent)
    if not chosen.is_paused_on(today):
        chosen.paused_at = now()
    chosen.paused_until = until
    journal.record("visibility.paused", talent, by=by, until=until.isoformat() if until else None)
    return chosen


def resume(talent: Talent, *, by: Account | None) -> None:
    """End a pause; whoever is not in one stays as they are."""
    chosen = _row(talent)
    if chosen.paused_at is not None:
        chosen.paused_at = chosen.paused_until = None
        journal.record("visibility.resumed", talent, by=by)


def object_to_rankings(talent: Talent, *, by: Account | None) -> Visibility:
    """Have a person alone read somebody from now on, never a ranking."""
    chosen = _row(talent)
    if chosen.objected_at is None:
        chosen.objected_at = now()
        journal.record("visibility.objected", talent, by=by)
    return chosen


def accept_rankings(talent: Talent, *, by: Account | None) -> None:
    """Take an objection back."""
    chosen = _row(talent)
    if chosen.objected_at is not None:
        chosen.objected_at = None
        journal.record("visibility.objection_withdrawn", talent, by=by)


def block(talent: Talent, organisation: Organisation, *, by: Account | None) -> BlockedOrganisation:
    """Keep somebody from an administration and all below it, from now on; raises `AlreadyBlocked`.

    The journal says that somebody did, and not whom they keep away from.
    """
    _lock(talent)
    standing = organisation.standing
    found = select(BlockedOrganisation).where(
        BlockedOrganisation.talent_id == talent.id,
        BlockedOrganisation.organisation_id == standing.id,
    )
    if db.session.scalar(found) is not None:
        raise AlreadyBlocked
    made = BlockedOrganisation(talent_id=talent.id, organisation=standing)
    db.session.add(made)
    journal.record("visibility.blocked", talent, by=by)
    for told in when_blocked:
        told(made, by)
    return made


def unblock(blocked: BlockedOrganisation, *, by: Account | None) -> None:
    """Let an administration see somebody again, once they are proposed to it."""
    journal.record("visibility.unblocked", blocked.talent, by=by)
    db.session.delete(blocked)
    db.session.flush()


def _row(talent: Talent) -> Visibility:
    _lock(talent)
    chosen = visibility_of(talent)
    if chosen is None:
        chosen = Visibility(talent=talent)
        db.session.add(chosen)
    return chosen


def _lock(talent: Talent) -> None:
    """Wait for whoever chooses for the same person at once: two first choices would be two rows."""
    db.session.flush()
    db.session.execute(select(Talent.id).where(Talent.id == talent.id).with_for_update())
