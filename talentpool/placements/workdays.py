"""Working days, for interventions counted in days: Mondays to Fridays, public holidays included.

Holidays are left in: an intervention agreed as ten days stays ten days whichever weeks it falls in.
"""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from talentpool.db import plain

_HUNDREDTH = Decimal("0.01")


def workdays(first: date, last: date) -> int:
    """Count the Mondays to Fridays from `first` to `last`, both included."""
    days = (last - first).days + 1
    weeks, rest = divmod(days, 7)
    tail = sum((first.weekday() + offset) % 7 < 5 for offset in range(rest))
    return weeks * 5 + tail


def share_of_days(half_days: int, first: date, last: date) -> Decimal:
    """Return the share of full time that so many half-days take, in hundredths of a percent.

    Rounded up, so that the days always fit in the share; over 100 when the period is too short.
    """
    exact = Decimal(half_days) * 50 / max(workdays(first, last), 1)
    return plain(exact.quantize(_HUNDREDTH, rounding=ROUND_CEILING))
