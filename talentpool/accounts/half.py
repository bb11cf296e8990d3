"""Half a sign-in: the password was right and nothing else is proved yet. It opens no page of the product."""

from datetime import timedelta

from flask import session

from talentpool.accounts import factors
from talentpool.accounts.models import Account
from talentpool.accounts.session import empty_cookie
from talentpool.accounts.vault import opened, sealed
from talentpool.db import db, hash_of, now

#: Within which the second proof follows the first.
SERVES_FOR = timedelta(minutes=5)
#: Within which somebody who has no second factor yet installs what shows codes.
SETS_UP_WITHIN = timedelta(minutes=30)

#: Seconds for which codes that were shown wait to be kept.
CODES_WAIT_FOR = 3600


def begin_half(account: Account) -> None:
    """Note in an emptied cookie whose password was right, and when."""
    empty_cookie()
    session["half"] = {
        "account": account.id,
        "at": int(now().timestamp()),
        "stamp": _stamp(account),
    }


def half_account() -> Account | None:
    """Return whose password was right a moment ago, unless it changed or the account closed since."""
    half = session.get("half")
    account = db.session.get(Account, half["account"]) if half else None
    if half is None or account is None or not account.is_active:
        return None
    within = SERVES_FOR if factors.factors_of(account) else SETS_UP_WITHIN
    age = now().timestamp() - half["at"]
    return account if age < within.total_seconds() and half["stamp"] == _stamp(account) else None


def _stamp(account: Account) -> str:
    """Return what a half sign-in dies with: a trace of the password that began it."""
    return hash_of(account.password_hash)[:16]


def waiting_secret() -> str:
    """Return the secret that is being installed: the same until it is proved, so that reloading is harmless."""
    secret = opened(session.get("waiting_secret", ""), longest=3600)
    if secret is None:
        secret = factors.new_secret()
        session["waiting_secret"] = sealed(secret)
    return secret


def waiting_codes() -> list[str]:
    """Return recovery codes that nobody kept yet: the same until they are, so that the file is the page's."""
    codes = shown_codes()
    if not codes:
        codes = factors.new_recovery_codes()
        session["waiting_codes"] = sealed(" ".join(codes))
    return codes


def shown_codes() -> list[str]:
    """Return the recovery codes that a page has shown and nobody kept yet; none once they lapsed."""
    codes = opened(session.get("waiting_codes", ""), longest=CODES_WAIT_FOR)
    return codes.split() if codes else []


def forget_waiting() -> None:
    """Forget what was waiting to be proved or kept."""
    for name in ("waiting_secret", "waiting_codes", "challenge"):
        session.pop(name, None)
