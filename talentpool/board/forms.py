"""The shape of a saved search of the board."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from talentpool.i18n import _
from talentpool.web.forms import REQUIRED, Form


class SearchForm(Form):
    """Under which name a search is kept."""

    query = HiddenField()
    name = StringField(
        _("Nom de la recherche"),
        [DataRequired(REQUIRED), Length(max=80)],
        description=_("Par exemple : cartographie près de Nîmes."),
    )
