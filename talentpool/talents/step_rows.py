"""Rows of a profile's steps, one per language, thing studied or period, without a script."""

from typing import Any

from wtforms import FieldList, FormField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.utils import unset_value
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from talentpool.i18n import _
from talentpool.talents.languages import LANGUAGES
from talentpool.talents.values import LanguageLevel, PeriodKind
from talentpool.web.fields import DateField, OptionalIntegerField, ShareField, choices
from talentpool.web.forms import Form

LEVEL_NAMES = {
    LanguageLevel.A1: _("A1 – débutant"),
    LanguageLevel.A2: _("A2 – élémentaire"),
    LanguageLevel.B1: _("B1 – seuil"),
    LanguageLevel.B2: _("B2 – avancé"),
    LanguageLevel.C1: _("C1 – autonome"),
    LanguageLevel.C2: _("C2 – maîtrise, ou langue maternelle"),
}
LANGUAGE_CHOICES = choices(LANGUAGES.items(), empty=_("Choisir une langue"))
LEVEL_CHOICES = choices(
    ((level.value, name) for level, name in LEVEL_NAMES.items()), empty=_("Niveau inconnu")
)
MORE_ROWS = 2
KIND_CHOICES = choices([(PeriodKind.FREE, _("Libre")), (PeriodKind.AWAY, _("Absence"))])


class RowsField(FieldList):
    """Rows of one form, told by their first field: up to `max_entries`, or as many as are stored."""

    max_entries: int

    def __init__(
        self, row: type[PlainForm], label: str, *, max_entries: int, **kwargs: Any
    ) -> None:
        super().__init__(FormField(row), label, max_entries=max_entries, **kwargs)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the rows that are stored, all of them, or those that were typed over them."""
        if data is not unset_value:
            self.max_entries = max(self.max_entries, len(data or ()))
        super().process(formdata, data, extra_filters)

    def offer(self, least: int, *, more: bool) -> None:
        """Show that many empty rows at least, and some more when asked, as far as there is room."""
        empty = sum(1 for row in self if not next(iter(row.form)).data)
        wanted = max(0, least - empty) + (MORE_ROWS if more else 0)
        for _row in range(min(wanted, self.max_entries - len(self))):
            self.append_entry({})


class Row(Form):
    """A row of a step: it carries no token of its own."""

    class Meta(Form.Meta):
        """The step's own token serves."""

        csrf = False


class LanguageRow(Row):
    """A language that somebody speaks."""

    code = SelectField(_("Langue"), choices=LANGUAGE_CHOICES, validate_choice=False)
    level = SelectField(_("Niveau"), choices=LEVEL_CHOICES)


class EducationRow(Row):
    """Something that somebody studied."""

    title = StringField(_("Diplôme ou formation"), [Length(max=200)])
    school = StringField(_("Établissement"), [Length(max=200)])
    year = OptionalIntegerField(
        _("Année de fin"),
        [Optional(), NumberRange(1950, 2040, _("Indiquez une année, comme 2014."))],
    )

    def validate_title(self, field: Any) -> None:
        """Ask what was studied as soon as the row says something."""
        if not field.data and (self.school.data or self.year.data is not None):
            raise ValidationError(_("Indiquez le diplôme ou la formation, ou videz la ligne."))


class PeriodRow(Row):
    """Days during which somebody is free, or away."""

    starts_on = DateField(_("À partir du"), [Optional()])
    kind = SelectField(_("Vous serez"), choices=KIND_CHOICES, default=PeriodKind.FREE.value)
    ends_on = DateField(_("Jusqu’au"), [Optional()])
    share_pct = ShareField(_("Part de temps (en %)"), [Optional()], description="")

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a period that ends before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("La fin doit venir après le début."))
