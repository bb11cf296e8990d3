"""Who could sit on a seat, counted before anybody is ranked for it, and what loosening it would change.

Figures are the ranking's own: its criteria answer, over the pool as it reads it. No person leaves this
module, only counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matching import AskedSkill, Mode, Posting, Ranker
from talentpool.matches import pool
from talentpool.matches.rankers import rankers
from talentpool.matches.settings import DEFAULT, DEFAULT_MODES
from talentpool.matches.times import Time
from talentpool.skills.queries import referential

#: Fewer people than this are never told apart from none.
FEW = 5
#: How many ways to loosen a seat are worth reading.
SHOWN = 3
DELAYS = (timedelta(days=30), timedelta(days=91))
LESS_SHARE = 20
LEAST_SHARE = 10
LESS_YEARS = 2
MORE_DAYS = (1, 2)
EVERY_DAY = 5
LEAST_TO_KEEP_ONE = 3
#: All that a seat may ask sets apart here; what it only wishes does not count.
STRICT = {
    name: Mode.OFF.value if name in {"wishes", "wished_skills", "languages"} else Mode.HARD.value
    for name in DEFAULT_MODES
}


@dataclass(frozen=True)
class Holders:
    """How many people of the pool show a skill that a seat cannot do without."""

    label: str
    count: int


@dataclass(frozen=True)
class Loosening:
    """One thing asked less, and how many more people that lets in.

    `kind` names what: `starts_on`, `share_pct`, `remote_days`, `town`, `seniority_years`, `statuses`,
    `clearance`, `must`, `level` or `only`; `asked` is what would be asked instead, `label` the skill.
    """

    kind: str
    asked: date | int | None
    label: str
    gain: int


@dataclass(frozen=True)
class Chances:
    """The figures of one seat: the pool, its list in the ranking, who meets all of it, and what would help."""

    pool: int
    listed: int
    able: int
    holders: tuple[Holders, ...]
    loosenings: tuple[Loosening, ...]

    def seen_by(self, *, is_exact: bool) -> "Chances":
        """Return the figures as somebody may read them.

        Whoever does not read rankings gets each rounded down to a multiple of five, and nothing of
        what moves fewer than five people: neither one figure nor the difference of two points at
        somebody.
        """
        if is_exact:
            return replace(self, loosenings=self.loosenings[:SHOWN])
        return Chances(
            _rounded(self.pool),
            _rounded(self.listed),
            _rounded(self.able),
            tuple(Holders(one.label, _rounded(one.count)) for one in self.holders),
            tuple(
                sorted(
                    (
                        replace(one, gain=_rounded(one.gain))
                        for one in self.loosenings
                        if one.gain >= FEW
                    ),
                    # By what is shown: an order by exact figures would tell them.
                    key=lambda one: (-one.gain, one.label),
                )
            )[:SHOWN],
        )


def _rounded(count: int) -> int:
    return count - count % FEW


class _Pool:
    """The pool as it answers one posting, and the same people at other dates."""

    def __init__(self, posting: Posting, as_of: date, host_id: int | None) -> None:
        self._people = pool.members(with_new_keys=False, host_id=host_id, on=as_of)
        self._as_of = as_of
        self.size = len(self._people)
        if not self._people:
            return
        self._known = self._time(posting)
        profiles, digests = pool.profiles_of(self._people, self._known)
        self.default = rankers.ranker_of(profiles, digests, DEFAULT.parameters(), referential())
        self._strict = self.default.retuned(criteria=STRICT)
        self._profiles = dict(
            zip((member.talent_id for member in self._people), profiles, strict=True)
        )
        self._when = _when(posting)
        self._others: dict[tuple[object, ...], Ranker] = {}

    def strict(self, posting: Posting) -> Ranker:
        """Return the ranker in which all that is asked counts, with people's time for these days."""
        when = _when(posting)
        if when == self._when:
            return self._strict
        if when not in self._others:
            self._others[when] = self._at(posting)
        return self._others[when]

    def _at(self, posting: Posting) -> Ranker:
        """Follow those whose time depends on the days asked."""
        known = self._time(posting)
        changed = [
            pool.timed(self._profiles[number], time)
            for number, time in known.items()
            if self._known.get(number) != time
        ]
        return self._strict.copy().update(changed) if changed else self._strict

    def _time(self, posting: Posting) -> dict[int, Time]:
        return pool.times_of(self._people, posting, self._as_of)


def _when(posting: Posting) -> tuple[object, ...]:
    return posting.starts_on, posting.ends_on, posting.share_pct


