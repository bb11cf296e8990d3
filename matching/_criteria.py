"""Criteria: facts compared, never weighed against words, and what each answer does.

Ignorance is never a no: what either side leaves out is unknown, and counts for nothing either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

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
    "place": ("town", "remote_days"),
    "status": ("statuses", "is_status_proven"),
    "clearance": ("clearances",),
    "languages": ("languages",),
    "skills": ("skills",),
    "seniority": ("seniority_years",),
    "wishes": ("wishes",),
}
"""The fields of a profile that criteria read. Those on skills read words too, and share ``skills``."""

SEPARATOR = ", "
"""What stands between facts."""


class Shown(NamedTuple):
    """How far one asked skill is shown: a degree from 0 to 1, or ``None`` when it is not mentioned."""

    label: str
    degree: float | None


def modes(chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Complete a choice of modes by the defaults; raise ``ValueError`` on a name or a mode unknown."""
    given = dict(chosen or {})
    if unknown := sorted(set(given) - set(DEFAULTS)):
        raise ValueError(f"there is no criterion {', '.join(unknown)}")
    return {name: Mode(given.get(name, mode)).value for name, mode in DEFAULTS.items()}


def is_missed(criterion: Criterion) -> bool:
    """Whether a criterion that was asked is missed, such that a hard one lists apart.

    A plain no misses; ignorance does not, but for skills: who asks for an essential skill asks who
    mentions it, and the answer stays ``UNKNOWN``, since not to mention a skill is not to lack it.
    """
    if criterion.name == "skills":
        return criterion.answer is Answer.UNKNOWN
    return criterion.answer is Answer.NO


def points(criterion: Criterion, weight: float) -> float:
    """Give what a soft criterion counts: its weight when met, less its weight when missed.

    What is unknown counts as halfway, which is nothing.
    """
    return weight * (criterion.low + criterion.high - 1)


def bounds(criterion: Criterion, weight: float) -> tuple[float, float]:
    """Give what a soft criterion would count if all that is unknown were false, and if it were true."""
    if criterion.asked is None:
        return 0.0, 0.0
    return weight * (2 * criterion.low - 1), weight * (2 * criterion.high - 1)


def level_degree(held: int, asked: int | None) -> float:
    """Tell how far a level meets the one asked: fully at most, and fully when none is asked."""
    return 1.0 if not asked else min(1.0, held / asked)


def shown_skills(name: str, skills: Sequence[Shown]) -> Criterion:
    """Answer a criterion on skills, each of which counts its share and no more.

    ``CLAIMED`` when all are mentioned, be it at a level below the one asked, ``UNKNOWN`` when one is
    not.
    """
    known = [skill.degree for skill in skills if skill.degree is not None]
    unknown = len(skills) - len(known)
    return Criterion(
        name,
        Answer.UNKNOWN if unknown else Answer.CLAIMED,
        asked=SEPARATOR.join(skill.label for skill in skills),
        held=SEPARATOR.join(skill.label for skill in skills if skill.degree is not None) or None,
        low=sum(known) / len(skills),
        high=(sum(known) + unknown) / len(skills),
    )


def answer(name: str, profile: Profile, posting: Posting) -> Criterion:
    """Answer one of the criteria that need no words.

    What either side leaves out is ``UNKNOWN``; what the profile says of itself is ``CLAIMED`` at
    best, since only a document or a person can prove it: signed contracts prove dates, share and
    status.
    """
    return FACTUAL[name](profile, posting)


def is_asked(name: str, posting: Posting) -> bool:
    """Whether a posting asks a criterion that needs no words."""
    return answer(name, Profile(key=""), posting).asked is not None


def _family(profile: Profile, posting: Posting) -> Criterion:
    return _in_common("family", posting.families, profile.families)


def _dates(profile: Profile, posting: Posting) -> Criterion:
    asked, held = posting.starts_on, profile.available_from
    return Criterion(
        "dates",
        Answer.UNKNOWN
        if asked is None or held is None
        else _answer(True, held <= asked, profile.is_time_proven),
        asked=None if asked is None else asked.isoformat(),
        held=None if held is None else held.isoformat(),
    )


def _share(profile: Profile, posting: Posting) -> Criterion:
    return _at_least("share", posting.share_pct, profile.share_pct, profile.is_time_proven)


