"""Erasing a person: what is theirs goes, what is others' too stays without a word that tells who."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, Table, Text, delete, func, select, update

from talentpool.access import Role
from talentpool.accounts.models import Account, AccountLink
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.mail.models import OutgoingMail
from talentpool.matches.models import MatchResult, ProfileSnapshot
from talentpool.matches.records import without_words
from talentpool.placements.models import Contract, Placement
from talentpool.privacy.collecting import places_of
from talentpool.privacy.ledger import marks_of
from talentpool.privacy.models import Erasure, ErasureKind
from talentpool.privacy.people import Identity, Person, identity_of, keys_of
from talentpool.privacy.schema import ACCOUNT, TALENT, WORDS_KEPT, Fate, ties_of
from talentpool.privacy.traces import blank_traces, traces_of
from talentpool.proposals.models import Proposal
from talentpool.proposals.services import decline
from talentpool.proposals.stages import LIVE, AnswerReason, Side
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.searching import forget_lexicon

#: The source of a profile of which nothing is left.
ERASED = "erased"


class StillBound(Exception):
    """A contract or a mission runs: it must end, or be taken back, before the person can be erased."""

    def __init__(self, contracts: list[Contract], placements: list[Placement]) -> None:
        super().__init__(len(contracts), len(placements))
        self.contracts = contracts
        self.placements = placements


class AtWork(Exception):
    """Who has an account for their office asks the administration: what they did is the office's too."""

    is_of_office = True


class LastAdministrator(Exception):
    """Nobody else could administer the site."""


def check_erasable(person: Person, *, today: date) -> None:
    """Raise `StillBound` or `LastAdministrator` when a person cannot be erased now."""
    numbers = person.numbers
    contracts = select(Contract).where(
        Contract.talent_id.in_(numbers), (Contract.ends_on.is_(None)) | (Contract.ends_on >= today)
    )
    placements = select(Placement).where(
        Placement.talent_id.in_(numbers),
        Placement.cancelled_at.is_(None),
        Placement.ends_on >= today,
    )
    bound = list(db.session.scalars(contracts)), list(db.session.scalars(placements))
    if any(bound):
        raise StillBound(*bound)
    if any(account.role is Role.ADMINISTRATOR for account in person.accounts):
        others = select(Account.id).where(
            Account.role == Role.ADMINISTRATOR,
            Account.is_active,
            Account.id.not_in(person.account_numbers),
        )
        if db.session.scalar(others.limit(1)) is None:
            raise LastAdministrator


def erase_person(
    person: Person, *, kind: ErasureKind, today: date, key: bytes, by: Account | None
) -> Erasure:
    """Erase a person; raises what `check_erasable` does, and leaves one line in the ledger.

    The journal is not touched: it has numbers, which lead to nobody afterwards. Call
    `storage.fold_in_log` once the transaction is committed.
    """
    # Whoever proposes or places them at once waits, and then finds nobody.
    rows = select(Talent.id).where(Talent.id.in_(person.numbers)).with_for_update()
    db.session.execute(rows)
    check_erasable(person, today=today)
    # Rows first, the journal last: a search of every text keeps nobody from the journal.
    with journal.deferred():
        return _erased(person, kind=kind, today=today, key=key, by=by)


def _erased(
    person: Person, *, kind: ErasureKind, today: date, key: bytes, by: Account | None
) -> Erasure:
    _end_proposals(person, today=today, by=by)
    identity, keys, own = identity_of(person), keys_of(person), places_of(person)
    accounts = person.account_numbers
    erasure = Erasure(
        erased_at=now(),
        kind=kind,
        account_number=next(iter(accounts), None),
        talent_number=person.talent.id if person.talent else None,
        marks=marks_of(person, key),
    )
    db.session.add(erasure)
    journal.record(
        "privacy.erased", erasure, by=by, kind=kind.value, accounts=accounts, talents=person.numbers
    )
    _forget_rankings(keys)
    _forget_addresses(identity)
    # Aliases first: they hang on the record that stands for them.
    for number in reversed(person.numbers):
        _erase_root(TALENT, number)
    for number in accounts:
        _erase_root(ACCOUNT, number)
    blank_traces(identity, own)
    erasure.left = [trace.label for trace in traces_of(identity)]
    db.session.flush()
    db.session.expire_all()
    forget_lexicon()
    return erasure


