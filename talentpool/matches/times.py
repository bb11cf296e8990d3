"""The time of a pool as a ranking reads it: what contracts prove, else what periods and absences claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching import Posting
from talentpool.placements.availability import availabilities, claimed_times
from talentpool.placements.ledger import Ledger


@dataclass(frozen=True)
class Time:
    """When somebody is free for a posting, for which share, and whether contracts say so."""

    available_from: date | None
    share_pct: int | None
    is_proven: bool


def times_for(
    people: Sequence[int],
    under_contract: Sequence[int],
    posting: Posting,
    as_of: date,
    *,
    ledger: Ledger | None = None,
) -> dict[int, Time]:
    """Map people to their time for a posting, but those whose profile's date and share say it all.

    The ledger knows nobody without a contract: it is asked about `under_contract` alone, and read once
    by whoever asks about many postings and gives it.
    """
    proven = availabilities(
        under_contract,
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        share_pct=posting.share_pct,
        today=as_of,
        ledger=ledger,
    )
    claimed = claimed_times(
        (number for number in people if number not in proven),
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        share_pct=posting.share_pct,
        today=as_of,
    )
    return {
        number: Time(one.available_from, one.share_pct, number in proven)
        for number, one in (claimed | proven).items()
    }
