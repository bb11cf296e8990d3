"""One person, whatever they have here: an account, a profile, records merged into it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.matches.models import PersonKey
from talentpool.naming import folded
from talentpool.privacy import addresses
from talentpool.talents.models import Talent


@dataclass(frozen=True)
class Person:
    """The accounts and the profiles of one human being, merged ones too; either may be missing."""

    accounts: tuple[Account, ...]
    talents: tuple[Talent, ...]

    @property
    def account(self) -> Account | None:
        """The account that stands for the person."""
        return self.accounts[0] if self.accounts else None

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

    @property
    def account_numbers(self) -> list[int]:
        """The numbers of their accounts."""
        return [one.id for one in self.accounts]


@dataclass(frozen=True)
class Identity:
    """What tells who somebody is: whole names, addresses, and identifiers that a file gave.

    An address is one person's alone; names and identifiers may be words that others write.
    """

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
    talents = _with_aliases(list(own))
    return Person((account, *(one for one in accounts_of(talents) if one is not account)), talents)


def person_behind(talent: Talent) -> Person:
    """Return the person whom a profile is about."""
    talents = _with_aliases([talent.standing])
    return Person(accounts_of(talents), talents)


def hold(person: Person) -> None:
    """Wait for whoever writes about a person, and keep others waiting until the transaction ends.

    What was read before may be over: everything is read again. Who signs in, applies, or answers meanwhile
    does so before, and is seen; or after, and finds nobody if the person was erased.
    """
    for table, numbers in ((Talent, person.numbers), (Account, person.account_numbers)):
        rows = select(table.id).where(table.id.in_(numbers)).order_by(table.id)
        db.session.execute(rows.with_for_update())
    db.session.expire_all()


def accounts_of(talents: Iterable[Talent]) -> tuple[Account, ...]:
    """Return the accounts that profiles hold, those that still sign in first."""
    found = [one.account for one in talents if one.account is not None]
    return tuple(sorted(found, key=lambda account: not account.is_active))


def _with_aliases(talents: list[Talent]) -> tuple[Talent, ...]:
    standing = [one.standing.id for one in talents]
    found = select(Talent).where(or_(Talent.id.in_(standing), Talent.merged_into_id.in_(standing)))
    return tuple(db.session.scalars(found.order_by(Talent.merged_into_id.is_not(None), Talent.id)))


def people_named(name: str) -> list[Person]:
    """List the people with this code, or this address; nobody who is erased.

    An address that the agency typed beside several profiles names several people.
    """
    wanted = name.strip().casefold()
    if code := re.fullmatch(r"t-([0-9]{1,9})", wanted):
        talent = db.session.get(Talent, int(code[1]))
        is_here = talent is not None and talent.standing.erased_at is None
        return [person_behind(talent)] if talent is not None and is_here else []
    found = select(Account).where(Account.email == wanted)
    if code := re.fullmatch(r"c-([0-9]{1,9})", wanted):
        found = select(Account).where(Account.id == int(code[1]))
    people = [person_of(account) for account in db.session.scalars(found)]
    for number in addresses.talents_at(wanted):
        talent = db.session.get_one(Talent, number)
        if talent.standing.erased_at is None:
            people.append(person_behind(talent))
    return list({person.code: person for person in people}.values())


def person_coded(code: str) -> Person | None:
    """Return the person with this code; an address names nobody here."""
    return next(iter(people_named(code)), None) if "@" not in code else None


def identity_of(person: Person) -> Identity:
    """Gather what tells who a person is, in every place that holds it: read it before erasing."""
    names = {one.display_name for one in person.talents}
    names |= {one.display_name for one in person.accounts}
    given = {one.external_id for one in person.talents if one.is_imported}
    known = addresses.known_of(accounts=person.account_numbers, talents=person.numbers, given=given)
    return Identity(
        frozenset(name for name in names if len(folded(name).split()) > 1),
        frozenset(known),
        # A short number from a spreadsheet would be found everywhere.
        frozenset(one for one in given if "@" not in one and len(folded(one)) >= 8),
    )


def keys_of(person: Person) -> list[str]:
    """List the opaque keys under which rankings know a person."""
    found = select(PersonKey.key).where(PersonKey.talent_id.in_(person.numbers))
    return list(db.session.scalars(found))
