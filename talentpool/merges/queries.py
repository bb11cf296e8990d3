"""Finding records that may be one, and merges that were made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _
from talentpool.merges.models import DistinctRecords, RecordMerge
from talentpool.merges.names import close_pairs, ordered
from talentpool.naming import folded
from talentpool.organisations.models import Organisation
from talentpool.organisations.queries import organisations
from talentpool.talents.models import Talent
from talentpool.talents.queries import present_profiles, talents


class Likeness(StrEnum):
    """Why two records may be one, the strongest reason first."""

    SAME_NAME = "same_name"
    SAME_ADDRESS = "same_address"
    ONE_LETTER = "one_letter"
    TWO_LETTERS = "two_letters"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return LIKENESS_LABELS[self]


LIKENESS_LABELS = {
    Likeness.SAME_NAME: _("Même nom"),
    Likeness.SAME_ADDRESS: _("Même début d’adresse électronique"),
    Likeness.ONE_LETTER: _("Noms à une lettre près"),
    Likeness.TWO_LETTERS: _("Noms à deux lettres près"),
}
BY_DISTANCE = {0: Likeness.SAME_NAME, 1: Likeness.ONE_LETTER, 2: Likeness.TWO_LETTERS}


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, and why: the older first."""

    first: int
    second: int
    likeness: Likeness


def similar_talents(viewer: Viewer) -> list[Pair]:
    """List the pairs of profiles that may be one person's, the most alike first."""
    if not allows(viewer, Permission.MANAGE_TALENTS):
        return []
    rows = db.session.execute(
        talents(viewer).with_only_columns(Talent.id, Talent.display_name).order_by(None)
    ).all()
    names = {row.id: name for row in rows if (name := ordered(row.display_name))}
    addresses: dict[str, list[int]] = defaultdict(list)
    known = select(Talent.id, Account.email).join(Talent.account)
    within_reach = talents(viewer).with_only_columns(Talent.id).order_by(None)
    for number, email in db.session.execute(known.where(Talent.id.in_(within_reach))):
        addresses[email.partition("@")[0].partition("+")[0]].append(number)
    alike = [pair for group in addresses.values() for pair in combinations(sorted(group), 2)]
    return _pairs(
        [(first, second, BY_DISTANCE[apart]) for first, second, apart in close_pairs(names)],
        [(first, second, Likeness.SAME_ADDRESS) for first, second in alike],
        _apart(DistinctRecords.first_talent_id, DistinctRecords.second_talent_id),
    )


def similar_organisations(viewer: Viewer) -> list[Pair]:
    """List the pairs of organisations that bear one name, or nearly, now or before."""
    if not allows(viewer, Permission.MANAGE_ORGANISATIONS):
        return []
    found = list(db.session.scalars(organisations()))
    named: dict[str, list[int]] = defaultdict(list)
    for organisation in found:
        for name in _every_name(organisation):
            named[name].append(organisation.id)
    same = [pair for group in named.values() for pair in combinations(sorted(group), 2)]
    present = {organisation.id: ordered(organisation.label) for organisation in found}
    return _pairs(
        [(first, second, Likeness.SAME_NAME) for first, second in same],
        [(first, second, BY_DISTANCE[apart]) for first, second, apart in close_pairs(present)],
        _apart(DistinctRecords.first_organisation_id, DistinctRecords.second_organisation_id),
    )


def _every_name(organisation: Organisation) -> set[str]:
    said = (
        part
        for name in organisation.names
        for part in (name.label_fr, name.label_en, name.short_label)
    )
    return {folded(name) for name in (*organisation.aliases, *said) if folded(name)}


def _pairs(
    first: Iterable[tuple[int, int, Likeness]],
    second: Iterable[tuple[int, int, Likeness]],
    apart: set[tuple[int, int]],
) -> list[Pair]:
    """Return each pair once, for its strongest reason, but those that somebody told apart."""
    strength = list(Likeness)
    found: dict[tuple[int, int], Likeness] = {}
    for low, high, likeness in sorted([*first, *second], key=lambda row: strength.index(row[2])):
        if (low, high) not in apart:
            found.setdefault((low, high), likeness)
    return [Pair(low, high, likeness) for (low, high), likeness in found.items()]


def _apart(first: Any, second: Any) -> set[tuple[int, int]]:
    rows = db.session.execute(select(first, second).where(first.is_not(None)))
    return {(low, high) for low, high in rows}


def talents_numbered(numbers: Iterable[int]) -> dict[int, Talent]:
    """Map numbers to whole profiles."""
    chosen = present_profiles().options(joinedload(Talent.account))
    found = db.session.scalars(chosen.where(Talent.id.in_(list(numbers))))
    return {talent.id: talent for talent in found}


def organisations_numbered(numbers: Iterable[int]) -> dict[int, Organisation]:
    """Map numbers to organisations."""
    found = db.session.scalars(organisations().where(Organisation.id.in_(list(numbers))))
    return {organisation.id: organisation for organisation in found}


def merges_of_talents() -> Select[RecordMerge]:
    """Select the merges of people that stand, the newest first."""
    return _standing().where(RecordMerge.kept_talent_id.is_not(None))


def merges_of_organisations() -> Select[RecordMerge]:
    """Select the merges of organisations that stand, the newest first."""
    return _standing().where(RecordMerge.kept_organisation_id.is_not(None))


def _standing() -> Select[RecordMerge]:
    return (
        select(RecordMerge)
        .where(RecordMerge.separated_at.is_(None))
        .options(joinedload(RecordMerge.merged_by))
        .order_by(RecordMerge.id.desc())
    )
