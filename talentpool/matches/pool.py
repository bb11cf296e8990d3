"""The pool as rankings read it, quickly: what has not changed since it was last read is not read again."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, or_, select

from matching import Posting, Profile
from talentpool.assessments.queries import levels_found
from talentpool.db import db
from talentpool.matches.facts import profile_of
from talentpool.matches.models import MatchRun, PersonKey, ProfileSnapshot
from talentpool.matches.queries import snapshots_read_by
from talentpool.matches.records import canonical
from talentpool.matches.times import Time, times_for
from talentpool.placements.models import Contract
from talentpool.talents.models import Talent
from talentpool.talents.queries import is_present, whole_profiles
from talentpool.visibility.queries import is_findable, is_seen_by

#: Profiles kept in memory beside those of the pool at hand.
SPARE_PROFILES = 1_000


class Member(NamedTuple):
    """One person of the pool: number, opaque key, the state of their profile, whether they signed once."""

    talent_id: int
    key: str
    has_contract: bool
    version: int
    edited_at: datetime


@dataclass(frozen=True)
class Read:
    """What a profile says, its SHA-256, and the state of the row that it was read from."""

    version: int
    edited_at: datetime
    profile: Profile
    digest: str


# Keys are random and states come from the database at each ranking: neither another database nor a
# change made by another process can be mistaken for what is here.
_read: dict[str, Read] = {}
# A trial stores no key: who was never ranked keeps the same one from trial to trial in this process.
_provisional: dict[tuple[int, int, datetime], str] = {}
# What snapshots say, by digest: it covers every word, and the key.
_recalled: dict[str, Profile] = {}


def members(
    *,
    with_new_keys: bool = True,
    host_id: int | None = None,
    on: date | None = None,
    also: int | None = None,
) -> list[Member]:
    """List those who may be ranked on a day (today) for a host's seat, as the database has them now.

    Who left, is in a pause, objects to rankings or blocked the host is not of them; `also` is, in
    any case. Who was never ranked is given an opaque key, kept unless `with_new_keys` is off.
    """
    may_be_ranked = is_present() & is_findable(on or date.today()) & is_seen_by(host_id)
    rows = db.session.execute(
        select(
            Talent.id,
            PersonKey.key,
            Talent.id.in_(select(Contract.talent_id)).label("has_contract"),
            Talent.version_id,
            Talent.edited_at,
        )
        .join(PersonKey, PersonKey.talent_id == Talent.id, isouter=True)
        .where(may_be_ranked if also is None else or_(may_be_ranked, Talent.id == also))
        .order_by(Talent.id)
    ).all()
    new = {row.id: _new_key(row, with_new_keys) for row in rows if row.key is None}
    if new and with_new_keys:
        db.session.execute(
            insert(PersonKey), [{"talent_id": number, "key": key} for number, key in new.items()]
        )
    return [
        Member(number, key or new[number], has_contract, version, edited_at)
        for number, key, has_contract, version, edited_at in rows
    ]


def _new_key(row: Any, is_kept: bool) -> str:
    key = secrets.token_hex(12)
    if is_kept:
        return key
    if len(_provisional) > 10 * SPARE_PROFILES:
        _provisional.clear()
    return _provisional.setdefault((row.id, row.version_id, row.edited_at), key)


def times_of(pool: list[Member], posting: Posting, as_of: date) -> dict[int, Time]:
    """Map the people whose time depends on the posting's days to it."""
    under_contract = [member.talent_id for member in pool if member.has_contract]
    return times_for([member.talent_id for member in pool], under_contract, posting, as_of)


def profiles_of(pool: list[Member], times: dict[int, Time]) -> tuple[list[Profile], dict[str, str]]:
    """Return what each person's profile says, and its SHA-256 by key; `times` are as `times_of` gives them."""
    stale = {member.talent_id: member for member in pool if not _is_fresh(member)}
    if stale:
        _read_again(stale)
    profiles, digests = [], {}
    for member in pool:
        read = _read[member.key]
        profile, digest = read.profile, read.digest
        if time := times.get(member.talent_id):
            profile = timed(profile, time)
            digest = digest_of_profile(profile)
        profiles.append(profile)
        digests[member.key] = digest
    _forget(pool)
    return profiles, digests


