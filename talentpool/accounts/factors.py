"""Second factors: codes of an application, recovery codes, and what is told of every change.

Nothing here can be used twice: a code is spent by one statement that only its first user can win.
"""

import secrets
from datetime import timedelta
from hmac import compare_digest

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pyotp import TOTP, random_base32
from sqlalchemy import delete, func, select, update

from talentpool.accounts import emails, links, services
from talentpool.accounts.factor_models import Factor, FactorKind, RecoveryCode
from talentpool.accounts.models import Account
from talentpool.accounts.vault import opened, sealed
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.journal.models import JournalEntry
from talentpool.mail.services import queue_mail

#: Whoever is told of guesses is told no more for so long, however long they go on.
TOLD_FOR = timedelta(days=1)
STEP = 30  # seconds for which an application shows a code
#: Clocks differ: the codes before and after the present one are taken too.
DRIFT = 1
MOST_FACTORS = 10
RECOVERY_CODES = 10
#: Neither 0 nor o, 1 nor l nor i: recovery codes are copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
#: Lighter than for passwords, since ten are hashed at once and each is drawn among 2⁷⁹.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class WrongCode(Exception):
    """The code is none of the account's, has served, or is too old."""


class TooManyFactors(Exception):
    """The account has as many factors as one may have."""


class LastFactorKept(Exception):
    """Whoever must prove twice keeps one factor at least."""


def factors_of(account: Account) -> list[Factor]:
    """List an account's factors, the oldest first."""
    found = select(Factor).where(Factor.account_id == account.id).order_by(Factor.id)
    return list(db.session.scalars(found))


def factor_of(account: Account, number: int) -> Factor | None:
    """Return one of the account's own factors."""
    return db.session.scalar(
        select(Factor).where(Factor.id == number, Factor.account_id == account.id)
    )


def new_secret() -> str:
    """Return what an application would compute its codes from: 160 bits in base32."""
    return random_base32()


def address_of_secret(account: Account, secret: str, *, issuer: str) -> str:
    """Write a secret as the address that applications read from a picture."""
    return TOTP(secret).provisioning_uri(name=account.email, issuer_name=issuer)


def code_at(secret: str, counter: int) -> str:
    """Return the code of one half minute, counted since 1970."""
    return TOTP(secret).generate_otp(counter)


def present_counter() -> int:
    """Return the number of the present half minute."""
    return int(now().timestamp()) // STEP


def add_app(account: Account, *, name: str, secret: str, code: str) -> Factor:
    """Add an application that has just shown `code`; raises `WrongCode`, `TooManyFactors`."""
    counter = _counter_of(secret, code)
    if counter is None:
        raise WrongCode
    app = Factor(
        kind=FactorKind.APP, name=name, secret=sealed(secret), last_counter=counter, used_at=now()
    )
    return add_factor(account, app)


def add_factor(account: Account, factor: Factor) -> Factor:
    """Give an account a factor that was proved, and tell its holder; raises `TooManyFactors`."""
    if len(factors_of(account)) >= MOST_FACTORS:
        raise TooManyFactors
    factor.account = account
    db.session.add(factor)
    db.session.flush()
    journal.record("account.factor_added", account, by=account, kind=factor.kind.value)
    _tell(account, "factor_added", name=factor.name)
    return factor


def spend_code(account: Account, code: str) -> Factor:
    """Use a code of one of the account's applications; raises `WrongCode`."""
    for factor in factors_of(account):
        secret = opened(factor.secret) if factor.kind is FactorKind.APP else None
        counter = _counter_of(secret, code) if secret else None
        if counter is not None and _is_first(factor, counter):
            return factor
    raise WrongCode


def _counter_of(secret: str, code: str) -> int | None:
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit()):
        return None
    present = present_counter()
    for counter in range(present - DRIFT, present + DRIFT + 1):
        if compare_digest(code_at(secret, counter), typed):
            return counter
    return None


