"""What if: a placement, an extension or a hire tried on the ledger, and what it would move or break."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from talentpool.i18n import _
from talentpool.placements.ledger import Entry, Ledger, Level, Refused
from talentpool.placements.spans import Span

#: The number of an entry that no row has, and of a person whom nobody knows yet.
TRIED = 0


class TrialKind(StrEnum):
    """What may be tried."""

    PLACE = "placer"
    EXTEND = "prolonger"
    HIRE = "embaucher"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return TRIAL_LABELS[self]


TRIAL_LABELS = {
    TrialKind.PLACE: _("Placer quelqu’un sur un poste"),
    TrialKind.EXTEND: _("Prolonger un placement"),
    TrialKind.HIRE: _("Embaucher"),
}


@dataclass(frozen=True)
class Trial:
    """One entry that is not in the ledger; `placement_id` is what an extension would change."""

    kind: TrialKind
    span: Span
    talent_id: int = TRIED
    seat_id: int | None = None
    placement_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: the ledger as it would be, and why it is refused if it is."""

    trial: Trial
    before: Ledger
    after: Ledger
    refused: Refused | None

    def levels(self, day: date) -> tuple[Level, Level]:
        """Return the pool's figures on a day, before and after."""
        return next(self.before.levels(day, day)), next(self.after.levels(day, day))


def tried(ledger: Ledger, trial: Trial) -> Outcome:
    """Try something on a ledger, which stays as it is."""
    base = ledger
    if trial.placement_id is not None:
        base = ledger.without_placement(trial.placement_id)
    entry = Entry(TRIED, trial.talent_id, trial.span, trial.seat_id)
    if trial.kind is TrialKind.HIRE:
        after = replace(base, contracts=(*base.contracts, entry))
    else:
        after = replace(base, placements=(*base.placements, entry))
    try:
        _check(base, trial)
    except Refused as refused:
        return Outcome(trial, ledger, after, refused)
    return Outcome(trial, ledger, after, None)


def _check(base: Ledger, trial: Trial) -> None:
    if trial.kind is TrialKind.HIRE:
        base.check_contract(trial.talent_id, [trial.span], is_capped=True)
    elif trial.seat_id is not None:
        base.check_placement(trial.talent_id, trial.seat_id, trial.span)
