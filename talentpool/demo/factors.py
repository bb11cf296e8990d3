"""The demo's second factors: computed from addresses, so that whoever tries the demo may have their codes."""

from base64 import b32encode
from hashlib import sha256

from talentpool.accounts import factors
from talentpool.accounts.factor_models import Factor, FactorKind
from talentpool.accounts.models import Account
from talentpool.accounts.vault import opened, sealed
from talentpool.db import db

#: As many characters as an application takes for 160 bits.
_LENGTH = 32


class NoDemoFactor(Exception):
    """The account is none of the demo's, or proves itself by its password alone."""


class CodesSpent(Exception):
    """Every code that is good now has served: the next one comes within half a minute."""


def secret_of(email: str) -> str:
    """Return the secret of a demo account: a secret to nobody."""
    return b32encode(sha256(f"demo {email}".encode()).digest()).decode()[:_LENGTH]


def seed_factor(account: Account) -> None:
    """Give a demo account its application, none of whose codes has served."""
    secret = sealed(secret_of(account.email))
    name = "Téléphone de la démonstration"
    db.session.add(Factor(account=account, kind=FactorKind.APP, name=name, secret=secret))


def code_for(account: Account | None) -> str:
    """Return a code that a demo account has not used yet; raises `NoDemoFactor`, `CodesSpent`."""
    if account is None or not account.is_demo:
        raise NoDemoFactor
    secret = secret_of(account.email)
    found = [one for one in factors.factors_of(account) if opened(one.secret) == secret]
    if not found:
        raise NoDemoFactor
    present = factors.present_counter()
    counter = max(present, found[0].last_counter + 1)
    if counter > present + factors.DRIFT:
        raise CodesSpent
    return factors.code_at(secret, counter)
