"""How far the evaluations of files are, without a word or a score of what they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.admissions.models import Application, Screening, ScreeningState
from talentpool.db import db


@dataclass(frozen=True)
class Asked:
    """Of whom an evaluation is asked and whether it is in: nothing of what it says."""

    screening_id: int
    reviewer_id: int
    name: str
    state: ScreeningState
    due_on: date
    done_at: datetime | None

    def is_late_on(self, day: date) -> bool:
        """Whether it was promised for an earlier day, and is not in."""
        return self.state is ScreeningState.ASKED and self.due_on < day


@dataclass(frozen=True)
class Progress:
    """Who was asked to score a file, and how many are needed at least."""

    asked: list[Asked]
    needed: int

    @property
    def standing(self) -> list[Asked]:
        """Those that count: not of somebody who stepped aside."""
        return [one for one in self.asked if one.state is not ScreeningState.REPLACED]

    @property
    def in_count(self) -> int:
        """How many are in."""
        return sum(one.state is ScreeningState.DONE for one in self.asked)

    @property
    def asked_count(self) -> int:
        """How many there will be: those needed, or those asked for when they are more."""
        return max(self.needed, len(self.standing))

    @property
    def vacant(self) -> int:
        """How many are still to be entrusted to somebody."""
        return max(0, self.needed - len(self.standing))

    @property
    def are_all_in(self) -> bool:
        """Whether every evaluation that is needed or asked for is in."""
        return self.in_count >= self.asked_count

    def late_on(self, day: date) -> list[Asked]:
        """List those that were promised for an earlier day."""
        return [one for one in self.asked if one.is_late_on(day)]

    def is_scored_by(self, account_id: int | None) -> bool:
        """Whether somebody's evaluation counts, in or not."""
        return any(one.reviewer_id == account_id for one in self.standing)

    def asked_of(self, account_id: int | None) -> Asked | None:
        """Return what is asked of somebody and is not in yet."""
        mine = (one for one in self.standing if one.reviewer_id == account_id)
        return next((one for one in mine if one.state is ScreeningState.ASKED), None)


def progress_by_application(
    applications: Iterable[Application], *, needed: int
) -> dict[int, Progress]:
    """Map applications to how far their evaluations are, in one read for all."""
    found: dict[int, Progress] = {one.id: Progress([], needed) for one in applications}
    rows = db.session.execute(
        select(
            Screening.application_id,
            Screening.id,
            Screening.reviewer_id,
            Account.display_name,
            Screening.state,
            Screening.due_on,
            Screening.done_at,
        )
        .join(Account, Account.id == Screening.reviewer_id)
        .where(Screening.application_id.in_(found))
        .order_by(Screening.id)
    )
    for row in rows:
        found[row[0]].asked.append(Asked(*row[1:]))
    return found


def progress_of(application: Application, *, needed: int) -> Progress:
    """Return how far the evaluations of one file are."""
    return progress_by_application([application], needed=needed)[application.id]
