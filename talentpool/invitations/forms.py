"""The shape of an invitation."""

from wtforms import EmailField

from talentpool.accounts.forms import EMAIL
from talentpool.i18n import _
from talentpool.web.forms import Form


class InvitationForm(Form):
    """Whom to write to."""

    email = EmailField(
        _("Adresse électronique de la personne"),
        EMAIL,
        description=_("Un lien y sera envoyé ; il sert une fois, pendant quatorze jours."),
        render_kw={"autocomplete": "off"},
    )
