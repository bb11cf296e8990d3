"""Who is free, from which day: contracts and placements say it, and profiles where there is no contract."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from talentpool.placements.availability import going_on, long_absences
from talentpool.placements.ledger import FULL_TIME, Entry, Ledger
from talentpool.placements.spans import DAY, NOTHING, Span, Steps
from talentpool.steering.facts import Person

#: The days ahead that the agency looks at.
HORIZONS = tuple(timedelta(days=days) for days in (30, 60, 90))


@dataclass(frozen=True)
class Free:
    """A share of somebody's contract that is free from a day on; `horizon` 0 is today, 1 to 3 a month each."""

    talent_id: int
    horizon: int
    since: date
    share: Decimal


class Supply:
    """The free time of many people, worked out once.

    A contract's share goes on after its end, as in rankings: it may be renewed. Absences of eight weeks
    or more keep somebody away. Who has no contract is free, whole, from the day that their profile says,
    and from any day if it says none.
    """

    def __init__(self, ledger: Ledger, people: Iterable[Person], *, today: date) -> None:
        self.today = today
        self._agency = _by_person(ledger.contracts)
        self._placed = _by_person(ledger.placements)
        self._away = long_absences(ledger)
        contracts = _by_person((*ledger.contracts, *ledger.disposal))
        self._free = {
            person.id: self._free_of(person, contracts.get(person.id, [])) for person in people
        }

    def _free_of(self, person: Person, contracts: list[Span]) -> Steps:
        last = max((span.ends_on or date.max for span in contracts), default=date.min)
        if last < self.today:
            return Steps([Span(person.available_from or date.min, None, FULL_TIME)])
        return Steps(self._taken(person.id)).below(Steps(going_on(contracts)))

    def _taken(self, talent_id: int) -> list[Span]:
        return [*self._placed.get(talent_id, []), *self._away[talent_id]]

    def free_on(self, talent_id: int, day: date) -> Decimal:
        """Return how many percents of full time are free of somebody's time on a day."""
        return max(self._free[talent_id].on(day), NOTHING)

    def is_on_bench(self, talent_id: int, day: date) -> bool:
        """Tell whether somebody is under contract with the agency on a day, and free for a part of it."""
        return (
            any(
                span.starts_on <= day and (span.ends_on is None or day <= span.ends_on)
                for span in self._agency.get(talent_id, [])
            )
            and self.free_on(talent_id, day) > NOTHING
        )

    def first_free_day(self, talent_id: int) -> date | None:
        """Return the first day, from today on, on which some of somebody's time is free."""
        pieces = self._free[talent_id].pieces(self.today, None)
        return next((day for day, level in pieces if level > NOTHING), None)

    def count_free(self, talent_ids: Iterable[int], within: timedelta) -> int:
        """Count the people who are free today or become so within a time."""
        days = (self.first_free_day(talent_id) for talent_id in talent_ids)
        return sum(1 for day in days if day is not None and day <= self.today + within)

    def bench(self) -> list[Free]:
        """List what is free of the agency's contracts today, and what more becomes free in 90 days.

        Soonest first. Unlike rankings, nothing is free after a contract's end.
        """
        found = [
            free
            for talent_id, contracts in self._agency.items()
            for free in _freed(
                talent_id,
                Steps(self._taken(talent_id)).below(Steps(contracts)),
                self.today,
            )
        ]
        return sorted(found, key=lambda free: (free.horizon, free.since, free.talent_id))


def _by_person(entries: Iterable[Entry]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for entry in entries:
        found[entry.talent_id].append(entry.span)
    return found


def _freed(talent_id: int, free: Steps, today: date) -> Iterable[Free]:
    highest = max(free.on(today), NOTHING)
    if highest:
        yield Free(talent_id, 0, _since(free, today), highest)
    for day, level in free.pieces(today + DAY, today + HORIZONS[-1]):
        if level > highest:
            horizon = next(n for n, ahead in enumerate(HORIZONS, 1) if day <= today + ahead)
            yield Free(talent_id, horizon, day, level - highest)
            highest = level


def _since(free: Steps, today: date) -> date:
    """Return the first day of the stretch, up to today, on which something has been free."""
    since = today
    for day, level in reversed(list(zip(free.days, free.levels, strict=True))):
        if day > today:
            continue
        if level <= NOTHING:
            break
        since = day
    return since
