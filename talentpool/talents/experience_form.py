"""The shape of one experience as people type it."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from talentpool.i18n import _
from talentpool.talents.experiences import Told
from talentpool.talents.models import LONGEST_PROFILE_TEXT
from talentpool.talents.months import month_in_figures, month_of
from talentpool.web.forms import StepForm

NO_MONTH = _("Indiquez un mois et une année, comme 09/2021, ou une année seule.")


class MonthField(StringField):
    """A month, or a year alone, as people write it; data is « 2021-09 », empty when left so."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return month_in_figures(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the month, or say how to write one."""
        text = " ".join(valuelist).strip()
        self.data = ""
        if text:
            try:
                self.data = month_of(text)
            except ValueError as error:
                raise ValueError(NO_MONTH) from error


class ExperienceForm(StepForm):
    """One experience."""

    title = StringField(_("Fonction"), [Length(max=200)])
    organisation = StringField(_("Organisation"), [Optional(), Length(max=200)])
    started = MonthField(_("Début"), [Optional()], description=_("Par exemple 09/2021, ou 2021."))
    ended = MonthField(_("Fin"), [Optional()], description=_("Vide si vous y êtes encore."))
    text = TextAreaField(
        _("Ce que vous y avez fait, avec quoi"),
        [Optional(), Length(max=LONGEST_PROFILE_TEXT)],
        description=_("Le classement lit chaque mot : nommez les outils, le public, l’effet."),
        render_kw={"rows": 6},
    )

    def validate_title(self, field: StringField) -> None:
        """Ask for a function, an organisation or a text."""
        if not (field.data or self.organisation.data or self.text.data):
            raise ValidationError(_("Indiquez au moins une fonction, ou ce que vous avez fait."))

    def validate_ended(self, field: MonthField) -> None:
        """Refuse an end without a beginning, or before it."""
        if field.data and not self.started.data and not self.started.errors:
            raise ValidationError(_("Indiquez aussi le début, ou videz cette réponse."))
        # A year alone begins before its months and ends with the last of them.
        if field.data and self.started.data and f"{field.data}-99"[:7] < self.started.data:
            raise ValidationError(_("La fin doit venir après le début."))

    def told(self) -> Told:
        """Return what was typed."""
        return Told(**{name: self[name].data or "" for name in Told.__dataclass_fields__})


def filled_experience(told: Told, *, formdata: Any = None) -> ExperienceForm:
    """Open the form on an experience, or on what was just typed over it."""
    given = {} if formdata is not None else {"formdata": None}
    opened = ExperienceForm(data=vars(told), **given)
    if formdata is None:
        opened.version.data = opened.fingerprint
    return opened
