"""Merging two records, and separating them again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from talentpool.accounts.models import Account
from talentpool.db import Lock, db, now, queue_on
from talentpool.journal import services as journal
from talentpool.merges.models import DistinctRecords, RecordMerge
from talentpool.merges.rows import Subject, Undo, move, put_back, said
from talentpool.naming import folded
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation, OrganisationName
from talentpool.placements import queries as ledger_queries
from talentpool.placements.contracts import refresh_status
from talentpool.placements.ledger import ContractsOverlap, Ledger
from talentpool.placements.spans import Breach
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE
from talentpool.talents.evidence import carry_evidence
from talentpool.talents.experiences import keep_parts
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, edit_talent

TALENTS = Subject(
    Talent.__table__,  # type: ignore[arg-type]
    owned=frozenset(
        {
            "talent_skill.talent_id",
            "talent_experience.talent_id",
            "talent_family.talent_id",
            "talent_language.talent_id",
            "talent_education.talent_id",
            "talent_period.talent_id",
            "talent_wished_organisation.talent_id",
        }
    ),
    # Past runs know each record under its own key; merges and opinions about pairs are history.
    kept=frozenset(
        {
            "person_key.talent_id",
            "record_merge.kept_talent_id",
            "record_merge.merged_talent_id",
            "distinct_records.first_talent_id",
            "distinct_records.second_talent_id",
        }
    ),
)
ORGANISATIONS = Subject(
    Organisation.__table__,  # type: ignore[arg-type]
    owned=frozenset({"organisation_name.organisation_id"}),
    kept=frozenset(
        {
            "record_merge.kept_organisation_id",
            "record_merge.merged_organisation_id",
            "distinct_records.first_organisation_id",
            "distinct_records.second_organisation_id",
        }
    ),
)
#: The cap is not what a merge could break: nobody is hired by it.
NO_CAP = Decimal(1_000_000)


class NotMergeable(Exception):
    """A record is merged already, or both are one."""


class TwoAccounts(Exception):
    """Both people sign in: one of their accounts must be disabled first."""


class ProposedTwice(Exception):
    """Both records are proposed for one seat at the same time."""

    def __init__(self, seat: str) -> None:
        super().__init__(seat)
        self.seat = seat


class MergedLater(Exception):
    """One of the records took part in a later merge, which is to be taken back first."""

    def __init__(self, later: RecordMerge) -> None:
        super().__init__(later.id)
        self.later = later


class AlreadySeparated(Exception):
    """The merge was taken back before."""


def merge_talents(
    kept: Talent, merged: Talent, content: ProfileContent, *, today: date, by: Account
) -> RecordMerge:
    """Merge one profile into another, which then says `content`; nothing is done when refused.

    Raises `NotMergeable`, `TwoAccounts`, `ProposedTwice`, or what the ledger refuses.
    """
    queue_on(Lock.STAFFING)
    _check_standing(kept, merged)
    _check_proposals(kept, merged, today)
    account = _account_of_both(kept, merged)

    def act() -> None:
        if account is not kept.account:
            kept.account, spare = None, kept.account
            merged.account = None
            db.session.flush()
            kept.account, merged.account = account, spare
        edit_talent(kept, content, by=by)
        keep_parts(kept, merged.experiences)
        carry_evidence(merged, kept)
        # Who limited one record limited what is done with them.
        kept.restricted_at = kept.restricted_at or merged.restricted_at
        # What moves along, assessments for one, is read of the person that is kept.
        kept.edited_at = now()

    def check() -> None:
        _check_ledger(kept.id, today)
        refresh_status(kept, today=today)

    merge = RecordMerge(kept_talent=kept, merged_talent=merged)
    return _merged(TALENTS, merge, kept, merged, act=act, check=check, by=by)


@dataclass(frozen=True)
class OrganisationContent:
    """What the organisation that stands for both says; `names_of` is whose names by period it bears."""

    kind: OrganisationKind
    parent: Organisation | None
    names_of: Organisation


def merge_organisations(
    kept: Organisation, merged: Organisation, content: OrganisationContent, *, by: Account
) -> RecordMerge:
    """Merge one organisation into another, which is then recognised by the names of both.

    Raises `NotMergeable`.
    """
    _check_standing(kept, merged)

    def act() -> None:
        parents = (content.parent, kept.parent, merged.parent)
        fit = (parent for parent in parents if parent not in (None, kept, merged))
        kept.kind, kept.parent = content.kind, next(fit, None)
        if content.names_of is not kept:
            kept.names.clear()
            db.session.flush()
            for name in merged.names:
                kept.names.append(_same_name(name))
        kept.aliases = _names_of_both(kept, merged)

    merge = RecordMerge(kept_organisation=kept, merged_organisation=merged)
    return _merged(ORGANISATIONS, merge, kept, merged, act=act, check=lambda: None, by=by)


def _same_name(name: OrganisationName) -> OrganisationName:
    said_by_name = ("label_fr", "label_en", "short_label", "valid_from", "valid_to")
    return OrganisationName(**{part: getattr(name, part) for part in said_by_name})


def _names_of_both(kept: Organisation, merged: Organisation) -> list[str]:
    """List by what else the kept record is recognised: whatever the merged one was called."""
    own = {folded(part) for n in kept.names for part in (n.label_fr, n.label_en, n.short_label)}
    others = [part for n in merged.names for part in (n.label_fr, n.label_en, n.short_label)]
    found: dict[str, str] = {}
    for name in [*kept.aliases, merged.code, *merged.aliases, *others]:
        if folded(name) and folded(name) not in own:
            found.setdefault(folded(name), name)
    return list(found.values())


def _merged(
    subject: Subject,
    merge: RecordMerge,
    kept: Any,
    merged: Any,
    *,
    act: Callable[[], None],
    check: Callable[[], None],
    by: Account,
) -> RecordMerge:
    """Write a merge, with everything needed to take it back, or nothing of it."""
    numbers = (kept.id, merged.id)
    with db.session.begin_nested(), journal.deferred():
        undo = Undo(before=said(subject, *numbers))
        act()
        merged.merged_into = kept
        db.session.flush()
        undo.moved = move(subject, source=merged.id, target=kept.id)
        check()
        undo.after = said(subject, *numbers)
        merge.undo, merge.merged_by_id = undo.stored(), by.id
        db.session.add(merge)
        journal.record("record.merged", kept, by=by, merged=merged.id)
    db.session.expire_all()
    return merge


def separate(merge: RecordMerge, *, today: date, by: Account) -> None:
    """Take a merge back: both records say again what they said, and have again what was theirs.

    Raises `AlreadySeparated`, `MergedLater`, or what the ledger refuses.
    """
    queue_on(Lock.STAFFING)
    db.session.flush()
    db.session.refresh(merge)
    if merge.separated_at is not None:
        raise AlreadySeparated
    if later := _later(merge):
        raise MergedLater(later)
    kept, merged = merge.kept, merge.merged
    assert kept is not None and merged is not None  # noqa: S101, PT018 - the table says so
    subject = TALENTS if isinstance(kept, Talent) else ORGANISATIONS
    with db.session.begin_nested(), journal.deferred():
        put_back(subject, Undo(**merge.undo), kept=kept.id, merged=merged.id)
        db.session.expire_all()
        for record in (kept, merged):
            if isinstance(record, Talent):
                _check_ledger(record.id, today)
                refresh_status(record, today=today)
        merge.separated_at, merge.separated_by_id = now(), by.id
        # What both records said is theirs again: nothing keeps a copy.
        merge.undo = {}
        journal.record("record.separated", kept, by=by, merged=merged.id)
    db.session.expire_all()


def keep_apart(first: Talent | Organisation, second: Talent | Organisation, *, by: Account) -> None:
    """Note that two records are not the same, so that nobody is asked again."""
    low, high = sorted((first.id, second.id))
    kind = "talent" if isinstance(first, Talent) else "organisation"
    pair = {f"first_{kind}_id": low, f"second_{kind}_id": high}
    if db.session.scalar(select(DistinctRecords).filter_by(**pair)) is None:
        db.session.add(DistinctRecords(**pair, said_by_id=by.id))
        journal.record("record.kept_apart", first, by=by, other=second.id)


def _check_standing(kept: Any, merged: Any) -> None:
    db.session.flush()
    for record in (kept, merged):
        db.session.refresh(record)
    if kept is merged or kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise NotMergeable


def _account_of_both(kept: Talent, merged: Talent) -> Account | None:
    """Return the account that will see the merged profile: the one that still signs in."""
    accounts = [account for account in (kept.account, merged.account) if account is not None]
    active = [account for account in accounts if account.is_active]
    if len(active) > 1:
        raise TwoAccounts
    return next(iter([*active, *accounts]), None)


def _check_proposals(kept: Talent, merged: Talent, today: date) -> None:
    live = list(
        db.session.scalars(
            select(Proposal)
            .where(
                Proposal.talent_id.in_([kept.id, merged.id]),
                Proposal.status.in_(LIVE),
                Proposal.expires_on >= today,
            )
            .order_by(Proposal.id)
        )
    )
    seats = {proposal.seat_id for proposal in live if proposal.talent_id == kept.id}
    for proposal in live:
        if proposal.talent_id == merged.id and proposal.seat_id in seats:
            raise ProposedTwice(proposal.seat.label)


def _check_ledger(talent_id: int, today: date) -> None:
    """Raise what the ledger refuses in one person's contracts, placements and reserves."""
    db.session.flush()
    ledger = ledger_queries.ledger(cap=NO_CAP, today=today, people=[talent_id])
    _check_contracts(ledger)
    ledger.check_person(talent_id)
    for entry in ledger.reserves:
        assert entry.seat_id is not None  # noqa: S101 - reserves come from proposals
        ledger.check_reserve(talent_id, entry.seat_id, entry.span)