def _is_first(factor: Factor, counter: int) -> bool:
    """Spend a half minute's code: of two who try at once, the database lets one through."""
    spent = db.session.execute(
        update(Factor)
        .where(Factor.id == factor.id, Factor.last_counter < counter)
        .values(last_counter=counter, used_at=now())
    )
    return bool(spent.rowcount)  # type: ignore[attr-defined]


def new_recovery_codes() -> list[str]:
    """Draw recovery codes of eighty bits each, whose beginnings differ."""
    codes: dict[str, str] = {}
    while len(codes) < RECOVERY_CODES:
        groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
        codes[groups[0]] = "-".join(groups)
    return list(codes.values())


def keep_recovery_codes(account: Account, codes: list[str]) -> None:
    """Replace an account's recovery codes by these, of which only hashes are stored."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.add_all(
        RecoveryCode(
            account=account,
            beginning=code[:_GROUP],
            code_hash=_hasher.hash(_bare(code)),
        )
        for code in codes
    )
    journal.record("account.codes_renewed", account, by=account, codes=len(codes))
    _tell(account, "codes_renewed")


def spend_recovery_code(account: Account, code: str) -> int:
    """Use a recovery code and return how many are left; raises `WrongCode`."""
    bare = _bare(code)
    found = db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.beginning == bare[:_GROUP],
            RecoveryCode.used_at.is_(None),
        )
    )
    if found is None:
        raise WrongCode
    try:
        _hasher.verify(found.code_hash, bare)
    except (VerificationError, InvalidHashError) as error:
        raise WrongCode from error
    spent = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.id == found.id, RecoveryCode.used_at.is_(None))
        .values(used_at=now())
    )
    if not spent.rowcount:  # type: ignore[attr-defined]
        raise WrongCode
    left = recovery_codes_left(account)
    journal.record("account.recovery_code_used", account, by=account, left=left)
    _tell(account, "recovery_code_used", left=left)
    return left


def recovery_codes_left(account: Account) -> int:
    """Count the recovery codes that have not served."""
    left = select(func.count()).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.execute(left).scalar_one()


def remove_factor(factor: Factor, *, account: Account) -> None:
    """Take a factor away from its holder's account; raises `LastFactorKept`."""
    others = [one for one in factors_of(account) if one.id != factor.id]
    if not others and account.must_prove_twice:
        raise LastFactorKept
    kind, name = factor.kind, factor.name
    db.session.delete(factor)
    if not others:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.flush()
    journal.record("account.factor_removed", account, by=account, kind=kind.value)
    _tell(account, "factor_removed", name=name)


def reset_factors(account: Account, *, by: Account | None) -> int:
    """Take all of somebody's factors away and end their sessions; returns how many there were.

    A link that would choose a password ends too: it and nothing else would now open the account.
    """
    found = factors_of(account)
    db.session.execute(delete(Factor).where(Factor.account_id == account.id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    links.revoke(*links.PASSWORD_LINKS, account=account)
    services.close_all_sign_ins(account)
    journal.record("account.factors_reset", account, by=by, factors=len(found))
    _tell(account, "factors_reset")
    return len(found)


def tell_refused(account: Account) -> bool:
    """Tell an account's holder that somebody has their password and nothing else; not twice in a day."""
    told = select(JournalEntry.id).where(
        JournalEntry.action == "account.proofs_refused",
        JournalEntry.subject_kind == Account.__tablename__,
        JournalEntry.subject_id == account.id,
        JournalEntry.at > now() - TOLD_FOR,
    )
    if db.session.scalar(told.limit(1)):
        return False
    journal.record("account.proofs_refused", account, by=None)
    _tell(account, "proofs_refused")
    return True


def _bare(code: str) -> str:
    return "".join(char for char in code.casefold() if char in _LETTERS)


def _tell(account: Account, act: str, **context: object) -> None:
    mail = emails.of_change(act, **context)
    queue_mail(to=account.email, subject=mail.subject, text=mail.text)
