"""The shape of a move that takes a reason or words."""

import re

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from talentpool.i18n import _
from talentpool.needs.stages import MOVES, Move, MoveReason
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, Form

LONGEST_WORDS = 4_000
#: What a sentence leaves to the officer to say.
BLANK = re.compile(r":\s*…")
CHOOSE_REASON = _("Choisissez une raison.")

WORDS_LABELS = {
    Move.ASK_COMPLEMENT: _("Ce qui manque, et pourquoi"),
    Move.COMPLETE: _("Ce que vous avez ajouté ou corrigé"),
    Move.DECLINE: _("Votre réponse au ministère"),
    Move.WITHDRAW: _("Un mot pour l’agence"),
    Move.GIVE_UP: _("Votre message au ministère"),
}
WORDS_HINTS = {
    Move.ASK_COMPLEMENT: _(
        "Une question par ligne : le ministère sait ainsi quand il a répondu à tout."
    ),
    Move.COMPLETE: _("L’agence lit ce mot avant de reprendre l’instruction."),
    Move.DECLINE: _("Le ministère lit cette phrase telle quelle : ajoutez ce qui l’aide vraiment."),
    Move.WITHDRAW: _("Ce que l’agence doit savoir pour la prochaine fois."),
    Move.GIVE_UP: _("Dites ce qui a été essayé, et ce qui rendrait la recherche possible."),
}

#: What the agency first writes for each reason to decline: kind, true, and with a next step.
DECLINE_SENTENCES = {
    MoveReason.NO_USER_PROBLEM: _(
        "Merci pour ce besoin. Il décrit un outil, et nous n’y avons pas encore trouvé les "
        "personnes dont il changerait le quotidien : c’est par elles que commence une mission. "
        "Rencontrez cinq d’entre elles, notez ce qui les bloque, puis redéposez ce besoin : nous "
        "vous aiderons à préparer ces entretiens."
    ),
    MoveReason.TOO_NARROW: _(
        "Merci pour ce besoin, qui est clair. La tâche est trop étroite pour occuper quelqu’un "
        "pendant plusieurs mois. Élargissez-la au problème qu’elle sert, ou confiez-la à votre "
        "service numérique : nous pouvons vous indiquer à qui vous adresser."
    ),
    MoveReason.WHOLE_SYSTEM: _(
        "Merci pour ce besoin, dont l’importance est réelle. Refondre un système entier demande "
        "une équipe durable, plus qu’une mission de quelques mois. Choisissez la première étape "
        "qui rendrait service en dix mois et redéposez-la : nous vous aiderons à la choisir."
    ),
    MoveReason.HOST_NOT_READY: _(
        "Merci pour ce besoin, que nous aimerions servir. Les conditions d’accueil ne sont pas "
        "encore réunies, et la personne qui viendrait ne pourrait pas travailler. Réunissez-les "
        "avec la liste des engagements, puis redéposez ce besoin : il sera relu en priorité."
    ),
    MoveReason.NOT_PRIORITY: _(
        "Merci pour ce besoin, qui est bien décrit. Nous ne pouvons pas tout servir, et d’autres "
        "besoins passent devant ce semestre. Gardez ce texte et redéposez-le à la prochaine "
        "campagne ; d’ici là, nous restons joignables pour l’affiner."
    ),
    MoveReason.SOLVED_ELSEWHERE: _(
        "Merci pour ce besoin. Une solution existe déjà dans une autre administration, et la "
        "reprendre ira plus vite que la refaire. Nous vous mettons en relation avec l’équipe qui "
        "la porte ; si elle ne convient pas, dites-nous pourquoi et nous rouvrirons ce besoin."
    ),
    MoveReason.OTHER: _(
        "Merci pour ce besoin. Nous ne pouvons pas le retenir aujourd’hui, pour la raison que "
        "voici : … Appelez-nous pour en parler : nous chercherons avec vous une autre voie."
    ),
}


class MoveForm(Form):
    """Why a need is moved, and what the other side is told."""

    reason = RadioField(_("Pourquoi ?"), [InputRequired(CHOOSE_REASON)], choices=[])
    words = TextAreaField("", render_kw={"rows": 8})

    def offer(self, move: Move) -> None:
        """Ask what a move takes, and nothing else."""
        rule = MOVES[move]
        if rule.reasons:
            self.reason.choices = choices((reason.value, reason.label) for reason in rule.reasons)
        else:
            del self.reason
        self.words.label.text = WORDS_LABELS[move]
        self.words.description = WORDS_HINTS[move]
        must = DataRequired(REQUIRED) if rule.says else Optional()
        self.words.validators = [must, Length(max=LONGEST_WORDS)]
        self.words.flags.required = rule.says

    def validate_words(self, field: TextAreaField) -> None:
        """Refuse a sentence whose blank nobody filled."""
        if BLANK.search(field.data or ""):
            raise ValidationError(_("Complétez la phrase là où elle porte « … »."))

    @property
    def chosen(self) -> MoveReason:
        """The reason that was ticked."""
        return MoveReason(self.reason.data)


class PlainMoveForm(Form):
    """A move that only asks to be confirmed."""
