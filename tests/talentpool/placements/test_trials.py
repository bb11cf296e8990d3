"""What if: tried on the ledger, which stays as it is."""

from datetime import date
from decimal import Decimal

from talentpool.placements.ledger import Entry, Ledger, PersonOverbooked, PoolOverbooked
from talentpool.placements.spans import Span
from talentpool.placements.trials import Trial, TrialKind, tried

DAY = date(2027, 1, 4)
LAST = date(2027, 11, 4)
CONTRACT = Entry(1, 7, Span(date(2026, 1, 1), date(2027, 12, 31), Decimal(80)))
PLACED = Entry(2, 7, Span(date(2026, 2, 1), date(2027, 6, 30), Decimal(50)), seat_id=3)
LEDGER = Ledger(Decimal(1), contracts=(CONTRACT,), placements=(PLACED,))


def test_a_placement_that_fits_moves_the_bench() -> None:
    outcome = tried(LEDGER, Trial(TrialKind.PLACE, Span(DAY, LAST, Decimal(30)), 7, 4))
    assert outcome.refused is None
    before, after = outcome.levels(DAY)
    assert (before.bench, after.bench) == (Decimal("0.3"), Decimal(0))
    assert LEDGER.placements == (PLACED,)


def test_what_breaks_says_when_it_would_fit() -> None:
    outcome = tried(LEDGER, Trial(TrialKind.PLACE, Span(DAY, date(2027, 3, 1), Decimal(40)), 7, 4))
    assert isinstance(outcome.refused, PersonOverbooked)
    assert (outcome.refused.by, outcome.refused.fits_on) == (Decimal(10), date(2027, 7, 1))


def test_an_extension_does_not_stand_in_its_own_way() -> None:
    span = Span(PLACED.span.starts_on, date(2027, 12, 31), Decimal(80))
    outcome = tried(LEDGER, Trial(TrialKind.EXTEND, span, 7, 3, placement_id=2))
    assert outcome.refused is None
    assert len(outcome.after.placements) == 1


def test_a_hire_is_held_to_the_cap() -> None:
    outcome = tried(LEDGER, Trial(TrialKind.HIRE, Span(DAY, LAST, Decimal(50))))
    assert isinstance(outcome.refused, PoolOverbooked)
    assert outcome.refused.by == Decimal("0.3")
    assert outcome.refused.fits_on == date(2028, 1, 1)
    assert outcome.levels(DAY)[1].free == Decimal("-0.3")
