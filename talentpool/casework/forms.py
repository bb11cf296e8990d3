"""The shape of notes, follow-ups, handovers and confirmations."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import EmailField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from talentpool.accounts.forms import EMAIL
from talentpool.accounts.models import Account
from talentpool.casework.models import (
    LONGEST_NOTE,
    LONGEST_REASON,
    Answer,
    FollowUp,
    Handover,
    NoteKind,
)
from talentpool.i18n import _, date_in_figures, translated
from talentpool.web.fields import DateField, MultiCheckboxField, choices, optional
from talentpool.web.forms import REQUIRED, EditForm, Form

#: The agency works in one time zone.
PARIS = ZoneInfo("Europe/Paris")
LONGEST_ANSWER = 4_000


def _text(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [DataRequired(REQUIRED), Length(max=LONGEST_NOTE)],
        description=_(
            "Des faits utiles, sans jugement. Une note sur une personne lui est remise si elle "
            "demande ses données."
        ),
        render_kw={"rows": 6},
    )


class NoteForm(Form):
    """Something to remember."""

    text = _text(_("Note"))


class ContactForm(Form):
    """A call, a mail or a meeting: who, when, what was said, and when to come back to it."""

    kind = RadioField(
        _("Comment ?"),
        [InputRequired(REQUIRED)],
        choices=choices((kind.value, kind.label) for kind in NoteKind if kind is not NoteKind.NOTE),
        default=NoteKind.CALL.value,
    )
    with_whom = StringField(_("Avec qui ?"), [DataRequired(REQUIRED), Length(max=200)])
    happened_on = DateField(_("Jour"), [InputRequired(REQUIRED)])
    happened_time = TimeField(
        _("Heure"), [InputRequired(_("Indiquez une heure, comme 14:30."))], format=["%H:%M"]
    )
    text = _text(_("Ce qui a été dit"))
    follow_up_on = DateField(
        _("Y revenir le"),
        [Optional()],
        description=_("Cette date remplace celle du suivi en cours, s’il y en a une."),
    )

    @property
    def happened_at(self) -> datetime:
        """The instant, from the day and the time on the agency's clocks."""
        assert self.happened_on.data and self.happened_time.data  # noqa: S101, PT018
        local = datetime.combine(self.happened_on.data, self.happened_time.data, PARIS)
        return local.astimezone(UTC)

    def validate_happened_on(self, field: DateField) -> None:
        """Refuse what has not happened yet."""
        if field.data and field.data > datetime.now(PARIS).date():
            raise ValidationError(_("Cette date est à venir : notez ce qui a déjà eu lieu."))


class StrikeForm(Form):
    """Why a note is struck out."""

    reason = StringField(
        _("Pourquoi ?"),
        [DataRequired(REQUIRED), Length(max=LONGEST_REASON)],
        description=_("Par exemple : noté sur la mauvaise fiche."),
    )


class FollowUpForm(EditForm):
    """Who follows, until when, and what for."""

    owner_id = SelectField(_("Qui suit ?"), coerce=optional(int), choices=[])
    due_on = DateField(
        _("Y revenir le"), [Optional()], description=_("Vide : rien n’est à faire pour l’instant.")
    )
    reason = StringField(_("Pour quoi faire ?"), [Optional(), Length(max=LONGEST_REASON)])

    def offer(self, people: Iterable[Account], absences: dict[int, Handover]) -> None:
        """Offer who may follow, those who are away being said so."""
        self.owner_id.choices = choices(
            ((person.id, said(person, absences)) for person in people), empty=_("Personne")
        )


def said(person: Account, absences: dict[int, Handover]) -> str:
    """Return a colleague's name, and until when they are away."""
    away = absences.get(person.id)
    if away is None:
        return person.display_name
    until = date_in_figures(away.ends_on)
    return translated(
        _("%(name)s (en absence jusqu’au %(day)s)"), name=person.display_name, day=until
    )


class HandoverForm(Form):
    """What is entrusted to whom, from when until when."""

    receiver_id = SelectField(
        _("À qui ?"), [InputRequired(REQUIRED)], coerce=optional(int), choices=[]
    )
    starts_on = DateField(_("Premier jour d’absence"), [InputRequired(REQUIRED)])
    ends_on = DateField(_("Dernier jour d’absence"), [InputRequired(REQUIRED)])
    note = TextAreaField(
        _("Mot pour la personne qui suit"),
        [Optional(), Length(max=LONGEST_NOTE)],
        render_kw={"rows": 3},
    )
    follow_ups = MultiCheckboxField(_("Suivis à confier"), coerce=int, choices=[])
    placements = MultiCheckboxField(_("Missions à confier"), coerce=int, choices=[])

    def offer_people(self, people: Iterable[Account], absences: dict[int, Handover]) -> None:
        """Offer colleagues to entrust cases to."""
        self.receiver_id.choices = choices(
            ((person.id, said(person, absences)) for person in people), empty=_("Choisir quelqu’un")
        )

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour vient après le premier."))


def follow_up_words(follow_up: FollowUp, label: str) -> str:
    """Name a follow-up in a list of boxes: about what, and its day."""
    if follow_up.due_on is None:
        return translated(_("%(what)s, sans date"), what=label)
    return translated(
        _("%(what)s, à revoir le %(day)s"), what=label, day=date_in_figures(follow_up.due_on)
    )


class AskForm(Form):
    """Whom to ask whether an entry is right."""

    contact_email = EmailField(
        _("Adresse électronique de la personne"),
        EMAIL,
        description=_("Elle reçoit un lien qui ne sert qu’une fois, pendant trente jours."),
        render_kw={"spellcheck": "false"},
    )


class AnswerForm(Form):
    """What whom an entry was made for says about it."""

    answer = RadioField(
        _("Votre réponse"),
        [InputRequired(_("Choisissez une réponse."))],
        choices=choices((answer.value, answer.label) for answer in Answer),
    )
    text = TextAreaField(
        _("Ce qu’il faut corriger, ou un mot pour l’agence"),
        [Optional(), Length(max=LONGEST_ANSWER)],
        render_kw={"rows": 5},
    )
    #: The version of the entry that is on the screen.
    version = IntegerField(widget=HiddenInput())

    def offer(self, answers: Iterable[Answer]) -> None:
        """Offer the answers that make sense."""
        self.answer.choices = choices((answer.value, answer.label) for answer in answers)
