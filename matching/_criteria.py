"""Hard criteria: facts compared, never weighed against words."""

from __future__ import annotations

from matching._types import Answer, Criterion, Posting, Profile


def answers(profile: Profile, posting: Posting) -> tuple[Criterion, ...]:
    """Answer the family, dates and share criteria, in this order.

    What either side leaves out is ``UNKNOWN``; what the profile says of itself is ``CLAIMED`` at
    best, since only a document or a person can prove it: signed contracts prove dates and share.
    """
    return (_family(profile, posting), _dates(profile, posting), _share(profile, posting))


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
