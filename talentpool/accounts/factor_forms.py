"""The shape of what people type about second factors."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from talentpool.accounts.passwords import LONGEST_PASSWORD
from talentpool.i18n import _
from talentpool.web.forms import REQUIRED, Form

WRONG_CODE = _(
    "Ce code est faux, a déjà servi ou n’a plus cours. Tapez celui qui s’affiche à présent."
)
WRONG_RECOVERY = _("Ce code de secours est faux ou a déjà servi. Prenez-en un autre de la liste.")
WRONG_KEY = _("La clé n’a pas été reconnue. Recommencez, ou choisissez un autre moyen.")
WRONG_PASSWORD = _("Ce n’est pas votre mot de passe actuel.")
TOO_MANY = _("Un compte a dix moyens au plus : retirez-en un d’abord.")
LONGEST_ANSWER = 20_000


def _code(hint: str) -> StringField:
    return StringField(
        _("Code à six chiffres"),
        [DataRequired(REQUIRED), Length(max=20)],
        description=hint,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


def _name(hint: str, **more: str) -> StringField:
    label = _("Comment l’appeler")
    return StringField(label, [DataRequired(REQUIRED), Length(max=60)], description=hint, **more)


class _GoesOn(Form):
    """Where one was going, and what was typed when the session ended."""

    next = HiddenField()
    carried = HiddenField()


class CodeForm(_GoesOn):
    """A code that an application shows."""

    code = _code(
        _("L’application de votre téléphone l’affiche ; il change toutes les 30 secondes.")
    )


class RecoveryForm(_GoesOn):
    """One of the codes that were kept for the day when no factor is at hand."""

    recovery = StringField(
        _("Code de secours"),
        [DataRequired(REQUIRED), Length(max=60)],
        description=_("L’un des dix codes que vous avez gardés, tirets compris ou non."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class KeyForm(_GoesOn):
    """What a security key answered: a script fills it in."""

    #: Its messages lead to the button, since what is hidden takes no focus.
    credential = HiddenField(
        validators=[InputRequired(WRONG_KEY), Length(max=LONGEST_ANSWER)], id="key-ask"
    )


class NewAppForm(_GoesOn):
    """An application, and the first code that it shows."""

    name = _name(_("Par exemple « Téléphone »."))
    code = _code(_("Celui que l’application affiche une fois l’image lue."))


class NewKeyForm(KeyForm):
    """A key and what its holder calls it."""

    name = _name(_("Par exemple « Clé bleue »."), id="key-name")


class ConfirmForm(Form):
    """The password, once more."""

    password = PasswordField(
        _("Mot de passe"),
        [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
