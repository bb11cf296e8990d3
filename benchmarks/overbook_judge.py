"""The judge of `overbook.py`: replays attempts on plain arrays, one number a day.

It shares no code with the ledger, and reads the tables by plain SQL.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Connection, create_engine, text

FIRST = date(2027, 1, 1)
#: Days judged, and days by which something is moved in search of room; all else lies well within.
DAYS, MOVES = 450, 230
NOTHING = Decimal(0)
#: One period of a contract, or a booking: first and last day (None: no end), and share.
Stretch = tuple[int, int | None, Decimal]
Days = list[Decimal]
Problem = tuple[str, int, Decimal]
Sort = Callable[[int, Decimal], Problem | None]


def day_of(number: int) -> date:
    """Return the day with this number; the first is 0."""
    return FIRST + timedelta(days=number)


def number_of(day: date | str | None) -> int | None:
    """Return the number of a day, also of one that SQL gave as text."""
    if day is None:
        return None
    return ((day if isinstance(day, date) else date.fromisoformat(day)) - FIRST).days


def days_of(stretches: Iterable[Stretch], moved: int = 0) -> Days:
    """Add stretches up, one day after the other."""
    totals = [NOTHING] * DAYS
    for first, last, share in stretches:
        for day in range(first + moved, DAYS if last is None else min(last + moved + 1, DAYS)):
            totals[day] += share
    return totals


@dataclass
class ContractRow:
    """A contract as the judge knows it."""

    talent: int
    is_capped: bool
    periods: list[Stretch]


@dataclass
class Booked:
    """A placement, or a confirmed proposal, as the judge knows it."""

    talent: int
    seat: int
    stretch: Stretch


@dataclass
class Pool:
    """Everything booked at one moment; the cap is in FTE."""

    cap: Decimal
    contracts: dict[int, ContractRow] = field(default_factory=dict)
    placements: dict[int, Booked] = field(default_factory=dict)
    reserves: dict[int, Booked] = field(default_factory=dict)

    def share(self, talent: int, but: int | None = None) -> Days:
        """Return what somebody's contracts give on each day."""
        rows = [r for n, r in self.contracts.items() if r.talent == talent and n != but]
        return days_of(period for row in rows for period in row.periods)

    def placed(self, talent: int, but: int | None = None) -> Days:
        """Return what somebody is placed for on each day."""
        rows = [r for n, r in self.placements.items() if r.talent == talent and n != but]
        return days_of(row.stretch for row in rows)

    def seated(self, seat: int, but: int | None = None) -> Days:
        """Return what a seat is taken for on each day."""
        rows = [r for n, r in self.placements.items() if r.seat == seat and n != but]
        return days_of(row.stretch for row in rows)

    def held(self, but: int | None = None) -> Days:
        """Return what the cap is on, on each day."""
        rows = [r for n, r in self.contracts.items() if r.is_capped and n != but]
        return days_of(period for row in rows for period in row.periods)

    def left(self, talent: int, but: int | None = None) -> Days:
        """Return what contracts and the reserves of others leave to somebody on each day."""
        totals = [self.cap * 100 - held for held in self.held(but)]
        for row in self.reserves.values():
            if row.talent != talent:
                share, asked = self.share(row.talent, but), days_of([row.stretch])
                for day in range(DAYS):
                    totals[day] -= NOTHING if share[day] else asked[day]
        return totals

    def broken(self) -> set[tuple[str, int, int]]:
        """Return what is overbooked, and on which days."""
        found = {("cap", 0, day) for day, held in enumerate(self.held()) if held > self.cap * 100}
        for talent in {row.talent for row in self.placements.values()}:
            share, placed = self.share(talent), self.placed(talent)
            for day in range(DAYS):
                if placed[day] > share[day]:
                    found.add(("person" if share[day] else "outside", talent, day))
        for seat in {row.seat for row in self.placements.values()}:
            here = [row.stretch for row in self.placements.values() if row.seat == seat]
            people = days_of((first, last, Decimal(1)) for first, last, _share in here)
            found |= {("seat", seat, day) for day, sitting in enumerate(people) if sitting > 1}
        return found


def periods_of(said: dict[str, Any]) -> list[Stretch]:
    """Return the periods of an attempt's contract."""
    shares = sorted((day, Decimal(share)) for day, share in said["shares"])
    ends = [day - 1 for day, _share in shares[1:]]
    return [
        (day, end, share) for (day, share), end in zip(shares, [*ends, said["last"]], strict=True)
    ]


