"""The shape of a declaration."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import DataRequired, Optional

from talentpool.declarations.models import AgeBand, Gender
from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import Form

#: What stands for no answer, first among equals.
UNSAID = ("", _("Je ne souhaite pas répondre"))


class DeclarationForm(Form):
    """Two questions, neither of which asks for an answer, and one's agreement."""

    gender = RadioField(
        _("Vous êtes"),
        [Optional()],
        choices=choices([UNSAID, *((one.value, one.label) for one in Gender)]),
        default="",
    )
    age_band = RadioField(
        _("Votre âge"),
        [Optional()],
        choices=choices([UNSAID, *((one.value, one.label) for one in AgeBand)]),
        default="",
    )
    agreement = BooleanField(
        _("J’ai lu à quoi ces réponses servent, et j’accepte qu’elles soient comptées"),
        [DataRequired(_("Cochez la case : sans votre accord, rien n’est gardé."))],
    )

    def answers(self) -> dict[str, Any]:
        """Return the answers as the service takes them."""
        return {
            "gender": Gender(self.gender.data) if self.gender.data else None,
            "age_band": AgeBand(self.age_band.data) if self.age_band.data else None,
        }
