"""Calendars of one's missions, behind addresses that cannot be guessed and can be revoked."""

import secrets
from collections.abc import Callable

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db, hash_of, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.placements import queries
from talentpool.placements.calendars import CalendarEntry, calendar_bytes
from talentpool.placements.models import CalendarFeed, Placement
from talentpool.tabular.limits import in_french

NAME = _("Missions du vivier")
MISSION = _("%(name)s, %(need)s (%(host)s)")
CHECK = _("Point d’essai : %(name)s, %(need)s")
DECIDE = _("Suite à décider : %(name)s, %(need)s")


def open_feed(account: Account) -> tuple[CalendarFeed, str]:
    """Open a feed for an account and return it with its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(account_id=account.id, token_hash=hash_of(token))
    db.session.add(feed)
    journal.record("calendar_feed.opened", feed, by=account)
    return feed, token


def revoke_feed(feed: CalendarFeed, *, by: Account | None) -> None:
    """Close a feed for ever."""
    feed.revoked_at = feed.revoked_at or now()
    journal.record("calendar_feed.revoked", feed, by=by)


def feeds_of(account: Account) -> list[CalendarFeed]:
    """List an account's feeds that still answer, the latest first."""
    chosen = select(CalendarFeed).where(
        CalendarFeed.account_id == account.id, CalendarFeed.revoked_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(CalendarFeed.id.desc())))


def account_behind(token: str) -> Account | None:
    """Return whose feed a token opens: not revoked, the account active."""
    feed = db.session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.token_hash == hash_of(token), CalendarFeed.revoked_at.is_(None)
        )
    )
    return feed.account if feed is not None and feed.account.is_active else None


def calendar_of(account: Account, *, link: Callable[[Placement], str]) -> bytes:
    """Write the calendar of the placements within an account's reach: what they may read today."""
    placements = list(db.session.scalars(queries.placements(account)))
    entries = [entry for placement in placements for entry in _entries(placement, link(placement))]
    latest = max((placement.created_at for placement in placements), default=account.created_at)
    return calendar_bytes(in_french(NAME), entries, updated_at=latest)


def _entries(placement: Placement, url: str) -> list[CalendarEntry]:
    need = placement.seat.need
    said = {"name": placement.talent.label, "need": need.title, "host": need.host_label}
    days = [("mission", MISSION, placement.starts_on, placement.ends_on)]
    if placement.needs_decision:
        due = placement.renewal_due_on
        days.append(("suite", DECIDE, due, due))
    if placement.probation_passed_on is None and placement.interruption is None:
        check = placement.probation_check_on
        days.append(("essai", CHECK, check, check))
    return [
        CalendarEntry(
            uid=f"{kind}-{placement.id}@vivier",
            summary=in_french(text, **said),
            starts_on=first,
            ends_on=last,
            description=placement.seat.label,
            url=url,
            updated_at=placement.created_at,
            sequence=placement.version_id,
        )
        for kind, text, first, last in days
    ]
