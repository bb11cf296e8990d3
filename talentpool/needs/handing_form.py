"""The shape of handing a need over."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired

from talentpool.accounts.models import Account
from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, Form


class HandOverForm(Form):
    """Who will answer for the need."""

    owner = SelectField(
        _("Qui répond de ce besoin"),
        [InputRequired(REQUIRED)],
        choices=[],
        description=_(
            "La personne est prévenue ; les autres membres continuent de lire le besoin."
        ),
    )

    def __init__(self, members: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner.choices = choices(
            ((str(member.id), member.display_name) for member in members),
            empty=_("Choisir une personne"),
        )
