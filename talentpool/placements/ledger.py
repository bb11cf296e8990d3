"""The ledger: contracts against the cap, placements against contracts, seats against one another.

It knows numbers and days only, so that a what-if is a ledger with one entry more. Shares are percents of
full time; a hundred of them make one FTE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from talentpool.placements.spans import (
    DAY,
    NOTHING,
    Breach,
    Span,
    Steps,
    breach,
    constant,
    first_day,
    first_fit,
)

FULL_TIME = Decimal(100)


@dataclass(frozen=True)
class Entry:
    """What one row takes: its number, whose, on which seat if any."""

    number: int
    talent_id: int
    span: Span
    seat_id: int | None = None


@dataclass(frozen=True)
class Missed:
    """The part of each day that somebody is away: a half, or the whole."""

    talent_id: int
    span: Span


class Refused(Exception):
    """An entry does not fit; says on which day first, by how much, and when it would fit.

    `fits_on` is the first day, not before the one asked, from which the entry would fit in everything,
    as long as it is; None when there is none.
    """

    def __init__(self, found: Breach, fits_on: date | None) -> None:
        super().__init__(found.day, found.by, fits_on)
        self.day = found.day
        self.by = found.by
        self.fits_on = fits_on


class PoolOverbooked(Refused):
    """The agency's contracts and reserves would exceed the cap; `by` is in FTE."""


class PersonOverbooked(Refused):
    """A person's placements would exceed their contract's share; `by` is in percents of full time."""


class OutsideContract(Refused):
    """The person has no contract on a day of the placement; `by` is what would be missing."""


class ContractsOverlap(Refused):
    """The person has another contract on a day of this one; `by` is that contract's share."""


class SeatTaken(Refused):
    """Somebody sits there already; `by` is their share."""


@dataclass(frozen=True)
class Level:
    """The pool on the days from `starts_on` to `ends_on`, in FTE.

    `placed`, `bench` and `absent` are the parts of `held`; reserved and tentative stand beside it.
    """

    starts_on: date
    ends_on: date
    held: Decimal
    placed: Decimal
    bench: Decimal
    absent: Decimal
    reserved: Decimal
    tentative: Decimal
    free: Decimal


