"""The shape of a decision."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from talentpool.i18n import _, translated
from talentpool.matches.models import REASONS, MatchDecision, ReasonCode, Verdict
from talentpool.web.fields import choices
from talentpool.web.forms import Difference, Form


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
    #: The decision that somebody took since the page was opened, beside the one that was being typed.
    differences: Sequence[Difference] = ()

    def compare(self, standing: MatchDecision) -> None:
        """Note what a colleague decided meanwhile beside what was being decided, reasons and notes too."""
        verdict, reason = _label(Verdict, self.verdict.data), _label(ReasonCode, self.reason.data)
        self.differences = [
            Difference(self.verdict.label.text, translated(standing.verdict.label), verdict),
            Difference(self.reason.label.text, translated(standing.reason.label), reason),
            Difference(self.note.label.text, standing.note or "–", self.note.data or "–"),
        ]

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


def _label(enum: type[Verdict] | type[ReasonCode], sent: str | None) -> str:
    return translated(enum(sent).label) if sent in set(enum) else "–"
