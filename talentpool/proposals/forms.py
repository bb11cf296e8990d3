"""The shape of a proposal, and of a refusal."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from talentpool.i18n import _
from talentpool.proposals.models import DeclineReason, Side
from talentpool.talents.forms import person_choices
from talentpool.talents.models import Talent
from talentpool.web.fields import DateField, ExactShareField, choices, optional
from talentpool.web.forms import REQUIRED, Form


class ProposalForm(Form):
    """Who is proposed for a seat, when, and for which share."""

    talent = SelectField(_("Personne"), [InputRequired(REQUIRED)], coerce=optional(int), choices=[])
    starts_on = DateField(_("Premier jour"), [InputRequired(REQUIRED)])
    ends_on = DateField(_("Dernier jour"), [InputRequired(REQUIRED)])
    share_pct = ExactShareField(_("Part de temps plein"), [InputRequired(REQUIRED)])
    note = TextAreaField(
        _("Mot de l’agence"), [Optional(), Length(max=2_000)], render_kw={"rows": 3}
    )

    def offer(self, people: list[Talent]) -> None:
        """Offer people to propose."""
        self.talent.choices = person_choices(people)

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour vient après le premier."))


class DeclineForm(Form):
    """Who declines a proposal, and why."""

    side = SelectField(
        _("Qui refuse ?"), choices=choices((side.value, side.label) for side in Side)
    )
    reason = SelectField(
        _("Raison"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices(
            ((reason.value, reason.label) for reason in DeclineReason),
            empty=_("Choisir une raison"),
        ),
    )
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=2_000)],
        description=_("Des faits utiles : la personne pourra les lire."),
        render_kw={"rows": 3},
    )
