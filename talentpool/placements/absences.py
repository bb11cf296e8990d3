"""Noting when somebody is away."""

from dataclasses import dataclass
from datetime import date

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.placements.contracts import refresh_status
from talentpool.placements.kinds import AbsenceKind, Half
from talentpool.placements.models import Absence
from talentpool.talents.models import Talent


class EmptyAbsence(Exception):
    """The absence would end before it starts, to the half-day."""


@dataclass(frozen=True)
class Away:
    """What an absence says: from a half-day to a half-day, both missed."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date
    starts_half: Half = Half.MORNING
    ends_half: Half = Half.AFTERNOON

    def check(self) -> None:
        """Raise `EmptyAbsence` if no half-day is missed."""
        is_backwards = self.starts_half is Half.AFTERNOON and self.ends_half is Half.MORNING
        if self.ends_on < self.starts_on or (self.ends_on == self.starts_on and is_backwards):
            raise EmptyAbsence


def note_absence(talent: Talent, away: Away, *, today: date, by: Account | None) -> Absence:
    """Store an absence; raises `EmptyAbsence`. Nobody is refused an absence: placements stay."""
    away.check()
    absence = Absence(talent=talent, **vars(away))
    db.session.add(absence)
    refresh_status(talent, today=today)
    journal.record("absence.noted", absence, by=by, talent=talent.id, **_facts(away))
    return absence


def change_absence(absence: Absence, away: Away, *, today: date, by: Account | None) -> None:
    """Change the days of an absence; raises `EmptyAbsence`."""
    away.check()
    if all(getattr(absence, name) == value for name, value in vars(away).items()):
        return
    for name, value in vars(away).items():
        setattr(absence, name, value)
    refresh_status(absence.talent, today=today)
    journal.record("absence.changed", absence, by=by, **_facts(away))


def remove_absence(absence: Absence, *, today: date, by: Account | None) -> None:
    """Take an absence back."""
    talent = absence.talent
    db.session.delete(absence)
    refresh_status(talent, today=today)
    journal.record("absence.removed", absence, by=by, talent=talent.id)


def _facts(away: Away) -> dict[str, str]:
    return {
        "starts_on": away.starts_on.isoformat(),
        "starts_half": away.starts_half.value,
        "ends_on": away.ends_on.isoformat(),
        "ends_half": away.ends_half.value,
    }
