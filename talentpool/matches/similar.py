"""Needs that resemble one another: the words that rankings read, weighed as rankings weigh them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from matching import Mode, Posting, Profile
from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.matches.pool import digest_of_profile
from talentpool.matches.rankers import Rankers
from talentpool.matches.settings import DEFAULT_MODES
from talentpool.needs.models import Need
from talentpool.needs.queries import whole_needs
from talentpool.needs.stages import SERVED, NeedStatus
from talentpool.skills.queries import referential

#: The mean of both needs' scores from which they are told alike. Of the 1,128 pairs of the 48 challenges
#: of the public benchmark, seven reach it, and all seven do say the same: 0.5 % of strangers' pairs.
ALIKE = 0.065
SHOWN = 5
TERMS = 5
#: How many of the first are asked back: resemblance is measured both ways.
ASKED_BACK = 12
PARAMETERS = {"criteria": dict.fromkeys(DEFAULT_MODES, Mode.OFF.value)}
SPARE = 1_000


@dataclass(frozen=True)
class Alike:
    """A need that resembles another, how much, and the words that they share, heaviest first."""

    need: Need
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class AlikeSeen:
    """What somebody may learn of needs alike: those they may name, and whether there are others."""

    named: tuple[Alike, ...]
    has_others: bool


#: What tells whether a need changed since it was read: version, day of birth and of the last edit.
State = tuple[int, datetime, datetime | None]


@dataclass(frozen=True)
class _Read:
    state: State
    posting: Posting
    profile: Profile
    digest: str


_read: dict[int, _Read] = {}
_rankers = Rankers()


def similar_to(need: Need) -> list[Alike]:
    """List the needs, drafts but not this one left out, that resemble a need, the most alike first."""
    known = _known()
    profiles = [read.profile for read in known.values()]
    if not profiles:
        return []
    digests = {read.profile.key: read.digest for read in known.values()}
    ranker = _rankers.ranker_of(profiles, digests, PARAMETERS, referential())
    key = str(need.id)
    found = ranker.rank(_posting(need), top=ASKED_BACK).suggestions
    # A draft is not among those it is compared with: for the way back it joins them, for itself alone.
    asked = ranker if need.id in known else ranker.copy().update([_profile(need)])
    scores: dict[int, tuple[float, tuple[str, ...]]] = {}
    for one in found:
        if one.key == key:
            continue
        number = int(one.key)
        back = asked.rank(known[number].posting, top=0, also={key}).suggestions
        score = (one.score + sum(me.score for me in back if me.key == key)) / 2
        if score >= ALIKE:
            words = tuple(dict.fromkeys(reason.label for reason in one.reasons))
            scores[number] = score, words[:TERMS]
    needs = {one.id: one for one in db.session.scalars(select(Need).where(Need.id.in_(scores)))}
    alike = [Alike(needs[number], *scores[number]) for number in scores if number in needs]
    return sorted(alike, key=lambda one: (-one.score, one.need.id))[:SHOWN]


def seen_by(viewer: Viewer, found: Iterable[Alike]) -> AlikeSeen:
    """Tell what somebody may learn: by name only what they may read, or what was approved once.

    Of the others, a ministry learns that there is something, and not whose nor what.
    """
    listed = list(found)
    named = tuple(
        one
        for one in listed
        if allows(viewer, Permission.READ_NEEDS, one.need)
        or (_was_approved(one.need) and one.need.is_public)
    )
    return AlikeSeen(named, len(named) < len(listed))


def _was_approved(need: Need) -> bool:
    return need.status in SERVED or need.approved_at is not None


def _known() -> dict[int, _Read]:
    """Read every need but drafts: those that did not change are not read again."""
    rows = db.session.execute(
        select(Need.id, Need.version_id, Need.created_at, Need.edited_at)
        .where(Need.status != NeedStatus.DRAFT)
        .order_by(Need.id)
    ).all()
    states: dict[int, State] = {
        row.id: (row.version_id, row.created_at, row.edited_at) for row in rows
    }
    stale = {
        number
        for number, state in states.items()
        if number not in _read or _read[number].state != state
    }
    if stale:
        for need in db.session.scalars(whole_needs().where(Need.id.in_(stale))):
            profile = _profile(need)
            _read[need.id] = _Read(
                states[need.id], _posting(need), profile, digest_of_profile(profile)
            )
    if len(_read) > len(states) + SPARE:
        for number in [number for number in _read if number not in states]:
            _read.pop(number, None)
    return {number: _read[number] for number in states if number in _read}


def _text(need: Need) -> str:
    # Asked skills stay out: two needs that want Python are not the same need.
    parts = (need.words, *(f"{seat.title}\n{seat.mission}" for seat in need.seats))
    return "\n\n".join(part for part in parts if part.strip())


def _profile(need: Need) -> Profile:
    """Return a need as others ask after it: never the name of who brings it."""
    return Profile(
        key=str(need.id),
        headline=need.title,
        text=f"{need.summary}\n\n{_text(need)}",
    )


def _posting(need: Need) -> Posting:
    return Posting(
        key=str(need.id),
        title=need.title,
        summary=need.summary,
        text=_text(need),
        themes=tuple(need.themes),
    )
