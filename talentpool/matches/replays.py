"""A past ranking beside what ranking would say today: what changed, who moved, and why. Nothing is kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import matching
from matching import Posting, Profile, Ranker, Ranking, Suggestion
from talentpool.db import db
from talentpool.matches import queries
from talentpool.matches.compare import Why, why
from talentpool.matches.facts import posting_of, profile_of
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun, PersonKey
from talentpool.matches.presenting import SuggestionShown, shown
from talentpool.placements.availability import availabilities
from talentpool.skills.queries import referential
from talentpool.talents.models import Talent
from talentpool.talents.queries import rankable_talents

#: Of each ranking, how many of the first are laid beside the other's.
FIRST = 10


@dataclass(frozen=True)
class Changed:
    """One field that says something else today; texts are long, so they go without their words."""

    field: str
    then: str | None = None
    now: str | None = None


@dataclass(frozen=True)
class PersonChanged:
    """One person whose profile says something else today."""

    talent: Talent
    key: str
    fields: tuple[Changed, ...]


@dataclass(frozen=True)
class Move:
    """One person's place then and today; a side is missing for who joined since or is there no more."""

    then: SuggestionShown | None
    now: SuggestionShown | None
    why: Why | None

    @property
    def either(self) -> SuggestionShown:
        """The person as known today, or else as then."""
        found = self.now or self.then
        if found is None:
            raise ValueError("somebody moves from somewhere or to somewhere")
        return found

    @property
    def has_moved(self) -> bool:
        """Whether the rank differs, the place beside the list too."""
        if self.then is None or self.now is None:
            return True
        then, now = self.then.result, self.now.result
        return (then.rank, then.is_apart) != (now.rank, now.is_apart)


@dataclass(frozen=True)
class Since:
    """What changed between a past ranking and what it would be today."""

    run: MatchRun
    pool_size: int
    is_same_code: bool
    is_same_referential: bool
    parameters: tuple[Changed, ...]
    need: tuple[Changed, ...]
    people: tuple[PersonChanged, ...]
    joined: int
    gone: int
    moves: tuple[Move, ...]
    moved: int
    decisions: tuple[MatchDecision, ...]

    @property
    def has_changed(self) -> bool:
        """Whether anything that a ranking reads has changed."""
        same = self.is_same_code and self.is_same_referential
        return not same or bool(
            self.parameters or self.need or self.people or self.joined or self.gone
        )


@dataclass(frozen=True)
class Today:
    """What ranking for a seat would give today, with what it would read."""

    posting: Posting
    profiles: dict[str, Profile]
    talents: dict[str, Talent]
    ranking: Ranking
    parameters: dict[str, Any]
    referential_version: str


def since(run: MatchRun, *, today: date, names: Mapping[str, str]) -> Since:
    """Lay a past ranking beside today's; `names` gives skills in the reader's language."""
    present = _ranked_on(run, today)
    then = {profile["key"]: profile for profile in queries.profiles_read_by(run)}
    moves = _moves(run, present, names)
    return Since(
        run=run,
        pool_size=len(present.profiles),
        is_same_code=run.code_version == matching.__version__,
        is_same_referential=run.referential.version == present.referential_version,
        parameters=tuple(_changed(run.parameters, present.parameters, short=lambda _name: True)),
        need=tuple(_changed(run.posting, present.posting.to_dict(), short=_is_short)),
        people=tuple(_people(then, present)),
        joined=sum(move.then is None for move in moves),
        gone=sum(move.now is None for move in moves),
        moves=tuple(move for move in moves if _is_among_the_first(move)),
        moved=sum(move.has_moved for move in moves),
        decisions=tuple(_decisions(run)),
    )


def _ranked_on(run: MatchRun, today: date) -> Today:
    talents = rankable_talents()
    keys = {known.talent_id: known.key for known in db.session.scalars(select(PersonKey))}
    # Whoever was never ranked has no key yet, and reading gives none.
    named = {keys.get(talent.id, f"new-{talent.id}"): talent for talent in talents}
    posting = posting_of(run.seat, today)
    known = availabilities(
        [talent.id for talent in talents],
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        share_pct=posting.share_pct,
        today=today,
    )
    profiles = {key: profile_of(one, key, known.get(one.id)) for key, one in named.items()}
    skills = referential()
    ranker = Ranker(referential=skills).fit(profiles.values())
    parameters = {name: held for name, held in ranker.get_params().items() if name != "referential"}
    return Today(posting, profiles, named, ranker.rank(posting), parameters, skills.version)


def _moves(run: MatchRun, present: Today, names: Mapping[str, str]) -> list[Move]:
    decisions = queries.decisions(run.seat)
    results = {result.person_key: result for result in run.results}
    talents = {**queries.talents_by_key(set(results)), **present.talents}

    def row(result: MatchResult) -> SuggestionShown:
        talent = talents.get(result.person_key)
        return shown(result, talent, decisions.get(talent.id) if talent else None, names)

    then = {key: row(result) for key, result in results.items()}
    ranked = (*present.ranking.suggestions, *present.ranking.apart)
    now = {found.key: row(_unkept(found)) for found in ranked}
    moves = []
    for key in {**now, **then}:
        before, after = then.get(key), now.get(key)
        explained = why(after, before, names) if before and after else None
        moves.append(Move(before, after, explained))
    return moves


def _unkept(found: Suggestion) -> MatchResult:
    """Make a result that no session knows, for pages to show."""
    explanation = {
        "reasons": [asdict(reason) for reason in found.reasons],
        "criteria": [asdict(criterion) for criterion in found.criteria],
        "missing": [asdict(missing) for missing in found.missing],
    }
    return MatchResult(
        person_key=found.key,
        rank=found.rank,
        score=found.score,
        misses=" ".join(found.apart_for),
        explanation=explanation,
    )


def _is_among_the_first(move: Move) -> bool:
    return any(side is not None and side.result.rank <= FIRST for side in (move.then, move.now))


def _people(then: Mapping[str, dict[str, Any]], present: Today) -> Iterable[PersonChanged]:
    for key, profile in present.profiles.items():
        if key in then:
            fields = tuple(_changed(then[key], profile.to_dict(), short=_is_short))
            if fields:
                yield PersonChanged(present.talents[key], key, fields)


def _changed(
    then: Mapping[str, Any], now: Mapping[str, Any], *, short: Callable[[str], bool]
) -> Iterable[Changed]:
    """Name the fields that differ, with both values of those that are short."""
    for field in {**then, **now}:
        before, after = then.get(field), now.get(field)
        if before == after:
            continue
        if short(field):
            yield Changed(field, _in_short(before), _in_short(after))
        else:
            yield Changed(field)


def _is_short(field: str) -> bool:
    return field in {"available_from", "share_pct", "starts_on", "ends_on", "families", "skills"}


def _in_short(value: Any) -> str | None:
    """Write a fact as it is kept: skills by their words, lists by commas; None when nothing was said."""
    if isinstance(value, list):
        return ", ".join(one["label"] if isinstance(one, dict) else str(one) for one in value)
    return None if value is None else str(value)


def _decisions(run: MatchRun) -> list[MatchDecision]:
    taken = (
        select(MatchDecision)
        .where(MatchDecision.run_id == run.id)
        .options(joinedload(MatchDecision.talent), joinedload(MatchDecision.decided_by))
        .order_by(MatchDecision.id.desc())
    )
    return list(db.session.scalars(taken))
