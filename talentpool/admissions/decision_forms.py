"""The shape of an interview, of what it concludes, and of each decision with the words that go with it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from talentpool.accounts.models import Account
from talentpool.admissions.criteria import SCORE_LABELS, InterviewCriterion
from talentpool.admissions.forms import CHOOSE
from talentpool.admissions.models import LONGEST_COMMENT, LONGEST_TEXT, Application, Interview
from talentpool.admissions.queries import places_on_waiting_list
from talentpool.admissions.stages import DeclineReason
from talentpool.i18n import _
from talentpool.web.fields import (
    DateField,
    MultiCheckboxField,
    OptionalIntegerField,
    choices,
    optional,
)
from talentpool.web.forms import REQUIRED, EditForm, Form

#: What a sentence leaves to somebody to say.
BLANK = re.compile(r":\s*…")
HOUR = r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$"


class InterviewForm(EditForm):
    """When, where and with whom somebody is met."""

    meets_on = DateField(_("Jour"), [InputRequired(REQUIRED)])
    meets_at = StringField(
        _("Heure"),
        [DataRequired(REQUIRED), Regexp(HOUR, message=_("Écrivez l’heure comme 14:30."))],
        description=_("Heure de Paris, par exemple 14:30."),
    )
    place = StringField(
        _("Lieu, ou lien de la visioconférence"), [DataRequired(REQUIRED), Length(max=500)]
    )
    panel = MultiCheckboxField(
        _("Jury"),
        [InputRequired(_("Choisissez au moins une personne."))],
        coerce=int,
        choices=[],
        description=_("Deux personnes au moins, si possible dont une qui n’a pas noté le dossier."),
    )

    def offer(self, people: Iterable[Account]) -> None:
        """Offer who may sit on the panel."""
        self.panel.choices = choices((person.id, person.display_name) for person in people)

    def validate_meets_on(self, field: DateField) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < date.today():
            raise ValidationError(_("Choisissez aujourd’hui ou un jour à venir."))


def filled_interview(interview: Interview | None, *, stored: bool = False) -> InterviewForm:
    """Open the form on a planned interview, or on what was just typed over it."""
    given: dict[str, Any] = {"formdata": None} if stored else {}
    if interview is None:
        return InterviewForm(**given)
    data = {name: getattr(interview, name) for name in ("meets_on", "meets_at", "place")}
    data["panel"] = [one.id for one in interview.panel]
    return InterviewForm(data={**data, "version": str(interview.version_id)}, **given)


class GridForm(EditForm):
    """Four scores and a conclusion, agreed by the panel."""

    conclusion = TextAreaField(
        _("Ce que le jury en retient"),
        [DataRequired(REQUIRED), Length(max=LONGEST_COMMENT)],
        description=_("La personne peut demander à le lire : des faits, sans jugement d’elle."),
        render_kw={"rows": 5},
    )

    def grid(self) -> dict[InterviewCriterion, int]:
        """Return the scores, by criterion."""
        return {criterion: self[criterion.value].data for criterion in InterviewCriterion}


for _criterion in InterviewCriterion:
    setattr(
        GridForm,
        _criterion.value,
        RadioField(
            _criterion.label,
            [InputRequired(CHOOSE)],
            choices=choices((score, label) for score, label in SCORE_LABELS.items()),
            coerce=optional(int),
        ),
    )


def filled_grid(interview: Interview, *, stored: bool = False) -> GridForm:
    """Open the grid on what the panel noted, or on what was just typed over it."""
    data = {**interview.grid, "conclusion": interview.conclusion}
    given: dict[str, Any] = {"formdata": None} if stored else {}
    return GridForm(data={**data, "version": str(interview.version_id)}, **given)


class _Words(Form):
    """A sentence that the person reads as it is."""

    def validate_words(self, field: TextAreaField) -> None:
        """Refuse a sentence whose blank nobody filled."""
        if BLANK.search(field.data or ""):
            raise ValidationError(_("Complétez la phrase là où elle porte « … »."))


def _words(*, required: bool, label: str) -> TextAreaField:
    must = DataRequired(REQUIRED) if required else Optional()
    return TextAreaField(
        label,
        [must, Length(max=LONGEST_TEXT)],
        description=_("La personne lit cette phrase telle quelle."),
        render_kw={"rows": 7},
    )


class AdmitForm(_Words):
    """A word of welcome."""

    words = _words(required=False, label=_("Un mot de bienvenue"))


class _Place(Form):
    """Until when a place on the waiting list is kept, and in which order."""

    until = DateField(_("Garder sa place jusqu’au"), [InputRequired(REQUIRED)])
    rank = OptionalIntegerField(
        _("Rang sur la liste"),
        [Optional(), NumberRange(1, 999, _("Indiquez un nombre de 1 à 999."))],
        description=_(
            "Les personnes qui suivent reculent d’un rang. Laissez vide pour la mettre en dernier."
        ),
    )

    def validate_until(self, field: DateField) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data <= date.today():
            raise ValidationError(_("Choisissez un jour à venir."))


class WaitForm(_Place, _Words):
    """Until when a place is kept, in which order, and why."""

    words = _words(required=True, label=_("Votre réponse à la personne"))


class PlaceForm(_Place, EditForm):
    """Until when a place is kept from now on, and in which order."""

    #: The place that was shown when the form was opened: somebody ahead may leave meanwhile.
    seen_rank = HiddenField()

    @property
    def is_rank_kept(self) -> bool:
        """Whether the rank still says what was shown, so that nobody is to change places."""
        return str(self.rank.data or "") == (self.seen_rank.data or "")

    def overtakes(self, row: Any, saved: EditForm) -> bool:
        """Tell whether somebody saved something else meanwhile; the rank shown is then the one they gave."""
        seen, self.seen_rank.data = self.seen_rank.data, saved["seen_rank"].data
        is_overtaken = super().overtakes(row, saved)
        if not is_overtaken:
            self.seen_rank.data = seen
        return is_overtaken


def filled_place(application: Application, *, stored: bool = False) -> PlaceForm:
    """Open the form on a place that is kept, or on what was just typed over it."""
    # The place that pages show: whoever left the list leaves a hole in the stored ranks.
    rank = places_on_waiting_list().get(application.id)
    data = {"until": application.waits_until, "rank": rank, "seen_rank": str(rank or "")}
    given: dict[str, Any] = {"formdata": None} if stored else {}
    return PlaceForm(data={**data, "version": str(application.version_id)}, **given)


class EndPlaceForm(_Words):
    """A word for whoever has waited until the end of their place."""

    words = _words(required=False, label=_("Un mot pour la personne"))


class DeclineForm(_Words):
    """Why it is no, and what the person is told."""

    reason = RadioField(
        _("Pourquoi ?"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices((reason.value, reason.label) for reason in DeclineReason),
    )
    words = _words(required=True, label=_("Votre réponse à la personne"))


class LookAnswerForm(_Words):
    """What another look comes to."""

    outcome = RadioField(
        _("Après relecture"),
        [InputRequired(CHOOSE)],
        choices=choices(
            [
                ("reopen", _("reprendre l’examen : le dossier revient en évaluation")),
                ("uphold", _("confirmer la décision")),
            ]
        ),
    )
    words = _words(required=True, label=_("Votre réponse à la personne"))


WAIT_SENTENCE = _(
    "Merci pour votre candidature et pour cet entretien. Votre profil nous intéresse, et le "
    "vivier n’a pas de place dans votre métier aujourd’hui : nous gardons la vôtre sur la liste "
    "d’attente, et nous vous écrirons dès qu’une place se libère. Si vous trouvez autre chose "
    "d’ici là, retirez votre candidature en un geste : cela ne vous fermera rien."
)
#: What is first written for each reason of a no: kind, true, and with a next step.
DECLINE_SENTENCES = {
    DeclineReason.SHORT_EXPERIENCE: _(
        "Merci pour votre candidature, que nous avons lue avec attention. Les missions "
        "que nous confions se mènent souvent sans collègue du même métier : il y faut un peu plus "
        "d’expérience que celle que montre votre dossier. Candidatez de nouveau quand un ou deux "
        "projets de plus seront derrière vous ; nous relirons avec plaisir."
    ),
    DeclineReason.KNOW_HOW: _(
        "Merci pour votre candidature. Vos savoir-faire sont réels ; ils sont éloignés de ce que "
        "les ministères nous demandent cette année, et nous ne voulons pas vous faire attendre "
        "une mission qui ne viendrait pas. La page des besoins ouverts montre ce qui se demande : "
        "si votre métier y paraît, candidatez de nouveau."
    ),
    DeclineReason.THIN_FILE: _(
        "Merci pour votre candidature. Elle en dit trop peu pour que nous puissions juger : nous "
        "n’avons pas su voir ce que vous avez fait vous-même. Reprenez deux projets, dites votre "
        "part, ce qui a changé pour les usagers, ce que vous feriez autrement, et candidatez de "
        "nouveau."
    ),
    DeclineReason.PUBLIC_INTEREST: _(
        "Merci pour votre candidature. Votre parcours est solide ; nous n’y avons pas trouvé ce "
        "qui vous attire dans une mission publique, avec ses contraintes et ses usagers. Si ce "
        "goût vous vient ou si nous vous avons mal lu, dites-le-nous : nous relirons."
    ),
    DeclineReason.AVAILABILITY: _(
        "Merci pour votre candidature. Les missions demandent une présence que vos dates ou votre "
        "part de temps ne permettent pas aujourd’hui. Candidatez de nouveau dès que cela change : "
        "le reste de votre dossier n’est pas en cause."
    ),
    DeclineReason.NO_INTERVIEW: _(
        "Nous n’avons pas pu nous rencontrer, malgré les moments proposés. Nous arrêtons donc là "
        "cette candidature. Si un empêchement en est la cause, écrivez-nous : nous reprendrons où "
        "nous en étions."
    ),
    DeclineReason.POOL_FULL: _(
        "Merci pour votre candidature, qui est bonne. Le vivier compte déjà dans votre métier "
        "plus de personnes que nous n’avons de missions, et vous admettre serait vous faire "
        "attendre pour rien. Candidatez de nouveau à la prochaine campagne."
    ),
    DeclineReason.OTHER: _(
        "Merci pour votre candidature, que nous avons lue avec attention. Nous ne "
        "pouvons pas la retenir aujourd’hui, pour la raison que voici : … Vous pouvez demander "
        "qu’une personne la relise."
    ),
}
