"""The shape of what people ask about data, and the proofs that they give."""

from typing import Any

from wtforms import PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from talentpool.accounts.passwords import LONGEST_PASSWORD
from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.privacy.models import RequestKind
from talentpool.web.fields import DateField, choices
from talentpool.web.forms import REQUIRED, EditForm, Form

#: What one types to say that one means it.
WORD = "effacer"
LONGEST_REQUEST = 5_000
LONGEST_NAME = 200


def _own_password() -> PasswordField:
    return PasswordField(
        _("Votre mot de passe"),
        [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)],
        description=_("Pour être sûrs que c’est bien vous."),
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """The proof that whoever sits here is whose data it is."""

    password = _own_password()


class EraseForm(PasswordForm):
    """The same, and a word that nobody types by mistake."""

    word = StringField(
        _("Tapez le mot « effacer »"), [DataRequired(REQUIRED)], render_kw={"autocomplete": "off"}
    )

    def validate_word(self, field: StringField) -> None:
        """Refuse anything but the word."""
        if folded(field.data or "") != WORD:
            raise ValidationError(_("Tapez le mot « effacer », sans les guillemets."))


class RequestForm(Form):
    """What somebody asks."""

    kind = RadioField(
        _("Que demandez-vous ?"),
        [InputRequired(REQUIRED)],
        choices=choices((kind.value, kind.label) for kind in RequestKind),
    )
    text = TextAreaField(
        _("Votre demande"),
        [DataRequired(REQUIRED), Length(max=LONGEST_REQUEST)],
        description=_(
            "Dites ce qui est inexact et ce qu’il faudrait écrire, ou ce que vous refusez."
        ),
    )


class AnswerForm(EditForm):
    """What the administration answers."""

    text = TextAreaField(
        _("Votre réponse"),
        [DataRequired(REQUIRED), Length(max=LONGEST_REQUEST)],
        description=_("La personne la lit sur sa page, et en est avertie."),
    )


class VisaForm(Form):
    """Who gave a visa on eliminations, when, and where the paper is."""

    signatory = StringField(
        _("Qui donne le visa"),
        [DataRequired(REQUIRED), Length(max=LONGEST_NAME)],
        description=_(
            "Nom et fonction, par exemple de la mission des archives de votre ministère."
        ),
    )
    reference = StringField(
        _("Référence du document signé"), [Optional(), Length(max=LONGEST_NAME)]
    )
    given_on = DateField(_("Donné le"), [InputRequired(REQUIRED)])

    def given(self) -> dict[str, Any]:
        """Return what was typed, as a visa takes it."""
        return {
            "signatory": self.signatory.data,
            "reference": self.reference.data or "",
            "given_on": self.given_on.data,
        }


class OnBehalfForm(Form):
    """Whom somebody wrote about, and what to do for them."""

    who = StringField(
        _("Adresse électronique, ou code"),
        [DataRequired(REQUIRED), Length(max=254)],
        description=_(
            "Par exemple prenom.nom@exemple.fr, T-0012 pour un profil, C-0012 pour un compte."
        ),
    )
    act = RadioField(
        _("Que demande la personne ?"),
        [InputRequired(REQUIRED)],
        choices=choices(
            [
                ("archive", _("Recevoir ses données")),
                ("restrict", _("Limiter le traitement de son profil")),
                ("lift", _("Lever cette limitation")),
                ("erase", _("Être effacée")),
            ]
        ),
    )
