"""Criteria: facts compared, never weighed against words, and what each answer does.

Ignorance is never a no: what either side leaves out is unknown, and counts for nothing either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching._forms import fold
from matching._types import (
    LANGUAGE_LEVELS,
    WORKING_DAYS,
    Answer,
    Criterion,
    Mode,
    Posting,
    Profile,
    SpokenLanguage,
)

_Degree = TypeVar("_Degree", float, NDArray[np.float64])

DEFAULTS = {
    "family": Mode.HARD.value,
    "dates": Mode.HARD.value,
    "share": Mode.HARD.value,
    "place": Mode.SOFT.value,
    "status": Mode.OFF.value,
    "clearance": Mode.OFF.value,
    "languages": Mode.OFF.value,
    "skills": Mode.OFF.value,
    "seniority": Mode.SOFT.value,
    "wishes": Mode.SOFT.value,
    "wished_skills": Mode.OFF.value,
}
"""What each criterion does unless somebody asks for something else, in the order to name them."""

ALWAYS_NAMED = ("family", "dates", "share")
"""Criteria that are named even to a posting that leaves them open; the others only when it asks."""

READS = {
    "family": ("families",),
    "dates": ("available_from", "is_time_proven"),
    "share": ("share_pct", "is_time_proven"),
    "place": ("town", "remote_days", "other_towns"),
    "status": ("statuses", "is_status_proven"),
    "clearance": ("clearances",),
    "languages": ("languages",),
    "skills": ("skills",),
    "seniority": ("seniority_years",),
    "wishes": ("wishes",),
}
"""The fields of a profile that criteria read. Those on skills read words too, and share ``skills``."""

ASKS = {
    "family": ("families",),
    "dates": ("starts_on",),
    "share": ("share_pct",),
    "place": ("town", "remote_days"),
    "status": ("statuses",),
    "clearance": ("clearance",),
    "languages": ("languages",),
    "seniority": ("seniority_years",),
    "wishes": ("themes",),
}
"""The fields of a posting that criteria without words ask by."""

SEPARATOR = ", "
"""What stands between facts."""


class Shown(NamedTuple):
    """How far one asked skill is shown: a degree from 0 to 1, or ``None`` when it is not mentioned.

    ``is_proven`` when somebody found it at the level asked: it changes the answer, never the degree.
    """

    label: str
    degree: float | None
    is_proven: bool = False


def modes(chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Complete a choice of modes by the defaults; raise ``ValueError`` on a name or a mode unknown."""
    given = dict(chosen or {})
    if unknown := sorted(set(given) - set(DEFAULTS)):
        raise ValueError(f"there is no criterion {', '.join(unknown)}")
    return {name: Mode(given.get(name, mode)).value for name, mode in DEFAULTS.items()}


def is_missed(name: str, answer: Answer) -> bool:
    """Whether an answer misses a criterion that was asked, such that a hard one lists apart.

    A plain no misses; ignorance does not, but for skills: who asks for an essential skill asks who
    mentions it, and the answer stays ``UNKNOWN``, since not to mention a skill is not to lack it.
    """
    return answer is (Answer.UNKNOWN if name == "skills" else Answer.NO)


def points(low: _Degree, high: _Degree, weight: float) -> _Degree:
    """Give what a soft criterion counts: its weight when met, less its weight when missed.

    What is unknown counts as halfway, which is nothing.
    """
    return weight * (low + high - 1)


def level_degree(held: int, asked: int | None) -> float:
    """Tell how far a level meets the one asked: fully at most, and fully when none is asked."""
    return 1.0 if not asked else min(1.0, held / asked)


def shown_skills(name: str, skills: Sequence[Shown]) -> Criterion:
    """Answer a criterion on skills, each of which counts its share and no more.

    ``CLAIMED`` when all are mentioned, be it at a level below the one asked, ``PROVEN`` when all are
    proven, ``UNKNOWN`` when one is not mentioned.
    """
    known = [skill.degree for skill in skills if skill.degree is not None]
    unknown = len(skills) - len(known)
    met = _known(True, all(skill.is_proven for skill in skills))
    return Criterion(
        name,
        Answer.UNKNOWN if unknown else met,
        asked=SEPARATOR.join(skill.label for skill in skills),
        held=SEPARATOR.join(skill.label for skill in skills if skill.degree is not None) or None,
        low=sum(known) / len(skills),
        high=(sum(known) + unknown) / len(skills),
    )


class Rule(NamedTuple):
    """How a criterion that needs no words is answered, and how its two facts are written.

    ``asked`` gives ``None`` when a posting does not ask it, ``held`` when a profile says nothing.
    """

    answer: Callable[[Profile, Posting], Answer]
    asked: Callable[[Posting], str | None]
    held: Callable[[Profile], str | None]


def answer(name: str, profile: Profile, posting: Posting) -> Criterion:
    """Answer one of the criteria that need no words.

    What either side leaves out is ``UNKNOWN``; what the profile says of itself is ``CLAIMED`` at
    best, since only a document or a person can prove it: signed contracts prove dates, share and
    status.
    """
    rule = RULES[name]
    return Criterion(name, rule.answer(profile, posting), rule.asked(posting), rule.held(profile))


def _family(profile: Profile, posting: Posting) -> Answer:
    return _in_common(posting.families, profile.families)


def _dates(profile: Profile, posting: Posting) -> Answer:
    asked, held = posting.starts_on, profile.available_from
    if asked is None or held is None:
        return Answer.UNKNOWN
    return _known(held <= asked, profile.is_time_proven)