def _end_proposals(person: Person, *, today: date, by: Account | None) -> None:
    """Tell the ministries that wait for an answer that none will come."""
    live = select(Proposal).where(Proposal.talent_id.in_(person.numbers), Proposal.status.in_(LIVE))
    for proposal in db.session.scalars(live).all():
        if proposal.is_live_on(today):
            reason = AnswerReason.LEAVES
            decline(proposal, side=Side.TALENT, reason=reason, note="", today=today, by=by)
    db.session.flush()


def _forget_rankings(keys: list[str]) -> None:
    """Delete what rankings read, and leave of each place its rank, score, amounts and answers."""
    places = select(MatchResult).where(MatchResult.person_key.in_(keys))
    for result in db.session.scalars(places).all():
        result.place = without_words(result.place)
    db.session.flush()
    db.session.execute(delete(ProfileSnapshot).where(ProfileSnapshot.person_key.in_(keys)))


def _forget_addresses(identity: Identity) -> None:
    """Delete every mail to the person, sent or not, and every link sent to an address of theirs."""
    addresses = list(identity.addresses)
    db.session.execute(
        delete(OutgoingMail).where(func.lower(OutgoingMail.recipient).in_(addresses))
    )
    db.session.execute(delete(AccountLink).where(AccountLink.email.in_(addresses)))
    db.session.execute(delete(AccountLink).where(AccountLink.new_email.in_(addresses)))


def _erase_root(table: Table, number: int) -> None:
    """Clear what hangs on one row, then delete it; what must stay keeps a number that leads to nobody."""
    if _clear(table, [number]):
        values = _tombstone(table)
        db.session.execute(update(table).where(table.c.id == number).values(values))
    else:
        db.session.execute(delete(table).where(table.c.id == number))


def _clear(table: Table, numbers: list[int], *, is_going: bool = True) -> bool:
    """Erase the rows that hang on rows of a table, and tell whether some had to stay."""
    stays = False
    for tie in ties_of(table):
        theirs = tie.column.in_(numbers)
        if tie.fate is Fate.DELETED:
            db.session.execute(delete(tie.table).where(theirs))
        elif tie.fate is Fate.CUT and is_going:
            db.session.execute(update(tie.table).where(theirs).values({tie.column.name: None}))
        elif tie.fate is Fate.KEPT_BLANK:
            kept = list(db.session.scalars(select(tie.table.c.id).where(theirs)))
            if kept:
                stays = True
                _blank(tie.table, kept)
                _clear(tie.table, kept, is_going=False)
        elif tie.fate is Fate.OTHERS:
            held = select(tie.column).where(theirs).limit(1)
            stays = stays or db.session.scalar(held) is not None
    return stays


def _blank(table: Table, numbers: list[int]) -> None:
    """Take every word out of rows that stay; days, shares and codes remain."""
    values: dict[str, Any] = {
        column.name: _nothing(column)
        for column in _words(table.columns)
        if str(column) not in WORDS_KEPT
    }
    if values and "version_id" in table.c:
        # Somebody who has the row on their screen is told that it changed, and brings no word back.
        values["version_id"] = table.c.version_id + 1
    if values:
        db.session.execute(update(table).where(table.c.id.in_(numbers)).values(values))


def _words(columns: Iterable[Column[Any]]) -> list[Column[Any]]:
    return [
        column
        for column in columns
        if column.info.get("personal")
        and isinstance(column.type, String | Text | JSON)
        and not isinstance(column.type, Enum)
    ]


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return [] if isinstance(column.type, JSON) else ""


def _tombstone(table: Table) -> dict[str, Any]:
    """Return what a row says once its person is erased: nothing, and that they were."""
    values: dict[str, Any] = {
        column.name: _nothing(column)
        for column in table.columns
        if column.info.get("personal") and (column.nullable or column in _words(table.columns))
    }
    values["version_id"] = table.c.version_id + 1
    if table is TALENT:
        return values | {
            "account_id": None,
            "source": ERASED,
            "external_id": new_identifier(),
            "pool_status": PoolStatus.ALUMNI,
            "merged_into_id": None,
            "restricted_at": None,
            "erased_at": now(),
            "edited_at": now(),
        }
    # No password has this hash.
    return values | {
        "email": f"{new_identifier()}@erased.invalid",
        "password_hash": "!",
        "is_active": False,
    }
