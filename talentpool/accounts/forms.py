"""The shape of what people type about accounts."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length

from talentpool.access import Role
from talentpool.accounts.services import LONGEST_PASSWORD, SHORTEST_PASSWORD
from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, EditForm, Form

EMAIL = [
    DataRequired(REQUIRED),
    Length(max=254),
    Email(_("Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr.")),
]
NEW_PASSWORD = [
    InputRequired(REQUIRED),
    Length(
        SHORTEST_PASSWORD,
        LONGEST_PASSWORD,
        _("Choisissez un mot de passe de 12 à 256 caractères."),
    ),
]
ROLES = choices((role.value, role.label) for role in Role)


def _first_password() -> PasswordField:
    return PasswordField(
        _("Mot de passe provisoire"),
        NEW_PASSWORD,
        description=_("À transmettre de vive voix ; la personne le changera."),
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """Who one is, and the proof."""

    email = EmailField(
        _("Adresse électronique"),
        [DataRequired(REQUIRED), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Mot de passe"),
        [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    #: What somebody had typed when their session ended.
    carried = HiddenField()


class PasswordForm(Form):
    """The old password, and a new one."""

    current = PasswordField(
        _("Mot de passe actuel"),
        [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _("Nouveau mot de passe"),
        NEW_PASSWORD,
        description=_("12 caractères ou plus ; une phrase convient très bien."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("Nouveau mot de passe, une seconde fois"),
        [InputRequired(REQUIRED), EqualTo("new", _("Les deux saisies diffèrent."))],
        render_kw={"autocomplete": "new-password"},
    )


class AccountForm(Form):
    """A new account, opened by the administration."""

    display_name = StringField(_("Nom affiché"), [DataRequired(REQUIRED), Length(max=120)])
    email = EmailField(_("Adresse électronique"), EMAIL)
    role = SelectField(_("Rôle"), choices=ROLES)
    password = _first_password()


class AccountEditForm(EditForm):
    """What the administration may change on an account."""

    display_name = StringField(_("Nom affiché"), [DataRequired(REQUIRED), Length(max=120)])
    role = SelectField(_("Rôle"), choices=ROLES)
    is_active = BooleanField(_("Le compte est actif"))


class ResetPasswordForm(Form):
    """Another first password, for who forgot theirs."""

    password = _first_password()