def _check_contracts(ledger: Ledger) -> None:
    entries = sorted((*ledger.contracts, *ledger.disposal), key=lambda entry: entry.span.starts_on)
    for place, entry in enumerate(entries):
        last = entry.span.ends_on or date.max
        for later in entries[place + 1 :]:
            if later.number != entry.number and later.span.starts_on <= last:
                raise ContractsOverlap(Breach(later.span.starts_on, later.span.amount), None)


def _later(merge: RecordMerge) -> RecordMerge | None:
    """Return the newest standing merge, later than this one, in which one of the records took part."""
    both = [
        number
        for number in (
            merge.kept_talent_id or merge.kept_organisation_id,
            merge.merged_talent_id or merge.merged_organisation_id,
        )
        if number is not None
    ]
    columns = (
        (RecordMerge.kept_talent_id, RecordMerge.merged_talent_id)
        if merge.kept_talent_id is not None
        else (RecordMerge.kept_organisation_id, RecordMerge.merged_organisation_id)
    )
    return db.session.scalar(
        select(RecordMerge)
        .where(
            RecordMerge.id > merge.id,
            RecordMerge.separated_at.is_(None),
            or_(*(column.in_(both) for column in columns)),
        )
        .order_by(RecordMerge.id.desc())
        .limit(1)
    )
