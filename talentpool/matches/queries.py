"""Reading runs, results and decisions."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from talentpool.db import db
from talentpool.matches.models import (
    MatchDecision,
    MatchResult,
    MatchRun,
    PersonKey,
    ProfileSnapshot,
)
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent
from talentpool.talents.queries import is_present


def newest_run(seat: NeedSeat) -> MatchRun | None:
    """Return the seat's latest ranking."""
    return db.session.scalar(runs(seat).limit(1))


def runs(seat: NeedSeat) -> Select[MatchRun]:
    """Select a seat's rankings, newest first."""
    return (
        select(MatchRun)
        .where(MatchRun.seat_id == seat.id)
        .options(joinedload(MatchRun.ranked_by))
        .order_by(MatchRun.id.desc())
    )


def snapshots_read_by(run: MatchRun) -> Select[Any]:
    """Select the snapshots that a run read of people not erased since, in the order of ranks."""
    kept = select(ProfileSnapshot.digest, ProfileSnapshot.profile).join(MatchResult)
    return kept.where(MatchResult.run_id == run.id).order_by(MatchResult.rank)


def results(run: MatchRun, *, asked_by: Select[int] | None = None) -> Select[MatchResult]:
    """Select, in order, the results of a run that no hard criterion sets apart; of some people, if told."""
    chosen = _results(run).where(MatchResult.misses == "")
    if asked_by is None:
        return chosen
    keys = select(PersonKey.key).where(PersonKey.talent_id.in_(asked_by))
    return chosen.where(MatchResult.person_key.in_(keys))


def results_apart(run: MatchRun, *, criterion: str = "") -> Select[MatchResult]:
    """Select, in order, the results that a hard criterion sets apart: any, or the one named."""
    missed = MatchResult.misses.contains(criterion, autoescape=True)
    return _results(run).where(MatchResult.misses != "", missed)


def _results(run: MatchRun) -> Select[MatchResult]:
    return (
        select(MatchResult)
        .where(MatchResult.run_id == run.id)
        .options(joinedload(MatchResult.snapshot))
        .order_by(MatchResult.rank)
    )


def result_of(run: MatchRun, person_key: str) -> MatchResult | None:
    """Return one person's result in a run."""
    return db.session.scalar(
        select(MatchResult).where(
            MatchResult.run_id == run.id, MatchResult.person_key == person_key
        )
    )


def results_of(run: MatchRun, person_keys: set[str]) -> list[MatchResult]:
    """List the results of some people in a run, in order."""
    return list(db.session.scalars(_results(run).where(MatchResult.person_key.in_(person_keys))))


def listed_scores(run: MatchRun) -> list[float]:
    """List the scores of everybody whom no hard criterion sets apart."""
    scores = select(MatchResult.score).where(MatchResult.run_id == run.id, MatchResult.misses == "")
    return list(db.session.scalars(scores))


def key_at(run: MatchRun, rank: int) -> str | None:
    """Return the key of whoever has a rank in a run."""
    at = select(MatchResult.person_key).where(MatchResult.run_id == run.id)
    return db.session.scalar(at.where(MatchResult.rank == rank))


@dataclass(frozen=True)
class Funnel:
    """How a pool became a list: people ranked, in the list, apart, and apart for each criterion."""

    ranked: int
    listed: int
    apart: int
    by_criterion: dict[str, int]


def funnel(run: MatchRun) -> Funnel:
    """Count a run's people by what set them apart; somebody who misses two counts under both."""
    groups = db.session.execute(
        select(MatchResult.misses, func.count())
        .where(MatchResult.run_id == run.id)
        .group_by(MatchResult.misses)
        .order_by(MatchResult.misses)
    ).all()
    by_criterion: Counter[str] = Counter()
    for misses, count in groups:
        by_criterion.update(dict.fromkeys(misses.split(), count))
    listed = sum(count for misses, count in groups if not misses)
    ranked = sum(count for _misses, count in groups)
    return Funnel(ranked, listed, ranked - listed, dict(by_criterion))


def talents_by_key(person_keys: set[str]) -> dict[str, Talent]:
    """Map opaque keys to people, merged records to who stands for them.

    The erased have no entry, nor has who asked that nothing be done with their profile.
    """
    found = (
        select(PersonKey)
        .where(PersonKey.key.in_(person_keys))
        .options(joinedload(PersonKey.talent).joinedload(Talent.account))
    )
    people = {known.key: known.talent.standing for known in db.session.scalars(found)}
    return {key: talent for key, talent in people.items() if talent.restricted_at is None}


def talents_by_number(numbers: set[int]) -> dict[int, Talent]:
    """Map numbers to people."""
    found = db.session.scalars(select(Talent).where(Talent.id.in_(numbers)))
    return {talent.id: talent for talent in found}


def keys_by_talent(numbers: set[int]) -> dict[int, str]:
    """Map people to their opaque keys."""
    found = select(PersonKey).where(PersonKey.talent_id.in_(numbers))
    return {known.talent_id: known.key for known in db.session.scalars(found)}


def decisions(seat: NeedSeat) -> dict[int, MatchDecision]:
    """Map each person on whom something was decided for the seat to the decision that holds."""
    newest = (
        select(func.max(MatchDecision.id))
        .where(MatchDecision.seat_id == seat.id)
        .group_by(MatchDecision.talent_id)
    )
    found = (
        select(MatchDecision)
        .where(MatchDecision.id.in_(newest))
        .options(joinedload(MatchDecision.talent), joinedload(MatchDecision.decided_by))
        .order_by(MatchDecision.id)
    )
    return {decision.talent_id: decision for decision in db.session.scalars(found)}


def decision_on(seat: NeedSeat, talent: Talent) -> MatchDecision | None:
    """Return the decision that holds about one person for one seat."""
    return db.session.scalar(
        past_decisions(seat).where(MatchDecision.talent_id == talent.id).limit(1)
    )


def past_decisions(seat: NeedSeat) -> Select[MatchDecision]:
    """Select every decision taken for a seat, newest first."""
    return (
        select(MatchDecision)
        .where(MatchDecision.seat_id == seat.id)
        .options(joinedload(MatchDecision.talent), joinedload(MatchDecision.decided_by))
        .order_by(MatchDecision.id.desc())
    )


def changes_since(run: MatchRun) -> int:
    """Count what would make the ranking differ today: profiles edited or added, the need edited."""
    edited = select(func.count()).where(Talent.edited_at > run.created_at, is_present())
    need = run.seat.need
    need_edited = need.edited_at is not None and need.edited_at > run.created_at
    return (db.session.scalar(edited) or 0) + int(need_edited)


def stages(numbers: list[int]) -> dict[int, tuple[bool, int]]:
    """Map seats to whether they were ranked, and how many people are shortlisted for them."""
    ranked = set(
        db.session.scalars(select(MatchRun.seat_id).where(MatchRun.seat_id.in_(numbers)).distinct())
    )
    newest = (
        select(func.max(MatchDecision.id))
        .where(MatchDecision.seat_id.in_(numbers))
        .group_by(MatchDecision.seat_id, MatchDecision.talent_id)
    )
    shortlisted = dict(
        db.session.execute(
            select(MatchDecision.seat_id, func.count())
            .where(MatchDecision.id.in_(newest), MatchDecision.verdict == "shortlisted")
            .group_by(MatchDecision.seat_id)
        ).all()
    )
    return {number: (number in ranked, shortlisted.get(number, 0)) for number in numbers}
