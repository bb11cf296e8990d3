"""Ranking the pool for a seat, opening a ranking again, and deciding on a suggestion."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.types import UserDefinedType

import matching
from matching import Posting, Profile, Ranker, Ranking, Referential
from talentpool.accounts.models import Account
from talentpool.db import Lock, db, queue_on
from talentpool.journal import services as journal
from talentpool.matches import pool
from talentpool.matches.facts import posting_of
from talentpool.matches.models import (
    REASONS,
    MatchDecision,
    MatchResult,
    MatchRun,
    ReasonCode,
    ReferentialSnapshot,
    Verdict,
)
from talentpool.matches.queries import decision_on
from talentpool.matches.rankers import rankers
from talentpool.matches.records import record_of, whole_digest
from talentpool.matches.settings import DEFAULT, Setting
from talentpool.needs.lifecycle import start_search
from talentpool.needs.models import NeedSeat
from talentpool.skills.queries import learnt, referential
from talentpool.talents.models import Talent


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


class _Written(UserDefinedType[str]):
    """JSON that is written already: encoding a thousand explanations twice would take its time."""

    cache_ok = True


_new_results = insert(MatchResult.__table__).values(  # type: ignore[arg-type]
    {"explanation": bindparam("explanation", type_=_Written())}
)


@dataclass(frozen=True)
class Ranked:
    """The pool ranked for a seat, with all that it was ranked from; `people` maps keys to numbers."""

    people: dict[str, int]
    posting: Posting
    profiles: list[Profile]
    digests: dict[str, str]
    skills: Referential
    ranker: Ranker
    ranking: Ranking


def ranked_for(
    seat: NeedSeat,
    setting: Setting,
    *,
    as_of: date,
    with_new_keys: bool = False,
    top: int | None = None,
    also: Collection[str] = (),
) -> Ranked:
    """Rank the pool for a seat, open or not, and keep nothing but new keys, if asked.

    `top` explains that many of the first only, and whoever's key is `also` given. Raises `EmptyPool`.
    """
    people = pool.members(with_new_keys=with_new_keys, host_id=seat.need.organisation_id, on=as_of)
    if not people:
        raise EmptyPool
    posting = posting_of(seat, as_of)
    profiles, digests = pool.profiles_of(people, pool.times_of(people, posting, as_of))
    skills = referential()
    ranker = rankers.ranker_of(profiles, digests, setting.parameters(), skills)
    numbers = {member.key: member.talent_id for member in people}
    return Ranked(
        numbers, posting, profiles, digests, skills, ranker, ranker.rank(posting, top, also)
    )


def rank_only(seat: NeedSeat, setting: Setting, *, as_of: date, top: int) -> Ranked:
    """Rank the pool for a seat, explain the `top` first only and keep nothing.

    Raises `SeatNotOpen` or `EmptyPool`.
    """
    if not seat.is_open:
        raise SeatNotOpen
    return ranked_for(seat, setting, as_of=as_of, top=top)


def rank_talents(
    seat: NeedSeat,
    *,
    by: Account | None,
    as_of: date,
    setting: Setting = DEFAULT,
    setting_name: str = "",
) -> MatchRun:
    """Rank the whole pool for a seat and keep the run; raises `SeatNotOpen` or `EmptyPool`."""
    if not seat.is_open:
        raise SeatNotOpen
    # Two rankings at once would give the same people two keys.
    queue_on(Lock.RANKING)
    start_search(seat.need, by=by)
    ranked = ranked_for(seat, setting, as_of=as_of, with_new_keys=True)
    ranking, profiles = ranked.ranking, ranked.profiles
    record = record_of(ranking)
    snapshots = pool.snapshots(profiles, ranked.digests)
    run = MatchRun(
        seat=seat,
        ranked_by=by,
        as_of=as_of,
        posting=ranked.posting.to_dict(),
        parameters=plain_parameters(ranked.ranker),
        setting=setting.to_json(),
        setting_name=setting_name,
        code_version=matching.__version__,
        referential=_referential_snapshot(ranked.skills),
        pool_size=len(profiles),
        asked=record.asked,
        digest=record.digest,
    )
    db.session.add(run)
    db.session.flush()
    db.session.execute(
        _new_results,
        [
            {
                "run_id": run.id,
                "person_key": found.key,
                "snapshot_id": snapshots[found.key],
                "rank": found.rank,
                "score": found.score,
                "misses": " ".join(found.apart_for),
                "explanation": record.places[found.key],
                "created_at": run.created_at,
            }
            for found in (*ranking.suggestions, *ranking.apart)
        ],
    )
    journal.record(
        "talents.ranked",
        seat,
        by=by,
        pool=len(profiles),
        digest=run.digest[:16],
        is_default=setting.is_default,
    )
    return run


@dataclass(frozen=True)
class Replay:
    """What came of computing a run again: its texts may be gone, or the algorithm another."""

    erased: int
    is_same_code: bool
    is_identical: bool


def replay(run: MatchRun) -> Replay:
    """Compute a run again from what it kept, and tell whether every figure comes out the same."""
    profiles = pool.profiles_read_by(run)
    erased = run.pool_size - len(profiles)
    same_code = run.code_version == matching.__version__
    if erased:
        return Replay(erased, same_code, is_identical=False)
    skills = learnt(
        tuple(
            matching.Skill(code, family, fr, en, tuple(aliases))
            for code, family, fr, en, aliases in run.referential.skills
        )
    )
    ranker = Ranker(**known_parameters(run), referential=skills).fit(profiles)
    ranking = ranker.rank(Posting.from_dict(run.posting))
    digest = whole_digest(ranking) if run.asked is None else record_of(ranking).digest
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


def known_parameters(run: MatchRun) -> dict[str, Any]:
    """Return a run's parameters, without those that the ranker no longer has.

    A run that has one was made by other code, and no figure of it is expected to come out the same.
    """
    known = Ranker().get_params()
    return {name: value for name, value in run.parameters.items() if name in known}


def plain_parameters(ranker: Ranker) -> dict[str, Any]:
    """Return what a run keeps of its ranker's parameters."""
    return {name: value for name, value in ranker.get_params().items() if name != "referential"}


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