def _share(profile: Profile, posting: Posting) -> Answer:
    return _at_least(posting.share_pct, profile.share_pct, profile.is_time_proven)


def _place(profile: Profile, posting: Posting) -> Answer:
    """Look for the town among those where one can work; from others, compare remote days.

    The days allowed must reach those wished.

    Who wishes none would have to come every day, and nobody needs to come to a seat that allows a
    whole week.
    """
    allowed, wished = posting.remote_days, profile.remote_days
    if allowed == WORKING_DAYS:
        return Answer.CLAIMED
    towns = _towns(profile)
    if not posting.town or not towns:
        return Answer.UNKNOWN
    if _town(posting.town) in map(_town, towns):
        return Answer.CLAIMED
    if allowed == 0 or wished == 0:
        return Answer.NO
    if allowed is None or wished is None:
        return Answer.UNKNOWN
    return _known(wished <= allowed)


def _towns(profile: Profile) -> list[str]:
    return [town for town in (profile.town, *profile.other_towns) if town]


def _place_asked(posting: Posting) -> str | None:
    # Days alone ask nothing of where somebody lives, unless they are all of them.
    if not posting.town and posting.remote_days != WORKING_DAYS:
        return None
    return _place_fact([posting.town], posting.remote_days)


def _place_fact(towns: Sequence[str], days: int | None) -> str | None:
    return _joined([one for one in (*towns, _figure(days)) if one])


_IN_FULL = {"st": "saint", "ste": "sainte"}


@lru_cache(maxsize=4096)
def _town(name: str) -> tuple[str, ...]:
    """Read a town's words, without numbers of districts or of the post."""
    words = re.findall(r"\w+", fold(name))
    return tuple(_IN_FULL.get(one, one) for one in words if not any(c.isdigit() for c in one))


def _status(profile: Profile, posting: Posting) -> Answer:
    return _in_common(posting.statuses, profile.statuses, profile.is_status_proven)


def _clearance(profile: Profile, posting: Posting) -> Answer:
    return _in_common([posting.clearance] if posting.clearance else [], profile.clearances)


def _languages(profile: Profile, posting: Posting) -> Answer:
    """Compare languages; one that a profile does not name is unknown, whatever others it names."""
    held = {language.code: language.level for language in profile.languages}
    found = {_speaks(held, asked) for asked in posting.languages}
    worst = (Answer.NO, Answer.UNKNOWN, Answer.CLAIMED)
    return next((one for one in worst if one in found), Answer.UNKNOWN)


def _speaks(held: Mapping[str, str | None], asked: SpokenLanguage) -> Answer:
    if asked.code not in held:
        return Answer.UNKNOWN
    level = held[asked.code]
    if asked.level is None:
        return Answer.CLAIMED
    if level is None:
        return Answer.UNKNOWN
    return _known(LANGUAGE_LEVELS.index(level) >= LANGUAGE_LEVELS.index(asked.level))


def _languages_fact(languages: Iterable[SpokenLanguage]) -> str | None:
    return _joined([f"{one.code} {one.level or ''}".strip() for one in languages])


def _seniority(profile: Profile, posting: Posting) -> Answer:
    return _at_least(posting.seniority_years, profile.seniority_years)


def _wishes(profile: Profile, posting: Posting) -> Answer:
    """Compare themes as people write them, but for capitals and accents.

    Themes are free words: not to have wished one is not to refuse it.
    """
    asked = {fold(theme) for theme in posting.themes}
    is_met = not asked.isdisjoint(fold(theme) for theme in profile.wishes)
    return Answer.CLAIMED if is_met else Answer.UNKNOWN


def _in_common(asked: Sequence[str], held: Sequence[str], is_proven: bool = False) -> Answer:
    if not asked or not held:
        return Answer.UNKNOWN
    return _known(not set(asked).isdisjoint(held), is_proven)


def _at_least(asked: int | None, held: int | None, is_proven: bool = False) -> Answer:
    return Answer.UNKNOWN if asked is None or held is None else _known(held >= asked, is_proven)


def _known(is_met: bool, is_proven: bool = False) -> Answer:
    if not is_met:
        return Answer.NO
    return Answer.PROVEN if is_proven else Answer.CLAIMED


def _joined(facts: Iterable[str]) -> str | None:
    return SEPARATOR.join(facts) or None


def _figure(number: int | None) -> str | None:
    return None if number is None else str(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


RULES = {
    "family": Rule(_family, lambda p: _joined(p.families), lambda p: _joined(p.families)),
    "dates": Rule(_dates, lambda p: _day(p.starts_on), lambda p: _day(p.available_from)),
    "share": Rule(_share, lambda p: _figure(p.share_pct), lambda p: _figure(p.share_pct)),
    "place": Rule(_place, _place_asked, lambda p: _place_fact(_towns(p), p.remote_days)),
    "status": Rule(_status, lambda p: _joined(p.statuses), lambda p: _joined(p.statuses)),
    "clearance": Rule(_clearance, lambda p: p.clearance or None, lambda p: _joined(p.clearances)),
    "languages": Rule(
        _languages, lambda p: _languages_fact(p.languages), lambda p: _languages_fact(p.languages)
    ),
    "seniority": Rule(
        _seniority, lambda p: _figure(p.seniority_years), lambda p: _figure(p.seniority_years)
    ),
    "wishes": Rule(_wishes, lambda p: _joined(p.themes), lambda p: _joined(p.wishes)),
}
"""The criteria that need no words."""
