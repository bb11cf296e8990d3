"""The shape of a contest, and of its answer."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from talentpool.contests.models import ANSWERS, LONGEST, Contest, ContestStatus, Request
from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, EditForm, Form


class ContestForm(Form):
    """What is contested, in one's own words, and what one asks for."""

    reading = SelectField(_("Ce que je conteste"), [Optional()], choices=[])
    words = TextAreaField(
        _("Ce qui n’est pas juste, ou ce que vous voulez comprendre"),
        [
            DataRequired(
                _("Dites en quelques mots ce qui n’est pas juste, ou ce que vous demandez.")
            ),
            Length(max=LONGEST),
        ],
        description=_("Une personne de l’agence vous lira. Aucun ministère ne le lira."),
        render_kw={"rows": 5},
    )
    asks = RadioField(
        _("Ce que je demande"),
        [InputRequired(REQUIRED)],
        choices=choices((one.value, one.label) for one in Request),
    )

    def offer(self, readings: list[str]) -> None:
        """Offer what was read, to point at one of it."""
        self.reading.choices = choices(((one, one) for one in readings), empty=_("L’ensemble"))


class AnswerForm(EditForm):
    """Yes or no, and the words that the person will read."""

    outcome = RadioField(
        _("La réponse"),
        [InputRequired(REQUIRED)],
        choices=choices(
            zip(
                (one.value for one in ANSWERS),
                (
                    _("Acceptée : ce qui était faux est corrigé"),
                    _("Non retenue : ce qui a été lu reste"),
                ),
                strict=True,
            )
        ),
    )
    reply = TextAreaField(
        _("Ce qui a été corrigé, ou pourquoi rien ne change"),
        [DataRequired(_("Écrivez à la personne ce qui change, ou pourquoi.")), Length(max=LONGEST)],
        description=_("La personne lira ces mots, avec votre nom."),
        render_kw={"rows": 5},
    )

    @property
    def is_accepted(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.outcome.data == ContestStatus.ACCEPTED.value)


def filled_answer(made: Contest, **formdata: None) -> AnswerForm:
    """Open the form on a contest, or on what was just typed over it."""
    answered = made.status in ANSWERS
    data = {
        "outcome": made.status.value if answered else None,
        "reply": made.answer,
        "version": str(made.version_id),
    }
    return AnswerForm(data=data, **formdata)
