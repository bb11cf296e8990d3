"""The shape of an upload, and of the decisions on what it proposes."""

from collections.abc import Iterable
from typing import Any, cast

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from talentpool.cv.languages import MOTHER_TONGUE
from talentpool.cv.models import CvProposal, ProposedPart
from talentpool.cv.services import Accepted, tells_of_work
from talentpool.i18n import _
from talentpool.talents.models import LEVEL_LABELS
from talentpool.talents.step_rows import LEVEL_NAMES
from talentpool.talents.values import LanguageLevel
from talentpool.web.fields import choices
from talentpool.web.forms import Form

UNKNOWN = _("Je ne sais pas")
SKILL_LEVELS = choices(((str(n), word) for n, word in LEVEL_LABELS.items()), empty=UNKNOWN)
SPOKEN_LEVELS = choices(((lv.value, name) for lv, name in LEVEL_NAMES.items()), empty=UNKNOWN)
NOTHING_TICKED = _("Cochez au moins une proposition.")
KEEP_SHOWN = _("Garder ces mots comme preuve")
SAY_WHAT = _("Dites ce que c’est, ou décochez cette proposition.")


class UploadForm(Form):
    """A CV to read."""

    file = FileField(
        _("Votre CV"),
        [FileRequired(_("Choisissez un fichier."))],
        description=_("PDF, DOCX, ODT, JSON Resume ou Europass XML ; 30 pages et 10 Mo au plus."),
        render_kw={"accept": ".pdf,.docx,.odt,.json,.xml"},
    )


class DecisionForm(Form):
    """What one keeps of what a CV proposes; its fields are named after the proposals that wait."""

    proposals: tuple[CvProposal, ...] = ()

    def cell(self, name: str, proposal: CvProposal) -> Any:
        """Return the field of one proposal, None when it has no such field."""
        return getattr(self, f"{name}_{proposal.id}", None)

    def ticked(self) -> list[CvProposal]:
        """Return the proposals that are ticked."""
        return [one for one in self.proposals if self.cell("keep", one).data]

    def validate_ticked(self, *, whole: bool) -> bool:
        """Validate what is ticked, and nothing else; `whole` asks that each says what it is."""
        ticked = self.ticked()
        valid = bool(self.validate())
        if not ticked:
            self.form_errors = [NOTHING_TICKED]
            return False
        for one in ticked if whole else ():
            if not self._said(one, "label"):
                self.cell("label", one).errors = [SAY_WHAT]
                valid = False
        return valid

    def tick_all(self) -> None:
        """Tick everything, and leave what was typed as it is."""
        for one in self.proposals:
            self.cell("keep", one).data = True

    def accepted(self) -> list[Accepted]:
        """Return what is ticked, as it was corrected."""
        return [self._as_said(one) for one in self.ticked()]

    def waiting(self) -> list[Accepted]:
        """Return what is not ticked, as it was corrected."""
        return [self._as_said(one) for one in self.proposals if not self.cell("keep", one).data]

    def _as_said(self, one: CvProposal) -> Accepted:
        shown = self.cell("shown", one)
        return Accepted(
            one,
            self._said(one, "label"),
            self._said(one, "level"),
            self._said(one, "organisation"),
            self._said(one, "period"),
            self._said(one, "text"),
            is_shown=shown is not None and bool(shown.data),
        )

    def _said(self, proposal: CvProposal, name: str) -> str:
        field = self.cell(name, proposal)
        return (field.data or "") if field is not None else getattr(proposal, name)


def decision_form(proposals: Iterable[CvProposal]) -> DecisionForm:
    """Make the form of what waits; what was read between the lines starts unticked.

    Words of the CV are ticked as a skill's evidence when they tell of work: those of a list claim.
    """
    waiting = tuple(proposals)
    fields: dict[str, Any] = {"proposals": waiting}
    for one in waiting:
        fields[f"keep_{one.id}"] = BooleanField(
            one.label or one.organisation, default=one.is_stated
        )
        if one.part is ProposedPart.SKILL and one.shown_by:
            fields[f"shown_{one.id}"] = BooleanField(KEEP_SHOWN, default=tells_of_work(one))
        for name, field in _fields(one).items():
            fields[f"{name}_{one.id}"] = field
    return cast(DecisionForm, type("DecisionForm", (DecisionForm,), fields)())


def _fields(one: CvProposal) -> dict[str, Any]:
    if one.part is ProposedPart.SKILL:
        level = one.level if one.level in {str(n) for n in LEVEL_LABELS} else ""
        return {"level": SelectField(_("Niveau"), choices=SKILL_LEVELS, default=level)}
    if one.part is ProposedPart.LANGUAGE:
        # A mother tongue is mastered; no other word is taken for a level.
        said = LanguageLevel.C2.value if one.level == MOTHER_TONGUE else one.level
        level = said if said in set(LanguageLevel) else ""
        return {
            "label": _line(_("Langue"), one.label, 60),
            "level": SelectField(_("Niveau"), choices=SPOKEN_LEVELS, default=level),
        }
    if one.part is ProposedPart.HEADLINE:
        return {"label": _line(_("Ce que vous faites, en une ligne"), one.label, 300)}
    if one.part is ProposedPart.EDUCATION:
        return {
            "label": _line(_("Diplôme ou formation"), one.label, 200),
            "organisation": _line(_("Établissement"), one.organisation, 200),
            "period": _line(_("Année de fin"), one.period, 60),
        }
    return {
        "label": _line(_("Fonction"), one.label, 200),
        "organisation": _line(_("Organisation"), one.organisation, 200),
        "period": _line(_("Dates"), one.period, 60),
        "text": TextAreaField(
            _("Ce que vous y avez fait"),
            [Length(max=4_000)],
            default=one.text,
            render_kw={"rows": 3},
        ),
    }


def _line(label: str, value: str, longest: int) -> StringField:
    return StringField(label, [Length(max=longest)], default=value)
