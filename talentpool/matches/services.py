"""Ranking the pool for a seat, opening a ranking again, and deciding on a suggestion."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

import matching
from matching import Posting, Profile, Ranker, Ranking, Referential, Suggestion
from talentpool.accounts.models import Account
from talentpool.db import Lock, db, queue_on
from talentpool.journal import services as journal
from talentpool.matches.facts import posting_of, profile_of
from talentpool.matches.models import (
    REASONS,
    MatchDecision,
    MatchResult,
    MatchRun,
    PersonKey,
    ProfileSnapshot,
    ReasonCode,
    ReferentialSnapshot,
    Verdict,
)
from talentpool.matches.queries import decision_on, snapshots_of
from talentpool.needs.models import NeedSeat
from talentpool.placements.availability import availabilities
from talentpool.skills.queries import referential
from talentpool.talents.models import Talent
from talentpool.talents.queries import rankable_talents


class SeatNotOpen(Exception):
    """Nobody is sought for the seat now."""


class EmptyPool(Exception):
    """There is nobody to rank."""


class WrongReason(Exception):
    """The reason does not go with the verdict."""


class NoteMissing(Exception):
    """A reason that is none of the list needs words."""


class DecidedMeanwhile(Exception):
    """Somebody decided on this person after the page was opened."""

    def __init__(self, decision: MatchDecision) -> None:
        super().__init__(decision.id)
        self.decision = decision


def rank_talents(seat: NeedSeat, *, by: Account | None, as_of: date) -> MatchRun:
    """Rank the whole pool for a seat and keep the run; raises `SeatNotOpen` or `EmptyPool`."""
    if not seat.is_open:
        raise SeatNotOpen
    # Two rankings at once would give the same people two keys.
    queue_on(Lock.RANKING)
    talents = rankable_talents()
    if not talents:
        raise EmptyPool
    keys = _person_keys(talents)
    posting = posting_of(seat, as_of)
    known = availabilities(
        [talent.id for talent in talents],
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        share_pct=posting.share_pct,
        today=as_of,
    )
    profiles = [profile_of(talent, keys[talent.id], known.get(talent.id)) for talent in talents]
    skills = referential()
    ranker = Ranker(referential=skills).fit(profiles)
    ranking = ranker.rank(posting)
    snapshots = _snapshots(profiles)
    run = MatchRun(
        seat=seat,
        ranked_by=by,
        as_of=as_of,
        posting=posting.to_dict(),
        parameters=_plain_parameters(ranker),
        code_version=matching.__version__,
        referential=_referential_snapshot(skills),
        pool_size=len(profiles),
        digest=digest_of(ranking),
        results=[
            MatchResult(
                person_key=found.key,
                snapshot=snapshots[found.key],
                rank=found.rank,
                score=found.score,
                misses=" ".join(_misses(found)),
                explanation=_explanation(found),
            )
            for found in (*ranking.suggestions, *ranking.apart)
        ],
    )
    db.session.add(run)
    journal.record("talents.ranked", seat, by=by, pool=len(profiles), digest=run.digest[:16])
    return run


@dataclass(frozen=True)
class Replay:
    """What came of computing a run again: its texts may be gone, or the algorithm another."""

    erased: int
    is_same_code: bool
    is_identical: bool


def replay(run: MatchRun) -> Replay:
    """Compute a run again from what it kept, and tell whether every figure comes out the same."""
    kept = snapshots_of(run)
    erased = run.pool_size - len(kept)
    same_code = run.code_version == matching.__version__
    if erased:
        return Replay(erased, same_code, is_identical=False)
    skills = Referential(
        matching.Skill(code, family, fr, en, tuple(aliases))
        for code, family, fr, en, aliases in run.referential.skills
    )
    profiles = [Profile.from_dict(snapshot.profile) for snapshot in kept]
    ranker = Ranker(**run.parameters, referential=skills).fit(profiles)
    digest = digest_of(ranker.rank(Posting.from_dict(run.posting)))
    return Replay(erased, same_code, is_identical=digest == run.digest)


def decide(
    seat: NeedSeat,
    talent: Talent,
    *,
    verdict: Verdict,
    reason: ReasonCode,
    note: str,
    seen: int | None,
    run: MatchRun | None,
    by: Account | None,
) -> MatchDecision:
    """Record what `by` decides about a talent for a seat, and why.

    `seen` is the number of the decision that was on their screen, None without one. Raises
    `WrongReason`, `NoteMissing`, or `DecidedMeanwhile` with the decision they did not see.
    """
    if reason not in REASONS[verdict]:
        raise WrongReason(reason)
    if reason is ReasonCode.OTHER and not note:
        raise NoteMissing
    # Whoever decides about the same seat at once waits, then sees this decision.
    db.session.execute(select(NeedSeat.id).where(NeedSeat.id == seat.id).with_for_update())
    standing = decision_on(seat, talent)
    if standing is not None and standing.id != seen:
        raise DecidedMeanwhile(standing)
    decision = MatchDecision(
        seat_id=seat.id,
        talent=talent,
        run_id=run.id if run else None,
        verdict=verdict,
        reason=reason,
        note=note,
        decided_by=by,
    )
    db.session.add(decision)
    journal.record(
        f"match.{verdict.value}",
        seat,
        by=by,
        talent=talent.id,
        reason=reason.value,
        run=run.id if run else None,
    )
    return decision


def digest_of(ranking: Ranking) -> str:
    """Return the SHA-256 of a ranking's every figure and word."""
    content = [
        [found.key, found.rank, repr(found.score), found.is_apart, _explanation(found)]
        for found in (*ranking.suggestions, *ranking.apart)
    ]
    return hashlib.sha256(_canonical(content)).hexdigest()


