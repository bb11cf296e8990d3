"""The shape of a saved search."""

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from talentpool.i18n import _
from talentpool.web.forms import REQUIRED, EditForm


class SearchForm(EditForm):
    """Under which name a search is kept, and for whom."""

    query = HiddenField()
    name = StringField(
        _("Nom de la recherche"),
        [DataRequired(REQUIRED), Length(max=80)],
        description=_("Par exemple : cartographes libres en janvier."),
    )
    is_shared = BooleanField(_("Montrer cette recherche à toute l’agence"))
