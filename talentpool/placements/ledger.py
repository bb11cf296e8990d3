"""The ledger: contracts against the cap, placements against contracts, seats against one another.

It knows numbers and days only, so that a what-if is a ledger with one entry more. Shares are percents of
full time; a hundred of them make one FTE.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """An entry does not fit; says on which day first, by how much, and when it would fit."""

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

    def without_reserve(self, number: int) -> Ledger:
        """Return the ledger as it is without one proposal."""
        return replace(
            self,
            reserves=tuple(entry for entry in self.reserves if entry.number != number),
            tentatives=tuple(entry for entry in self.tentatives if entry.number != number),
        )

    def check_contract(self, talent_id: int, periods: list[Span], *, is_capped: bool) -> None:
        """Raise `ContractsOverlap`, or `PoolOverbooked` if the cap is on this contract."""
        whole = Span(periods[0].starts_on, periods[-1].ends_on, FULL_TIME)
        others = self.contract_share(talent_id)
        for day, share in others.pieces(whole.starts_on, whole.ends_on):
            if share:
                rest = others.below(constant(FULL_TIME))
                raise ContractsOverlap(Breach(day, share), first_fit(rest, whole))
        if is_capped:
            self._check_cap(talent_id, periods)

    def _check_cap(self, talent_id: int, periods: list[Span]) -> None:
        # The person's own reserve becomes this contract: it does not stand in its way.
        others = replace(
            self, reserves=tuple(entry for entry in self.reserves if entry.talent_id != talent_id)
        )
        room = others.room()
        found = [problem for period in periods if (problem := breach(room, period))]
        if not found:
            return
        fits_on = _first_fit_of_all(room, periods)
        raise PoolOverbooked(Breach(found[0].day, found[0].by / FULL_TIME), fits_on)

    def check_reserve(self, talent_id: int, span: Span) -> None:
        """Raise `PoolOverbooked` if hiring for a proposal would exceed the cap.

        On the days that the person's contract covers there is nobody to hire.
        """
        room = self.room()
        entry = Entry(0, talent_id, span)
        for part in self._unheld((entry,)):
            if problem := breach(room, part):
                by = problem.by / FULL_TIME
                raise PoolOverbooked(Breach(problem.day, by), first_fit(room, part))

    def check_placement(self, talent_id: int, seat_id: int, span: Span) -> None:
        """Raise `SeatTaken`, `OutsideContract` or `PersonOverbooked`."""
        self._check_seat(seat_id, span)
        share = self.contract_share(talent_id)
        room = self.free(talent_id)
        for day, held in share.pieces(span.starts_on, span.ends_on):
            if not held:
                raise OutsideContract(Breach(day, span.amount), first_fit(room, span))
        if problem := breach(room, span):
            raise PersonOverbooked(problem, first_fit(room, span))

    def check_person(self, talent_id: int) -> None:
        """Raise `OutsideContract` or `PersonOverbooked` where a person's placements exceed their contract."""
        share = self.contract_share(talent_id)
        placed = self.placed(talent_id)
        for day in sorted({*placed.days, *share.days}):
            missing = placed.on(day) - share.on(day)
            if missing > 0:
                kind = PersonOverbooked if share.on(day) else OutsideContract
                raise kind(Breach(day, missing), None)

    def _check_seat(self, seat_id: int, span: Span) -> None:
        taken = Steps(entry.span for entry in self.placements if entry.seat_id == seat_id)
        for day, share in taken.pieces(span.starts_on, span.ends_on):
            if share:
                rest = taken.below(constant(FULL_TIME))
                whole = replace(span, amount=FULL_TIME)
                raise SeatTaken(Breach(day, share), first_fit(rest, whole))

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


def _first_fit_of_all(room: Steps, periods: list[Span]) -> date | None:
    """Return the first day from which a contract's periods would fit, each as long as it is."""
    start = periods[0].starts_on
    for day in (start, *(day for day in _changes(room, periods) if day > start)):
        moved = [period.moved_to(period.starts_on + (day - start)) for period in periods]
        if all(breach(room, period) is None for period in moved):
            return day
    return None


def _changes(room: Steps, periods: list[Span]) -> list[date]:
    """List the starts at which one of the periods begins on a day on which the room changes."""
    start = periods[0].starts_on
    return sorted({day - (period.starts_on - start) for day in room.days for period in periods})
