"""The shape of what the administration types about families and skills."""

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from talentpool.i18n import _
from talentpool.web.fields import LinesField
from talentpool.web.forms import REQUIRED, EditForm

ALIASES = _("Un nom par ligne : synonymes, abréviations, noms d’outils, en français et en anglais.")


class FamilyForm(EditForm):
    """Names of a job family."""

    label_fr = StringField(_("Intitulé en français"), [DataRequired(REQUIRED), Length(max=80)])
    label_en = StringField(_("Intitulé en anglais"), [DataRequired(REQUIRED), Length(max=80)])
    aliases = LinesField(_("Autres noms reconnus"), description=ALIASES)


class SkillForm(EditForm):
    """Names of a skill, and whether it is still offered."""

    label_fr = StringField(_("Intitulé en français"), [DataRequired(REQUIRED), Length(max=120)])
    label_en = StringField(_("Intitulé en anglais"), [DataRequired(REQUIRED), Length(max=120)])
    aliases = LinesField(_("Autres noms reconnus"), description=ALIASES)
    is_retired = BooleanField(
        _("Ne plus proposer cette compétence"),
        description=_("Elle reste sur les profils qui la portent."),
    )
