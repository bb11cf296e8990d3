"""Beginning a need once, copying an earlier one, and handing it over within its ministry."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.naming import TYPED
from talentpool.needs.models import Need, SeatStatus
from talentpool.needs.services import (
    NeedContent,
    add_seat,
    content_of,
    create_need,
    seat_content_of,
)
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.organisations.models import Membership

HANDED_OVER = "need.handed_over"

register(
    HANDED_OVER,
    subject=_("Un besoin vous est confié : %(need)s"),
    sentence=_("%(giver)s vous confie le besoin « %(need)s » : vous en répondez maintenant."),
)


class NotAColleague(Exception):
    """The account is no active member of the need's organisation."""


def begin_need(content: NeedContent, *, key: str, by: Account, for_ministry: bool) -> Need:
    """Enter a draft; a second time with the same key, return the first one.

    A key under which somebody else has a need is nobody's business: the need gets another.
    """
    stored = _begun(key, by, for_ministry=for_ministry)
    if stored is not None:
        return stored
    is_free = key and _with_key(key) is None
    try:
        with db.session.begin_nested():
            need = create_need(
                content,
                by=by,
                external_id=key if is_free else None,
                entered_by_agency=for_ministry,
            )
            need.owner = None if for_ministry else db.session.get(Account, by.id)
            db.session.flush()
    except IntegrityError:
        # The same page was sent twice at the same moment.
        first = _begun(key, by, for_ministry=for_ministry)
        if first is None:
            raise
        return first
    return need


def copy_need(need: Need, *, key: str, by: Account, for_ministry: bool) -> Need:
    """Write an earlier need again as a draft: its seats open, its dates to be given anew."""
    stored = _begun(key, by, for_ministry=for_ministry)
    if stored is not None:
        return stored
    copy = begin_need(
        replace(content_of(need), candidates_until=None),
        key=key,
        by=by,
        for_ministry=for_ministry,
    )
    for seat in need.seats:
        content = replace(
            seat_content_of(seat), starts_on=None, ends_on=None, status=SeatStatus.OPEN
        )
        add_seat(copy, content, by=by)
    journal.record("need.copied", copy, by=by, source=need.id)
    return copy


def hand_over(need: Need, to: Account, *, by: Account) -> None:
    """Let a colleague answer for a need; raises `NotAColleague`."""
    if to.id not in {account.id for account in colleagues(need)}:
        raise NotAColleague
    if need.owner_id == to.id:
        return
    before = need.owner_id
    need.owner = to
    journal.record("need.handed_over", need, by=by, owner=to.id, before=before)
    if to.id != by.id:
        notify(
            to,
            kind=HANDED_OVER,
            params={"need": need.title, "giver": by.display_name},
            url_path=f"/besoins/{need.id}",
            once=f"need.handed_over:{need.id}:{new_identifier()}",
            subject=need,
        )


def colleagues(need: Need) -> list[Account]:
    """List the active members of a need's organisation, by name."""
    found = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == need.organisation_id,
            Account.is_active,
            Account.role == Role.MINISTRY_MEMBER,
        )
        .order_by(Account.display_name, Account.id)
    )
    return list(db.session.scalars(found))


def _with_key(key: str) -> Need | None:
    found = select(Need).where(Need.source == TYPED, Need.external_id == key)
    return db.session.scalar(found)


def _begun(key: str, by: Account, *, for_ministry: bool) -> Need | None:
    """Find what the same page has begun already."""
    need = _with_key(key) if key else None
    if need is None:
        return None
    mine = need.entered_by_agency if for_ministry else need.organisation_id == by.organisation_id
    return need if mine else None
