"""The shape of an assessment, and of taking one back."""

from datetime import date

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from talentpool.assessments.models import LONGEST_NOTE, LONGEST_SENTENCE, Method
from talentpool.assessments.services import AssessmentContent
from talentpool.i18n import _
from talentpool.talents.models import LEVEL_LABELS
from talentpool.web.fields import DateField, choices
from talentpool.web.forms import REQUIRED, Form

CHOOSE = _("Choisissez une réponse.")


class AssessmentForm(Form):
    """Which skill, at which level, how and when, and what to say of it."""

    skill = StringField(
        _("Compétence"),
        [DataRequired(REQUIRED), Length(max=120)],
        description=_("Une compétence de la liste, ou dans les mots mêmes de la personne."),
        render_kw={"list": "competences"},
    )
    level = RadioField(
        _("Niveau constaté"),
        [InputRequired(CHOOSE)],
        choices=choices((str(level), label) for level, label in LEVEL_LABELS.items()),
    )
    method = RadioField(
        _("Comment l’avez-vous évaluée ?"),
        [InputRequired(CHOOSE)],
        choices=choices((method.value, method.label) for method in Method),
    )
    assessed_on = DateField(_("Quand"), [InputRequired(REQUIRED)])
    sentence = TextAreaField(
        _("Ce que la personne lira"),
        [DataRequired(REQUIRED), Length(max=LONGEST_SENTENCE)],
        description=_("Ce que vous avez vu, en une ou deux phrases, comme vous le lui diriez."),
        render_kw={"rows": 3},
    )
    note = TextAreaField(
        _("Note pour l’agence"),
        [Length(max=LONGEST_NOTE)],
        description=_(
            "Des faits : la personne ne la lit pas sur son profil, mais peut demander tout ce qui est "
            "écrit d’elle."
        ),
        render_kw={"rows": 3},
    )

    def content(self) -> AssessmentContent:
        """Return what was entered."""
        return AssessmentContent(
            level=int(self.level.data),
            method=Method(self.method.data),
            assessed_on=self.assessed_on.data or date.today(),
            sentence=self.sentence.data or "",
            note=self.note.data or "",
        )


class WithdrawalForm(Form):
    """Why an assessment is taken back."""

    reason = StringField(
        _("Pourquoi la retirer ?"),
        [DataRequired(REQUIRED), Length(max=LONGEST_SENTENCE)],
        description=_("Pour l’agence. Par exemple : saisie sur la mauvaise fiche."),
    )