def chances_of(
    posting: Posting, *, as_of: date, host_id: int | None = None, in_short: bool = False
) -> Chances:
    """Count who could sit on a host's seat and, unless `in_short`, what loosening it would change."""
    known = _Pool(posting, as_of, host_id)
    if not known.size:
        return Chances(0, 0, 0, (), ())
    # Words set nobody apart: without them, criteria alone are read.
    bare = replace(posting, title="", summary="", text="", themes=())
    able = _able(known, bare)
    helping = [] if in_short else _helping(known, bare, able, _loosened(bare))
    if not in_short and all(one.gain < FEW for one in helping):
        helping += _helping(known, bare, able, _one_must_kept(bare))
    return Chances(
        pool=known.size,
        listed=_listed(known.default, bare),
        able=able,
        holders=tuple(
            Holders(skill.label, _listed(known.strict(bare), Posting("", skills=(skill,))))
            for skill in bare.skills
            if skill.must
        ),
        loosenings=tuple(sorted(helping, key=lambda one: -one.gain)),
    )


def _helping(
    known: _Pool, posting: Posting, able: int, ways: "Iterator[Loosened]"
) -> list[Loosening]:
    """Keep, of the ways to loosen a posting, those that let somebody in: of two steps, the one that helps more."""
    best: dict[tuple[str, str], Loosening] = {}
    for kind, asked, label, loosened in ways:
        gain = _able(known, loosened) - able
        if gain > best.get((kind, label), Loosening(kind, None, label, 0)).gain:
            best[kind, label] = Loosening(kind, asked, label, gain)
    return [*best.values()]


def _listed(ranker: Ranker, posting: Posting) -> int:
    """Count those whom no hard criterion sets apart."""
    return dict(ranker.rank(posting, top=0, apart=0).sizes).get((), 0)


def _able(known: _Pool, posting: Posting) -> int:
    """Count who answers everything, at the levels asked; what nobody said is no refusal."""
    ranker = known.strict(posting)
    if not any(skill.must and skill.level for skill in posting.skills):
        return _listed(ranker, posting)
    # A level below the one asked does not set apart in a ranking: it is read from the answer.
    found = ranker.rank(posting, apart=0).suggestions
    return sum(
        all(one.low >= 1 for one in suggestion.criteria if one.name == "skills")
        for suggestion in found
    )


#: What is loosened, what is then asked, of which skill, and the posting that asks it.
Loosened = tuple[str, date | int | None, str, Posting]


def _loosened(posting: Posting) -> Iterator[Loosened]:
    """Ask one thing less at a time, the smaller step first."""
    for ways in (_time_loosened, _place_loosened, _facts_loosened, _skills_loosened):
        loosen: Callable[[Posting], Iterator[Loosened]] = ways
        yield from loosen(posting)


def _time_loosened(posting: Posting) -> Iterator[Loosened]:
    if posting.starts_on:
        for delay in DELAYS:
            later = posting.starts_on + delay
            if posting.ends_on is None or later < posting.ends_on:
                yield "starts_on", later, "", replace(posting, starts_on=later)
    if posting.share_pct and posting.share_pct > LEAST_SHARE:
        share = max(LEAST_SHARE, posting.share_pct - LESS_SHARE)
        yield "share_pct", share, "", replace(posting, share_pct=share)


def _place_loosened(posting: Posting) -> Iterator[Loosened]:
    if not posting.town or posting.remote_days == EVERY_DAY:
        return
    if posting.remote_days is not None:
        for more in MORE_DAYS:
            days = min(EVERY_DAY, posting.remote_days + more)
            yield "remote_days", days, "", replace(posting, remote_days=days)
    yield "town", None, "", replace(posting, town="")


def _facts_loosened(posting: Posting) -> Iterator[Loosened]:
    if posting.seniority_years:
        years = max(0, posting.seniority_years - LESS_YEARS)
        yield "seniority_years", years, "", replace(posting, seniority_years=years)
    if posting.statuses:
        yield "statuses", None, "", replace(posting, statuses=())
    if posting.clearance:
        yield "clearance", None, "", replace(posting, clearance="")


def _skills_loosened(posting: Posting) -> Iterator[Loosened]:
    for place, skill in enumerate(posting.skills):
        if not skill.must:
            continue
        yield "must", None, skill.label, _with(posting, place, replace(skill, must=False))
        if skill.level:
            lower = replace(skill, level=skill.level - 1)
            yield "level", skill.level - 1, skill.label, _with(posting, place, lower)


def _one_must_kept(posting: Posting) -> Iterator[Loosened]:
    """Keep one skill indispensable and wish for the others: with many, none alone is what nobody has."""
    if sum(skill.must for skill in posting.skills) < LEAST_TO_KEEP_ONE:
        return
    for skill in posting.skills:
        if skill.must:
            skills = tuple(replace(one, must=one is skill) for one in posting.skills)
            yield "only", None, skill.label, replace(posting, skills=skills)


def _with(posting: Posting, place: int, skill: AskedSkill) -> Posting:
    return replace(posting, skills=(*posting.skills[:place], skill, *posting.skills[place + 1 :]))