@dataclass(frozen=True)
class Ledger:
    """Everything that takes time, as of one moment; `cap` in FTE.

    A contract gives one entry for each period of its share. `disposal` are contracts with other
    employers, which the cap is not on; `reserves` and `tentatives` come from live proposals.
    """

    cap: Decimal
    contracts: tuple[Entry, ...] = ()
    disposal: tuple[Entry, ...] = ()
    placements: tuple[Entry, ...] = ()
    reserves: tuple[Entry, ...] = ()
    tentatives: tuple[Entry, ...] = ()
    absences: tuple[Missed, ...] = ()

    def contract_share(self, talent_id: int) -> Steps:
        """Return somebody's contract share over time, whoever their employer."""
        return _sum([*self.contracts, *self.disposal], talent_id)

    def placed(self, talent_id: int) -> Steps:
        """Return the share of full time that somebody is placed for."""
        return _sum(self.placements, talent_id)

    def free(self, talent_id: int) -> Steps:
        """Return what is left of somebody's contract beside their placements."""
        return self.placed(talent_id).below(self.contract_share(talent_id))

    def held(self) -> Steps:
        """Return the sum of the agency's contracts, in percents."""
        return Steps(entry.span for entry in self.contracts)

    def reserved(self) -> Steps:
        """Return what confirmed proposals will take once their people are hired, in percents.

        Somebody under contract on a day needs no hire then: what their contract covers is not counted.
        """
        return Steps(self._unheld(self.reserves))

    def tentative(self) -> Steps:
        """Return what earlier proposals would take if their people were hired, in percents."""
        return Steps(self._unheld(self.tentatives))

    def room(self) -> Steps:
        """Return what the cap leaves beside contracts and reserves, in percents."""
        taken = Steps([entry.span for entry in self.contracts] + list(self._unheld(self.reserves)))
        return taken.below(constant(self.cap * FULL_TIME))

    def without_contract(self, number: int) -> Ledger:
        """Return the ledger as it is without one contract, of which all periods go."""
        return replace(
            self,
            contracts=tuple(entry for entry in self.contracts if entry.number != number),
            disposal=tuple(entry for entry in self.disposal if entry.number != number),
        )

    def without_placement(self, number: int) -> Ledger:
        """Return the ledger as it is without one placement."""
        kept = tuple(entry for entry in self.placements if entry.number != number)
        return replace(self, placements=kept)

    def check_contract(
        self, talent_id: int, periods: list[Span], *, is_capped: bool, before: Iterable[Span] = ()
    ) -> None:
        """Raise `ContractsOverlap`, or `PoolOverbooked` if the cap is on this contract.

        Also raises `OutsideContract` or `PersonOverbooked` if it leaves out what the person is placed
        for. A contract that is amended keeps what it took of the cap `before`: less is never refused.
        """
        others = self.contract_share(talent_id)
        left = self._left_to(talent_id) if is_capped else constant(FULL_TIME)
        room = left.combined(Steps(before), max)
        needed = self.placed(talent_id).combined(others, _excess)
        fits_on = _first_fit_of_all(room.combined(others, _unless_taken), needed, periods)
        whole = Span(periods[0].starts_on, periods[-1].ends_on, FULL_TIME)
        for day, share in others.pieces(whole.starts_on, whole.ends_on):
            if share:
                raise ContractsOverlap(Breach(day, share), fits_on)
        for period in periods:
            if found := breach(room, period):
                by = (period.amount - left.on(found.day)) / FULL_TIME
                raise PoolOverbooked(Breach(found.day, by), fits_on)
        if uncovered := _uncovered(needed, periods):
            share = Steps(periods).on(uncovered.day) + others.on(uncovered.day)
            raise (PersonOverbooked if share else OutsideContract)(uncovered, fits_on)

    def check_reserve(self, talent_id: int, seat_id: int, span: Span) -> None:
        """Raise `SeatTaken`, `PoolOverbooked` or `PersonOverbooked` if a proposal cannot be confirmed.

        On days without a contract the person is to be hired, within the cap; on days with one they must
        be free. The person's own other reserves give way.
        """
        share = self.contract_share(talent_id)
        free = self.free(talent_id)
        left = self._left_to(talent_id)
        room = Steps()
        room.days = sorted({date.min, *share.days, *free.days, *left.days})
        room.levels = [(free if share.on(day) else left).on(day) for day in room.days]
        fits_on = first_fit(room.combined(self._taken(seat_id), _unless_taken), span)
        self._check_seat(seat_id, span, fits_on)
        if found := breach(room, span):
            if share.on(found.day):
                raise PersonOverbooked(found, fits_on)
            raise PoolOverbooked(Breach(found.day, found.by / FULL_TIME), fits_on)

    def check_placement(self, talent_id: int, seat_id: int, span: Span) -> None:
        """Raise `SeatTaken`, `OutsideContract` or `PersonOverbooked`."""
        room = self.free(talent_id)
        fits_on = first_fit(room.combined(self._taken(seat_id), _unless_taken), span)
        self._check_seat(seat_id, span, fits_on)
        for day, share in self.contract_share(talent_id).pieces(span.starts_on, span.ends_on):
            if not share:
                raise OutsideContract(Breach(day, span.amount), fits_on)
        if found := breach(room, span):
            raise PersonOverbooked(found, fits_on)

    def check_person(self, talent_id: int) -> None:
        """Raise `OutsideContract` or `PersonOverbooked` where a person's placements exceed their contract."""
        share = self.contract_share(talent_id)
        if uncovered := _uncovered(self.placed(talent_id).combined(share, _excess), []):
            kind = PersonOverbooked if share.on(uncovered.day) else OutsideContract
            raise kind(uncovered, None)

    def _left_to(self, talent_id: int) -> Steps:
        """Return what the cap leaves to one person, whose own reserves do not stand in their way."""
        others = tuple(entry for entry in self.reserves if entry.talent_id != talent_id)
        return replace(self, reserves=others).room()

    def _taken(self, seat_id: int) -> Steps:
        return Steps(entry.span for entry in self.placements if entry.seat_id == seat_id)

    def _check_seat(self, seat_id: int, span: Span, fits_on: date | None) -> None:
        for day, share in self._taken(seat_id).pieces(span.starts_on, span.ends_on):
            if share:
                raise SeatTaken(Breach(day, share), fits_on)

    def levels(self, first: date, last: date) -> Iterator[Level]:
        """Yield the pool's figures from `first` to `last`, one level for each stretch of equal days."""
        parts = self._parts()
        days = {first, *(day for steps in parts.values() for day in steps.days)}
        starts = sorted(day for day in days if first <= day <= last)
        for place, day in enumerate(starts):
            ends_on = starts[place + 1] - DAY if place + 1 < len(starts) else last
            figures = {name: steps.on(day) / FULL_TIME for name, steps in parts.items()}
            free = self.cap - figures["held"] - figures["reserved"] - figures["tentative"]
            yield Level(day, ends_on, **figures, free=free)

    def _parts(self) -> dict[str, Steps]:
        """Return each figure over time, in percents; placed, bench and absent add up to held."""
        placed: list[Span] = []
        bench: list[Span] = []
        absent: list[Span] = []
        for talent_id in dict.fromkeys(entry.talent_id for entry in self.contracts):
            share = _sum(self.contracts, talent_id)
            away = Steps(gone.span for gone in self.absences if gone.talent_id == talent_id)
            taken = self.placed(talent_id)
            days = sorted({*share.days, *away.days, *taken.days})
            for place, day in enumerate(days):
                ends_on = days[place + 1] - DAY if place + 1 < len(days) else None
                missed = min(away.on(day), Decimal(1))
                gone = share.on(day) * missed
                busy = min(taken.on(day), share.on(day)) * (1 - missed)
                rest = share.on(day) - gone - busy
                for figure, amount in ((absent, gone), (placed, busy), (bench, rest)):
                    if amount:
                        figure.append(Span(day, ends_on, amount))
        return {
            "held": self.held(),
            "placed": Steps(placed),
            "bench": Steps(bench),
            "absent": Steps(absent),
            "reserved": self.reserved(),
            "tentative": self.tentative(),
        }

    def _unheld(self, entries: tuple[Entry, ...]) -> Iterator[Span]:
        """Yield the parts of proposals on days on which their people have no contract."""
        for entry in entries:
            share = self.contract_share(entry.talent_id)
            pieces = list(share.pieces(entry.span.starts_on, entry.span.ends_on))
            for place, (day, held) in enumerate(pieces):
                ends_on = pieces[place + 1][0] - DAY if place + 1 < len(pieces) else None
                if held == NOTHING:
                    yield Span(day, ends_on or entry.span.ends_on, entry.span.amount)


