"""The shape of a setting on trial, and of one to keep."""

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import RangeInput

from matching import Mode
from talentpool.i18n import _
from talentpool.matches.presenting import CRITERIA
from talentpool.matches.settings import (
    DEFAULT,
    DEFAULT_FACTOR,
    DEFAULT_MODES,
    LARGEST_FACTOR,
    MODES,
    OFFERED,
    SLIDERS,
    STEP,
    BadSetting,
    Setting,
)
from talentpool.needs.models import NeedSeat
from talentpool.web.fields import MultiCheckboxField, choices
from talentpool.web.forms import REQUIRED, Form

_BOUNDS = _("Choisissez un nombre entre 0 et 200.")


class FactorField(IntegerField):
    """A whole percentage of a default weight, by tens, as a slider."""

    data: int | None
    widget = RangeInput(step=STEP)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the percentage, or say what one is."""
        try:
            super().process_formdata([value[:10] for value in valuelist])
        except ValueError as error:
            self.data = None
            raise ValueError(_BOUNDS) from error


def _is_by_tens(_form: Form, field: FactorField) -> None:
    if field.data is not None and field.data % STEP:
        raise ValidationError(_("Choisissez un multiple de 10."))


def _factor(slider: str) -> FactorField:
    bounds = NumberRange(0, LARGEST_FACTOR, message=_BOUNDS)
    return FactorField(SLIDERS[slider][1], [bounds, _is_by_tens], default=DEFAULT_FACTOR)


def _mode(criterion: str) -> RadioField:
    return RadioField(
        CRITERIA[criterion],
        # Not to mention a wished skill is never a no: it could list nobody apart.
        choices=choices(
            (mode.value, label)
            for mode, label in MODES.items()
            if (criterion, mode) != ("wished_skills", Mode.HARD)
        ),
        default=DEFAULT_MODES[criterion],
    )


class TrialForm(Form):
    """What is tried on a seat's ranking. An address may leave anything out: it is then the default."""

    headline = _factor("headline")
    skills = _factor("skills")
    experience = _factor("experience")
    presentation = _factor("presentation")
    essential = _factor("essential")
    criterion_family = _mode("family")
    criterion_dates = _mode("dates")
    criterion_share = _mode("share")
    criterion_place = _mode("place")
    criterion_wishes = _mode("wishes")
    criterion_wished_skills = _mode("wished_skills")
    criterion_skills = _mode("skills")
    required_skills = MultiCheckboxField(_("Compétences à mentionner"), choices=[])

    def offer(self, seat: NeedSeat) -> None:
        """Offer the skills that a seat asks for."""
        labels = dict.fromkeys(asked.label for asked in seat.skills)
        self.required_skills.choices = choices((label, label) for label in labels)

    def setting(self) -> Setting:
        """Return the setting that was entered."""
        return Setting(
            {slider: self[slider].data for slider in SLIDERS},
            {name: self[f"criterion_{name}"].data for name in OFFERED},
            tuple(self.required_skills.data or ()),
        )


def fields_of(setting: Setting, seat: NeedSeat) -> dict[str, Any]:
    """Return a setting as the form's fields, for an address or for hidden inputs.

    Skills that the seat doesn't ask for are left out; a setting that names none takes its musts.
    """
    asked = list(dict.fromkeys(one.label for one in seat.skills))
    musts = [one.label for one in seat.skills if one.is_must]
    fields: dict[str, Any] = {slider: setting.factor(slider) for slider in SLIDERS}
    fields |= {f"criterion_{name}": setting.mode(name) for name in OFFERED}
    chosen = [label for label in asked if label in setting.required_skills]
    fields["required_skills"] = (
        chosen if setting.mode("skills") != Mode.OFF else chosen or list(dict.fromkeys(musts))
    )
    return fields


class SaveForm(Form):
    """The name of a setting to keep, and who sees it."""

    name = StringField(_("Nom du réglage"), [InputRequired(REQUIRED), Length(max=80)])
    is_shared = BooleanField(_("Partager avec l’agence"))


def panel_of(seat: NeedSeat, written: Any) -> TrialForm:
    """Return the form that shows a kept setting; one that can't be read any more shows the default."""
    try:
        setting = Setting.from_json(written)
    except BadSetting:
        setting = DEFAULT
    form = TrialForm(formdata=None, data=fields_of(setting, seat), meta={"csrf": False})
    form.offer(seat)
    return form
