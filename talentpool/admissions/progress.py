"""How far the evaluations of files are, without a word or a score of what they say."""

from collections.abc import Iterable

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.admissions.models import Application, Screening
from talentpool.db import db
from talentpool.evaluations.progress import Asked, Progress


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