def timed(profile: Profile, time: Time) -> Profile:
    """Return a profile with the time that counts for a posting."""
    return replace(
        profile,
        available_from=time.available_from,
        share_pct=time.share_pct,
        is_time_proven=time.is_proven,
    )


def _is_fresh(member: Member) -> bool:
    read = _read.get(member.key)
    return read is not None and (read.version, read.edited_at) == (member.version, member.edited_at)


def _read_again(stale: dict[int, Member]) -> None:
    """Read whole profiles, never from the session's memory."""
    chosen = whole_profiles()
    are_few = len(stale) < SPARE_PROFILES
    chosen = chosen.where(Talent.id.in_(stale) if are_few else Talent.merged_into_id.is_(None))
    found = levels_found(list(stale) if are_few else None)
    for talent in db.session.scalars(chosen.execution_options(populate_existing=True)):
        if member := stale.get(talent.id):
            profile = profile_of(talent, member.key, found=found.get(talent.id))
            _read[member.key] = Read(
                talent.version_id, talent.edited_at, profile, digest_of_profile(profile)
            )


def _forget(pool: list[Member]) -> None:
    if len(_read) > len(pool) + SPARE_PROFILES:
        kept = {member.key for member in pool}
        for key in [key for key in _read if key not in kept]:
            _read.pop(key, None)


def profiles_read_by(run: MatchRun) -> list[Profile]:
    """List what a run read of each person not erased since, in the order of ranks.

    A content that was read before is not read again: whose row is gone is not asked for.
    """
    kept = snapshots_read_by(run)
    digests = db.session.scalars(kept.with_only_columns(ProfileSnapshot.digest)).all()
    if any(digest not in _recalled for digest in digests):
        if len(_recalled) > 4 * SPARE_PROFILES:
            _recalled.clear()
        rows = db.session.execute(kept).all()
        _recalled.update((row.digest, Profile.from_dict(row.profile)) for row in rows)
        digests = [row.digest for row in rows]
    return [_recalled[digest] for digest in digests]


def snapshots(profiles: Iterable[Profile], digests: dict[str, str]) -> dict[str, int]:
    """Map each key to the number of the snapshot of what its profile says, kept once per content."""
    found = _kept(digests)
    new = [
        {
            "person_key": profile.key,
            "digest": digests[profile.key],
            "profile": profile.to_dict(),
        }
        for profile in profiles
        if profile.key not in found
    ]
    if new:
        made = db.session.execute(
            insert(ProfileSnapshot).returning(ProfileSnapshot.id, ProfileSnapshot.person_key), new
        )
        found.update({row.person_key: row.id for row in made})
    return found


def _kept(digests: dict[str, str]) -> dict[str, int]:
    """Map keys to the snapshots that say the same: few people said it before what they said last."""
    columns = select(ProfileSnapshot.person_key, ProfileSnapshot.digest, ProfileSnapshot.id)
    newest = select(func.max(ProfileSnapshot.id)).group_by(ProfileSnapshot.person_key)
    found: dict[str, int] = {}
    asked: set[str] = set()
    for key, digest, number in db.session.execute(columns.where(ProfileSnapshot.id.in_(newest))):
        if digests.get(key) == digest:
            found[key] = number
        elif key in digests:
            asked.add(key)
    if asked:
        older = columns.where(ProfileSnapshot.person_key.in_(asked))
        rows = db.session.execute(older)
        found.update((key, number) for key, digest, number in rows if digests[key] == digest)
    return found


def digest_of_profile(profile: Profile) -> str:
    """Return the SHA-256 of everything that a profile says."""
    return hashlib.sha256(canonical(profile.to_dict()).encode()).hexdigest()
