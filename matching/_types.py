"""What goes into a ranking and what comes out of it, as frozen values.

Everything here can be compared, hashed and kept: the application stores the profiles and postings
that a run used, and a stored run must be readable long after the code has moved on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from matching._levels import AskedSkill, HeldSkill, check_keys

LANGUAGE_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
"""Levels of a language, from the least to the best, as the European framework calls them."""

WORKING_DAYS = 5
"""Days of a week that may be worked remotely at most."""


class Answer(StrEnum):
    """How a profile answers one criterion of a posting.

    Ignorance is not refusal: of what a posting says, only ``NO`` sets a profile apart.
    """

    PROVEN = "proven"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    NO = "no"


class Mode(StrEnum):
    """What a criterion does: list whoever misses it apart, add or take off points, or not be asked."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


@dataclass(frozen=True)
class SpokenLanguage:
    """A language by its code, and the level of the European framework, A1 to C2, that is held or asked."""

    code: str
    level: str | None = None

    def __post_init__(self) -> None:
        if self.level is not None and self.level not in LANGUAGE_LEVELS:
            raise ValueError(f"a level of a language lies between A1 and C2, not {self.level!r}")

    def to_dict(self) -> dict[str, Any]:
        """Give the language as JSON-safe values, always in the same order of keys."""
        return {"code": self.code, "level": self.level}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpokenLanguage:
        """Read back what ``to_dict`` wrote; raise ``ValueError`` on anything else."""
        check_keys(cls, data, required="code")
        return cls(**data)


