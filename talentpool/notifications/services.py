"""Telling somebody something once, on the site and by mail as they wish."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from talentpool.accounts.models import Account
from talentpool.db import Base, Lock, db, now, queue_on
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail
from talentpool.mail.writing import Email
from talentpool.notifications import emails, queries
from talentpool.notifications.kinds import KINDS, Group, groups_for
from talentpool.notifications.models import (
    Delivery,
    Notification,
    NotificationMute,
    NotificationPreference,
)
from talentpool.web.redirects import own_address


class UnknownKind(Exception):
    """No feature registered this kind of notification."""


class AddressElsewhere(Exception):
    """The notification would lead out of the site."""


def notify(
    account: Account,
    *,
    kind: str,
    params: Mapping[str, str | int],
    url_path: str,
    once: str,
    due_on: date | None = None,
    subject: Base | None = None,
    mail: Callable[[], Email] | None = None,
) -> Notification | None:
    """Tell an account something, by mail too if it wants that at once; None when it was told before.

    `params` fill the kind's texts, `url_path` is a path inside the site, `once` says what makes this
    notification the one that it is (120 characters at most). `mail` writes what leaves at once, when
    that says more than the site does. Raises `UnknownKind`, `AddressElsewhere`.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    if own_address(url_path) is None:
        raise AddressElsewhere(url_path)
    notification = Notification(
        account_id=account.id,
        kind=kind,
        once=once,
        subject_kind=subject.__tablename__ if subject is not None else "",
        subject_id=subject.id if subject is not None else None,
        params=dict(params),
        url_path=url_path,
        due_on=due_on,
    )
    # Written even if nobody wants it now: a text that cannot be filled fails here, not on a page.
    written = emails.of_notification(notification)
    if not _is_first(notification):
        return None
    journal.record("notification.sent", notification, by=None, account=account.id, kind=kind)
    if _is_mailed_at_once(account, kind):
        leaving = mail() if mail else written
        queue_mail(to=account.email, subject=leaving.subject, text=leaving.text)
        notification.mailed_at = now()
    db.session.flush()
    return notification


def _is_mailed_at_once(account: Account, kind: str) -> bool:
    if not account.is_active or queries.delivery_of(account) is not Delivery.AT_ONCE:
        return False
    return KINDS[kind].group not in queries.muted_groups(account)


def send_digests(today: date) -> int:
    """Queue one mail for each account that wants a digest today and has news; return how many."""
    # Two of these at once would both find the same news.
    queue_on(Lock.MAIL)
    sent = 0
    for preference in queries.digests_due(today):
        news = queries.unmailed(preference.account)
        if not news:
            continue
        mail = emails.of_digest(news)
        queue_mail(to=preference.account.email, subject=mail.subject, text=mail.text)
        preference.digested_on = today
        for notification in news:
            notification.mailed_at = now()
        sent += 1
    db.session.flush()
    return sent


def mark_read(notification: Notification) -> None:
    """Note that its account has read a notification; the first time counts."""
    notification.read_at = notification.read_at or now()
    db.session.flush()


def mark_all_read(account: Account) -> None:
    """Note that an account has read all that it was told."""
    db.session.execute(
        update(Notification)
        .where(Notification.account_id == account.id, Notification.read_at.is_(None))
        .values(read_at=now())
    )


def choose_delivery(account: Account, delivery: Delivery) -> None:
    """Note how an account wants its mails from now on."""
    preference = queries.preference_of(account)
    if preference is None:
        preference = NotificationPreference(account_id=account.id)
        db.session.add(preference)
    preference.delivery = delivery
    journal.record("notification.delivery_chosen", account, by=account, delivery=delivery.value)


def choose_groups(account: Account, wanted: Collection[Group]) -> None:
    """Note of which groups an account wants mails from now on, among those that it may be told of."""
    muted = queries.muted_groups(account)
    chosen = set(groups_for(account.role)) - set(wanted)
    if chosen == muted:
        return
    db.session.execute(delete(NotificationMute).where(NotificationMute.account_id == account.id))
    db.session.add_all(
        NotificationMute(account_id=account.id, group=group) for group in sorted(chosen)
    )
    journal.record(
        "notification.groups_chosen",
        account,
        by=account,
        muted=[group.value for group in sorted(chosen)],
    )


def _is_first(notification: Notification) -> bool:
    """Write a notification, unless its account was told before, perhaps by somebody at this moment."""
    told = select(Notification.id).where(
        Notification.account_id == notification.account_id, Notification.once == notification.once
    )
    if db.session.scalar(told) is not None:
        return False
    try:
        with db.session.begin_nested():
            db.session.add(notification)
    except IntegrityError:
        if db.session.scalar(told) is None:
            raise
        return False
    return True
