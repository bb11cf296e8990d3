"""Reading accounts."""

from datetime import datetime

from sqlalchemy import Select, select

from talentpool.accounts.models import Account, SignIn
from talentpool.db import db


def accounts(search: str = "") -> Select[Account]:
    """Select accounts by name, or those whose name or address contains `search` literally."""
    chosen = select(Account).order_by(Account.display_name, Account.id)
    if search:
        chosen = chosen.where(
            Account.display_name.icontains(search, autoescape=True)
            | Account.email.icontains(search, autoescape=True)
        )
    return chosen


def account_at(address: str) -> Account | None:
    """Return the account with this address, active or not."""
    return db.session.scalar(select(Account).where(Account.email == address))


def demo_account_exists() -> bool:
    """Tell whether a demo account could sign in here."""
    found = select(Account.id).where(Account.is_demo, Account.is_active).limit(1)
    return db.session.scalar(found) is not None


def open_sign_ins(account: Account, *, since: datetime) -> list[SignIn]:
    """List an account's sessions that were opened after `since` and not ended, newest first."""
    found = (
        select(SignIn)
        .where(
            SignIn.account_id == account.id,
            SignIn.ended_at.is_(None),
            SignIn.started_at > since,
        )
        .order_by(SignIn.started_at.desc(), SignIn.id.desc())
    )
    return list(db.session.scalars(found))


def names_of(numbers: set[int | None]) -> dict[int, str]:
    """Map accounts' numbers to the names to show."""
    found = select(Account.id, Account.display_name).where(Account.id.in_(numbers - {None}))
    return {row.id: row.display_name for row in db.session.execute(found)}
