"""Who stands on each side of a proposal: accounts, addresses without one, and the officer who follows it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.organisations.models import Membership
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import Side


def accounts_of(proposal: Proposal, side: Side) -> list[Account]:
    """List the active accounts of one side: the person's own, or the members of the host."""
    if side is Side.TALENT:
        account = proposal.talent.account
        return [account] if account is not None and account.is_active else []
    chosen = (
        select(Membership)
        .where(Membership.organisation_id == proposal.seat.need.organisation_id)
        .options(joinedload(Membership.account))
        .order_by(Membership.id)
    )
    members = [m.account for m in db.session.scalars(chosen)]
    return [m for m in members if m.is_active and m.role is Role.MINISTRY_MEMBER]


def address_of(proposal: Proposal, side: Side) -> str:
    """Return where to write to a side besides its accounts, empty without."""
    address = proposal.host_email if side is Side.HOST else proposal.talent_email
    return "" if address in {a.email for a in accounts_of(proposal, side)} else address


def addresses_of(proposal: Proposal, side: Side) -> list[str]:
    """List every address that a side is written to today."""
    alone = address_of(proposal, side)
    return [
        *(account.email for account in accounts_of(proposal, side)),
        *([alone] if alone else []),
    ]


def contacts(proposal: Proposal, reader: Side, today: date) -> list[tuple[str, str]]:
    """List name and address of those whom a side meets, once both want to; the agency's are elsewhere."""
    if not proposal.are_introduced_on(today):
        return []
    other = Side.TALENT if reader is Side.HOST else Side.HOST
    known = [(account.display_name, account.email) for account in accounts_of(proposal, other)]
    alone = address_of(proposal, other)
    name = proposal.talent.label if other is Side.TALENT else proposal.seat.need.host_label
    return [*known, (name, alone)] if alone else known


def officers(proposal: Proposal) -> list[Account]:
    """List who follows a proposal at the agency: whoever made it, the whole team in their absence."""
    owner = proposal.proposed_by
    if owner is not None and owner.is_active and owner.role is Role.AGENCY_STAFF:
        return [owner]
    team = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    return list(db.session.scalars(team.order_by(Account.id)))
