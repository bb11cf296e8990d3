"""Which addresses are a person's: what their accounts had, what was typed for them and is nobody else's."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from talentpool.accounts.address_models import AddressChange
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.casework.models import Confirmation
from talentpool.db import db
from talentpool.invitations.models import Invitation
from talentpool.needs.models import NeedContact
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent

#: What the agency typed beside a profile, with the profile that it typed it for; the newest is the last row.
TYPED: tuple[tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]], ...] = (
    (Confirmation.contact_email, Confirmation.talent_id),
    (Proposal.talent_email, Proposal.talent_id),
    (Invitation.email, Invitation.talent_id),
)


def known_of(
    *, accounts: Collection[int], talents: Collection[int], given: Collection[str] = ()
) -> set[str]:
    """Return the addresses that are a person's and nobody else's; `given` are identifiers from files.

    An address that somebody merely typed, to move to it, is not theirs: only one that their account had is.
    """
    own = db.session.scalars(select(Account.email).where(Account.id.in_(accounts)))
    # What a link to leave an address was sent to was the account's at that moment: nobody types it.
    had = select(AccountLink.email).where(
        AccountLink.account_id.in_(accounts), AccountLink.purpose == LinkPurpose.LEAVE_ADDRESS
    )
    replaced = select(AddressChange.old_email).where(AddressChange.account_id.in_(accounts))
    others = {
        *db.session.scalars(had.union_all(replaced)),
        *typed_for(talents),
        *(one for one in given if "@" in one),
    }
    doubtful = {one.casefold() for one in others if one}
    return {one.casefold() for one in own} | {
        one for one in doubtful if not _is_of_another(one, accounts, talents)
    }


def typed_for(talents: Collection[int]) -> list[str]:
    """List the addresses that the agency typed beside profiles, the oldest first by kind."""
    found: list[str] = []
    for address, whose in TYPED:
        table = address.class_
        rows = select(address).where(whose.in_(talents), address != "").order_by(table.id)
        found += [one.casefold() for one in db.session.scalars(rows)]
    return found


def newest_typed_for(talents: Collection[int]) -> str:
    """Return the address that the agency typed last beside profiles and that is nobody else's, or nothing."""
    known = known_of(accounts=(), talents=talents)
    found: list[tuple[datetime, str]] = []
    for address, whose in TYPED:
        rows = select(address.class_.created_at, address).where(whose.in_(talents))
        found += [
            (at, typed) for at, typed in db.session.execute(rows) if typed.casefold() in known
        ]
    return max(found)[1] if found else ""


def talents_at(address: str) -> list[int]:
    """List the profiles beside which the agency typed an address."""
    found: set[int] = set()
    for typed, whose in TYPED:
        rows = select(whose).where(func.lower(typed) == address, whose.is_not(None))
        found.update(db.session.scalars(rows))
    return sorted(found)


def _is_of_another(address: str, accounts: Collection[int], talents: Collection[int]) -> bool:
    """Whether an address is known as that of another account, another profile or somebody at a ministry."""
    of_others: list[tuple[InstrumentedAttribute[Any], ColumnElement[bool] | None]] = [
        (Account.email, Account.id.not_in(accounts)),
        (NeedContact.email, None),
        (Proposal.host_email, None),
        (Talent.external_id, Talent.id.not_in(talents)),
    ]
    of_others += [
        (typed, or_(whose.is_(None), whose.not_in(talents)))
        for typed, whose in TYPED
        if typed is not Invitation.email
    ]
    # Without a profile it is whoever accepts that it was for: the account says whose it is.
    of_others.append((Invitation.email, Invitation.talent_id.not_in(talents)))
    for column, whose_else in of_others:
        rows = select(column.class_.id).where(func.lower(column) == address)
        chosen = rows if whose_else is None else rows.where(whose_else)
        if db.session.scalar(chosen.limit(1)) is not None:
            return True
    return False
