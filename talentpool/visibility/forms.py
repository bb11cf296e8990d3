"""The shape of a pause and of a block."""

from wtforms import SelectField
from wtforms.validators import InputRequired, Optional

from talentpool.i18n import _
from talentpool.web.fields import DateField, choices, optional
from talentpool.web.forms import Form


class PauseForm(Form):
    """Until when, if one knows."""

    until = DateField(
        _("Jusqu’au"),
        [Optional()],
        description=_("Sans date, la pause dure jusqu’à ce que vous y mettiez fin."),
    )


class BlockForm(Form):
    """An administration to keep away from."""

    organisation = SelectField(
        _("Administration"),
        [InputRequired(_("Choisissez une administration."))],
        coerce=optional(int),
        description=_("La vôtre, par exemple. Tout ce qui en dépend est bloqué avec elle."),
    )

    def offer(self, known: list[tuple[int, str]]) -> None:
        """Offer the administrations that are known."""
        self.organisation.choices = choices(known, empty=_("Choisissez"))