def _place(profile: Profile, posting: Posting) -> Criterion:
    """Compare towns; from another one, the remote days allowed must reach those wished.

    Who wishes none would have to come every day, and nobody needs to come to a seat that allows a
    whole week.
    """
    allowed, wished = posting.remote_days, profile.remote_days
    is_known = bool(posting.town and profile.town)
    near = _town(posting.town) == _town(profile.town) if is_known else None
    if near or allowed == WORKING_DAYS:
        found = Answer.CLAIMED
    elif near is None:
        found = Answer.UNKNOWN
    elif allowed == 0 or wished == 0:
        found = Answer.NO
    elif allowed is None or wished is None:
        found = Answer.UNKNOWN
    else:
        found = _answer(True, wished <= allowed)
    return Criterion(
        "place",
        found,
        # Days alone ask nothing of where somebody lives, unless they are all of them.
        asked=_place_fact(posting.town, allowed)
        if posting.town or allowed == WORKING_DAYS
        else None,
        held=_place_fact(profile.town, wished),
    )


_IN_FULL = {"st": "saint", "ste": "sainte"}


@lru_cache(maxsize=4096)
def _town(name: str) -> tuple[str, ...]:
    """Read a town's words, without numbers of districts or of the post."""
    words = re.findall(r"\w+", fold(name))
    return tuple(_IN_FULL.get(one, one) for one in words if not any(c.isdigit() for c in one))


def _place_fact(town: str, days: int | None) -> str | None:
    return (
        SEPARATOR.join([*([town] if town else []), *([] if days is None else [str(days)])]) or None
    )


def _status(profile: Profile, posting: Posting) -> Criterion:
    return _in_common("status", posting.statuses, profile.statuses, profile.is_status_proven)


def _clearance(profile: Profile, posting: Posting) -> Criterion:
    asked = (posting.clearance,) if posting.clearance else ()
    return _in_common("clearance", asked, profile.clearances)


def _languages(profile: Profile, posting: Posting) -> Criterion:
    """Compare languages; one that a profile does not name is unknown, whatever others it names."""
    held = {language.code: language.level for language in profile.languages}
    found = {_speaks(held, asked) for asked in posting.languages}
    worst = (Answer.NO, Answer.UNKNOWN, Answer.CLAIMED)
    return Criterion(
        "languages",
        next((one for one in worst if one in found), Answer.UNKNOWN),
        asked=_language_fact(posting.languages),
        held=_language_fact(profile.languages),
    )


def _speaks(held: Mapping[str, str | None], asked: SpokenLanguage) -> Answer:
    if asked.code not in held:
        return Answer.UNKNOWN
    level = held[asked.code]
    if asked.level is None:
        return Answer.CLAIMED
    if level is None:
        return Answer.UNKNOWN
    return _answer(True, LANGUAGE_LEVELS.index(level) >= LANGUAGE_LEVELS.index(asked.level))


def _language_fact(languages: Sequence[SpokenLanguage]) -> str | None:
    return SEPARATOR.join(f"{one.code} {one.level or ''}".strip() for one in languages) or None


def _seniority(profile: Profile, posting: Posting) -> Criterion:
    return _at_least("seniority", posting.seniority_years, profile.seniority_years)


def _wishes(profile: Profile, posting: Posting) -> Criterion:
    """Compare themes as people write them; themes earn as words only what a profile's words share."""
    return _in_common("wishes", posting.themes, profile.wishes, written=fold)


def _in_common(
    name: str,
    asked: Sequence[str],
    held: Sequence[str],
    is_proven: bool = False,
    written: Callable[[str], str] = str,
) -> Criterion:
    is_met = not {written(one) for one in asked}.isdisjoint(written(one) for one in held)
    return Criterion(
        name,
        _answer(bool(asked and held), is_met, is_proven),
        asked=SEPARATOR.join(asked) or None,
        held=SEPARATOR.join(held) or None,
    )


def _at_least(name: str, asked: int | None, held: int | None, is_proven: bool = False) -> Criterion:
    return Criterion(
        name,
        Answer.UNKNOWN
        if asked is None or held is None
        else _answer(True, held >= asked, is_proven),
        asked=None if asked is None else str(asked),
        held=None if held is None else str(held),
    )


def _answer(is_known: bool, is_met: bool, is_proven: bool = False) -> Answer:
    if not is_known:
        return Answer.UNKNOWN
    if not is_met:
        return Answer.NO
    return Answer.PROVEN if is_proven else Answer.CLAIMED


FACTUAL: Mapping[str, Callable[[Profile, Posting], Criterion]] = {
    "family": _family,
    "dates": _dates,
    "share": _share,
    "place": _place,
    "status": _status,
    "clearance": _clearance,
    "languages": _languages,
    "seniority": _seniority,
    "wishes": _wishes,
}
"""How each criterion that needs no words is answered."""