class Case:
    """One attempt on the pool as it was then: what breaks, wherever it is moved to."""

    def __init__(self, pool: Pool, said: dict[str, Any], proposals: dict[int, Booked]) -> None:
        self.kind = said["kind"]
        number = said.get("number") if self.kind in {"amend", "change"} else None
        old = (pool.contracts if self.kind == "amend" else pool.placements).get(number or 0)
        if self.kind == "confirm":
            asked = proposals[said["number"]]
            self.talent, self.seat, self.asked = asked.talent, asked.seat, [asked.stretch]
        else:
            self.talent = said.get("talent") or old.talent
            self.seat = said.get("seat") or getattr(old, "seat", 0)
            self.asked = (
                periods_of(said)
                if "shares" in said
                else [(said["first"], said["last"], Decimal(said["share"]))]
            )
        of_contract, of_placement = (number, None) if self.kind == "amend" else (None, number)
        self.is_capped = said.get("is_capped", True)
        self.share = pool.share(self.talent, of_contract)
        self.placed = pool.placed(self.talent, of_placement)
        self.taken = pool.seated(self.seat, of_placement)
        self.left = pool.left(self.talent, of_contract)
        had = old.periods if isinstance(old, ContractRow) and old.is_capped else []
        self.before = days_of(had)

    def problems(self, moved: int = 0) -> Iterator[Problem]:
        """Yield the first problem of each sort, were the attempt moved by so many days."""
        is_contract = self.kind in {"sign", "amend"}
        sorts = self._contract_sorts() if is_contract else self._booking_sorts()
        wanted = days_of(self.asked, moved)
        concerned = [
            day for day in range(DAYS) if wanted[day] or (is_contract and self.placed[day])
        ]
        for sort in sorts:
            found = (problem for day in concerned if (problem := sort(day, wanted[day])))
            yield from islice(found, 1)

    def fits_on(self) -> int | None:
        """Try one day after the other."""
        found = next((moved for moved in range(MOVES) if not any(self.problems(moved))), None)
        return None if found is None else self.asked[0][0] + found

    def _contract_sorts(self) -> list[Sort]:
        def overlap(day: int, share: Decimal) -> Problem | None:
            both = share and self.share[day]
            return ("ContractsOverlap", day, self.share[day]) if both else None

        def cap(day: int, share: Decimal) -> Problem | None:
            over = self.is_capped and share > max(self.left[day], self.before[day])
            return ("PoolOverbooked", day, (share - self.left[day]) / 100) if over else None

        def cover(day: int, share: Decimal) -> Problem | None:
            given = share + self.share[day]
            name = "PersonOverbooked" if given else "OutsideContract"
            missing = self.placed[day] - given
            return (name, day, missing) if missing > 0 else None

        return [overlap, cap, cover]

    def _booking_sorts(self) -> list[Sort]:
        is_reserve = self.kind == "confirm"

        def seat(day: int, share: Decimal) -> Problem | None:
            both = share and self.taken[day]
            return ("SeatTaken", day, self.taken[day]) if both else None

        def contract(day: int, share: Decimal) -> Problem | None:
            none = share and not self.share[day] and not is_reserve
            return ("OutsideContract", day, share) if none else None

        def room(day: int, share: Decimal) -> Problem | None:
            if is_reserve and not self.share[day]:
                over = share - self.left[day]
                return ("PoolOverbooked", day, over / 100) if share and over > 0 else None
            over = share + self.placed[day] - self.share[day]
            return ("PersonOverbooked", day, over) if share and over > 0 else None

        return [seat, contract, room]


@dataclass
class Verdict:
    """What the judge counted on one database."""

    attempts: int = 0
    accepted: int = 0
    overbooked_days: int = 0
    wrongly_refused: int = 0
    wrong_reasons: int = 0
    #: Rows in the final tables that the accepted attempts do not explain, or the reverse.
    differences: int = 0
    retried: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        wrong = self.overbooked_days, self.wrongly_refused, self.wrong_reasons, self.differences
        return not any(wrong)


def _overlap(one: Booked, other: Booked) -> bool:
    """Whether two stretches share a day; without an end they go on."""
    (first, last, _share), (its_first, its_last, _its_share) = one.stretch, other.stretch
    return its_first <= (last or DAYS) and first <= (its_last or DAYS)


