"""Limiting what is done with a profile, leaving the pool, asking for what no page does."""

from sqlalchemy import Select, select

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept, has_withdrawn, withdraw
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.privacy.models import DataRequest, RequestKind
from talentpool.privacy.people import Person
from talentpool.talents.models import PoolStatus, Talent


class NoProfile(Exception):
    """There is no profile to limit."""


class UnderContract(Exception):
    """Who works under a contract of the agency is of the pool until it ends."""


class NotInPool(Exception):
    """Somebody leaves a pool in which they are not."""


class NeverLeft(Exception):
    """Only who left the pool by themselves comes back by themselves."""


class AlreadyAnswered(Exception):
    """Somebody answered the request before."""


def restrict(person: Person, *, by: Account | None) -> None:
    """Keep a profile and do nothing else with it: no list, no ranking, no proposal (RGPD, art. 18)."""
    talent = _talent(person)
    if talent.restricted_at is None:
        talent.restricted_at = talent.edited_at = now()
        journal.record("privacy.restricted", talent, by=by)


def lift_restriction(person: Person, *, by: Account | None) -> None:
    """Use a profile again as its person wished."""
    talent = _talent(person)
    if talent.restricted_at is not None:
        talent.restricted_at, talent.edited_at = None, now()
        journal.record("privacy.lifted", talent, by=by)


def leave_pool(person: Person, *, by: Account) -> None:
    """Take somebody out of the pool at their wish; the account and the profile stay.

    Raises `UnderContract`, or `NotInPool`: who never was in the pool must not come back to it by themselves.
    """
    talent = _talent(person)
    if talent.pool_status is PoolStatus.EMPLOYED:
        raise UnderContract
    if talent.pool_status is not PoolStatus.POOL:
        raise NotInPool
    withdraw(by, ConsentText.POOL, by=by)
    talent.pool_status, talent.edited_at = PoolStatus.CANDIDATE, now()
    journal.record("privacy.pool_left", talent, by=by)


def join_pool_again(person: Person, *, by: Account) -> None:
    """Bring back who left the pool by themselves; raises `NeverLeft`: admission is the agency's."""
    talent = _talent(person)
    if not may_join_again(person):
        raise NeverLeft
    accept(by, ConsentText.POOL, by=by)
    talent.pool_status, talent.edited_at = PoolStatus.POOL, now()
    journal.record("privacy.pool_joined", talent, by=by)


def may_join_again(person: Person) -> bool:
    """Tell whether somebody is out of the pool because they left it."""
    talent, account = person.talent, person.account
    if talent is None or account is None or talent.pool_status is not PoolStatus.CANDIDATE:
        return False
    return has_withdrawn(account, ConsentText.POOL)


def ask(account: Account, *, kind: RequestKind, text: str) -> DataRequest:
    """Ask the administration for what no page lets one do."""
    request = DataRequest(account_id=account.id, kind=kind, text=text)
    db.session.add(request)
    db.session.flush()
    journal.record("privacy.asked", request, by=account, kind=kind.value)
    return request


def answer(request: DataRequest, *, text: str, by: Account) -> None:
    """Answer a request, once; raises `AlreadyAnswered`."""
    db.session.refresh(request, with_for_update=True)
    if request.answered_at is not None:
        raise AlreadyAnswered
    request.answer, request.answered_at, request.answered_by_id = text, now(), by.id
    journal.record("privacy.answered", request, by=by, kind=request.kind.value)


def requests_of(account: Account) -> list[DataRequest]:
    """List what one person asked, newest first."""
    asked = select(DataRequest).where(DataRequest.account_id == account.id)
    return list(db.session.scalars(asked.order_by(DataRequest.id.desc())))


def waiting_requests() -> list[DataRequest]:
    """List the requests that wait for an answer, oldest first."""
    waiting = select(DataRequest).where(DataRequest.answered_at.is_(None))
    return list(db.session.scalars(waiting.order_by(DataRequest.created_at, DataRequest.id)))


def restricted_talents() -> Select[Talent]:
    """Select the profiles that nothing is done with, longest first."""
    return (
        select(Talent)
        .where(Talent.restricted_at.is_not(None), Talent.erased_at.is_(None))
        .order_by(Talent.restricted_at, Talent.id)
    )


def _talent(person: Person) -> Talent:
    if person.talent is None:
        raise NoProfile
    return person.talent
