"""The shape of a message, of a question and of its answer."""

from typing import Any

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from talentpool.db import new_identifier
from talentpool.i18n import _
from talentpool.threads.models import LONGEST_MESSAGE, LONGEST_QUESTION
from talentpool.web.forms import REQUIRED, Form


class OnceForm(Form):
    """A form that knows itself again: sent twice, it writes once."""

    token = HiddenField(validators=[DataRequired(REQUIRED), Length(max=32)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.token.data = self.token.data or new_identifier()


class MessageForm(OnceForm):
    """A message to the other side of a need."""

    text = TextAreaField(
        _("Votre message"),
        [DataRequired(REQUIRED), Length(max=LONGEST_MESSAGE)],
        render_kw={"rows": 5},
    )


class QuestionForm(OnceForm):
    """A question on a published need."""

    text = TextAreaField(
        _("Votre question"),
        [DataRequired(REQUIRED), Length(max=LONGEST_QUESTION)],
        description=_(
            "Votre nom n’est montré à personne : ne l’écrivez pas. La réponse sera lue de toutes "
            "les personnes qui peuvent lire le besoin."
        ),
        render_kw={"rows": 4},
    )


class AnswerForm(Form):
    """The answer to a question."""

    text = TextAreaField(
        _("Votre réponse"),
        [DataRequired(REQUIRED), Length(max=LONGEST_MESSAGE)],
        description=_("Toutes les personnes qui peuvent lire le besoin liront votre réponse."),
        render_kw={"rows": 6},
    )
