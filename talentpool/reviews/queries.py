"""Reading evaluations, the viewer first: nobody reads another's before all that are asked for are in."""

from dataclasses import dataclass

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.access import AGENCY, Permission, Viewer, allows
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.evaluations.progress import EvaluationState, Progress, asked_of
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.reviews.criteria import FAMILIES, STRONG, WEAK, Criterion, Family
from talentpool.reviews.models import Advice, NeedReview, ReviewWaiver

#: A need stands before its decision here: evaluations are blind.
UNDECIDED = frozenset(
    {NeedStatus.SUBMITTED, NeedStatus.IN_REVIEW, NeedStatus.COMPLEMENT_ASKED, NeedStatus.DRAFT}
)


@dataclass(frozen=True)
class Line:
    """One criterion, and what each evaluation gives it, in their order."""

    criterion: Criterion
    scores: list[int]

    @property
    def mean(self) -> float:
        """The mean of the scores."""
        return sum(self.scores) / len(self.scores)

    @property
    def spread(self) -> int:
        """How far apart the highest and the lowest stand."""
        return max(self.scores) - min(self.scores)


@dataclass(frozen=True)
class Comparison:
    """Evaluations side by side, what they come to, and what they recommend."""

    reviews: list[NeedReview]
    lines: dict[Family, list[Line]]

    def mean_of(self, family: Family) -> float:
        """Return the mean of a family’s scores, each criterion counting once."""
        lines = self.lines[family]
        return sum(line.mean for line in lines) / len(lines)

    @property
    def mean(self) -> float:
        """The mean of the four families, which weigh the same."""
        return sum(self.mean_of(family) for family in self.lines) / len(self.lines)

    @property
    def advice(self) -> Advice:
        """What is recommended: what all reviewers advise, else what the scores say."""
        given = {review.advice for review in self.reviews if review.advice}
        if len(given) == 1:
            return given.pop()
        if self.mean >= STRONG:
            return Advice.APPROVE
        return Advice.DECLINE if self.mean < WEAK else Advice.COMPLEMENT

    @property
    def is_unanimous(self) -> bool:
        """Whether all reviewers advise the same."""
        return len({review.advice for review in self.reviews}) == 1


def progress_of(need: Need, *, needed: int) -> Progress:
    """Return who was asked to evaluate a need and who has, without a word of what they say."""
    rows = db.session.execute(
        select(Account, NeedReview.id, NeedReview.state, NeedReview.due_on, NeedReview.done_at)
        .join(Account, Account.id == NeedReview.reviewer_id)
        .where(NeedReview.need_id == need.id)
        .order_by(NeedReview.id)
    )
    asked = [
        asked_of(
            reviewer,
            Permission.REVIEW_NEEDS,
            number=number,
            state=state,
            due_on=due_on,
            done_at=done_at,
        )
        for reviewer, number, state, due_on, done_at in rows
    ]
    return Progress(asked, needed)


def is_opened(need: Need) -> bool:
    """Tell whether evaluations of a need were laid side by side: whoever is awaited since closes nothing."""
    chosen = select(NeedReview.id).where(
        NeedReview.need_id == need.id, NeedReview.opened_at.is_not(None)
    )
    return db.session.scalar(chosen.limit(1)) is not None


def readable_reviews(viewer: Viewer, need: Need) -> Select[NeedReview]:
    """Select the evaluations of a need that the viewer may read: their own, and those that were opened.

    Whoever still has to write theirs reads none before; after the decision, all that are in are read.
    """
    chosen = (
        select(NeedReview)
        .options(
            joinedload(NeedReview.reviewer),
            selectinload(NeedReview.scores),
            selectinload(NeedReview.comments),
        )
        .where(NeedReview.need_id == need.id, NeedReview.state == EvaluationState.DONE)
        .order_by(NeedReview.id)
    )
    if not allows(viewer, Permission.REVIEW_NEEDS, need):
        return chosen.where(false())
    if need.status not in UNDECIDED:
        return chosen
    awaited = select(NeedReview.id).where(
        NeedReview.need_id == need.id,
        NeedReview.reviewer_id == viewer.id,
        NeedReview.state == EvaluationState.ASKED,
    )
    is_opened_to_viewer = NeedReview.opened_at.is_not(None) & ~awaited.exists()
    return chosen.where(is_opened_to_viewer | (NeedReview.reviewer_id == viewer.id))


def own_review(viewer: Viewer, review_id: int) -> NeedReview | None:
    """Return an evaluation that is asked of the viewer; None for somebody else's."""
    return db.session.scalar(
        select(NeedReview).where(NeedReview.id == review_id, NeedReview.reviewer_id == viewer.id)
    )


def comparison_of(viewer: Viewer, need: Need, *, needed: int) -> Comparison | None:
    """Lay a need's evaluations side by side, once the viewer may read all of them; None before."""
    reviews = list(db.session.scalars(readable_reviews(viewer, need)))
    progress = progress_of(need, needed=needed)
    if not reviews or len(reviews) < progress.in_count:
        return None
    if need.status in UNDECIDED and not is_opened(need):
        return None
    return compared(reviews)


def compared(reviews: list[NeedReview]) -> Comparison:
    """Lay evaluations side by side."""
    scores = [review.score_by_criterion for review in reviews]
    lines = {
        family: [Line(criterion, [given[criterion] for given in scores]) for criterion in criteria]
        for family, criteria in FAMILIES.items()
    }
    return Comparison(reviews, lines)


def possible_reviewers(need: Need) -> list[Account]:
    """List who of the agency may still be asked to evaluate a need, by name."""
    taken = select(NeedReview.reviewer_id).where(
        NeedReview.need_id == need.id, NeedReview.state != EvaluationState.RELEASED
    )
    chosen = select(Account).where(
        Account.role.in_(sorted(AGENCY)), Account.is_active, Account.id.not_in(taken)
    )
    return list(db.session.scalars(chosen.order_by(Account.display_name, Account.id)))


def waiver_of(need: Need) -> ReviewWaiver | None:
    """Return why a need was last taken on before its evaluations were in, if it was."""
    chosen = select(ReviewWaiver).where(ReviewWaiver.need_id == need.id)
    return db.session.scalars(chosen.order_by(ReviewWaiver.id.desc()).limit(1)).first()
