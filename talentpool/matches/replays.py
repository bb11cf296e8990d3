"""A past ranking beside what ranking would say today: what changed, who moved, and why. Nothing is kept."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import matching
from matching import Posting, Profile, Suggestion
from talentpool.db import db
from talentpool.matches import pool, queries, services
from talentpool.matches.compare import Why, why
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun
from talentpool.matches.presenting import SuggestionShown, shown
from talentpool.matches.records import explanation_of
from talentpool.matches.services import Ranked
from talentpool.matches.settings import DEFAULT, BadSetting, Setting
from talentpool.talents.models import Talent

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


def since(run: MatchRun, *, today: date, names: Mapping[str, str]) -> Since:
    """Lay a past ranking beside today's; `names` gives skills in the reader's language."""
    places = _places(run)
    first = {key for key, (rank, _apart) in places.items() if rank <= FIRST}
    present = services.ranked_for(run.seat, _setting_of(run), as_of=today, top=FIRST, also=first)
    moves = _moves(run, present, places, first, names)
    now = _places_today(present)
    # What was stored before a field existed says nothing of it, as an empty field does.
    then = {profile.key: profile for profile in pool.profiles_read_by(run)}
    asked = Posting.from_dict(run.posting).to_dict()
    parameters = services.plain_parameters(present.ranker)
    return Since(
        run=run,
        pool_size=len(present.profiles),
        is_same_code=run.code_version == matching.__version__,
        is_same_referential=run.referential.version == present.skills.version,
        parameters=tuple(_changed(run.parameters, parameters, short=lambda _name: True)),
        need=tuple(_changed(asked, present.posting.to_dict(), short=_is_short)),
        people=tuple(_people(then, present)),
        joined=len(now.keys() - places.keys()),
        gone=len(places.keys() - now.keys()),
        moves=tuple(moves),
        moved=sum(places.get(key) != now.get(key) for key in {**places, **now}),
        decisions=tuple(_decisions(run)),
    )


def _setting_of(run: MatchRun) -> Setting:
    """Return the setting that a run was made with; the default when it is of an older form."""
    try:
        return Setting.from_json(run.setting)
    except BadSetting:
        return DEFAULT


def _places(run: MatchRun) -> dict[str, tuple[int, bool]]:
    """Map everybody in a run to their rank and whether they stood apart, without their explanations."""
    columns = select(MatchResult.person_key, MatchResult.rank, MatchResult.misses)
    found = db.session.execute(columns.where(MatchResult.run_id == run.id))
    return {key: (rank, bool(misses)) for key, rank, misses in found}


def _places_today(present: Ranked) -> dict[str, tuple[int, bool]]:
    """Map everybody to their rank today and whether they stand apart, most without an explanation."""
    listed = dict(present.ranking.sizes).get((), 0)
    order = present.ranker.order(present.posting)
    return {key: (rank, rank > listed) for rank, (key, _score) in enumerate(order, start=1)}


def _ranked(present: Ranked) -> tuple[Suggestion, ...]:
    return *present.ranking.suggestions, *present.ranking.apart


def _moves(
    run: MatchRun,
    present: Ranked,
    places: Mapping[str, tuple[int, bool]],
    first_then: Collection[str],
    names: Mapping[str, str],
) -> list[Move]:
    """Lay the first of each ranking beside their place in the other."""
    today = {found.key: found for found in _ranked(present)}
    first = {*first_then, *(found.key for found in today.values() if found.rank <= FIRST)}
    results = {result.person_key: result for result in queries.results_of(run, first)}
    decisions = queries.decisions(run.seat)
    # Whoever was never ranked has a passing key, which no row knows.
    talents = {
        **queries.talents_by_key(first),
        **_talents(present, first - places.keys()),
    }

    def row(result: MatchResult | None, key: str) -> SuggestionShown | None:
        talent = talents.get(key)
        decision = decisions.get(talent.id) if talent else None
        return shown(result, talent, decision, names) if result else None

    moves = []
    for key in sorted(first, key=lambda key: today[key].rank if key in today else math.inf):
        before = row(results.get(key), key)
        after = row(_unkept(today[key]), key) if key in today else None
        moves.append(Move(before, after, why(after, before, names) if before and after else None))
    return moves


def _talents(present: Ranked, keys: Collection[str]) -> dict[str, Talent]:
    """Map keys to people, passing keys too."""
    numbers = {present.people[key]: key for key in keys if key in present.people}
    found = select(Talent).where(Talent.id.in_(numbers)).options(joinedload(Talent.account))
    return {numbers[talent.id]: talent for talent in db.session.scalars(found)}


def _unkept(found: Suggestion) -> MatchResult:
    """Make a result that no session knows, for pages to show."""
    return MatchResult(
        person_key=found.key,
        rank=found.rank,
        score=found.score,
        misses=" ".join(found.apart_for),
        explanation=explanation_of(found),
    )


def _people(then: Mapping[str, Profile], present: Ranked) -> Iterable[PersonChanged]:
    changed = {}
    for profile in present.profiles:
        before = then.get(profile.key, profile)
        if before != profile:
            changed[profile.key] = tuple(
                _changed(before.to_dict(), profile.to_dict(), short=_is_plain)
            )
    talents = _talents(present, changed)
    return (PersonChanged(talents[key], key, fields) for key, fields in changed.items())


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
    return field in {
        "available_from",
        "share_pct",
        "starts_on",
        "ends_on",
        "families",
        "skills",
        "remote_days",
        "statuses",
        "seniority_years",
    }


def _is_plain(field: str) -> bool:
    """Whether both values of a profile's field may be shown: words could tell who somebody is."""
    return _is_short(field) and field != "skills"


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
