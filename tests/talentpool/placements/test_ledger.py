"""The ledger's limits and figures, against a plain day-by-day recount."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentpool.placements.ledger import (
    ContractsOverlap,
    Entry,
    Ledger,
    Missed,
    OutsideContract,
    PersonOverbooked,
    PoolOverbooked,
    Refused,
    SeatTaken,
)
from talentpool.placements.spans import Span, Steps
from tests.recount import COUNTED, Recount, daily, day, first_shift, span

SHARES = [Decimal(share) for share in ("12.5", "33.33", "50", "66.67", "80", "100")]
PEOPLE, SEATS = [1, 2, 3], [11, 12]
start_days, lengths, shares = st.integers(0, 20), st.integers(0, 8), st.sampled_from(SHARES)


@st.composite
def periods(draw: st.DrawFn, first: int | None = None) -> list[Span]:
    """Make the periods of a contract, one after the other; the last may have no end."""
    at = draw(start_days) if first is None else first
    made = []
    for _number in range(draw(st.integers(1, 3))):
        last = at + draw(lengths)
        made.append(span(at, last, draw(shares)))
        at = last + 1
    if draw(st.integers(0, 4)) == 0:
        made[-1] = replace(made[-1], ends_on=None)
    return made


@st.composite
def entries(draw: st.DrawFn, most: int = 4) -> tuple[Entry, ...]:
    """Make placements or proposals, whether they fit or not."""
    made = []
    for number in range(draw(st.integers(0, most))):
        first = draw(start_days)
        asked = span(first, first + draw(lengths), draw(shares))
        made.append(Entry(number, draw(st.sampled_from(PEOPLE)), asked, draw(seats)))
    return tuple(made)


seats = st.sampled_from(SEATS)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Make a ledger in which nobody has two contracts at once; all else may be overbooked."""
    held: dict[bool, list[Entry]] = {True: [], False: []}
    for talent_id in PEOPLE:
        at: int | None = 0
        for _number in range(draw(st.integers(0, 2))):
            if at is not None:
                made = draw(periods(at + draw(st.integers(0, 5))))
                is_ours = draw(st.integers(0, 3)) > 0
                number = 10 * talent_id + _number
                held[is_ours] += [Entry(number, talent_id, period) for period in made]
                last = made[-1].ends_on
                at = None if last is None else (last - day(0)).days + 1
    absences = tuple(
        Missed(draw(st.sampled_from(PEOPLE)), span(first, first + draw(lengths), amount))
        for first, amount in draw(st.lists(st.tuples(start_days, st.sampled_from(["0.5", "1"]))))
    )
    return Ledger(
        cap=Decimal(draw(st.sampled_from(["0.8", "1", "1.6", "2.5"]))),
        contracts=tuple(held[True]),
        disposal=tuple(held[False]),
        placements=draw(entries()),
        reserves=draw(entries(2)),
        tentatives=draw(entries(2)),
        absences=absences,
    )


def refusal(check: Callable[[], None]) -> tuple[type[Refused], date, Decimal, date | None] | None:
    """Return what a check says, None if it lets pass."""
    try:
        check()
    except Refused as refused:
        return type(refused), refused.day, refused.by, refused.fits_on
    return None


def first(over: list[tuple[int, Decimal]]) -> tuple[date, Decimal] | None:
    """Return the first of the days on which a limit is broken."""
    return (day(over[0][0]), over[0][1]) if over else None


def shifted(asked: list[Span], shift: int) -> list[Decimal]:
    """Count what spans ask for on each day, once moved."""
    return daily(each.moved_to(each.starts_on + (day(shift) - day(0))) for each in asked)


class TestCheckPlacement:
    @settings(deadline=None)
    @given(ledgers(), st.sampled_from(PEOPLE), seats, start_days, lengths, shares)
    def test_agrees_with_a_recount(
        self, ledger: Ledger, who: int, seat: int, start: int, length: int, share: Decimal
    ) -> None:
        plain = Recount(ledger)
        held, placed, taken = plain.share_of(who), plain.placed_of(who), plain.seat(seat)

        def problems(shift: int) -> list[tuple[type[Refused], int, Decimal]]:
            days = range(start + shift, start + shift + length + 1)
            return [
                *((SeatTaken, n, taken[n]) for n in days if taken[n]),
                *((OutsideContract, n, share) for n in days if not held[n]),
                *(
                    (PersonOverbooked, n, placed[n] + share - held[n])
                    for n in days
                    if placed[n] + share > held[n]
                ),
            ]

        expected = None
        if problems(0):
            kind, number, by = problems(0)[0]
            shift = first_shift(lambda shift: not problems(shift))
            fits_on = None if shift is None else day(start + shift)
            expected = (kind, day(number), by, fits_on)
        asked = span(start, start + length, share)
        assert refusal(lambda: ledger.check_placement(who, seat, asked)) == expected

    def test_a_free_person_and_a_free_seat_may_not_be_free_together(self) -> None:
        ledger = Ledger(
            Decimal(30),
            contracts=(Entry(1, 1, span(0, 40, 100)), Entry(2, 2, span(0, 40, 100))),
            placements=(
                Entry(1, 1, span(0, 9, 100), 12),
                Entry(2, 2, span(10, 19, 100), 11),
            ),
        )
        with pytest.raises(PersonOverbooked) as refused:
            ledger.check_placement(1, 11, span(0, 4, 50))
        # Ten days on the person is free, but the seat is not.
        assert refused.value.fits_on == day(20)


