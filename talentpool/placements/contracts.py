"""Signing, amending and ending contracts, never above the cap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import has_withdrawn
from talentpool.accounts.models import Account
from talentpool.db import Lock, db, now, queue_on
from talentpool.journal import services as journal
from talentpool.placements import queries
from talentpool.placements.kinds import ContractKind, Employer
from talentpool.placements.models import Contract, ContractPeriod
from talentpool.placements.spans import DAY, Span
from talentpool.proposals.reach import check_limit
from talentpool.talents.models import PoolStatus, Talent


class NoShare(Exception):
    """A contract needs a share from its first day on, and one only on each day."""


@dataclass(frozen=True)
class Terms:
    """What a contract says; `shares` are (day, percent) pairs, the first on the contract's first day."""

    employer: Employer
    kind: ContractKind
    starts_on: date
    ends_on: date | None
    shares: Sequence[tuple[date, Decimal]]
    signed_on: date | None = None

    def periods(self) -> list[Span]:
        """Return the terms as spans, one for each share."""
        ordered = sorted(self.shares)
        if not ordered or ordered[0][0] != self.starts_on:
            raise NoShare
        if self.ends_on is not None and ordered[-1][0] > self.ends_on:
            raise NoShare
        if len({day for day, _share in ordered}) < len(ordered):
            raise NoShare
        ends = [day - DAY for day, _share in ordered[1:]]
        return [
            Span(day, ends_on, share)
            for (day, share), ends_on in zip(ordered, [*ends, self.ends_on], strict=True)
        ]


def terms_of(contract: Contract) -> Terms:
    """Return what a stored contract says."""
    return Terms(
        contract.employer,
        contract.kind,
        contract.starts_on,
        contract.ends_on,
        tuple((period.starts_on, period.share_pct) for period in contract.periods),
        contract.signed_on,
    )


def sign_contract(
    talent: Talent, terms: Terms, *, cap: Decimal, today: date, by: Account | None
) -> Contract:
    """Store a signed contract, or raise `NoShare`, `ContractsOverlap`, `PoolOverbooked` or `ProcessingLimited`.

    Whoever signs at once waits, and then sees this contract.
    """
    periods = terms.periods()
    queue_on(Lock.STAFFING)
    check_limit(talent)
    standing = queries.ledger(cap=cap, today=today)
    is_capped = terms.employer is Employer.AGENCY
    standing.check_contract(talent.id, periods, is_capped=is_capped)
    contract = Contract(talent=talent)
    db.session.add(contract)
    _write(contract, terms)
    refresh_status(talent, today=today)
    journal.record("contract.signed", contract, by=by, talent=talent.id, **_facts(terms))
    return contract


def amend_contract(
    contract: Contract, terms: Terms, *, cap: Decimal, today: date, by: Account | None
) -> list[str]:
    """Change a contract's terms, and return the names of what changed.

    Raises `NoShare`, `ContractsOverlap`, `PoolOverbooked`, or `OutsideContract` and `PersonOverbooked`
    when a placement would no longer fit in it; `ProcessingLimited` for anything but an earlier end.
    """
    periods = terms.periods()
    queue_on(Lock.STAFFING)
    db.session.refresh(contract)
    before = terms_of(contract)
    told = replace(terms, shares=tuple(sorted(terms.shares)))
    changed = [name for name, value in vars(told).items() if getattr(before, name) != value]
    if not changed:
        return []
    if not _only_ends_earlier(before, told):
        check_limit(contract.talent)
    standing = queries.ledger(cap=cap, today=today)
    standing.without_contract(contract.id).check_contract(
        contract.talent_id,
        periods,
        is_capped=terms.employer is Employer.AGENCY,
        before=[entry.span for entry in standing.contracts if entry.number == contract.id],
    )
    _write(contract, terms)
    refresh_status(contract.talent, today=today)
    journal.record("contract.amended", contract, by=by, changed=changed, **_facts(terms))
    return changed


def remove_contract(contract: Contract, *, cap: Decimal, today: date, by: Account | None) -> None:
    """Take a contract back that was entered by mistake.

    Raises `OutsideContract` if it serves, `ProcessingLimited` if its person has it kept.
    """
    queue_on(Lock.STAFFING)
    db.session.refresh(contract)
    check_limit(contract.talent)
    others = queries.ledger(cap=cap, today=today, people=[contract.talent_id])
    others.without_contract(contract.id).check_person(contract.talent_id)
    talent, facts = contract.talent, _facts(terms_of(contract))
    db.session.delete(contract)
    refresh_status(talent, today=today)
    journal.record("contract.removed", contract, by=by, **facts)


def refresh_status(talent: Talent, *, today: date) -> None:
    """Say whether a person is under contract today, and that what rankings read of them has changed."""
    db.session.flush()
    if queries.contract_on(talent.id, today) is not None:
        status = PoolStatus.EMPLOYED
    elif talent.pool_status is PoolStatus.EMPLOYED:
        status = _without_contract(talent)
    else:
        status = talent.pool_status
    # The profile's version is not the person's to lose: their own edit is not overtaken by this.
    db.session.execute(
        update(Talent)
        .where(Talent.id == talent.id)
        .values(pool_status=status, edited_at=now(), version_id=Talent.version_id)
    )


def _without_contract(talent: Talent) -> PoolStatus:
    """Return what somebody is once their contract ends: who left the pool before it does not come back."""
    account = talent.account
    has_left = account is not None and has_withdrawn(account, ConsentText.POOL)
    return PoolStatus.CANDIDATE if has_left else PoolStatus.POOL


def _only_ends_earlier(before: Terms, after: Terms) -> bool:
    """Tell whether terms end before those they replace, and are the same until then.

    A contract ends even of whoever has all else left as it is.
    """
    if after.ends_on is None or (before.ends_on is not None and after.ends_on >= before.ends_on):
        return False
    until_then = tuple(one for one in sorted(before.shares) if one[0] <= after.ends_on)
    return after == replace(before, ends_on=after.ends_on, shares=until_then)


def _write(contract: Contract, terms: Terms) -> None:
    contract.employer, contract.kind = terms.employer, terms.kind
    contract.starts_on, contract.ends_on = terms.starts_on, terms.ends_on
    contract.signed_on = terms.signed_on
    kept = {period.starts_on: period for period in contract.periods}
    contract.periods = [
        kept.get(day) or ContractPeriod(starts_on=day, share_pct=share)
        for day, share in sorted(terms.shares)
    ]
    for period, (_day, share) in zip(contract.periods, sorted(terms.shares), strict=True):
        period.share_pct = share
    # Shares live in a table of their own: the contract's version rises for them too.
    flag_modified(contract, "kind")
    db.session.flush()


def _facts(terms: Terms) -> dict[str, object]:
    return {
        "employer": terms.employer.value,
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
        "shares": [[day.isoformat(), str(share)] for day, share in sorted(terms.shares)],
    }
