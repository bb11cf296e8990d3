"""One person, whatever they have here: an account, a profile, records merged into it."""

import re
from dataclasses import dataclass

from sqlalchemy import or_, select

from talentpool.accounts.models import Account, AccountLink
from talentpool.casework.models import Confirmation
from talentpool.casework.queries import person_named as talent_named
from talentpool.db import db
from talentpool.matches.models import PersonKey
from talentpool.naming import folded
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent


@dataclass(frozen=True)
class Person:
    """An account and the profiles that are its holder's, merged ones too; either may be missing."""

    account: Account | None
    talents: tuple[Talent, ...]

    @property
    def talent(self) -> Talent | None:
        """The profile that stands for the person."""
        return next((one for one in self.talents if one.merged_into_id is None), None)

    @property
    def code(self) -> str:
        """What the person is called on paper and in addresses: their profile's code, or their account's."""
        if self.talent is not None:
            return self.talent.code
        return f"C-{self.account.id:04d}" if self.account else ""

    @property
    def numbers(self) -> list[int]:
        """The numbers of their profiles."""
        return [one.id for one in self.talents]


@dataclass(frozen=True)
class Identity:
    """What tells who somebody is: whole names, addresses, and identifiers that a file gave."""

    names: frozenset[str]
    addresses: frozenset[str]
    identifiers: frozenset[str]

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything to look for, longest first."""
        found = self.names | self.addresses | self.identifiers
        return tuple(sorted(found, key=lambda term: (-len(term), term)))


def person_of(account: Account) -> Person:
    """Return the person who signs in with an account."""
    own = db.session.scalars(select(Talent).where(Talent.account_id == account.id)).all()
    return Person(account, _with_aliases(list(own)))


def person_behind(talent: Talent) -> Person:
    """Return the person whom a profile is about."""
    talents = _with_aliases([talent.standing])
    accounts = (one.account for one in talents if one.account is not None)
    return Person(next(accounts, None), talents)


def _with_aliases(talents: list[Talent]) -> tuple[Talent, ...]:
    standing = [one.standing.id for one in talents]
    found = select(Talent).where(or_(Talent.id.in_(standing), Talent.merged_into_id.in_(standing)))
    return tuple(db.session.scalars(found.order_by(Talent.merged_into_id.is_not(None), Talent.id)))


def person_named(name: str) -> Person | None:
    """Return the person with this code, or this address; nobody who is erased."""
    wanted = name.strip().casefold()
    talent = talent_named(wanted)
    if talent is not None and talent.standing.erased_at is None:
        return person_behind(talent)
    found = select(Account).where(Account.email == wanted)
    if code := re.fullmatch(r"c-([0-9]{1,9})", wanted):
        found = select(Account).where(Account.id == int(code[1]))
    account = db.session.scalar(found)
    return person_of(account) if account is not None else None


def identity_of(person: Person) -> Identity:
    """Gather what tells who a person is, in every place that holds it: read it before erasing."""
    numbers, account = person.numbers, person.account
    names = {one.display_name for one in person.talents}
    addresses = set(_addresses(numbers))
    if account is not None:
        names.add(account.display_name)
        links = select(AccountLink).where(AccountLink.account_id == account.id)
        moved = {one for link in db.session.scalars(links) for one in (link.email, link.new_email)}
        addresses |= {account.email, *moved}
    given = {one.external_id for one in person.talents if one.is_imported}
    return Identity(
        frozenset(name for name in names if len(folded(name).split()) > 1),
        frozenset(address.casefold() for address in addresses if address),
        # A short number from a spreadsheet would be found everywhere.
        frozenset(one for one in given if "@" in one or len(folded(one)) >= 8),
    )


def _addresses(numbers: list[int]) -> list[str]:
    """List the addresses at which the agency wrote to a person beside their account's."""
    proposed = select(Proposal.talent_email).where(Proposal.talent_id.in_(numbers))
    asked = select(Confirmation.contact_email).where(Confirmation.talent_id.in_(numbers))
    return [*db.session.scalars(proposed), *db.session.scalars(asked)]


def keys_of(person: Person) -> list[str]:
    """List the opaque keys under which rankings know a person."""
    found = select(PersonKey.key).where(PersonKey.talent_id.in_(person.numbers))
    return list(db.session.scalars(found))
