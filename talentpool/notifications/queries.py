"""Reading notifications, of one account each time."""

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.notifications.kinds import Group
from talentpool.notifications.models import (
    Delivery,
    Notification,
    NotificationMute,
    NotificationPreference,
)

MONDAY = 0


def notifications_of(account: Account) -> Select[Notification]:
    """Select what an account was told, newest first."""
    return (
        select(Notification)
        .where(Notification.account_id == account.id)
        .order_by(Notification.id.desc())
    )


def unread_count(account: Account) -> int:
    """Count what an account has not read."""
    unread = select(func.count()).where(
        Notification.account_id == account.id, Notification.read_at.is_(None)
    )
    return db.session.scalar(unread) or 0


def preference_of(account: Account) -> NotificationPreference | None:
    """Return how an account wants its mails, if it ever said so."""
    return db.session.scalar(
        select(NotificationPreference).where(NotificationPreference.account_id == account.id)
    )


def delivery_of(account: Account) -> Delivery:
    """Return how an account gets its mails."""
    preference = preference_of(account)
    return preference.delivery if preference else Delivery.AT_ONCE


def muted_groups(account: Account) -> set[Group]:
    """Return the groups that an account gets no mails of."""
    chosen = select(NotificationMute.group).where(NotificationMute.account_id == account.id)
    return set(db.session.scalars(chosen))


def digests_due(today: date) -> list[NotificationPreference]:
    """List who is to get a digest today and has not had it: each day, or on Mondays."""
    wanted = {Delivery.DAILY, Delivery.WEEKLY} if today.weekday() == MONDAY else {Delivery.DAILY}
    chosen = (
        select(NotificationPreference)
        .join(NotificationPreference.account)
        .options(joinedload(NotificationPreference.account))
        .where(
            Account.is_active,
            NotificationPreference.delivery.in_(wanted),
            NotificationPreference.digested_on.is_distinct_from(today),
        )
        .order_by(NotificationPreference.id)
    )
    return list(db.session.scalars(chosen))


def unmailed(account: Account) -> list[Notification]:
    """List what an account neither read nor got by mail and wants by mail, oldest first."""
    muted = muted_groups(account)
    chosen = (
        select(Notification)
        .where(
            Notification.account_id == account.id,
            Notification.read_at.is_(None),
            Notification.mailed_at.is_(None),
        )
        .order_by(Notification.id)
    )
    return [one for one in db.session.scalars(chosen) if one.words.group not in muted]