def _sum(entries: list[Entry] | tuple[Entry, ...], talent_id: int) -> Steps:
    return Steps(entry.span for entry in entries if entry.talent_id == talent_id)


def _excess(amount: Decimal, limit: Decimal) -> Decimal:
    return max(amount - limit, NOTHING)


def _unless_taken(room: Decimal, taken: Decimal) -> Decimal:
    return NOTHING if taken else room


def _uncovered(needed: Steps, periods: list[Span]) -> Breach | None:
    """Return where a contract's periods give less than is `needed`, None where they suffice."""
    missing = needed.combined(Steps(periods), _excess)
    found = zip(missing.days, missing.levels, strict=True)
    return next((Breach(day, by) for day, by in found if by), None)


def _first_fit_of_all(room: Steps, needed: Steps, periods: list[Span]) -> date | None:
    """Return the first day from which a contract would fit, each of its periods as long as it is.

    It does from a day on which one of its edges meets one of the room's, or of what is `needed`.
    """
    start = periods[0].starts_on
    edges = {period.starts_on for period in periods}
    if periods[-1].ends_on is not None and periods[-1].ends_on < date.max:
        edges.add(periods[-1].ends_on + DAY)

    def fits(day: date) -> bool:
        if periods[-1].starts_on - start > date.max - day:
            return False
        moved = [period.moved_to(period.starts_on + (day - start)) for period in periods]
        is_roomy = all(breach(room, period) is None for period in moved)
        return is_roomy and _uncovered(needed, moved) is None

    return first_day(_meetings({*room.days, *needed.days}, edges, start), start, fits)


def _meetings(days: set[date], edges: set[date], start: date) -> Iterator[date]:
    """Yield each start, later than `start`, at which an edge of a contract meets one of the days."""
    for day in days:
        for edge in edges:
            if day > edge:
                yield start + (day - edge)
