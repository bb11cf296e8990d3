"""How much of each person's time is free on each day of a seat, for a strip beside their name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from talentpool.placements import queries
from talentpool.placements.availability import going_on, long_absences
from talentpool.placements.spans import DAY, NOTHING, Span, Steps
from talentpool.talents.models import Talent


@dataclass(frozen=True)
class Piece:
    """A stretch of days, both included, on which the same percentage of full time is free."""

    starts_on: date
    ends_on: date
    share_pct: Decimal


@dataclass(frozen=True)
class FreeTime:
    """What is free from a day to a day; without pieces nobody knows.

    `is_proven` when contracts, placements and absences say so, rather than the person's profile.
    """

    starts_on: date
    ends_on: date
    pieces: tuple[Piece, ...]
    is_proven: bool

    @property
    def days(self) -> int:
        """How many days the whole is."""
        return (self.ends_on - self.starts_on).days + 1


def free_times(
    people: Iterable[Talent], *, starts_on: date, ends_on: date, today: date
) -> dict[int, FreeTime]:
    """Map each person to what is free of their time on the days of a seat, in one read of the ledger."""
    known = list(people)
    ledger = queries.ledger(cap=NOTHING, today=today, people=[talent.id for talent in known])
    contracts: dict[int, list[Span]] = {}
    for entry in (*ledger.contracts, *ledger.disposal):
        if entry.span.ends_on is None or entry.span.ends_on >= today:
            contracts.setdefault(entry.talent_id, []).append(entry.span)
    away = long_absences(ledger)
    found = {}
    for talent in known:
        spans = contracts.get(talent.id)
        if spans is None:
            free = _claimed(talent)
        else:
            taken = [e.span for e in ledger.placements if e.talent_id == talent.id]
            free = Steps([*taken, *away[talent.id]]).below(Steps(going_on(spans)))
        pieces = () if free is None else tuple(_pieces(free, starts_on, ends_on))
        found[talent.id] = FreeTime(starts_on, ends_on, pieces, spans is not None)
    return found


def _claimed(talent: Talent) -> Steps | None:
    """Return what a profile says of its person's time, None unless it says both when and how much."""
    if talent.available_from is None or talent.share_pct is None:
        return None
    return Steps([Span(talent.available_from, None, Decimal(talent.share_pct))])


def _pieces(free: Steps, first: date, last: date) -> list[Piece]:
    starts = list(free.pieces(first, last))
    ends = [day - DAY for day, _level in starts[1:]] + [last]
    return [
        Piece(day, end, max(level, NOTHING)) for (day, level), end in zip(starts, ends, strict=True)
    ]
