"""Reading applications, the viewer first: names from the interview on, evaluations once all are in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, false, func, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from talentpool.access import AGENCY, Permission, Viewer, allows
from talentpool.accounts.models import Account
from talentpool.admissions.comparing import Comparison, compared_by_application
from talentpool.admissions.lifecycle import newest_application
from talentpool.admissions.models import (
    Application,
    NameReading,
    Screening,
)
from talentpool.admissions.stages import NAMED, PENDING, Stage
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of

#: Stages at which the agency reads what reviewers wrote.
READABLE = PENDING | {Stage.ADMITTED, Stage.WAITING}


def applications(
    viewer: Viewer,
    *,
    stages: Collection[Stage] = (),
    looks: bool = False,
    by_rank: bool = False,
) -> Select[Application]:
    """Select the applications that the agency was handed, whoever waits longest first, or as ranked.

    `looks` adds those of which another look is asked to those of the stages.
    """
    order = Application.wait_rank if by_rank else Application.stage_since
    chosen = (
        select(Application)
        .options(joinedload(Application.talent), joinedload(Application.interview))
        .where(Application.submitted_at.is_not(None))
        .order_by(order, Application.id)
    )
    if not allows(viewer, Permission.READ_APPLICATIONS):
        return chosen.where(false())
    if not stages:
        return chosen
    is_there = Application.stage.in_(stages)
    return chosen.where(is_there | _awaits_look() if looks else is_there)


def counts_by_stage(viewer: Viewer) -> Counter[Stage]:
    """Count the applications that the agency was handed, by stage."""
    if not allows(viewer, Permission.READ_APPLICATIONS):
        return Counter()
    rows = db.session.execute(
        select(Application.stage, func.count())
        .where(Application.submitted_at.is_not(None))
        .group_by(Application.stage)
    )
    return Counter({row[0]: row[1] for row in rows})


def own_application(viewer: Viewer) -> tuple[Talent | None, Application | None]:
    """Return the viewer's own profile and their newest application, whichever there is."""
    talent = profile_of(viewer)
    return talent, newest_application(talent) if talent else None


def names_for(viewer: Viewer, found: Iterable[Application]) -> dict[int, str]:
    """Map applications to what the viewer calls their person: a name where it passed, else a code."""
    listed = list(found)
    read = select(NameReading.application_id).where(
        NameReading.account_id == viewer.id,
        NameReading.application_id.in_([one.id for one in listed]),
    )
    lifted = set(db.session.scalars(read))
    return {
        one.id: one.talent.label
        if not one.is_restricted and (one.is_named or (one.is_readable and one.id in lifted))
        else one.code
        for one in listed
    }


def name_readings(application: Application) -> list[NameReading]:
    """List who read the name before the interview, and why."""
    chosen = (
        select(NameReading)
        .where(NameReading.application_id == application.id)
        .options(joinedload(NameReading.account))
    )
    return list(db.session.scalars(chosen.order_by(NameReading.id)))


def reading_of(application: Application, account: Account) -> NameReading | None:
    """Return that somebody read the name before the interview; None when they did not."""
    return db.session.scalar(
        select(NameReading).filter_by(application_id=application.id, account_id=account.id)
    )


def readable_screenings(viewer: Viewer, *, of: Application | None = None) -> Select[Screening]:
    """Select the evaluations that the viewer may read: their own that are in, and all once all are in.

    Whoever still has to score a file reads none of its others, and nobody reads those of a file that is closed.
    """
    chosen = (
        select(Screening)
        .join(Screening.application)
        .where(Screening.state == EvaluationState.DONE)
        .options(selectinload(Screening.scores), joinedload(Screening.reviewer))
        .order_by(Screening.application_id, Screening.id)
    )
    if of is not None:
        chosen = chosen.where(Screening.application_id == of.id)
    if not allows(viewer, Permission.REVIEW_APPLICATIONS):
        return chosen.where(false())
    is_own = Screening.reviewer_id == viewer.id
    return chosen.where(_is_file_open(), is_own | _is_opened_to(viewer))


def looks_awaited(viewer: Viewer) -> list[Application]:
    """List the applications of which another look is asked."""
    found = applications(viewer).where(_awaits_look())
    return list(db.session.scalars(found).unique())


def is_under_way() -> ColumnElement[bool]:
    """Return the condition that an application waits for an answer: the first, a place, or another look."""
    return Application.stage.in_(PENDING | {Stage.WAITING}) | _is_look_due()


def _awaits_look() -> ColumnElement[bool]:
    return _is_look_due() & _is_unrestricted()


