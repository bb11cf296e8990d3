"""The shape of what the agency says when it cannot keep a promised day."""

from datetime import date

from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from talentpool.i18n import _
from talentpool.needs.promise_models import LONGEST_EXPLANATION
from talentpool.web.fields import DateField
from talentpool.web.forms import REQUIRED, Form


class DelayForm(Form):
    """Why, and when instead."""

    words = TextAreaField(
        _("Pourquoi faut-il plus de temps ?"),
        [DataRequired(REQUIRED), Length(max=LONGEST_EXPLANATION)],
        description=_("Le ministère lit vos mots tels quels, sur le site et par courriel."),
        render_kw={"rows": 5},
    )
    due_on = DateField(_("Nouvelle date promise"), [InputRequired(REQUIRED)])

    def validate_due_on(self, field: DateField) -> None:
        """Refuse to promise a day that has come."""
        if field.data and field.data <= date.today():
            raise ValidationError(_("Indiquez une date à venir."))
