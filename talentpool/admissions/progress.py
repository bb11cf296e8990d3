"""How far the evaluations of files are, without a word or a score of what they say."""

from collections.abc import Iterable

from sqlalchemy import select

from talentpool.access import Permission
from talentpool.accounts.models import Account
from talentpool.admissions.models import Application, Screening
from talentpool.db import db
from talentpool.evaluations.progress import Progress, asked_of


def progress_by_application(
    applications: Iterable[Application], *, needed: int
) -> dict[int, Progress]:
    """Map applications to how far their evaluations are, in one read for all."""
    found: dict[int, Progress] = {one.id: Progress([], needed) for one in applications}
    # Columns, not rows that the session may hold: what somebody else just handed in is read as it stands.
    rows = db.session.execute(
        select(
            Screening.application_id,
            Account,
            Screening.id,
            Screening.state,
            Screening.due_on,
            Screening.done_at,
        )
        .join(Account, Account.id == Screening.reviewer_id)
        .where(Screening.application_id.in_(found))
        .order_by(Screening.id)
    )
    for application_id, reviewer, number, state, due_on, done_at in rows:
        asked = asked_of(
            reviewer,
            Permission.REVIEW_APPLICATIONS,
            number=number,
            state=state,
            due_on=due_on,
            done_at=done_at,
        )
        found[application_id].asked.append(asked)
    return found


def progress_of(application: Application, *, needed: int) -> Progress:
    """Return how far the evaluations of one file are."""
    return progress_by_application([application], needed=needed)[application.id]
