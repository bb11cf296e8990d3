"""The shape of what the administration types about organisations."""

from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from talentpool.i18n import _
from talentpool.organisations.kinds import OrganisationKind
from talentpool.web.fields import DateField, LinesField, choices
from talentpool.web.forms import REQUIRED, EditForm, Form

KINDS = choices((kind.value, kind.label) for kind in OrganisationKind)


class NameForm(Form):
    """A name and the day from which it holds."""

    label_fr = StringField(_("Nom en français"), [DataRequired(REQUIRED), Length(max=200)])
    label_en = StringField(_("Nom en anglais"), [Optional(), Length(max=200)])
    short_label = StringField(_("Nom court ou sigle"), [Optional(), Length(max=60)])
    valid_from = DateField(_("En vigueur à partir du"), [InputRequired(REQUIRED)])


class OrganisationForm(EditForm):
    """What does not depend on time."""

    kind = SelectField(_("Nature"), choices=KINDS)
    parent_id = SelectField(_("Rattachée à"), coerce=int, choices=[])
    aliases = LinesField(
        _("Autres noms reconnus"),
        description=_("Un nom par ligne. Ils servent à reconnaître l’organisation à l’import."),
    )


class NewOrganisationForm(NameForm):
    """A new organisation and its first name."""

    code = StringField(
        _("Code stable"),
        [
            DataRequired(REQUIRED),
            Length(max=60),
            Regexp(r"^[a-z0-9-]+$", message=_("Lettres minuscules, chiffres et tirets seulement.")),
        ],
        description=_("Il ne change pas quand le nom change, par exemple « culture »."),
    )
    kind = SelectField(_("Nature"), choices=KINDS)
    parent_id = SelectField(_("Rattachée à"), coerce=int, choices=[])


class MemberForm(Form):
    """The address of a ministry member's account."""

    email = EmailField(
        _("Adresse électronique du compte"), [DataRequired(REQUIRED), Length(max=254)]
    )
