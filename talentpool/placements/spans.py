"""Amounts that hold from a day to a day, added up exactly: where a sum breaks a limit, and when it would fit."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DAY = timedelta(days=1)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Span:
    """`amount` on every day from `starts_on` to `ends_on`, both included; None has no end."""

    starts_on: date
    ends_on: date | None
    amount: Decimal

    def moved_to(self, day: date) -> Span:
        """Return a span as long as this one that starts on `day`, cut where the calendar ends."""
        if self.ends_on is None:
            return Span(day, None, self.amount)
        length = self.ends_on - self.starts_on
        return Span(day, day + min(length, date.max - day), self.amount)


@dataclass(frozen=True)
class Breach:
    """The first day on which a limit is broken, and by how much on that day."""

    day: date
    by: Decimal


class Steps:
    """A sum of spans as a step function of the day; zero before the first and where nothing holds."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        changes: dict[date, Decimal] = defaultdict(lambda: NOTHING)
        for span in spans:
            changes[span.starts_on] += span.amount
            if span.ends_on is not None and span.ends_on < date.max:
                changes[span.ends_on + DAY] -= span.amount
        self.days = sorted(day for day, change in changes.items() if change)
        self.levels: list[Decimal] = []
        level = NOTHING
        for day in self.days:
            level += changes[day]
            self.levels.append(level)

    def on(self, day: date) -> Decimal:
        """Return the sum on `day`."""
        place = bisect_right(self.days, day)
        return self.levels[place - 1] if place else NOTHING

    def pieces(self, first: date, last: date | None) -> Iterator[tuple[date, Decimal]]:
        """Yield (day, sum) for `first` and for each later day, up to `last`, on which the sum changes."""
        yield first, self.on(first)
        for place in range(bisect_right(self.days, first), len(self.days)):
            if last is not None and self.days[place] > last:
                return
            yield self.days[place], self.levels[place]

    def least(self, first: date, last: date | None) -> Decimal:
        """Return the smallest sum on any day from `first` to `last`."""
        return min(level for _day, level in self.pieces(first, last))

    def below(self, limit: Steps) -> Steps:
        """Return what is left of `limit` once this sum is taken away."""
        return self.combined(limit, lambda taken, most: most - taken)

    def combined(self, other: Steps, how: Callable[[Decimal, Decimal], Decimal]) -> Steps:
        """Return what `how` makes, day by day, of this sum and another; of two zeros it makes zero."""
        made = Steps()
        made.days = sorted({*self.days, *other.days})
        made.levels = [how(self.on(day), other.on(day)) for day in made.days]
        return made


def constant(amount: Decimal) -> Steps:
    """Return a limit that is the same on every day."""
    return Steps([Span(date.min, None, amount)])


def breach(room: Steps, span: Span) -> Breach | None:
    """Return where `span` asks for more than the `room` left, None where it fits on every day."""
    for day, left in room.pieces(span.starts_on, span.ends_on):
        if left < span.amount:
            return Breach(day, span.amount - left)
    return None


def first_fit(room: Steps, span: Span) -> date | None:
    """Return the first day, from the span's own start on, from which it would fit as long as it is.

    None when no day is known: the room never suffices. Only days on which the room grows can do.
    """
    return first_day(
        room.days, span.starts_on, lambda day: breach(room, span.moved_to(day)) is None
    )


def first_day(days: Iterable[date], start: date, fits: Callable[[date], bool]) -> date | None:
    """Return `start`, or else the first of the later `days`, if something fits on it."""
    later = sorted({day for day in days if day > start})
    return next((day for day in (start, *later) if fits(day)), None)
