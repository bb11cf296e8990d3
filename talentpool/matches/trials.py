"""Trying a setting: the pool ranked anew and shown beside the kept run, with nothing stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matching import Profile, Suggestion
from talentpool.matches import services
from talentpool.matches.models import MatchResult, ProfileSnapshot
from talentpool.matches.presenting import label_of, points_of
from talentpool.matches.records import explanation_of
from talentpool.matches.settings import DEFAULT_FACTOR, SLIDER_OF_FIELD, Setting
from talentpool.needs.models import NeedSeat

#: Points of a hundred below which a change is not worth a word.
LEAST_CHANGE = Decimal("0.1")


@dataclass(frozen=True)
class Trial:
    """What a setting gives: the first people of the list, and how many there are."""

    results: list[MatchResult]
    #: The number of each person shown, by key: who was never ranked has a key for the trial only.
    people: dict[str, int]
    ranked: int
    listed: int
    by_criterion: dict[str, int]


@dataclass(frozen=True)
class Move:
    """How far somebody moved since the kept run, and the part that changed most.

    `places` is positive upwards, None for who was not in the kept run; `slider` is what weighs the
    part and was moved, empty when another cause is as likely.
    """

    places: int | None
    was_apart: bool
    label: str
    kind: str
    points: Decimal
    slider: str
    factor: Decimal


def try_setting(seat: NeedSeat, setting: Setting, *, as_of: date, shown: int) -> Trial:
    """Rank the pool for a seat with a setting and store nothing.

    Raises `services.SeatNotOpen` or `services.EmptyPool`.
    """
    tried = services.rank_only(seat, setting, as_of=as_of, top=shown)
    ranking = tried.ranking
    said = {profile.key: profile for profile in tried.profiles}
    missed: Counter[str] = Counter()
    for names, count in ranking.sizes:
        missed.update(dict.fromkeys(names, count))
    results = [as_result(found, said[found.key]) for found in ranking.suggestions]
    return Trial(
        results=results,
        people={result.person_key: tried.people[result.person_key] for result in results},
        ranked=len(tried.profiles),
        listed=dict(ranking.sizes).get((), 0),
        by_criterion=dict(missed),
    )


def as_result(found: Suggestion, said: Profile) -> MatchResult:
    """Return a place in the shape that rows are written from; no session ever holds it."""
    return MatchResult(
        person_key=found.key,
        rank=found.rank,
        score=found.score,
        misses=" ".join(found.apart_for),
        explanation=explanation_of(found),
        snapshot=ProfileSnapshot(person_key=found.key, digest="", profile=said.to_dict()),
    )


def moves(
    results: Iterable[MatchResult], kept: Mapping[str, MatchResult], setting: Setting
) -> dict[str, Move]:
    """Map each person to their move since the kept run, with its likeliest cause."""
    return {one.person_key: _move(one, kept.get(one.person_key), setting) for one in results}


def _move(tried: MatchResult, kept: MatchResult | None, setting: Setting) -> Move:
    if kept is None:
        return Move(None, False, "", "", Decimal(0), "", Decimal(1))
    places = kept.rank - tried.rank
    before, after = _amounts(kept), _amounts(tried)
    changes = {part: after.get(part, 0.0) - before.get(part, 0.0) for part in {*before, *after}}
    # Who climbs is told what they gained; who climbs without any gain was passed by nobody's merit.
    way = -1 if places < 0 else 1
    part = max(sorted(changes), key=lambda p: changes[p] * way, default=None)
    points = points_of(changes[part]) if part else Decimal(0)
    if part is None or points * way < LEAST_CHANGE:
        return Move(places, kept.is_apart, "", "", Decimal(0), "", Decimal(1))
    kind, label = part
    slider = _slider(tried, part, setting, rises=points > 0)
    factor = Decimal(setting.factor(slider)) / 100 if slider else Decimal(1)
    return Move(places, kept.is_apart, label, kind, points, slider, factor)


def _amounts(result: MatchResult) -> dict[tuple[str, str], float]:
    """Sum a result's reasons by kind and label."""
    amounts: dict[tuple[str, str], float] = {}
    for reason in result.explanation["reasons"]:
        part = reason["kind"], label_of(reason)
        amounts[part] = amounts.get(part, 0.0) + reason["amount"]
    return amounts


def _slider(result: MatchResult, part: tuple[str, str], setting: Setting, *, rises: bool) -> str:
    """Name the slider that weighs a part's field, when it was moved the way the part went."""
    for reason in result.explanation["reasons"]:
        slider = SLIDER_OF_FIELD.get(reason["field"], "")
        if (reason["kind"], label_of(reason)) == part and slider:
            factor = setting.factor(slider)
            if factor != DEFAULT_FACTOR and (factor > DEFAULT_FACTOR) == rises:
                return slider
    return ""