class TestCheckContract:
    @settings(deadline=None)
    @given(ledgers(), st.sampled_from(PEOPLE), periods(), st.booleans(), st.data())
    def test_agrees_with_a_recount(
        self, ledger: Ledger, who: int, asked: list[Span], is_capped: bool, data: st.DataObject
    ) -> None:
        before = data.draw(st.just([]) | periods())
        plain, kept = Recount(ledger), daily(before)
        others, placed, left = plain.share_of(who), plain.placed_of(who), plain.left_to(who)

        def problems(shift: int) -> list[tuple[type[Refused], int, Decimal]]:
            wanted = shifted(asked, shift)
            days = range(COUNTED)
            have = [other + more for other, more in zip(others, wanted, strict=True)]
            return [
                *((ContractsOverlap, n, others[n]) for n in days if others[n] and wanted[n]),
                *(
                    (PoolOverbooked, n, (wanted[n] - left[n]) / 100)
                    for n in days
                    if is_capped and wanted[n] > max(left[n], kept[n])
                ),
                *(
                    (PersonOverbooked if have[n] else OutsideContract, n, placed[n] - have[n])
                    for n in days
                    if placed[n] > have[n]
                ),
            ]

        expected = None
        if problems(0):
            kind, number, by = problems(0)[0]
            shift = first_shift(lambda shift: not problems(shift))
            fits_on = None if shift is None else asked[0].starts_on + (day(shift) - day(0))
            expected = (kind, day(number), by, fits_on)
        found = refusal(
            lambda: ledger.check_contract(who, asked, is_capped=is_capped, before=before)
        )
        assert found == expected

    def test_each_period_is_held_to_the_cap_on_its_own_days(self) -> None:
        ledger = Ledger(Decimal(1), contracts=(Entry(1, 1, span(10, 19, 60)),))
        ledger.check_contract(2, [span(0, 9, 100), span(10, 19, 40)], is_capped=True)
        with pytest.raises(PoolOverbooked) as refused:
            ledger.check_contract(2, [span(0, 10, 100), span(11, 19, 40)], is_capped=True)
        assert (refused.value.day, refused.value.by) == (day(10), Decimal("0.6"))
        assert refused.value.fits_on == day(20)

    def test_ones_own_reserve_gives_way_and_another_s_does_not(self) -> None:
        ledger = Ledger(Decimal(1), reserves=(Entry(1, 1, span(0, 9, 100), 11),))
        ledger.check_contract(1, [span(0, 9, 100)], is_capped=True)
        with pytest.raises(PoolOverbooked):
            ledger.check_contract(2, [span(9, 12, 1)], is_capped=True)

    def test_what_is_above_a_lowered_cap_may_go_down(self) -> None:
        ledger = Ledger(Decimal(1), contracts=(Entry(1, 1, span(0, 9, 100)),))
        ledger.check_contract(2, [span(0, 9, 50)], is_capped=True, before=[span(0, 9, 80)])
        with pytest.raises(PoolOverbooked) as refused:
            ledger.check_contract(2, [span(0, 9, 90)], is_capped=True, before=[span(0, 9, 80)])
        assert refused.value.by == Decimal("0.9")

    def test_with_the_calendar_s_last_day_is_no_error(self) -> None:
        late = Entry(1, 1, Span(date(2000, 1, 1), date(9999, 12, 30), Decimal(100)))
        ledger = Ledger(Decimal(1), contracts=(late,))
        asked = [
            Span(day(0), day(9), Decimal(50)),
            Span(day(10), date(9999, 12, 31), Decimal(100)),
        ]
        with pytest.raises(PoolOverbooked) as refused:
            ledger.check_contract(2, asked, is_capped=True)
        assert refused.value.fits_on is None


