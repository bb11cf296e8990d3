"""The shape of what people type about accounts."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    Email,
    EqualTo,
    InputRequired,
    Length,
    ValidationError,
)

from talentpool.access import Role
from talentpool.accounts.address_models import LONGEST_REASON
from talentpool.accounts.models import Account
from talentpool.accounts.passwords import LONGEST_PASSWORD, weakness
from talentpool.i18n import _
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, EditForm, Form

EMAIL = [
    DataRequired(REQUIRED),
    Length(max=254),
    Email(_("Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr.")),
]


def _resists_guessing(form: "RegistrationForm | OfAccount", field: Field) -> None:
    """Refuse a password that is short, common, or made of what others know of its holder."""
    if found := weakness(field.data or "", known=form.known):
        raise ValidationError(found)


NEW_PASSWORD = [InputRequired(REQUIRED), _resists_guessing]
ROLES = choices((role.value, role.label) for role in Role)


def _own_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        NEW_PASSWORD,
        description=_("12 caractères ou plus ; une phrase convient très bien."),
        render_kw={"autocomplete": "new-password"},
    )


def _present_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class SignInForm(Form):
    """Who one is, and the proof."""

    email = EmailField(
        _("Adresse électronique"),
        [DataRequired(REQUIRED), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = _present_password(_("Mot de passe"))
    next = HiddenField()
    #: What somebody had typed when their session ended.
    carried = HiddenField()


class OfAccount(Form):
    """A form on which the holder of an account, who may not be signed in, chooses a password."""

    def __init__(self, *, account: Account, **values: Any) -> None:
        super().__init__(**values)
        self.known = (account.email, account.display_name)


class PasswordForm(OfAccount):
    """The old password, and a new one."""

    current = _present_password(_("Mot de passe actuel"))
    new = _own_password(_("Nouveau mot de passe"))
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


class AccountEditForm(EditForm):
    """What the administration may change on an account."""

    display_name = StringField(_("Nom affiché"), [DataRequired(REQUIRED), Length(max=120)])
    role = SelectField(_("Rôle"), choices=ROLES)
    is_active = BooleanField(_("Le compte est actif"))


class AddressForm(Form):
    """An address to write to."""

    email = EmailField(
        _("Adresse électronique"),
        EMAIL,
        description=_("Un lien y sera envoyé."),
        render_kw={"autocomplete": "email"},
    )


class RegistrationForm(Form):
    """A name to be shown and a password, at an address that is proved already."""

    display_name = StringField(
        _("Prénom et nom"),
        [DataRequired(REQUIRED), Length(max=120)],
        description=_("Caché pendant la première sélection."),
        render_kw={"autocomplete": "name"},
    )
    #: Shown, never read: the link says which address was proved.
    email = HiddenField(render_kw={"autocomplete": "username"})
    password = _own_password(_("Mot de passe"))
    accepts = BooleanField(
        _("J’ai lu ce que le service garde de moi, pourquoi et combien de temps"),
        [InputRequired(REQUIRED)],
    )

    @property
    def known(self) -> tuple[str, ...]:
        """What others know of who registers."""
        return (self.email.data or "", self.display_name.data or "")


class NewPasswordForm(OfAccount):
    """A password, for who proved the account's address."""

    password = _own_password(_("Nouveau mot de passe"))


class ReplacementForm(Form):
    """Another address for somebody who lost theirs, why, and the proof that one is the administrator."""

    email = EmailField(_("Nouvelle adresse électronique"), EMAIL, render_kw={"autocomplete": "off"})
    reason = TextAreaField(
        _("Motif, et comment vous avez vérifié qui demande"),
        [DataRequired(REQUIRED), Length(max=LONGEST_REASON)],
        description=_("La personne peut le lire dans ses données."),
    )
    password = _present_password(_("Votre mot de passe"))


class MoveForm(Form):
    """Another address for one's account, and the proof that one is its holder."""

    email = EmailField(
        _("Nouvelle adresse électronique"), EMAIL, render_kw={"autocomplete": "email"}
    )
    password = _present_password(_("Mot de passe actuel"))