@dataclass(frozen=True)
class Profile:
    """What a talent says of themself, under a key that says nothing of who they are.

    Only ``headline``, ``skills``, ``experience`` and ``text`` are read as words; all others only
    answer criteria: ``families``, ``available_from``, ``share_pct`` (percent of full time), ``town``
    and ``other_towns`` (where one can work), ``remote_days`` (days a week that the person wishes to
    work remotely), ``statuses`` and
    ``clearances`` (codes), ``languages``, ``seniority_years`` and ``wishes`` (themes). With
    ``is_time_proven`` the date and the share come from signed contracts and placements, not from
    what somebody typed; with ``is_status_proven`` the statuses do.
    """

    key: str
    headline: str = ""
    families: tuple[str, ...] = ()
    skills: tuple[HeldSkill, ...] = ()
    experience: tuple[str, ...] = ()
    text: str = ""
    available_from: date | None = None
    share_pct: int | None = None
    is_time_proven: bool = False
    town: str = ""
    remote_days: int | None = None
    statuses: tuple[str, ...] = ()
    clearances: tuple[str, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    seniority_years: int | None = None
    wishes: tuple[str, ...] = ()
    is_status_proven: bool = False
    other_towns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_remote_days(self.remote_days)

    def to_dict(self) -> dict[str, Any]:
        """Give the profile as JSON-safe values, always in the same order of keys."""
        return {
            "key": self.key,
            "headline": self.headline,
            "families": list(self.families),
            "skills": [skill.to_dict() for skill in self.skills],
            "experience": list(self.experience),
            "text": self.text,
            "available_from": _to_iso(self.available_from),
            "share_pct": self.share_pct,
            "is_time_proven": self.is_time_proven,
            "town": self.town,
            "remote_days": self.remote_days,
            "statuses": list(self.statuses),
            "clearances": list(self.clearances),
            "languages": [language.to_dict() for language in self.languages],
            "seniority_years": self.seniority_years,
            "wishes": list(self.wishes),
            "is_status_proven": self.is_status_proven,
            "other_towns": list(self.other_towns),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Profile:
        """Read back what ``to_dict`` wrote; absent keys take their default.

        Raises ``ValueError`` on an unknown key, a missing ``key`` or an unreadable date.
        """
        check_keys(cls, data, required="key")
        values = dict(data)
        values["families"] = tuple(values.get("families", ()))
        values["skills"] = tuple(HeldSkill.from_dict(skill) for skill in values.get("skills", ()))
        for name in ("experience", "statuses", "clearances", "wishes", "other_towns"):
            values[name] = tuple(values.get(name, ()))
        values["languages"] = _languages(values)
        values["available_from"] = _from_iso(values.get("available_from"))
        return cls(**values)


@dataclass(frozen=True)
class Posting:
    """One seat of a ministry's need, as its authors wrote it.

    ``title``, ``summary``, ``text``, ``themes`` and ``skills`` are read as words; the others only
    ask criteria, as ``themes`` and ``skills`` also do: ``remote_days`` are those allowed each week,
    ``statuses`` those accepted, ``clearance`` the one asked, ``seniority_years`` the least.
    """

    key: str
    title: str = ""
    summary: str = ""
    text: str = ""
    themes: tuple[str, ...] = ()
    skills: tuple[AskedSkill, ...] = ()
    families: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    share_pct: int | None = None
    town: str = ""
    remote_days: int | None = None
    statuses: tuple[str, ...] = ()
    clearance: str = ""
    languages: tuple[SpokenLanguage, ...] = ()
    seniority_years: int | None = None

    def __post_init__(self) -> None:
        _check_remote_days(self.remote_days)

    def to_dict(self) -> dict[str, Any]:
        """Give the posting as JSON-safe values, always in the same order of keys."""
        return {
            "key": self.key,
            "title": self.title,
            "summary": self.summary,
            "text": self.text,
            "themes": list(self.themes),
            "skills": [skill.to_dict() for skill in self.skills],
            "families": list(self.families),
            "starts_on": _to_iso(self.starts_on),
            "ends_on": _to_iso(self.ends_on),
            "share_pct": self.share_pct,
            "town": self.town,
            "remote_days": self.remote_days,
            "statuses": list(self.statuses),
            "clearance": self.clearance,
            "languages": [language.to_dict() for language in self.languages],
            "seniority_years": self.seniority_years,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Posting:
        """Read back what ``to_dict`` wrote; absent keys take their default.

        Raises ``ValueError`` on an unknown key, a missing ``key`` or an unreadable date.
        """
        check_keys(cls, data, required="key")
        values = dict(data)
        values["themes"] = tuple(values.get("themes", ()))
        values["skills"] = tuple(AskedSkill.from_dict(skill) for skill in values.get("skills", ()))
        values["families"] = tuple(values.get("families", ()))
        values["statuses"] = tuple(values.get("statuses", ()))
        values["languages"] = _languages(values)
        values["starts_on"] = _from_iso(values.get("starts_on"))
        values["ends_on"] = _from_iso(values.get("ends_on"))
        return cls(**values)


class Reason(NamedTuple):
    """One part of a score: what the profile and the posting share, and what it earned.

    ``kind`` is ``"skill"`` (a concept of the referential), ``"term"``, or ``"criterion"`` for points
    that a soft criterion adds or, a negative amount, takes off; ``label`` is the concept's French label, the words
    as the profile writes them, or the criterion's name; ``field`` is where they stand in the
    profile (``headline``, ``skills``, ``experience`` or ``text``, empty for a criterion); the
    ``…_words`` are the surface forms met on each side.
    """

    kind: str
    label: str
    amount: float
    field: str
    profile_words: tuple[str, ...]
    posting_words: tuple[str, ...]


BOUNDS = {
    Answer.PROVEN: (1.0, 1.0),
    Answer.CLAIMED: (1.0, 1.0),
    Answer.UNKNOWN: (0.0, 1.0),
    Answer.NO: (0.0, 0.0),
}
"""How far an answer meets a criterion if all that is unknown is false, and if it is true."""


@dataclass(frozen=True)
class Criterion:
    """A profile's answer to one criterion, with the two facts that were compared.

    ``name`` is one of ``matching._criteria.DEFAULTS``; ``asked`` and ``held`` are raw facts (codes
    or labels joined by ``", "``, an ISO date, ``"80"``, ``"Lyon, 3"`` for a town and days of remote
    work) or ``None`` when nothing was said. The application words them.

    ``low`` and ``high`` are how far the criterion is met, from 0 to 1, if all that is unknown is
    false, and if it is true. Left out, they follow from the answer: a no is 0, unknown anything.
    """

    name: str
    answer: Answer
    asked: str | None
    held: str | None
    low: float = math.nan
    high: float = math.nan

    def __post_init__(self) -> None:
        low, high = BOUNDS[self.answer]
        if math.isnan(self.low):
            object.__setattr__(self, "low", low)
        if math.isnan(self.high):
            object.__setattr__(self, "high", high)


class Missing(NamedTuple):
    """Something that the posting weighs and that the profile does not show.

    ``kind`` is ``"skill"`` (asked for) or ``"term"``; ``weight`` is what it weighs in the posting,
    on the scale where the squares of the weights that somebody in the pool meets add up to one.
    """

    kind: str
    label: str
    must: bool
    weight: float


@dataclass(frozen=True)
class Suggestion:
    """One profile, ranked for one posting.

    ``rank`` counts from 1; ``score`` is the sum of the reasons' amounts: words earn between 0 and 1,
    soft criteria add or take off the little that each weighs, and nobody falls below 0.
    ``reasons`` come heaviest first; ``apart_for`` names the criteria that list the profile apart.

    ``low`` and ``high`` are what the score would be if all that soft criteria leave unknown were
    false, and if it were true; they never sort. Left out, nothing is unknown.
    """

    key: str
    rank: int
    score: float
    reasons: tuple[Reason, ...]
    criteria: tuple[Criterion, ...]
    missing: tuple[Missing, ...]
    apart_for: tuple[str, ...] = ()
    low: float = math.nan
    high: float = math.nan

    def __post_init__(self) -> None:
        if math.isnan(self.low):
            object.__setattr__(self, "low", self.score)
        if math.isnan(self.high):
            object.__setattr__(self, "high", self.score)

    @property
    def is_apart(self) -> bool:
        """Whether a hard criterion lists the profile apart."""
        return bool(self.apart_for)


@dataclass(frozen=True)
class Ranking:
    """Every profile in order: first the suggestions, then those who miss a criterion, apart.

    Ranks run on from ``suggestions`` into ``apart``, so that each profile has one place. ``sizes``
    says how many profiles each set of missed hard criteria counts, the empty one being the list:
    everybody, also when only the first were asked for.
    """

    suggestions: tuple[Suggestion, ...]
    apart: tuple[Suggestion, ...]
    sizes: tuple[tuple[tuple[str, ...], int], ...] = ()


def _check_remote_days(days: int | None) -> None:
    if days is not None and not 0 <= days <= WORKING_DAYS:
        raise ValueError(f"remote days lie between 0 and {WORKING_DAYS} a week, not {days!r}")


def _languages(data: Mapping[str, Any]) -> tuple[SpokenLanguage, ...]:
    return tuple(SpokenLanguage.from_dict(one) for one in data.get("languages", ()))


def _to_iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _from_iso(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