class TestCheckReserve:
    @settings(deadline=None)
    @given(ledgers(), st.sampled_from(PEOPLE), seats, start_days, lengths, shares)
    def test_agrees_with_a_recount(
        self, ledger: Ledger, who: int, seat: int, start: int, length: int, share: Decimal
    ) -> None:
        plain = Recount(ledger)
        held, placed, taken = plain.share_of(who), plain.placed_of(who), plain.seat(seat)
        left = plain.left_to(who)

        def problems(shift: int) -> list[tuple[type[Refused], int, Decimal]]:
            days = range(start + shift, start + shift + length + 1)
            over = [
                (PersonOverbooked, n, placed[n] + share - held[n])
                if held[n]
                else (PoolOverbooked, n, (share - left[n]) / 100)
                for n in days
                if share > (held[n] - placed[n] if held[n] else left[n])
            ]
            return [*((SeatTaken, n, taken[n]) for n in days if taken[n]), *over]

        expected = None
        if problems(0):
            kind, number, by = problems(0)[0]
            shift = first_shift(lambda shift: not problems(shift))
            expected = (kind, day(number), by, None if shift is None else day(start + shift))
        asked = span(start, start + length, share)
        assert refusal(lambda: ledger.check_reserve(who, seat, asked)) == expected


class TestCheckPerson:
    @settings(deadline=None)
    @given(ledgers(), st.sampled_from(PEOPLE))
    def test_agrees_with_a_recount(self, ledger: Ledger, who: int) -> None:
        plain = Recount(ledger)
        held, placed = plain.share_of(who), plain.placed_of(who)
        over = [(n, placed[n] - held[n]) for n in range(COUNTED) if placed[n] > held[n]]
        expected = None
        if over:
            kind = PersonOverbooked if held[over[0][0]] else OutsideContract
            expected = (kind, *first(over), None)
        assert refusal(lambda: ledger.check_person(who)) == expected


class TestLevels:
    @settings(deadline=None)
    @given(ledgers(), start_days, st.integers(0, 60))
    def test_agree_with_a_recount_on_every_day(
        self, ledger: Ledger, start: int, length: int
    ) -> None:
        plain = Recount(ledger)
        reserved, tentative = plain.unheld(ledger.reserves), plain.unheld(ledger.tentatives)
        ours = {
            who: daily(entry.span for entry in ledger.contracts if entry.talent_id == who)
            for who in PEOPLE
        }
        away = {
            who: daily(gone.span for gone in ledger.absences if gone.talent_id == who)
            for who in PEOPLE
        }
        by_day = {
            number: level
            for level in ledger.levels(day(start), day(start + length))
            for number in range((level.starts_on - day(0)).days, (level.ends_on - day(0)).days + 1)
        }
        assert list(by_day) == list(range(start, start + length + 1))
        for number, level in by_day.items():
            missed = {who: min(away[who][number], Decimal(1)) for who in PEOPLE}
            busy = {who: min(plain.placed_of(who)[number], ours[who][number]) for who in PEOPLE}
            assert level.held * 100 == plain.held[number]
            assert level.absent * 100 == sum(ours[who][number] * missed[who] for who in PEOPLE)
            assert level.placed * 100 == sum(busy[who] * (1 - missed[who]) for who in PEOPLE)
            assert level.placed + level.bench + level.absent == level.held
            assert level.reserved * 100 == reserved[number]
            assert level.tentative * 100 == tentative[number]
            assert level.free == ledger.cap - level.held - level.reserved - level.tentative

    @settings(deadline=None)
    @given(ledgers())
    def test_neighbours_differ(self, ledger: Ledger) -> None:
        levels = [
            (level.held, level.placed, level.bench, level.absent, level.reserved, level.tentative)
            for level in ledger.levels(day(0), day(60))
        ]
        assert all(one != other for one, other in pairwise(levels))

    def test_half_days_never_drift(self) -> None:
        contract = Entry(1, 1, span(0, 364, "33.33"))
        mornings = tuple(Missed(1, span(number, number, "0.5")) for number in range(0, 300, 3))
        ledger = Ledger(Decimal(30), contracts=(contract,), absences=mornings)
        levels = list(ledger.levels(day(0), day(364)))
        half = Decimal("0.166650")
        assert {(level.absent, level.bench) for level in levels} == {
            (half, half),
            (Decimal(0), Decimal("0.3333")),
        }

    def test_people_of_other_employers_are_outside_the_figures(self) -> None:
        ledger = Ledger(
            Decimal(30),
            disposal=(Entry(1, 1, span(0, 9, 100)),),
            placements=(Entry(1, 1, span(0, 9, 100), 11),),
            reserves=(Entry(1, 1, span(5, 14, 80), 12),),
        )
        under, after = ledger.levels(day(0), day(14))
        assert (under.held, under.placed, under.reserved) == (0, 0, 0)
        assert (after.starts_on, after.reserved) == (day(10), Decimal("0.8"))


def test_a_contract_goes_with_all_its_periods() -> None:
    two = (Entry(1, 1, span(0, 9, 100)), Entry(1, 1, span(10, 19, 80)))
    ledger = Ledger(Decimal(30), contracts=(*two, Entry(2, 2, span(0, 9, 50))))
    assert ledger.without_contract(1).held().days == [day(0), day(10)]
    assert ledger.without_contract(1).contract_share(1).days == Steps().days
