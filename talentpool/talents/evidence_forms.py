"""The shape of what shows a skill."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from talentpool.i18n import _
from talentpool.talents.evidence import LONGEST_EVIDENCE, LONGEST_LINK, Evidence, is_link
from talentpool.talents.models import TalentSkill
from talentpool.web.fields import choices, optional
from talentpool.web.forms import EditForm


class EvidenceForm(EditForm):
    """A line, a link, an experience: any of the three, or none to take the evidence back."""

    line = StringField(
        _("Preuve, en une ligne"),
        [Optional(), Length(max=LONGEST_EVIDENCE)],
        description=_("Par exemple : auteur de la carte des forêts ouverte au public en 2024."),
    )
    url = StringField(
        _("Lien vers ce qui la montre"),
        [Optional(), Length(max=LONGEST_LINK)],
        description=_("Un dépôt, un site, un article. Commence par https://"),
        render_kw={"inputmode": "url", "spellcheck": "false"},
    )
    experience_id = SelectField(
        _("Expérience où cette compétence a servi"), coerce=optional(int), choices=[]
    )

    def validate_url(self, field: StringField) -> None:
        """Refuse what is no address, or one that travels in the clear."""
        if not is_link(field.data or ""):
            raise ValidationError(_("Donnez une adresse entière, qui commence par https://."))

    def offer(self, held: TalentSkill) -> None:
        """Offer the person's own experiences."""
        self.experience_id.choices = choices(
            ((one.id, _shortened(one.summary)) for one in held.talent.experiences),
            empty=_("Aucune en particulier"),
        )

    def evidence(self, held: TalentSkill) -> Evidence:
        """Return what was entered."""
        chosen = self.experience_id.data
        experience = next((one for one in held.talent.experiences if one.id == chosen), None)
        return Evidence(self.line.data or "", self.url.data or "", experience)


def filled_evidence(held: TalentSkill, **formdata: Any) -> EvidenceForm:
    """Open the form on what shows a skill, or on what was just typed over it."""
    form = EvidenceForm(
        data={
            "line": held.evidence,
            "url": held.evidence_url,
            "experience_id": held.experience_id,
            "version": str(held.talent.version_id),
        },
        **formdata,
    )
    form.offer(held)
    return form


def _shortened(summary: str) -> str:
    return summary if len(summary) <= 100 else f"{summary[:99]}…"
