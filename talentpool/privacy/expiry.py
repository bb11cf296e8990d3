"""Rows that have a term of their own, whoever they are about and whatever became of them."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, delete, func, select

from talentpool.casework.models import Handover
from talentpool.db import Base, db
from talentpool.invitations.models import Invitation
from talentpool.journal import services as journal
from talentpool.placements.models import Absence
from talentpool.privacy.terms import months_after
from talentpool.talents.models import Talent

#: In months: after an absence, after an invitation that led to no profile, after work was taken back.
ABSENCE_MONTHS = 24
INVITATION_MONTHS = 24
HANDOVER_MONTHS = 12


@dataclass(frozen=True)
class Expired:
    """How many rows are past their term, by table."""

    absences: int
    invitations: int
    handovers: int

    @property
    def by_table(self) -> dict[str, int]:
        """The counts that are not nothing."""
        return {name: count for name, count in asdict(self).items() if count}

    @property
    def said(self) -> str:
        """The same, on one line: « 2 absences, 1 handovers »."""
        return ", ".join(f"{count} {name}" for name, count in self.by_table.items())


def expired(today: date) -> Expired:
    """Count what is past its term; nothing is written."""
    return Expired(
        **{
            name: db.session.scalar(select(func.count()).select_from(table).where(is_over)) or 0
            for name, (table, is_over) in _terms(today).items()
        }
    )


def forget_expired(today: date) -> Expired:
    """Delete what is past its term, and return how much; journaled by numbers."""
    found = expired(today)
    for table, is_over in _terms(today).values():
        db.session.execute(delete(table).where(is_over))
    if found.by_table:
        journal.record("privacy.expired", None, by=None, **found.by_table)
    return found


def _terms(today: date) -> dict[str, tuple[type[Base], ColumnElement[bool]]]:
    # Of whoever limits what is done with their profile, time deletes nothing (RGPD, art. 18).
    limited = select(Talent.id).where(Talent.restricted_at.is_not(None))
    sent_before = _instant(months_after(today, -INVITATION_MONTHS))
    taken_back_before = _instant(months_after(today, -HANDOVER_MONTHS))
    return {
        "absences": (
            Absence,
            (Absence.ends_on < months_after(today, -ABSENCE_MONTHS))
            & Absence.talent_id.not_in(limited),
        ),
        "invitations": (
            Invitation,
            Invitation.talent_id.is_(None) & (Invitation.sent_at < sent_before),
        ),
        # What is still lent stays, whenever it was: it must come back to whoever gave it.
        "handovers": (Handover, Handover.taken_back_at < taken_back_before),
    }


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
