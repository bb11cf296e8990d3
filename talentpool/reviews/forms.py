"""The shape of an evaluation, of whom it is asked, of stepping aside, and of doing without."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from talentpool.evaluations.forms import ReplacementForm
from talentpool.i18n import _
from talentpool.reviews.criteria import SCORE_LABELS, Criterion, Family
from talentpool.reviews.models import LONGEST_COMMENT, Advice, Conflict, NeedReview, WaiverReason
from talentpool.reviews.services import Judgement
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, Form

CHOOSE = _("Choisissez une réponse.")


class ReviewForm(Form):
    """Nine scores, a comment on each family, and an advice."""

    advice = RadioField(
        _("Votre avis"),
        [InputRequired(CHOOSE)],
        choices=choices((advice.value, advice.label) for advice in Advice),
    )

    def judgement(self) -> Judgement:
        """Return what was entered."""
        return Judgement(
            scores={criterion: int(self[criterion.value].data) for criterion in Criterion},
            comments={family: self[comment_name(family)].data for family in Family},
            advice=Advice(self.advice.data),
        )


def comment_name(family: Family) -> str:
    """Return the name of the field that comments on a family."""
    return f"{family.value}_comment"


for _criterion in Criterion:
    setattr(
        ReviewForm,
        _criterion.value,
        RadioField(
            _criterion.label,
            [InputRequired(CHOOSE)],
            choices=choices((str(score), label) for score, label in SCORE_LABELS.items()),
        ),
    )
for _family in Family:
    setattr(
        ReviewForm,
        comment_name(_family),
        TextAreaField(
            _("Ce qui fonde ces notes"),
            [DataRequired(REQUIRED), Length(max=LONGEST_COMMENT)],
            render_kw={"rows": 3},
        ),
    )


def filled_review(review: NeedReview) -> ReviewForm:
    """Open the form on an evaluation, or on what was just typed over it."""
    data: dict[str, Any] = {
        criterion.value: str(score) for criterion, score in review.score_by_criterion.items()
    }
    for family, text in review.comment_by_family.items():
        data[comment_name(family)] = text
    return ReviewForm(data=data | ({"advice": review.advice.value} if review.advice else {}))


class ConflictForm(ReplacementForm):
    """Why somebody steps aside, and who could replace them."""

    conflict = RadioField(
        _("Pourquoi ne pouvez-vous pas en juger ?"),
        [InputRequired(CHOOSE)],
        choices=choices((conflict.value, conflict.label) for conflict in Conflict),
    )


class WaiverForm(Form):
    """Why a need is taken on before its evaluations are in."""

    reason = RadioField(
        _("Pourquoi ne pas attendre ?"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices((reason.value, reason.label) for reason in WaiverReason),
    )
