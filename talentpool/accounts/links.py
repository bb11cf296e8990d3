"""Secrets sent to an address, which prove that whoever uses them reads its mail: each serves once."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import db, hash_of, now

#: For how long a link is remembered once it has ended.
KEPT = timedelta(days=30)
#: How long each kind of link serves.
SERVES_FOR = {
    LinkPurpose.REGISTER: timedelta(hours=24),
    LinkPurpose.RESET_PASSWORD: timedelta(minutes=30),
    LinkPurpose.FIRST_PASSWORD: timedelta(days=14),
    LinkPurpose.LEAVE_ADDRESS: timedelta(hours=24),
    LinkPurpose.TAKE_ADDRESS: timedelta(hours=24),
    LinkPurpose.KEEP_ADDRESS: timedelta(days=7),
    LinkPurpose.REPLACE_ADDRESS: timedelta(days=14),
    LinkPurpose.INVITE: timedelta(days=14),
}
#: Each of these opens the page on which a password is chosen.
PASSWORD_LINKS = (LinkPurpose.RESET_PASSWORD, LinkPurpose.FIRST_PASSWORD)


class LinkOver(Exception):
    """The link has served, has expired, or another one took its place."""


def issue(
    purpose: LinkPurpose, *, email: str, account: Account | None = None, new_email: str = ""
) -> str:
    """Make a link for one address and return its token, of which only the hash is stored.

    Links that ended a month ago are forgotten: an address typed by a stranger is not kept.
    """
    db.session.flush()
    db.session.execute(delete(AccountLink).where(AccountLink.expires_at < now() - KEPT))
    token = secrets.token_urlsafe(32)
    db.session.add(
        AccountLink(
            purpose=purpose,
            email=email,
            account=account,
            new_email=new_email,
            token_hash=hash_of(token),
            expires_at=now() + SERVES_FOR[purpose],
        )
    )
    db.session.flush()
    return token


def revoke(*purposes: LinkPurpose, account: Account) -> None:
    """Close the links of these purposes that an account has, used ones among them: no yes outlives them."""
    db.session.execute(
        update(AccountLink)
        .where(
            AccountLink.purpose.in_(purposes),
            AccountLink.account_id == account.id,
            AccountLink.revoked_at.is_(None),
        )
        .values(revoked_at=now())
        .execution_options(synchronize_session="fetch")
    )


def link_behind(token: str, *purposes: LinkPurpose) -> AccountLink | None:
    """Return the link that a token opens, if it still serves one of these purposes."""
    found = db.session.scalar(
        select(AccountLink).where(
            AccountLink.token_hash == hash_of(token),
            AccountLink.purpose.in_(purposes),
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
            AccountLink.expires_at > now(),
        )
    )
    if found is None or (found.account is not None and not found.account.is_active):
        return None
    return found


def use(link: AccountLink) -> None:
    """Spend a link: of two who try at once the database lets one through, the other gets `LinkOver`."""
    instant = now()
    spent = db.session.execute(
        update(AccountLink)
        .where(
            AccountLink.id == link.id,
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
            AccountLink.expires_at > instant,
        )
        .values(used_at=instant)
        .execution_options(synchronize_session=False)
    )
    if not spent.rowcount:  # type: ignore[attr-defined]
        raise LinkOver
    db.session.refresh(link)