def _is_look_due() -> ColumnElement[bool]:
    return (
        (Application.stage == Stage.DECLINED)
        & Application.look_asked_at.is_not(None)
        & Application.look_answered_at.is_(None)
    )


def _is_file_open() -> ColumnElement[bool]:
    return (Application.stage.in_(READABLE) & _is_unrestricted()) | _awaits_look()


def _is_unrestricted() -> ColumnElement[bool]:
    return Application.talent.has(Talent.restricted_at.is_(None))


def _is_opened_to(viewer: Viewer) -> ColumnElement[bool]:
    """Whether all were in when this one was, and the viewer has none left to write on the file."""
    own = aliased(Screening)
    has_own_to_write = exists().where(
        own.application_id == Application.id,
        own.reviewer_id == viewer.id,
        own.state == EvaluationState.ASKED,
    )
    is_opened = Application.opened_at.is_not(None) & (Screening.done_at <= Application.opened_at)
    return is_opened & ~has_own_to_write if viewer.id else ~true()


def comparisons(viewer: Viewer, found: Sequence[Application]) -> dict[int, Comparison]:
    """Map applications to their evaluations side by side, where the viewer may read all of them."""
    numbers = [one.id for one in found if one.opened_at]
    by_application: dict[int, list[Screening]] = defaultdict(list)
    chosen = readable_screenings(viewer).where(
        Screening.application_id.in_(numbers), _is_opened_to(viewer)
    )
    for screening in db.session.scalars(chosen):
        by_application[screening.application_id].append(screening)
    return compared_by_application(by_application)


def own_screening(viewer: Viewer, screening_id: int) -> Screening | None:
    """Return an evaluation that is asked of the viewer; None for somebody else's."""
    return db.session.scalar(
        select(Screening).where(Screening.id == screening_id, Screening.reviewer_id == viewer.id)
    )


def screenings_to_write(viewer: Viewer) -> list[Screening]:
    """List what the viewer has still to score, the day that comes first on top."""
    chosen = (
        select(Screening)
        .join(Screening.application)
        .join(Application.talent)
        .options(joinedload(Screening.application))
        .where(
            Talent.restricted_at.is_(None),
            Screening.reviewer_id == viewer.id,
            Screening.state == EvaluationState.ASKED,
            Application.stage == Stage.IN_REVIEW,
        )
        .order_by(Screening.due_on, Screening.id)
    )
    return list(db.session.scalars(chosen))


def possible_reviewers(viewer: Viewer, application: Application) -> list[Account]:
    """List who of the agency the viewer may still ask to score a file, by name: nobody who read its person's.

    Once the evaluations are open, the viewer has them under their eyes, and is not offered either.
    """
    asked = select(Screening.reviewer_id).where(
        Screening.application_id == application.id, Screening.state != EvaluationState.RELEASED
    )
    read = select(NameReading.account_id).where(NameReading.application_id == application.id)
    apart = {*db.session.scalars(asked), *db.session.scalars(read)}
    if application.opened_at is not None:
        apart.add(viewer.id or 0)
    return [one for one in team() if one.id not in apart]


def team() -> list[Account]:
    """List the agency's active accounts by name."""
    chosen = select(Account).where(Account.role.in_(sorted(AGENCY)), Account.is_active)
    return list(db.session.scalars(chosen.order_by(Account.display_name, Account.id)))


def accounts_numbered(numbers: Collection[int]) -> list[Account]:
    """List the accounts of some numbers."""
    chosen = select(Account).where(Account.id.in_(numbers))
    return list(db.session.scalars(chosen.order_by(Account.display_name, Account.id)))


def places_on_waiting_list() -> dict[int, int]:
    """Map those on the waiting list to their place, from 1: whoever left it leaves no hole."""
    line = select(Application.id).where(Application.stage == Stage.WAITING)
    found = db.session.scalars(line.order_by(Application.wait_rank, Application.id))
    return {number: place for place, number in enumerate(found, start=1)}


def places_over(viewer: Viewer, today: date) -> list[Application]:
    """List the places on the waiting list whose day has passed, on which somebody has to decide."""
    found = applications(viewer, stages={Stage.WAITING}, by_rank=True).where(
        Application.waits_until < today, _is_unrestricted()
    )
    return list(db.session.scalars(found).unique())


def is_name_open(viewer: Viewer, application: Application) -> bool:
    """Whether the viewer reads the name."""
    if application.stage in NAMED:
        return True
    return names_for(viewer, [application])[application.id] != application.code
