"""The shape of a decision."""

import re
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from talentpool.i18n import _
from talentpool.matches.models import REASONS, ReasonCode, Verdict
from talentpool.web.fields import choices
from talentpool.web.forms import Form


class DecisionForm(Form):
    """What is decided about a person for a seat, and why."""

    verdict = RadioField(_("Décision"), [InputRequired(_("Choisissez une décision."))], choices=[])
    reason = SelectField(_("Raison"), [InputRequired(_("Choisissez une raison."))], choices=[])
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=2_000)],
        description=_("Des faits utiles au poste : la personne pourra les lire."),
        render_kw={"rows": 3},
    )
    seen = HiddenField()

    def offer(self, verdicts: list[Verdict]) -> None:
        """Offer verdicts, and the reasons that go with each."""
        self.verdict.choices = choices((v.value, v.label) for v in verdicts)
        offered: dict[ReasonCode, None] = dict.fromkeys(
            reason for verdict in verdicts for reason in REASONS[verdict]
        )
        # « Another reason » closes the list, whatever the verdicts.
        ordered = sorted(offered, key=lambda reason: reason is ReasonCode.OTHER)
        self.reason.choices = choices(
            ((reason.value, reason.label) for reason in ordered), empty=_("Choisir une raison")
        )

    @property
    def seen_decision(self) -> int | None:
        """The decision that was on the screen."""
        seen = str(self.seen.data or "")
        return int(seen) if re.fullmatch(r"[0-9]{1,18}", seen) else None

    def decision(self) -> dict[str, Any]:
        """Return verdict, reason and note as the service takes them."""
        return {
            "verdict": Verdict(self.verdict.data),
            "reason": ReasonCode(self.reason.data),
            "note": self.note.data or "",
        }