class Judge:
    """Replays attempts in the order in which they were decided."""

    def __init__(self, proposals: dict[int, Booked], cap: Decimal) -> None:
        self.pool, self.verdict = Pool(cap), Verdict()
        self.proposals, self.tentative = proposals, set(proposals)
        self.broken: set[tuple[str, int, int]] = set()

    def hear(self, said: dict[str, Any]) -> None:
        """Judge one attempt, then let it take effect if it was accepted."""
        self.verdict.attempts += 1
        if said["outcome"] == "accepted":
            self.verdict.accepted += 1
            self._apply(said)
            self.broken |= self.pool.broken()
        elif said["outcome"] == "refused":
            self._judge(said)
        elif said["outcome"] == "promised":
            name = "SeatPromised"
            self.verdict.refused[name] = self.verdict.refused.get(name, 0) + 1
            self.verdict.wrongly_refused += not self._is_promised(said)
        else:
            name = "IllegalMove"
            self.verdict.refused[name] = self.verdict.refused.get(name, 0) + 1
            self.verdict.wrongly_refused += said["number"] in self.tentative

    def concluded(self, final: Pool) -> Verdict:
        """Compare the replay with what the tables hold, and count the days overbooked in either."""
        for mine, stored in (
            (self.pool.contracts, final.contracts),
            (self.pool.placements, final.placements),
            (self.pool.reserves, final.reserves),
        ):
            numbers = {*mine, *stored}
            self.verdict.differences += sum(mine.get(n) != stored.get(n) for n in numbers)
        self.verdict.overbooked_days = len(self.broken | final.broken())
        return self.verdict

    def _judge(self, said: dict[str, Any]) -> None:
        name, day, by = said["why"]
        self.verdict.refused[name] = self.verdict.refused.get(name, 0) + 1
        case = Case(self.pool, said, self.proposals)
        problems = list(case.problems())
        if not problems:
            self.verdict.wrongly_refused += 1
        elif (name, day, Decimal(by)) not in problems or said["fits_on"] != case.fits_on():
            self.verdict.wrong_reasons += 1

    def _apply(self, said: dict[str, Any]) -> None:
        number, kind = said["number"], said["kind"]
        if kind in {"sign", "amend"}:
            talent = said.get("talent") or self.pool.contracts[number].talent
            row = ContractRow(talent, said["is_capped"], periods_of(said))
            self.pool.contracts[number] = row
        elif kind == "confirm":
            self._confirm(number)
        else:
            old = self.pool.placements.get(number)
            talent, seat = (old.talent, old.seat) if old else (said["talent"], said["seat"])
            stretch = said["first"], said["last"], Decimal(said["share"])
            self.pool.placements[number] = Booked(talent, seat, stretch)
            if kind == "place":
                self._give_way(self.pool.placements[number])

    def _is_promised(self, said: dict[str, Any]) -> bool:
        """Whether the seat of an attempt is reserved for somebody else on some of its days."""
        if said["kind"] == "confirm":
            asked = self.proposals[said["number"]]
        else:
            stretch = said["first"], said["last"], Decimal(said["share"])
            asked = Booked(said["talent"], said["seat"], stretch)
        return any(
            held.seat == asked.seat and held.talent != asked.talent and _overlap(held, asked)
            for held in self.pool.reserves.values()
        )

    def _give_way(self, placed: Booked) -> None:
        """Let whoever is proposed for a seat that somebody now has wait no more."""
        for number in [*self.tentative, *self.pool.reserves]:
            other = self.proposals[number]
            if other.seat == placed.seat and _overlap(other, placed):
                self.tentative.discard(number)
                self.pool.reserves.pop(number, None)

    def _confirm(self, number: int) -> None:
        confirmed = self.proposals[number]
        if number not in self.tentative:
            self.verdict.differences += 1
        for other in [*self.tentative, *self.pool.reserves]:
            same = self.proposals[other].talent == confirmed.talent
            if same and _overlap(self.proposals[other], confirmed):
                self.tentative.discard(other)
                self.pool.reserves.pop(other, None)
        self.pool.reserves[number] = confirmed


PROPOSALS = "SELECT id, talent_id, seat_id, starts_on, ends_on, share_pct FROM proposal"
RESERVES = f"{PROPOSALS} WHERE status = 'confirmed'"
PLACEMENTS = (
    "SELECT id, talent_id, seat_id, starts_on, ends_on, share_pct FROM placement"
    " WHERE cancelled_at IS NULL"
)
PERIODS = "SELECT contract_id, starts_on, share_pct FROM contract_period"


def booked(connection: Connection, statement: str) -> dict[int, Booked]:
    """Read placements or proposals: dates may come as text, shares come in hundredths of a percent."""
    return {
        row.id: Booked(
            row.talent_id,
            row.seat_id,
            (
                number_of(row.starts_on) or 0,
                number_of(row.ends_on),
                Decimal(row.share_pct) / 100,
            ),
        )
        for row in connection.execute(text(statement))
    }


def final_pool(connection: Connection, cap: Decimal) -> Pool:
    """Read what the tables hold in the end."""
    pool = Pool(cap)
    shares: dict[int, list[Any]] = {}
    for row in connection.execute(text(PERIODS)):
        share = number_of(row.starts_on), Decimal(row.share_pct) / 100
        shares.setdefault(row.contract_id, []).append(share)
    for row in connection.execute(text("SELECT id, talent_id, employer, ends_on FROM contract")):
        said = {"shares": shares[row.id], "last": number_of(row.ends_on)}
        is_capped = row.employer == "agency"
        pool.contracts[row.id] = ContractRow(row.talent_id, is_capped, periods_of(said))
    pool.placements = booked(connection, PLACEMENTS)
    pool.reserves = booked(connection, RESERVES)
    return pool


def judged(url: str, cap: Decimal) -> Verdict:
    """Judge everything that was decided on the database at `url`."""
    engine = create_engine(url)
    with engine.connect() as connection:
        judge = Judge(booked(connection, PROPOSALS), cap)
        for row in connection.execute(text("SELECT said FROM attempt ORDER BY id")):
            judge.hear(json.loads(row.said))
        verdict = judge.concluded(final_pool(connection, cap))
    engine.dispose()
    return verdict
