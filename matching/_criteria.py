"""Criteria: facts compared, never weighed against words, and what a miss does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matching._types import Answer, Criterion, Mode, Posting, Profile

DEFAULTS = {
    "family": Mode.HARD.value,
    "dates": Mode.HARD.value,
    "share": Mode.HARD.value,
    "skills": Mode.OFF.value,
}
"""What each criterion does unless somebody asks for something else."""


READS = {
    "family": ("families",),
    "dates": ("available_from", "is_time_proven"),
    "share": ("share_pct", "is_time_proven"),
}
"""The fields of a profile that each criterion reads; ``skills`` reads words instead."""


def modes(chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Complete a choice of modes by the defaults; raise ``ValueError`` on a name or a mode unknown."""
    given = dict(chosen or {})
    if unknown := sorted(set(given) - set(DEFAULTS)):
        raise ValueError(f"there is no criterion {', '.join(unknown)}")
    return {name: Mode(given.get(name, mode)).value for name, mode in DEFAULTS.items()}


def is_missed(criterion: Criterion) -> bool:
    """Whether a criterion that was asked is missed.

    A plain no misses; ignorance does not, but for skills: who asks for an essential skill asks who
    mentions it, and the answer stays ``UNKNOWN``, since not to mention a skill is not to lack it.
    """
    if criterion.name == "skills":
        return criterion.answer is Answer.UNKNOWN
    return criterion.answer is Answer.NO


def points(criterion: Criterion, weight: float) -> float:
    """Give what a soft criterion counts: nothing, or its weight taken off when it is missed."""
    return -weight if is_missed(criterion) else 0.0


def shown_skills(asked: Iterable[str], shown: Iterable[str]) -> Criterion:
    """Answer the skills criterion: ``CLAIMED`` when all are shown, ``UNKNOWN`` when one is not."""
    wanted, held = list(asked), list(shown)
    return Criterion(
        "skills",
        Answer.CLAIMED if len(held) == len(wanted) else Answer.UNKNOWN,
        asked=", ".join(wanted),
        held=", ".join(held) or None,
    )


def answer(name: str, profile: Profile, posting: Posting) -> Criterion:
    """Answer one of the criteria that ``READS`` names.

    What either side leaves out is ``UNKNOWN``; what the profile says of itself is ``CLAIMED`` at
    best, since only a document or a person can prove it: signed contracts prove dates and share.
    """
    return _ANSWERS[name](profile, posting)


def _family(profile: Profile, posting: Posting) -> Criterion:
    known = bool(posting.families and profile.families)
    is_met = not set(posting.families).isdisjoint(profile.families)
    return Criterion(
        "family",
        _answer(known, is_met),
        asked=", ".join(posting.families) or None,
        held=", ".join(profile.families) or None,
    )


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
    asked, held = posting.share_pct, profile.share_pct
    return Criterion(
        "share",
        Answer.UNKNOWN
        if asked is None or held is None
        else _answer(True, held >= asked, profile.is_time_proven),
        asked=None if asked is None else str(asked),
        held=None if held is None else str(held),
    )


def _answer(is_known: bool, is_met: bool, is_proven: bool = False) -> Answer:
    if not is_known:
        return Answer.UNKNOWN
    if not is_met:
        return Answer.NO
    return Answer.PROVEN if is_proven else Answer.CLAIMED


_ANSWERS = {"family": _family, "dates": _dates, "share": _share}
