"""The shape of an application, of an evaluation of a file, and of whom it is asked."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from talentpool.accounts.consents import POOL_WORDS
from talentpool.admissions.criteria import SCORE_LABELS, Criterion
from talentpool.admissions.lifecycle import ApplicationText
from talentpool.admissions.models import (
    LONGEST_COMMENT,
    LONGEST_TEXT,
    Application,
    Screening,
    Tie,
)
from talentpool.admissions.screening import Mark
from talentpool.evaluations.forms import ReplacementForm
from talentpool.i18n import _
from talentpool.web.fields import choices, optional
from talentpool.web.forms import REQUIRED, EditForm, Form

CHOOSE = _("Choisissez une réponse.")
TICK = _("Cochez la case pour déposer votre candidature.")
KEEP = _("Si la réponse est non, garder mon profil deux ans pour que l’agence puisse me récrire")


class ApplicationForm(EditForm):
    """What a person writes to join the pool; a draft may lack all of it."""

    motivation = TextAreaField(
        _("Pourquoi servir un ministère, et pourquoi maintenant ?"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=_(
            "Une page suffit. Parlez de problèmes que vous voudriez résoudre. N’écrivez ni votre "
            "nom, ni vos écoles : on lit ce texte sans eux."
        ),
        render_kw={"rows": 10},
    )
    enterprise = TextAreaField(
        _("Qu’avez-vous lancé, repris ou transformé ?"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=_(
            "Une entreprise, une association, un service, un outil resté petit… Dites ce qui a "
            "marché et ce qui a échoué. Si cela ne vous est pas arrivé, dites-le simplement."
        ),
        render_kw={"rows": 8},
    )
    keeps_profile = BooleanField(
        KEEP,
        description=_(
            "C’est un choix à part : il ne change rien à la décision, et vous pouvez en changer "
            "quand vous voulez. Sans lui, l’agence ne fait plus rien de votre profil après un refus."
        ),
    )

    def text(self) -> ApplicationText:
        """Return what was typed."""
        return ApplicationText(
            motivation=self.motivation.data or "",
            enterprise=self.enterprise.data or "",
            keeps_profile=bool(self.keeps_profile.data),
        )


def filled_application(application: Application | None, *, stored: bool = False) -> ApplicationForm:
    """Open the form on a draft, or on what was just typed over it; `stored` shows the draft alone."""
    given: dict[str, Any] = {"formdata": None} if stored else {}
    if application is None:
        return ApplicationForm(**given)
    data = {name: getattr(application, name) for name in ("motivation", "enterprise")}
    data["keeps_profile"] = application.keeps_profile
    return ApplicationForm(data={**data, "version": str(application.version_id)}, **given)


class SubmitForm(Form):
    """What somebody attests and agrees to when they hand an application in: nothing is ticked for them."""

    exact = BooleanField(
        _("Ce que j’ai écrit est exact, et c’est bien mon parcours"), [DataRequired(TICK)]
    )
    free = BooleanField(
        _(
            "J’ai fini mes études, et je déclarerai à l’agence toute autre activité avant une "
            "mission : elle peut demander un accord, ou une pause"
        ),
        [DataRequired(TICK)],
    )

    pool = BooleanField(
        POOL_WORDS,
        [DataRequired(_("Cochez cette case : une candidature sert à entrer dans le vivier."))],
        description=_(
            "Une candidature sert à entrer dans le vivier : sans cet accord, elle ne peut pas être "
            "déposée. Vous le retirez quand vous voulez, depuis la page « Mes données »."
        ),
    )


class KeepForm(Form):
    """Whether a profile may be kept after a no."""

    keeps_profile = BooleanField(KEEP)


class PlainForm(Form):
    """What only asks to be confirmed."""


class LookForm(Form):
    """What somebody asks to be looked at again."""

    words = TextAreaField(
        _("Ce que vous voulez qu’on relise"),
        [DataRequired(REQUIRED), Length(max=LONGEST_TEXT)],
        description=_("Un fait mal lu, une expérience oubliée, une question sur la décision."),
        render_kw={"rows": 6},
    )


class ScreeningForm(EditForm):
    """Six scores, each with what founds it."""

    def relax(self) -> None:
        """Ask for nothing: a draft may lack anything, and is not longer than what is kept."""
        for criterion in Criterion:
            self[score_name(criterion)].validators = [Optional()]
            self[comment_name(criterion)].validators = [Optional(), Length(max=LONGEST_COMMENT)]

    def marks(self) -> dict[Criterion, Mark]:
        """Return what was entered, by criterion."""
        return {
            criterion: Mark(
                self[score_name(criterion)].data, self[comment_name(criterion)].data or ""
            )
            for criterion in Criterion
        }


def score_name(criterion: Criterion) -> str:
    """Return the name of the field that scores a criterion."""
    return f"{criterion.value}_score"


def comment_name(criterion: Criterion) -> str:
    """Return the name of the field that founds a score."""
    return f"{criterion.value}_comment"


for _criterion in Criterion:
    setattr(
        ScreeningForm,
        score_name(_criterion),
        RadioField(
            _criterion.label,
            [InputRequired(CHOOSE)],
            description=_criterion.hint,
            choices=choices((score, label) for score, label in SCORE_LABELS.items()),
            coerce=optional(int),
        ),
    )
    setattr(
        ScreeningForm,
        comment_name(_criterion),
        TextAreaField(
            _("Ce qui fonde cette note"),
            [DataRequired(REQUIRED), Length(max=LONGEST_COMMENT)],
            render_kw={"rows": 2},
        ),
    )


def filled_screening(screening: Screening, *, stored: bool = False) -> ScreeningForm:
    """Open the form on an evaluation, or on what was just typed over it; `stored` shows the row alone."""
    data: dict[str, Any] = {"version": str(screening.version_id)}
    for criterion, row in screening.by_criterion.items():
        data[score_name(criterion)], data[comment_name(criterion)] = row.score, row.comment
    return ScreeningForm(data=data, **({"formdata": None} if stored else {}))


class TieForm(ReplacementForm):
    """Why somebody steps aside, and who could replace them."""

    tie = RadioField(
        _("Pourquoi ne pouvez-vous pas en juger ?"),
        [InputRequired(CHOOSE)],
        choices=choices((tie.value, tie.label) for tie in Tie),
    )


class NameForm(Form):
    """Why somebody reads a name before the interview."""

    reason = StringField(
        _("Pourquoi lire ce nom maintenant ?"),
        [DataRequired(REQUIRED), Length(max=300)],
        description=_("Par exemple : la personne a téléphoné et demande où en est son dossier."),
    )
