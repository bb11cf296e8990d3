"""The shape of what people say about their notifications."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from talentpool.i18n import _
from talentpool.notifications.kinds import Group
from talentpool.notifications.models import Delivery
from talentpool.web.fields import MultiCheckboxField, choices
from talentpool.web.forms import REQUIRED, Form


class PreferenceForm(Form):
    """How one wants one's mails."""

    delivery = RadioField(
        _("Quels courriels voulez-vous recevoir ?"),
        [InputRequired(REQUIRED)],
        choices=choices((delivery.value, delivery.label) for delivery in Delivery),
    )
    groups = MultiCheckboxField(
        _("À propos de quoi ?"),
        description=_("Ce qui n’est pas coché reste sur le site, sans courriel."),
        choices=[],
    )

    def offer(self, groups: list[Group]) -> None:
        """Offer the groups that one may be told something of."""
        self.groups.choices = choices((group.value, group.label) for group in groups)
