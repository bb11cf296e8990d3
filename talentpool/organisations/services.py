"""Loading and editing organisations, their names and their members."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.accounts.services import normalised_email
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Membership, Organisation, OrganisationName
from talentpool.organisations.queries import organisations_by_name

SHIPPED = Path(__file__).with_name("organisations.csv")


class CodeAlreadyTaken(Exception):
    """Another organisation has this code."""


class NoSuchMinistryMember(Exception):
    """No account of a ministry member has this address."""


class NameAlreadyTaken(Exception):
    """Another organisation is recognised by this name."""


class PeriodTaken(Exception):
    """Another name of the organisation begins on or after that day."""


@dataclass(frozen=True)
class Name:
    """A name that an organisation takes on a day."""

    label_fr: str
    label_en: str
    short_label: str
    valid_from: date


def load_organisations() -> int:
    """Add the shipped organisations that are missing; edited ones stay as they are.

    Returns how many were added.
    """
    known = {found.code: found for found in db.session.scalars(select(Organisation))}
    fresh: dict[str, Organisation] = {}
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    for row in rows:
        organisation = fresh.setdefault(
            row["code"],
            Organisation(code=row["code"], kind=OrganisationKind(row["kind"]), aliases=[]),
        )
        aliases = [part.strip() for part in row["aliases"].split("|") if part.strip()]
        organisation.aliases = [*organisation.aliases, *aliases]
        organisation.names.append(
            OrganisationName(
                label_fr=row["label_fr"],
                label_en=row["label_en"],
                short_label=row["short_label"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
        )
    for row in rows:
        if row["parent"]:
            fresh[row["code"]].parent = fresh.get(row["parent"]) or known[row["parent"]]
    db.session.add_all(fresh.values())
    if fresh:
        journal.record("organisations.loaded", by=None, organisations=len(fresh))
    return len(fresh)


def create_organisation(
    *,
    code: str,
    kind: OrganisationKind,
    parent: Organisation | None,
    name: Name,
    by: Account | None,
) -> Organisation:
    """Add an organisation with its first name; raises `CodeAlreadyTaken`."""
    if db.session.scalar(select(Organisation.id).where(Organisation.code == code)):
        raise CodeAlreadyTaken(code)
    organisation = Organisation(code=code, kind=kind, parent=parent, aliases=[])
    organisation.names.append(OrganisationName(**vars(name)))
    db.session.add(organisation)
    journal.record("organisation.created", organisation, by=by, code=code)
    return organisation


def edit_organisation(
    organisation: Organisation,
    *,
    kind: OrganisationKind,
    parent: Organisation | None,
    aliases: list[str],
    by: Account | None,
) -> None:
    """Change what does not depend on time: kind, parent, other names recognised.

    Raises `NameAlreadyTaken` with the name that would mean two organisations.
    """
    known = organisations_by_name()
    for alias in aliases:
        if known.get(folded(alias), organisation) is not organisation:
            raise NameAlreadyTaken(alias)
    organisation.kind, organisation.parent, organisation.aliases = kind, parent, aliases
    journal.record("organisation.edited", organisation, by=by, code=organisation.code)


def rename_organisation(organisation: Organisation, *, name: Name, by: Account | None) -> None:
    """Give a new name from a day on; the one in force ends there. Raises `PeriodTaken`."""
    if any(known.valid_from >= name.valid_from for known in organisation.names):
        raise PeriodTaken(name.valid_from)
    for known in organisation.names:
        if known.valid_to is None or known.valid_to > name.valid_from:
            known.valid_to = name.valid_from
    organisation.names.insert(0, OrganisationName(**vars(name)))
    journal.record(
        "organisation.renamed", organisation, by=by, valid_from=name.valid_from.isoformat()
    )


def add_member(organisation: Organisation, *, email: str, by: Account | None) -> Membership:
    """Bind a ministry member's account to the organisation, leaving any earlier one.

    Raises `NoSuchMinistryMember`.
    """
    account = db.session.scalar(
        select(Account).where(
            Account.email == normalised_email(email), Account.role == Role.MINISTRY_MEMBER
        )
    )
    if account is None:
        raise NoSuchMinistryMember(email)
    membership = db.session.scalar(
        select(Membership).where(Membership.account_id == account.id)
    ) or Membership(account=account)
    membership.organisation = organisation
    db.session.add(membership)
    journal.record("organisation.member_added", organisation, by=by, account=account.id)
    return membership


def remove_member(membership: Membership, *, by: Account | None) -> None:
    """Take an account out of its organisation; it sees none of its needs at the next request."""
    journal.record(
        "organisation.member_removed",
        membership.organisation,
        by=by,
        account=membership.account_id,
    )
    db.session.delete(membership)
    db.session.flush()
