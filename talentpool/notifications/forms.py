"""The shape of what people say about their notifications."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from talentpool.i18n import _
from talentpool.notifications.models import Delivery
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, Form


class PreferenceForm(Form):
    """How one wants one's mails."""

    delivery = RadioField(
        _("Quels courriels voulez-vous recevoir ?"),
        [InputRequired(REQUIRED)],
        choices=choices((delivery.value, delivery.label) for delivery in Delivery),
    )
