"""What people did with what the ranking proposed: whom they took, moved, brought back, refused."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.order_models import OrderReason
from talentpool.oversight.facts import Answered, Facts, Pair, Place

#: Under so many cases a percentage would say more than is known.
FEWEST = 5
#: The bands in which ranks are counted, and the last rank of each.
BANDS = {"1": 1, "2-3": 3, "4-10": 10, "11+": None}
APART, UNRANKED = "apart", "unranked"
#: How many of the most proposed people are looked at together.
MOST_PROPOSED = 5


@dataclass(frozen=True)
class Portion:
    """So many out of so many."""

    count: int
    out_of: int

    @property
    def percent(self) -> int | None:
        """The whole percentage, None under five cases."""
        return round(Fraction(100 * self.count, self.out_of)) if self.out_of >= FEWEST else None


def band_of(place: Place | None) -> str:
    """Return the band of a place: by rank in the list, apart from it, or not ranked."""
    if place is None:
        return UNRANKED
    if place.misses:
        return APART
    return next(band for band, last in BANDS.items() if last is None or place.rank <= last)


def first_shortlisted(facts: Facts) -> Portion:
    """Of the seats with a shortlist made on a ranking, those that have its first person in it."""
    return _first((one.pair, facts.place(one.pair, one.run)) for one in facts.shortlisted)


def first_chosen(facts: Facts) -> Portion:
    """Of the seats for which somebody ranked was chosen, those that chose the first person."""
    return _first((one.pair, facts.place(one.pair, one.run)) for one in facts.chosen)


def _first(placed: Iterable[tuple[Pair, Place | None]]) -> Portion:
    seats: dict[int, bool] = {}
    for pair, place in placed:
        if place is not None:
            is_first = place.rank == 1 and not place.misses
            seats[pair.seat] = seats.get(pair.seat, False) or is_first
    return Portion(sum(seats.values()), len(seats))


def bands(facts: Facts) -> list[tuple[str, Portion, Portion]]:
    """Count who was shortlisted, and who was chosen, by the band of their rank.

    Portions are of the people who were ranked: the others say nothing of the ranking.
    """
    taken = Counter(band_of(facts.place(one.pair, one.run)) for one in facts.shortlisted)
    chosen = Counter(band_of(facts.place(one.pair, one.run)) for one in facts.chosen)
    of_taken = taken.total() - taken[UNRANKED]
    of_chosen = chosen.total() - chosen[UNRANKED]
    found = [
        (band, Portion(taken[band], of_taken), Portion(chosen[band], of_chosen))
        for band in (*BANDS, APART)
    ]
    return [*found, (UNRANKED, Portion(taken[UNRANKED], 0), Portion(chosen[UNRANKED], 0))]


@dataclass
class Return:
    """How many were brought back for one reason though they missed one criterion, and what came of it."""

    brought_back: int = 0
    shortlisted: int = 0
    chosen: int = 0


def returns(facts: Facts) -> tuple[dict[tuple[str, ReasonCode], Return], Portion]:
    """Count by criterion and reason who was brought back; and of all people decided about, how many were.

    Somebody who missed two criteria counts under both, and once in the portion. A return that was undone
    is none.
    """
    found: dict[tuple[str, ReasonCode], Return] = defaultdict(Return)
    holding = facts.holding
    chosen = {one.pair for one in facts.chosen}
    back = {one.pair: one for one in facts.decisions if one.verdict is Verdict.BROUGHT_BACK}
    kept = {p: one for p, one in back.items() if holding[p].verdict is not Verdict.UNDONE}
    for pair, one in sorted(kept.items()):
        place = facts.place(pair, one.run)
        for criterion in place.misses.split() if place and place.misses else [""]:
            line = found[criterion, one.reason]
            line.brought_back += 1
            line.shortlisted += holding[pair].verdict is Verdict.SHORTLISTED
            line.chosen += pair in chosen
    decided = [p for p, one in holding.items() if one.verdict is not Verdict.UNDONE]
    return dict(found), Portion(len(kept), len(decided))


@dataclass(frozen=True)
class Reordering:
    """How often one reason changed an order, and how far people went: on average, and at most."""

    reason: OrderReason
    portion: Portion
    mean_places: Fraction
    most_places: int


def reorderings(facts: Facts) -> tuple[list[Reordering], Portion]:
    """Count the orders set by hand by reason; and of the seats with two people or more, those that had one.

    Who moved not at all is left out of the average.
    """
    by_reason: dict[OrderReason, list[list[int]]] = defaultdict(list)
    for order in facts.orders:
        by_reason[order.reason].append(order.moves)
    found = []
    for reason, orders in by_reason.items():
        moves = [places for order in orders for places in order if places]
        average = Fraction(mean(map(Fraction, moves))) if moves else Fraction(0)
        portion = Portion(len(orders), len(facts.orders))
        found.append(Reordering(reason, portion, average, max(moves, default=0)))
    found.sort(key=lambda one: (-one.portion.count, one.reason))
    people = Counter(one.pair.seat for one in facts.shortlisted)
    changed = {order.seat for order in facts.orders}
    several = {seat for seat, count in people.items() if count > 1} | changed
    return found, Portion(len(changed), len(several))


def verdicts(facts: Facts) -> list[tuple[Verdict, ReasonCode, Portion]]:
    """Count the agency's decisions by verdict and reason; the portion is of the same verdict."""
    counted = Counter((one.verdict, one.reason) for one in facts.decisions)
    totals = Counter(one.verdict for one in facts.decisions)
    order = list(Verdict)
    return [
        (verdict, reason, Portion(count, totals[verdict]))
        for (verdict, reason), count in sorted(
            counted.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1])
        )
    ]


def answers(facts: Facts) -> list[tuple[Answered, Portion]]:
    """Count each side's answers by question and reason; the portion is of the same answer."""
    counted = Counter(facts.answers)
    totals = Counter(one[:3] for one in facts.answers)
    return [
        (one, Portion(count, totals[one[:3]]))
        for one, count in sorted(
            counted.items(),
            key=lambda item: (
                item[0].side,
                item[0].question or "~",
                not item[0].is_yes,
                -item[1],
                item[0].reason,
            ),
        )
    ]


@dataclass(frozen=True)
class Concentration:
    """How unequally proposals fall: what the five most proposed have, and people by times proposed."""

    top: Portion
    people: int
    by_times: dict[int, int]


def concentration(facts: Facts) -> Concentration:
    """Measure how concentrated a period's proposals are."""
    times = Counter(facts.proposed)
    top = sum(count for _talent, count in times.most_common(MOST_PROPOSED))
    by_times = Counter(times.values())
    return Concentration(
        Portion(top, len(facts.proposed)), len(times), dict(sorted(by_times.items()))
    )
