"""The shape of a proposal, of an answer, of a refusal, of times to meet, and of a message."""

from datetime import datetime
from typing import Any

from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import DateTimeLocalField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from talentpool.i18n import _, translated
from talentpool.proposals.meetings import Time
from talentpool.proposals.stages import NO_REASONS, YES_REASONS, AnswerReason, Question, Side
from talentpool.proposals.wording import PARIS
from talentpool.talents.forms import person_choices
from talentpool.talents.models import Talent
from talentpool.web.fields import (
    DateField,
    ExactShareField,
    OptionalIntegerField,
    choices,
    optional,
)
from talentpool.web.forms import REQUIRED, Form

ADDRESS = [Optional(), Length(max=254), Email(_("Il manque une partie de l’adresse."))]
CHOOSE_REASON = _("Choisissez une raison.")


class ProposalForm(Form):
    """Who is proposed for a seat, when, for which share, and with which words."""

    talent = SelectField(_("Personne"), [InputRequired(REQUIRED)], coerce=optional(int), choices=[])
    starts_on = DateField(_("Premier jour"), [InputRequired(REQUIRED)])
    ends_on = DateField(_("Dernier jour"), [InputRequired(REQUIRED)])
    share_pct = ExactShareField(_("Part de temps plein"), [InputRequired(REQUIRED)])
    note = TextAreaField(
        _("Mot pour l’administration"),
        [Optional(), Length(max=2_000)],
        description=_("Elle ne connaît pas encore le nom de la personne : ne l’écrivez pas."),
        render_kw={"rows": 3},
    )
    talent_note = TextAreaField(
        _("Mot pour la personne"), [Optional(), Length(max=2_000)], render_kw={"rows": 3}
    )
    host_email = EmailField(
        _("Adresse de l’administration"),
        ADDRESS,
        description=_("Si la personne qui doit répondre n’a pas de compte."),
    )
    talent_email = EmailField(
        _("Adresse de la personne"), ADDRESS, description=_("Si elle n’a pas de compte.")
    )

    def offer(self, people: list[Talent]) -> None:
        """Offer people to propose."""
        self.talent.choices = person_choices(people)

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour vient après le premier."))


class AnswerForm(Form):
    """Yes or no, with its reason, in one choice."""

    #: The question that was on the screen: another one may be asked by the time of the answer.
    question = HiddenField()
    answer = RadioField(_("Votre réponse"), [InputRequired(_("Choisissez une réponse."))])
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=2_000)],
        description=_("Pour l’agence seule ; la personne pourra les lire si elle le demande."),
        render_kw={"rows": 3},
    )

    def offer(self, side: Side, question: Question | None) -> None:
        """Offer what a side may answer to what it is asked."""
        if self.question.data is None:
            self.question.data = question.value if question else ""
        self.answer.choices = choices(
            [
                *((f"yes:{r.value}", _worded(_("Oui – %(reason)s"), r)) for r in YES_REASONS[side]),
                *((f"no:{r.value}", _worded(_("Non – %(reason)s"), r)) for r in NO_REASONS[side]),
            ]
        )

    def given(self) -> dict[str, Any]:
        """Return the answer as the service takes it."""
        word, _colon, reason = str(self.answer.data).partition(":")
        return {
            "is_yes": word == "yes",
            "reason": AnswerReason(reason),
            "note": self.note.data or "",
            "seen": Question(self.question.data) if self.question.data in set(Question) else None,
        }


def _worded(pattern: str, reason: AnswerReason) -> str:
    label = translated(reason.label)
    return translated(pattern, reason=label[:1].lower() + label[1:])


class DeclineForm(Form):
    """Who declines a proposal, and why."""

    side = SelectField(
        _("Qui refuse ?"), choices=choices((side.value, side.label) for side in Side)
    )
    reason = SelectField(_("Raison"), [InputRequired(CHOOSE_REASON)], choices=[])
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=2_000)],
        description=_("Des faits utiles : la personne pourra les lire."),
        render_kw={"rows": 3},
    )

    def offer(self, sides: tuple[Side, ...]) -> None:
        """Offer the reasons that any of these sides may give."""
        reasons = dict.fromkeys(reason for side in sides for reason in NO_REASONS[side])
        ordered = sorted(reasons, key=lambda reason: reason is AnswerReason.OTHER)
        self.reason.choices = choices(
            ((reason.value, reason.label) for reason in ordered), empty=_("Choisir une raison")
        )


class WithdrawalForm(DeclineForm):
    """Why a side withdraws."""

    side = None


class SlotsForm(Form):
    """Up to three times at which the two could meet."""

    first = DateTimeLocalField(
        _("Premier moment"),
        [InputRequired(REQUIRED)],
        format=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        description=_("Heure de Paris."),
    )
    second = DateTimeLocalField(
        _("Deuxième moment"), [Optional()], format=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]
    )
    third = DateTimeLocalField(
        _("Troisième moment"), [Optional()], format=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]
    )
    minutes = OptionalIntegerField(
        _("Durée en minutes"),
        [
            InputRequired(REQUIRED),
            NumberRange(10, 480, _("Indiquez une durée entre 10 et 480 minutes.")),
        ],
    )
    place = StringField(_("Lieu ou lien de la visioconférence"), [Optional(), Length(max=300)])

    def times(self) -> list[Time]:
        """Return the times that were given, the earliest first."""
        given = {day for day in (self.first.data, self.second.data, self.third.data) if day}
        minutes, place = self.minutes.data or 0, self.place.data or ""
        return [Time(_in_paris(day), minutes, place) for day in sorted(given)]


def _in_paris(day: datetime) -> datetime:
    return day.replace(tzinfo=PARIS)


class MessageForm(Form):
    """A message, and whom it is for."""

    audience = RadioField(_("Pour qui ?"), [InputRequired(_("Choisissez pour qui."))], choices=[])
    text = TextAreaField(
        _("Message"),
        [InputRequired(_("Écrivez un message.")), Length(max=4_000)],
        render_kw={"rows": 4},
    )

    def offer(self, audiences: list[Side | None], author: Side) -> None:
        """Offer whom one may write to; the only one possible is chosen already."""
        self.audience.choices = choices(
            (side.value if side else "both", _audience_label(side, author)) for side in audiences
        )
        if self.audience.data is None:
            self.audience.data = audiences[0].value if audiences[0] else "both"

    @property
    def chosen_audience(self) -> Side | None:
        """The side that the message is for, None for both."""
        return None if self.audience.data == "both" else Side(self.audience.data)


def _audience_label(side: Side | None, author: Side) -> str:
    if side is None:
        return _("Tout le monde : l’agence, l’administration et le talent")
    return _("L’agence seule") if side is author else side.label
