"""The shape of what somebody says of a need."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from talentpool.i18n import _
from talentpool.interests.models import Interest, NotNowReason, Stance
from talentpool.interests.services import Word
from talentpool.web.fields import DateField, choices, optional
from talentpool.web.forms import REQUIRED, EditForm


class InterestForm(EditForm):
    """Interested or not now; and if not, why and until when."""

    stance = RadioField(
        _("Qu’en pensez-vous ?"),
        [InputRequired(REQUIRED)],
        choices=choices((one.value, one.label) for one in Stance),
    )
    reason = SelectField(
        _("Si ce n’est pas maintenant, pourquoi"),
        [Optional()],
        coerce=optional(NotNowReason),
        choices=choices(((one, one.label) for one in NotNowReason), empty=_("Choisissez")),
    )
    until = DateField(
        _("Pas avant le"), [Optional()], description=_("Si vous savez quand cela changera.")
    )
    note = TextAreaField(
        _("Un mot pour l’agence"),
        [Optional(), Length(max=1_000)],
        description=_("Elle seule le lira."),
        render_kw={"rows": 3},
    )

    def word(self) -> Word:
        """Return what was entered as the service takes it."""
        return Word(
            Stance(self.stance.data), self.reason.data, self.until.data, self.note.data or ""
        )


def filled_interest(said: Interest | None, **formdata: None) -> InterestForm:
    """Open the form on what was said before, or on what was just typed over it."""
    if said is None:
        return InterestForm(data={"version": ""}, **formdata)
    data = {
        "stance": said.stance.value,
        "reason": said.reason,
        "until": said.until,
        "note": said.note,
        "version": str(said.version_id),
    }
    return InterestForm(data=data, **formdata)
