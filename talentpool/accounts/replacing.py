"""Another address for an account whose own is lost: asked by the administration, never done at once.

The new address confirms, and the old one, told the same minute, has a week to stop it.
"""

from sqlalchemy import select

from talentpool.accounts import emails, links, services
from talentpool.accounts.address_models import AddressChange
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail

BOTH = (LinkPurpose.KEEP_ADDRESS, LinkPurpose.REPLACE_ADDRESS)


class AlreadyAsked(Exception):
    """Another change of this account's address waits."""


class ChangeOver(Exception):
    """The change was done, stopped or withdrawn, or nobody confirmed it in time."""


def open_change_of(account: Account) -> AddressChange | None:
    """Return the change of an account's address that waits, if one does."""
    newest = newest_change_of(account)
    return newest if newest is not None and newest.is_open else None


def newest_change_of(account: Account) -> AddressChange | None:
    """Return the change that was asked last for an account, whatever became of it."""
    found = select(AddressChange).where(AddressChange.account_id == account.id)
    return db.session.scalars(found.order_by(AddressChange.id.desc()).limit(1)).first()


def ask_to_replace(
    account: Account, *, new_email: str, reason: str, by: Account | None
) -> AddressChange:
    """Ask the new address to confirm, and tell the old one how to stop it; nothing else changes yet.

    Raises `EmailAlreadyTaken`, `AlreadyAsked`.
    """
    address = services.normalised_email(new_email)
    _lock(account)
    if open_change_of(account) is not None:
        raise AlreadyAsked
    services.check_free(address)
    change = AddressChange(
        account=account,
        old_email=account.email,
        new_email=address,
        reason=reason,
        asked_by=by,
        takes_effect_at=now() + links.SERVES_FOR[LinkPurpose.KEEP_ADDRESS],
    )
    db.session.add(change)
    links.revoke(*BOTH, account=account)
    for purpose, to in zip(BOTH, (account.email, address), strict=True):
        token = links.issue(purpose, email=to, account=account, new_email=address)
        mail = emails.of_replacement(purpose.value, token, change)
        queue_mail(to=to, subject=mail.subject, text=mail.text)
    journal.record("account.replacement_asked", account, by=by, change=change.id)
    return change


def change_behind(link: AccountLink) -> AddressChange | None:
    """Return the change that a link confirms or stops, while it may."""
    change = open_change_of(link.account) if link.account else None
    return change if change is not None and change.new_email == link.new_email else None


def confirm(link: AccountLink) -> AddressChange:
    """Note that the new address is read; past the week of the old one, the change is done at once.

    Raises `ChangeOver`, `EmailAlreadyTaken`, `links.LinkOver`.
    """
    change = _answered(link)
    change.confirmed_at = now()
    journal.record(
        "account.replacement_confirmed", change.account, by=change.account, change=change.id
    )
    if change.is_due:
        _carry_out(change)
    return change


def stop(link: AccountLink) -> None:
    """Have an account keep its address, as whoever reads it asks; raises `ChangeOver`, `links.LinkOver`."""
    _stop(_answered(link))


def stop_as_holder(change: AddressChange) -> None:
    """Have an account keep its address, as whoever is signed in asks; raises `ChangeOver`."""
    _lock_open(change)
    _stop(change)


def _stop(change: AddressChange) -> None:
    change.stopped_at = now()
    links.revoke(*BOTH, account=change.account)
    journal.record(
        "account.replacement_stopped", change.account, by=change.account, change=change.id
    )


def withdraw(change: AddressChange, *, by: Account | None) -> None:
    """Let the administration take back what it asked; raises `ChangeOver`."""
    _lock_open(change)
    change.withdrawn_at = now()
    links.revoke(*BOTH, account=change.account)
    journal.record("account.replacement_withdrawn", change.account, by=by, change=change.id)


def carry_out_due() -> tuple[int, int]:
    """Carry out every change that nothing holds back.

    Returns how many were done, and of how many somebody else has taken the address meanwhile.
    """
    waiting = select(AddressChange).where(
        AddressChange.confirmed_at.is_not(None),
        AddressChange.stopped_at.is_(None),
        AddressChange.withdrawn_at.is_(None),
        AddressChange.done_at.is_(None),
        AddressChange.takes_effect_at <= now(),
    )
    done = left = 0
    for change in db.session.scalars(waiting.order_by(AddressChange.id)).all():
        _lock(change.account)
        db.session.refresh(change)
        if not change.is_due:
            continue
        try:
            _carry_out(change)
        except services.EmailAlreadyTaken:
            left += 1
        else:
            done += 1
    return done, left


def _carry_out(change: AddressChange) -> None:
    services.change_address(change.account, new_email=change.new_email, by=change.asked_by)
    change.done_at = now()
    told = {change.old_email: "address_left", change.new_email: "address_replaced"}
    for address, event in told.items():
        mail = emails.of_replacement(event, "", change)
        queue_mail(to=address, subject=mail.subject, text=mail.text)


def _answered(link: AccountLink) -> AddressChange:
    change = change_behind(link)
    if change is None:
        raise ChangeOver
    _lock_open(change)
    links.use(link)
    return change


def _lock(account: Account) -> None:
    # Whoever asks, confirms, stops or carries out queues here, and sees what the one before did.
    db.session.refresh(account, with_for_update=True)


def _lock_open(change: AddressChange) -> None:
    _lock(change.account)
    db.session.refresh(change)
    if not change.is_open:
        raise ChangeOver