def _explanation(found: Suggestion) -> dict[str, Any]:
    return {
        "reasons": [asdict(reason) for reason in found.reasons],
        "criteria": [asdict(criterion) for criterion in found.criteria],
        "missing": [asdict(missing) for missing in found.missing],
    }


def _misses(found: Suggestion) -> list[str]:
    """Name the hard criteria that a suggestion answers by a plain no."""
    return [c.name for c in found.criteria if c.answer is matching.Answer.NO]


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain_parameters(ranker: Ranker) -> dict[str, Any]:
    return {name: value for name, value in ranker.get_params().items() if name != "referential"}


def _person_keys(talents: Iterable[Talent]) -> dict[int, str]:
    """Map each talent to their opaque key, given at their first ranking."""
    keys = {known.talent_id: known.key for known in db.session.scalars(select(PersonKey))}
    for talent in talents:
        if talent.id not in keys:
            keys[talent.id] = secrets.token_hex(12)
            db.session.add(PersonKey(talent_id=talent.id, key=keys[talent.id]))
    return keys


def _snapshots(profiles: list[Profile]) -> dict[str, ProfileSnapshot]:
    """Map each key to the snapshot of what its profile says now, kept once per content."""
    known = {
        (kept.person_key, kept.digest): kept for kept in db.session.scalars(select(ProfileSnapshot))
    }
    snapshots = {}
    for profile in profiles:
        content = profile.to_dict()
        digest = hashlib.sha256(_canonical(content)).hexdigest()
        snapshot = known.get((profile.key, digest))
        if snapshot is None:
            snapshot = ProfileSnapshot(person_key=profile.key, digest=digest, profile=content)
            db.session.add(snapshot)
        snapshots[profile.key] = snapshot
    return snapshots


def _referential_snapshot(skills: Referential) -> ReferentialSnapshot:
    kept = db.session.scalar(
        select(ReferentialSnapshot).where(ReferentialSnapshot.version == skills.version)
    )
    if kept is None:
        kept = ReferentialSnapshot(
            version=skills.version,
            skills=[
                [skill.code, skill.family, skill.label_fr, skill.label_en, list(skill.aliases)]
                for skill in skills.concepts
            ],
        )
        db.session.add(kept)
    return kept
