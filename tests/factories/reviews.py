"""Makers of evaluations."""

from datetime import date
from typing import Any

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.reviews.criteria import Criterion, Family
from talentpool.reviews.models import Advice, NeedReview
from talentpool.reviews.services import Judgement, assign_reviewer, submit_review
from tests.factories.accounts import make_account
from tests.factories.needs import make_need

TODAY = date(2026, 12, 1)


def make_judgement(
    score: int = 3, *, words: str = "Solide.", advice: Advice = Advice.APPROVE
) -> Any:
    """Make an evaluation that scores all alike."""
    return Judgement(dict.fromkeys(Criterion, score), dict.fromkeys(Family, words), advice)


def make_review(
    need: Need | None = None,
    *,
    reviewer: Account | None = None,
    needed: int = 1,
    judgement: Judgement | None = None,
) -> NeedReview:
    """Ask somebody new to evaluate a need under review, and take their judgement in if one is given."""
    review = assign_reviewer(
        need or make_need(status=NeedStatus.IN_REVIEW),
        reviewer or make_account(),
        needed=needed,
        today=TODAY,
        by=None,
    )
    if judgement:
        submit_review(review, judgement, needed=needed, by=review.reviewer)
    db.session.commit()
    return review
