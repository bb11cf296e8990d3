"""The shape of a promise as its host keeps it up to date."""

from urllib.parse import urlsplit

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from talentpool.commitments.models import (
    LONGEST_EVIDENCE,
    LONGEST_LINK,
    Commitment,
    CommitmentState,
)
from talentpool.commitments.services import CommitmentContent
from talentpool.i18n import _
from talentpool.web.fields import DateField, choices
from talentpool.web.forms import REQUIRED, EditForm

EVIDENCE_MISSING = _("Pour dire « prêt », donnez une preuve : une ligne ici, ou un lien plus bas.")


class CommitmentForm(EditForm):
    """How far a promise is, who sees to it, by when, and what proves it."""

    state = RadioField(
        _("Où en êtes-vous ?"),
        [InputRequired(REQUIRED)],
        choices=choices((state.value, state.label) for state in CommitmentState),
    )
    owner_name = StringField(
        _("Qui s’en occupe"),
        [Optional(), Length(max=200)],
        description=_("Un nom, ou un service."),
    )
    due_on = DateField(_("Pour quand"), [Optional()])
    evidence = StringField(
        _("Preuve, en une ligne"),
        [Optional(), Length(max=LONGEST_EVIDENCE)],
        description=_("Par exemple : ordinateur livré le 3 mars, numéro de demande 4512."),
    )
    evidence_url = StringField(
        _("Lien vers la preuve"),
        [Optional(), Length(max=LONGEST_LINK)],
        description=_("Commence par https://"),
        render_kw={"inputmode": "url", "spellcheck": "false"},
    )

    def validate_evidence_url(self, field: StringField) -> None:
        """Refuse what is no address, or one that travels in the clear."""
        try:
            parts = urlsplit(field.data or "")
        except ValueError:
            parts = urlsplit("")
        if parts.scheme != "https" or not parts.hostname or " " in (field.data or ""):
            raise ValidationError(_("Donnez une adresse entière, qui commence par https://."))

    def content(self) -> CommitmentContent:
        """Return what was entered."""
        return CommitmentContent(
            state=CommitmentState(self.state.data),
            owner_name=self.owner_name.data or "",
            due_on=self.due_on.data,
            evidence=self.evidence.data or "",
            evidence_url=self.evidence_url.data or "",
        )


def filled_commitment(commitment: Commitment, **formdata: None) -> CommitmentForm:
    """Open the form on a stored promise, or on what was just typed over it."""
    data = {
        "state": commitment.state.value,
        "owner_name": commitment.owner_name,
        "due_on": commitment.due_on,
        "evidence": commitment.evidence,
        "evidence_url": commitment.evidence_url,
        "version": str(commitment.version_id),
    }
    return CommitmentForm(data=data, **formdata)
