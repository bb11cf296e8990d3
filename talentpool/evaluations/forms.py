"""Who evaluates, and who does in somebody's place."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from talentpool.accounts.models import Account
from talentpool.evaluations.progress import ReleaseReason
from talentpool.i18n import _
from talentpool.web.fields import choices, optional
from talentpool.web.forms import Form


class AssignForm(Form):
    """Who evaluates."""

    reviewer_id = SelectField(
        _("Confier une évaluation à"),
        [InputRequired(_("Choisissez quelqu’un."))],
        coerce=optional(int),
        choices=[],
    )

    def offer(self, people: Iterable[Account]) -> None:
        """Offer who may be asked."""
        self.reviewer_id.choices = _named(people, _("Choisir quelqu’un"))


class ReplacementForm(Form):
    """Who could replace somebody who steps aside; the reason is each feature's own."""

    replacement_id = SelectField(
        _("Qui vous remplace ?"),
        coerce=optional(int),
        choices=[],
        description=_("Sans réponse, l’évaluation reste à confier."),
    )

    def offer(self, people: Iterable[Account]) -> None:
        """Offer who could replace them."""
        self.replacement_id.choices = _named(people, _("Personne encore"))


class ReleaseForm(Form):
    """Why nobody waits any more for somebody's evaluation."""

    reason = RadioField(
        _("Pourquoi ne plus l’attendre ?"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices((reason.value, reason.label) for reason in ReleaseReason),
    )


def _named(people: Iterable[Account], empty: str) -> list[SelectChoice]:
    return choices(((person.id, person.display_name) for person in people), empty=empty)
