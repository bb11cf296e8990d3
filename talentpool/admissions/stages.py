"""The life of an application: its stages, and the one table of what leads from one to the next."""

from dataclasses import dataclass
from enum import StrEnum

from talentpool.i18n import _


class Stage(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    ADMITTED = "admitted"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The stage as people say it, marked for translation."""
        return STAGE_LABELS[self]


class Move(StrEnum):
    """What brings an application from one stage to another."""

    SUBMIT = "submit"
    TAKE_UP = "take_up"
    INVITE = "invite"
    ADMIT = "admit"
    WAIT = "wait"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """What was done, marked for translation."""
        return MOVE_LABELS[self]


class DeclineReason(StrEnum):
    """Why somebody is not admitted, in one of a few words that can be counted."""

    SHORT_EXPERIENCE = "short_experience"
    KNOW_HOW = "know_how"
    THIN_FILE = "thin_file"
    PUBLIC_INTEREST = "public_interest"
    AVAILABILITY = "availability"
    NO_INTERVIEW = "no_interview"
    POOL_FULL = "pool_full"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return REASON_LABELS[self]


STAGE_LABELS = {
    Stage.DRAFT: _("Brouillon"),
    Stage.SUBMITTED: _("Déposée"),
    Stage.IN_REVIEW: _("En évaluation"),
    Stage.INTERVIEW: _("Entretien"),
    Stage.ADMITTED: _("Admise au vivier"),
    Stage.WAITING: _("Liste d’attente"),
    Stage.DECLINED: _("Non retenue"),
    Stage.WITHDRAWN: _("Retirée"),
    Stage.LAPSED: _("Liste d’attente échue"),
}
MOVE_LABELS = {
    Move.SUBMIT: _("Candidature déposée"),
    Move.TAKE_UP: _("Évaluation commencée"),
    Move.INVITE: _("Invitation à un entretien"),
    Move.ADMIT: _("Admission au vivier"),
    Move.WAIT: _("Mise sur la liste d’attente"),
    Move.DECLINE: _("Candidature non retenue"),
    Move.WITHDRAW: _("Candidature retirée"),
    Move.LAPSE: _("Fin de la liste d’attente"),
    Move.REOPEN: _("Examen repris"),
}
REASON_LABELS = {
    DeclineReason.SHORT_EXPERIENCE: _("expérience encore courte pour les missions confiées"),
    DeclineReason.KNOW_HOW: _("savoir-faire éloignés de ce que les ministères demandent"),
    DeclineReason.THIN_FILE: _("dossier trop peu détaillé pour en juger"),
    DeclineReason.PUBLIC_INTEREST: _("motivation éloignée des missions publiques"),
    DeclineReason.AVAILABILITY: _("disponibilité incompatible avec les missions"),
    DeclineReason.NO_INTERVIEW: _("entretien qui n’a pas pu se tenir"),
    DeclineReason.POOL_FULL: _("vivier complet dans cette famille de métiers"),
    DeclineReason.OTHER: _("une autre raison"),
}

#: What the agency has been handed and has not decided.
PENDING = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW, Stage.INTERVIEW})
#: What can still go on: whoever has one of these cannot begin another.
LIVE = PENDING | {Stage.DRAFT, Stage.WAITING}
ENDED = frozenset({Stage.ADMITTED, Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED})
#: The agency reads the name from the interview on, and no more once somebody goes without being admitted.
NAMED = frozenset({Stage.INTERVIEW, Stage.ADMITTED, Stage.WAITING})
#: What a decision brings.
DECISIONS = frozenset({Move.ADMIT, Move.WAIT, Move.DECLINE})
#: What somebody answers for by their name: no command, no job and no machine makes one of these moves.
SIGNED = DECISIONS | {Move.LAPSE, Move.REOPEN}


@dataclass(frozen=True)
class MoveRule:
    """From which stages a move starts, and where it leads."""

    sources: frozenset[Stage]
    target: Stage


MOVES: dict[Move, MoveRule] = {
    Move.SUBMIT: MoveRule(frozenset({Stage.DRAFT}), Stage.SUBMITTED),
    Move.TAKE_UP: MoveRule(frozenset({Stage.SUBMITTED}), Stage.IN_REVIEW),
    Move.INVITE: MoveRule(frozenset({Stage.IN_REVIEW}), Stage.INTERVIEW),
    Move.ADMIT: MoveRule(frozenset({Stage.INTERVIEW, Stage.WAITING}), Stage.ADMITTED),
    Move.WAIT: MoveRule(frozenset({Stage.INTERVIEW}), Stage.WAITING),
    Move.DECLINE: MoveRule(frozenset({Stage.IN_REVIEW, Stage.INTERVIEW}), Stage.DECLINED),
    Move.WITHDRAW: MoveRule(PENDING | {Stage.WAITING}, Stage.WITHDRAWN),
    Move.LAPSE: MoveRule(frozenset({Stage.WAITING}), Stage.LAPSED),
    Move.REOPEN: MoveRule(frozenset({Stage.DECLINED}), Stage.IN_REVIEW),
}
