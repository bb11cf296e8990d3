"""Asking for evaluations, taking them in, and taking a need on once they are, or knowingly before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.access import Permission, allows
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.evaluations.progress import EvaluationState, Progress, ReleaseReason
from talentpool.i18n import _, date_in_figures
from talentpool.journal import services as journal
from talentpool.needs import lifecycle
from talentpool.needs.lifecycle import when_moved
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.stages import Move, NeedStatus
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.reviews.criteria import Criterion, Family
from talentpool.reviews.models import (
    Advice,
    Conflict,
    NeedReview,
    ReviewComment,
    ReviewScore,
    ReviewWaiver,
    WaiverReason,
)
from talentpool.reviews.queries import is_opened, progress_of

#: How long a reviewer has.
PROMISED = timedelta(days=10)
MOST_REVIEWERS = 3
ASKED, RELEASED = "review.asked", "review.released"

register(
    ASKED,
    subject=_("À évaluer avant le %(limit)s : %(need)s"),
    sentence=_(
        "On vous confie l’évaluation du besoin « %(need)s ». Rendez-la avant le %(limit)s, sans "
        "en parler aux autres personnes qui l’évaluent, ou dites que vous ne pouvez pas en juger."
    ),
)
register(
    RELEASED,
    subject=_("Rien à faire : votre évaluation de « %(need)s » n’est plus attendue"),
    sentence=_(
        "L’agence n’attend plus votre évaluation du besoin « %(need)s », pour que le ministère ait "
        "sa réponse. Ce que vous en aviez écrit est effacé."
    ),
)


class NotInReview(Exception):
    """Only a need under review is evaluated."""


class NotAReviewer(Exception):
    """Only active accounts of the agency evaluate needs."""


class AlreadyReviewer(Exception):
    """The person evaluates this need already, or stepped aside from it."""


class EnoughReviewers(Exception):
    """The need has all the reviewers that it takes, or all their evaluations are in and have been read."""


class ReviewClosed(Exception):
    """All evaluations are in and have been read, or the need has moved on: this one no longer changes."""


class ReviewsMissing(Exception):
    """The need is taken on once its evaluations are in, or with a stated reason."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress.in_count, progress.asked_count)
        self.progress = progress


@dataclass(frozen=True)
class Judgement:
    """All that an evaluation says."""

    scores: Mapping[Criterion, int]
    comments: Mapping[Family, str]
    advice: Advice


def assign_reviewer(
    need: Need, reviewer: Account, *, needed: int, today: date, by: Account | None
) -> NeedReview:
    """Ask somebody of the agency to evaluate a need within ten days, and tell them unless they took it.

    Who was released may be asked again, and writes from the start.

    Raises `NotInReview`, `NotAReviewer`, `AlreadyReviewer` or `EnoughReviewers`.
    """
    _lock(need)
    if need.status is not NeedStatus.IN_REVIEW:
        raise NotInReview
    if not reviewer.is_active or not allows(reviewer, Permission.REVIEW_NEEDS, need):
        raise NotAReviewer
    progress = progress_of(need, needed=needed)
    earlier = db.session.scalar(
        select(NeedReview).filter_by(need_id=need.id, reviewer_id=reviewer.id)
    )
    if earlier is not None and earlier.state is not EvaluationState.RELEASED:
        raise AlreadyReviewer
    is_read = progress.are_all_in or is_opened(need)
    if is_read or len(progress.standing) >= MOST_REVIEWERS:
        raise EnoughReviewers
    review = earlier or NeedReview(need=need, reviewer=reviewer)
    review.state = EvaluationState.ASKED
    review.assigned_by_id = by.id if by else None
    review.due_on = today + PROMISED
    db.session.add(review)
    db.session.flush()
    journal.record("review.assigned", review, by=by, need=need.id, reviewer=reviewer.id)
    if by is None or by.id != reviewer.id:
        _tell_asked(review)
    return review


def submit_review(
    review: NeedReview, judgement: Judgement, *, needed: int, by: Account | None
) -> None:
    """Take an evaluation in, or again, as long as nobody else has read it; raises `ReviewClosed`."""
    _lock(review.need)
    _check_open(review, needed)
    # What was said before goes first: one score for each criterion is all that the table takes.
    review.scores, review.comments = [], []
    db.session.flush()
    review.scores = [
        ReviewScore(criterion=criterion, score=judgement.scores[criterion])
        for criterion in Criterion
    ]
    review.comments = [
        ReviewComment(family=family, text=judgement.comments[family]) for family in Family
    ]
    review.advice = judgement.advice
    review.state = EvaluationState.DONE
    review.done_at = now()
    db.session.flush()
    journal.record("review.submitted", review, by=by, need=review.need_id)
    _open_if_all_in(review.need, needed)


def step_aside(
    review: NeedReview,
    conflict: Conflict,
    *,
    replacement: Account | None,
    needed: int,
    today: date,
    by: Account | None,
) -> NeedReview | None:
    """Note that somebody cannot judge a need, forget what they said of it, and ask somebody else if known.

    Raises `ReviewClosed`, and what `assign_reviewer` raises.
    """
    _lock(review.need)
    _check_open(review, needed)
    review.state = EvaluationState.REPLACED
    review.conflict = conflict
    review.scores, review.comments, review.advice, review.done_at = [], [], None, None
    db.session.flush()
    journal.record(
        "review.stepped_aside", review, by=by, need=review.need_id, conflict=conflict.value
    )
    # One who was asked besides leaves: the others may be all that is needed.
    if _open_if_all_in(review.need, needed) or replacement is None:
        return None
    return assign_reviewer(review.need, replacement, needed=needed, today=today, by=by)


