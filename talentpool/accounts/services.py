"""Signing in and out, passwords, and what the administration does with accounts."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update

from talentpool.access import Role
from talentpool.accounts import links
from talentpool.accounts.address_models import AddressChange
from talentpool.accounts.models import Account, LinkPurpose, Proof, SignIn
from talentpool.db import db, hash_of, now
from talentpool.journal import services as journal

hasher = PasswordHasher()
#: Verified when the address is unknown, so that both refusals take the same time.
_NOBODY = hasher.hash(secrets.token_hex())


class EmailAlreadyTaken(Exception):
    """Another account has this address."""


class WrongPassword(Exception):
    """The password given is not the account's."""


class LastAdministratorDisabled(Exception):
    """The change would leave nobody to administer accounts."""


def normalised_email(email: str) -> str:
    """Return the form under which an address is stored and looked up."""
    return email.strip().casefold()


def create_account(
    *,
    email: str,
    display_name: str,
    role: Role,
    password: str | None,
    by: Account | None,
    is_demo: bool = False,
) -> Account:
    """Create an active account; without a password nobody signs in before one is chosen by a link.

    Raises `EmailAlreadyTaken`.
    """
    address = normalised_email(email)
    check_free(address)
    account = Account(
        email=address,
        display_name=display_name.strip(),
        role=role,
        password_hash=hasher.hash(password or _unguessable()),
        is_demo=is_demo,
    )
    db.session.add(account)
    journal.record("account.created", account, by=by, role=role.value)
    return account


def _unguessable() -> str:
    """Draw what stands for no password: hashed, so that trying one takes as long as on any account."""
    return secrets.token_urlsafe(32)


def check_free(address: str) -> None:
    """Raise `EmailAlreadyTaken` when an account has this address."""
    if db.session.scalar(select(Account.id).where(Account.email == address)):
        raise EmailAlreadyTaken(address)


def account_with(*, email: str, password: str) -> Account | None:
    """Return the active account with this address and password; refusals take equal time."""
    account = db.session.scalar(select(Account).where(Account.email == normalised_email(email)))
    try:
        hasher.verify(account.password_hash if account else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return account if account is not None and account.is_active else None


def open_sign_in(account: Account, *, proof: Proof = Proof.PASSWORD) -> str:
    """Sign a browser in and return its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    instant = now()
    sign_in = SignIn(
        account=account,
        token_hash=hash_of(token),
        proved_by=proof,
        started_at=instant,
        confirmed_at=instant,
    )
    db.session.add(sign_in)
    journal.record("account.signed_in", account, by=account, proof=proof.value)
    return token


def sign_in_behind(token: str) -> SignIn | None:
    """Return the sign-in that a token opened, if nobody ended it."""
    return db.session.scalar(
        select(SignIn).where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None))
    )


def account_signed_in_with(token: str, *, longest: timedelta) -> Account | None:
    """Return the account behind a live sign-in: not ended, younger than `longest`, account active.

    Where two proofs are asked for, a sign-in that the password alone opened is none.
    """
    sign_in = sign_in_behind(token)
    if sign_in is None or sign_in.started_at <= now() - longest or not sign_in.account.is_active:
        return None
    if sign_in.account.must_prove_twice and sign_in.proved_by is Proof.PASSWORD:
        return None
    return sign_in.account


def close_sign_in(token: str) -> None:
    """End one browser's sign-in; an unknown token changes nothing."""
    sign_in = db.session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
    if sign_in is not None and sign_in.ended_at is None:
        sign_in.ended_at = now()
        journal.record("account.signed_out", sign_in.account, by=sign_in.account)


def close_all_sign_ins(account: Account) -> None:
    """End every session of an account, on every machine."""
    for sign_in in account.sign_ins:
        sign_in.ended_at = sign_in.ended_at or now()
    db.session.flush()


def close_other_sign_ins(account: Account, *, token: str) -> int:
    """End every session but the one that `token` opened; returns how many were open."""
    others = [
        sign_in
        for sign_in in account.sign_ins
        if sign_in.ended_at is None and sign_in.token_hash != hash_of(token)
    ]
    for sign_in in others:
        sign_in.ended_at = now()
    if others:
        journal.record("account.sessions_closed", account, by=account, sessions=len(others))
    return len(others)


def check_password(account: Account, password: str) -> None:
    """Raise `WrongPassword` unless this is the account's."""
    try:
        hasher.verify(account.password_hash, password)
    except (VerificationError, InvalidHashError) as error:
        raise WrongPassword from error


def change_password(account: Account, *, current: str, new: str) -> None:
    """Replace the password and end every session; raises `WrongPassword`."""
    check_password(account, current)
    account.password_hash = hasher.hash(new)
    links.revoke(*links.PASSWORD_LINKS, account=account)
    close_all_sign_ins(account)
    journal.record("account.password_changed", account, by=account)


def reset_password(account: Account, *, password: str, by: Account | None) -> None:
    """Set the password of who had none or forgot theirs, and end every session."""
    account.password_hash = hasher.hash(password)
    links.revoke(*links.PASSWORD_LINKS, account=account)
    close_all_sign_ins(account)
    journal.record("account.password_reset", account, by=by)


def void_password(account: Account, *, by: Account | None) -> None:
    """Let a password open nothing any more, and end every session."""
    account.password_hash = hasher.hash(_unguessable())
    links.revoke(*links.PASSWORD_LINKS, account=account)
    close_all_sign_ins(account)
    journal.record("account.password_voided", account, by=by)


def change_address(account: Account, *, new_email: str, by: Account | None) -> None:
    """Have an account known by another address: its sessions and all its links end, its factors stay.

    Raises `EmailAlreadyTaken`.
    """
    check_free(new_email)
    links.revoke(*LinkPurpose, account=account)
    account.email = new_email
    close_all_sign_ins(account)
    journal.record("account.moved", account, by=by)


def edit_account(
    account: Account, *, display_name: str, role: Role, is_active: bool, by: Account | None
) -> None:
    """Change name, role or activity; a right taken away is gone at the next request.

    Raises `LastAdministratorDisabled`.
    """
    loses_administration = account.role is Role.ADMINISTRATOR and not (
        is_active and role is Role.ADMINISTRATOR
    )
    if loses_administration and not _other_administrators(account):
        raise LastAdministratorDisabled
    changed = [
        name
        for name, value in (
            ("display_name", display_name),
            ("role", role),
            ("is_active", is_active),
        )
        if getattr(account, name) != value
    ]
    account.display_name, account.role, account.is_active = display_name, role, is_active
    if not is_active or "role" in changed:
        close_all_sign_ins(account)
    if not is_active:
        _drop_links(account)
    journal.record(
        "account.edited", account, by=by, changed=changed, role=role.value, is_active=is_active
    )


def _drop_links(account: Account) -> None:
    """End every link of an account, and the replacement of its address that they were to decide."""
    links.revoke(*LinkPurpose, account=account)
    db.session.execute(
        update(AddressChange)
        .where(
            AddressChange.account_id == account.id,
            AddressChange.stopped_at.is_(None),
            AddressChange.withdrawn_at.is_(None),
            AddressChange.done_at.is_(None),
        )
        .values(withdrawn_at=now())
        .execution_options(synchronize_session="fetch")
    )


def _other_administrators(account: Account) -> bool:
    others = select(Account.id).where(
        Account.role == Role.ADMINISTRATOR, Account.is_active, Account.id != account.id
    )
    return db.session.scalar(others.limit(1)) is not None
