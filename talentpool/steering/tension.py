"""Which skills are short: open seats beside the people who are free, and what a hire would change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from talentpool.i18n import _
from talentpool.needs.models import NeedSeat
from talentpool.placements.ledger import FULL_TIME
from talentpool.placements.spans import DAY, Steps
from talentpool.skills.models import JobFamily, Skill
from talentpool.steering.facts import Facts, SkillKey, key_of
from talentpool.steering.supply import HORIZONS, Supply
from talentpool.steering.waiting import of_family

#: Open seats for each person free within 60 days: above, hire; below, stop.
HIRE_ABOVE, STOP_BELOW = Fraction(2), Fraction(1, 2)
SIXTY_DAYS = HORIZONS[1]


class Advice(StrEnum):
    """What a tension advises."""

    HIRE = "hire"
    STOP = "stop"
    NONE = "none"

    @property
    def label(self) -> str:
        """The advice as people say it, marked for translation; empty when there is none."""
        return ADVICE_LABELS[self]


ADVICE_LABELS = {
    Advice.HIRE: _("recruter"),
    Advice.STOP: _("suspendre"),
    Advice.NONE: "",
}


@dataclass(frozen=True)
class Tension:
    """Open seats that ask for something, and how many people who have it are free.

    `free` counts those free now, then within 30, 60 and 90 days, each among the next.
    """

    about: JobFamily | Skill | str
    open_seats: int
    free: tuple[int, int, int, int]

    @property
    def ratio(self) -> Fraction | None:
        """Open seats for each person free within 60 days; None when nobody is."""
        return Fraction(self.open_seats, self.free[2]) if self.free[2] else None

    @property
    def advice(self) -> Advice:
        """What to do about it; seats for nobody are a tension without end."""
        if self.ratio is None:
            return Advice.HIRE if self.open_seats else Advice.NONE
        if self.ratio > HIRE_ABOVE:
            return Advice.HIRE
        return Advice.STOP if self.ratio < STOP_BELOW else Advice.NONE


@dataclass(frozen=True)
class Hiring:
    """A family's tension, and the open seats that nobody under contract could take: a hire could."""

    tension: Tension
    seats: tuple[NeedSeat, ...]


@dataclass(frozen=True)
class Room:
    """What the cap leaves to hires, in FTE: today, and at the lowest within 90 days."""

    now: Decimal
    least: Decimal


@dataclass(frozen=True)
class Growth:
    """A contract that ends, what it gives back, and what the cap then leaves to hires, in FTE."""

    talent_id: int
    ends_on: date
    freed: Decimal
    room_after: Decimal


def family_tensions(facts: Facts, supply: Supply) -> list[Tension]:
    """List the tension of every family, the tightest first."""
    found = []
    for family in facts.families:
        asked = sum(1 for seat in facts.open_seats if seat.family_id == family.id)
        able = [p.id for p in facts.people.values() if family.id in p.family_ids]
        found.append(Tension(family, asked, _free(able, supply)))
    return sorted(found, key=_tightest_first)


def skill_tensions(facts: Facts, supply: Supply) -> list[Tension]:
    """List the tension of every skill that an open seat cannot do without, the tightest first."""
    asked: dict[SkillKey, list[Skill | str]] = defaultdict(list)
    for seat in facts.open_seats:
        for skill in seat.skills:
            if skill.is_must:
                asked[key_of(skill)].append(skill.skill or skill.label)
    able: dict[SkillKey, list[int]] = defaultdict(list)
    for person in facts.people.values():
        for key in person.skills:
            able[key].append(person.id)
    found = [
        Tension(named[0], len(named), _free(able[key], supply)) for key, named in asked.items()
    ]
    return sorted(found, key=_tightest_first)


def _free(talent_ids: Iterable[int], supply: Supply) -> tuple[int, int, int, int]:
    ids = list(talent_ids)
    now, soon, later, last = (
        supply.count_free(ids, within) for within in (timedelta(0), *HORIZONS)
    )
    return now, soon, later, last


def _tightest_first(tension: Tension) -> tuple[bool, bool, Fraction, int]:
    """Sort what is asked for before what is not, then what nobody can do, then by ratio."""
    ratio = tension.ratio
    return (not tension.open_seats, ratio is not None, -(ratio or Fraction(0)), -tension.open_seats)


def hirings(facts: Facts, supply: Supply) -> list[Hiring]:
    """List the families by tension, with the open seats that only a hire could fill."""
    return [
        Hiring(tension, tuple(_beyond_reach(tension.about, facts, supply)))
        for tension in family_tensions(facts, supply)
    ]


def _beyond_reach(family: object, facts: Facts, supply: Supply) -> Iterable[NeedSeat]:
    for seat in facts.open_seats:
        if seat.family is family:
            day = max(seat.starts_on or facts.today, facts.today)
            able = of_family(seat, facts.people.values())
            if not any(supply.is_on_bench(person.id, day) for person in able):
                yield seat


def room(facts: Facts) -> Room:
    """Return what the cap leaves beside contracts and confirmed proposals, which is what refuses a hire."""
    left, today = facts.ledger.room(), facts.today
    return Room(left.on(today) / FULL_TIME, left.least(today, today + HORIZONS[-1]) / FULL_TIME)


def growths(facts: Facts) -> list[Growth]:
    """List the contracts that end within 90 days without another after them, soonest first."""
    last_day = facts.today + HORIZONS[-1]
    held: dict[int, list[date]] = defaultdict(list)
    for entry in facts.ledger.contracts:
        if entry.span.ends_on and facts.today <= entry.span.ends_on <= last_day:
            held[entry.talent_id].append(entry.span.ends_on)
    left = facts.ledger.room()
    found = []
    for talent_id, ends in held.items():
        own = Steps(e.span for e in facts.ledger.contracts if e.talent_id == talent_id)
        for ends_on in ends:
            freed = (own.on(ends_on) - own.on(ends_on + DAY)) / FULL_TIME
            if freed > 0:
                after = left.on(ends_on + DAY) / FULL_TIME
                found.append(Growth(talent_id, ends_on, freed, after))
    return sorted(found, key=lambda growth: (growth.ends_on, growth.talent_id))