def release(review: NeedReview, reason: ReleaseReason, *, needed: int, by: Account) -> None:
    """Wait no more for an evaluation that is not in, and tell its reviewer; the minimum is still asked for.

    Raises `ReviewClosed` for one that is in, or that nobody waits for.
    """
    _lock(review.need)
    db.session.refresh(review)
    is_asked = review.state is EvaluationState.ASKED
    if not is_asked or review.need.status is not NeedStatus.IN_REVIEW:
        raise ReviewClosed
    review.state = EvaluationState.RELEASED
    review.scores, review.comments, review.advice = [], [], None
    db.session.flush()
    journal.record("review.released", review, by=by, need=review.need_id, reason=reason.value)
    notify(
        review.reviewer,
        kind=RELEASED,
        params={"need": review.need.title},
        url_path=f"/besoins/{review.need_id}/evaluations",
        once=f"{RELEASED}:{review.id}:{now():%Y%m%d%H%M%S%f}",
        subject=review,
    )
    _open_if_all_in(review.need, needed)


def open_read_needs(*, needed: int) -> int:
    """Open the evaluations of which all that can still come is in, whoever was awaited having left.

    Returns of how many needs it opened any.
    """
    closed = select(NeedReview.need_id).where(
        NeedReview.state == EvaluationState.DONE, NeedReview.opened_at.is_(None)
    )
    chosen = select(Need).where(Need.status == NeedStatus.IN_REVIEW, Need.id.in_(closed))
    opened = 0
    for need in db.session.scalars(chosen.order_by(Need.id)).all():
        _lock(need)
        opened += need.status is NeedStatus.IN_REVIEW and _open_if_all_in(need, needed)
    return opened


def _open_if_all_in(need: Need, needed: int) -> bool:
    """Lay the evaluations of a need open once all are in, for good; tell whether they are."""
    if not progress_of(need, needed=needed).are_all_in:
        return False
    given = select(NeedReview).where(
        NeedReview.need_id == need.id,
        NeedReview.state == EvaluationState.DONE,
        NeedReview.opened_at.is_(None),
    )
    for review in db.session.scalars(given).all():
        review.opened_at = now()
    db.session.flush()
    return True


def approve_need(
    need: Need, *, needed: int, by: Account | None, without: WaiverReason | None = None
) -> NeedMove:
    """Take a need on once its evaluations are in; `without` says why before, and is kept.

    Raises `ReviewsMissing`, and what `lifecycle.approve_need` raises.
    """
    _lock(need)
    progress = progress_of(need, needed=needed)
    is_early = need.status is NeedStatus.IN_REVIEW and not progress.are_all_in
    if is_early and without is None:
        raise ReviewsMissing(progress)
    made = lifecycle.approve_need(need, by=by)
    if is_early and without is not None:
        waiver = ReviewWaiver(
            need=need,
            reason=without,
            in_count=progress.in_count,
            asked_count=progress.asked_count,
            waived_by_id=by.id if by else None,
        )
        db.session.add(waiver)
        db.session.flush()
        journal.record(
            "review.waived",
            waiver,
            by=by,
            need=need.id,
            reason=without.value,
            seen=progress.in_count,
        )
    return made


def _check_open(review: NeedReview, needed: int) -> None:
    is_over = review.need.status is not NeedStatus.IN_REVIEW
    are_all_in = progress_of(review.need, needed=needed).are_all_in
    # Whoever is awaited again, their account having been opened anew, lets nobody rewrite what was read.
    was_read = review.state is EvaluationState.DONE and is_opened(review.need)
    if is_over or are_all_in or was_read or review.state.is_left:
        raise ReviewClosed


def _tell_asked(review: NeedReview) -> None:
    notify(
        review.reviewer,
        kind=ASKED,
        params={"need": review.need.title, "limit": date_in_figures(review.due_on)},
        url_path=f"/evaluations/{review.id}",
        once=f"{ASKED}:{review.id}:{now():%Y%m%d%H%M%S%f}",
        due_on=review.due_on,
        subject=review,
    )


def _ask_again(made: NeedMove, by: Account | None) -> None:
    """Ask for the evaluations again once their need has changed: they were about another text."""
    if made.move not in (Move.COMPLETE, Move.REOPEN):
        return
    given = select(NeedReview).where(
        NeedReview.need_id == made.need_id, NeedReview.state == EvaluationState.DONE
    )
    for review in db.session.scalars(given).all():
        review.state = EvaluationState.ASKED
        review.done_at = review.opened_at = None
        review.due_on = date.today() + PROMISED
        journal.record("review.asked_again", review, by=by, need=made.need_id)
        _tell_asked(review)


when_moved.append(_ask_again)


def _lock(need: Need) -> None:
    """Wait for whoever judges the same need, then read it as they left it."""
    db.session.flush()
    db.session.refresh(need, with_for_update=True)
