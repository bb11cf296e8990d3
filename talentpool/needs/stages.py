"""The life of a need: its statuses, and the one table of what leads from one to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from talentpool.access import Permission
from talentpool.i18n import _


class NeedStatus(StrEnum):
    """Where a need stands between a ministry's first words and its end."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    COMPLEMENT_ASKED = "complement_asked"
    APPROVED = "approved"
    SEARCHING = "searching"
    PARTLY_FILLED = "partly_filled"
    FILLED = "filled"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNMET = "unmet"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return NEED_STATUS_LABELS[self]


class Move(StrEnum):
    """What brings a need from one status to another."""

    SUBMIT = "submit"
    TAKE_UP = "take_up"
    ASK_COMPLEMENT = "ask_complement"
    COMPLETE = "complete"
    APPROVE = "approve"
    DECLINE = "decline"
    SEARCH = "search"
    FILL = "fill"
    FREE = "free"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    GIVE_UP = "give_up"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """What was done, marked for translation."""
        return MOVE_LABELS[self]


class MoveReason(StrEnum):
    """Why a need ends without being served, in one of a few words that can be counted."""

    NO_USER_PROBLEM = "no_user_problem"
    TOO_NARROW = "too_narrow"
    WHOLE_SYSTEM = "whole_system"
    HOST_NOT_READY = "host_not_ready"
    NOT_PRIORITY = "not_priority"
    SOLVED_ELSEWHERE = "solved_elsewhere"
    NO_PROFILE = "no_profile"
    NO_CAP = "no_cap"
    PAY = "pay"
    PLACE = "place"
    CLEARANCE = "clearance"
    BUDGET = "budget"
    PRIORITY_CHANGED = "priority_changed"
    SERVED_OTHERWISE = "served_otherwise"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return MOVE_REASON_LABELS[self]


NEED_STATUS_LABELS = {
    NeedStatus.DRAFT: _("Brouillon"),
    NeedStatus.SUBMITTED: _("Déposé"),
    NeedStatus.IN_REVIEW: _("En instruction"),
    NeedStatus.COMPLEMENT_ASKED: _("Complément demandé"),
    NeedStatus.APPROVED: _("Retenu"),
    NeedStatus.SEARCHING: _("En recherche"),
    NeedStatus.PARTLY_FILLED: _("Partiellement pourvu"),
    NeedStatus.FILLED: _("Pourvu"),
    NeedStatus.CLOSED: _("Clos"),
    NeedStatus.DECLINED: _("Non retenu"),
    NeedStatus.WITHDRAWN: _("Retiré"),
    NeedStatus.UNMET: _("Sans solution"),
}
MOVE_LABELS = {
    Move.SUBMIT: _("Besoin déposé"),
    Move.TAKE_UP: _("Instruction commencée"),
    Move.ASK_COMPLEMENT: _("Complément demandé"),
    Move.COMPLETE: _("Complément apporté"),
    Move.APPROVE: _("Besoin retenu"),
    Move.DECLINE: _("Besoin non retenu"),
    Move.SEARCH: _("Recherche commencée"),
    Move.FILL: _("Poste pourvu"),
    Move.FREE: _("Poste de nouveau à pourvoir"),
    Move.CLOSE: _("Besoin clos"),
    Move.WITHDRAW: _("Besoin retiré par le ministère"),
    Move.GIVE_UP: _("Besoin resté sans solution"),
    Move.REOPEN: _("Besoin rouvert"),
}
MOVE_REASON_LABELS = {
    MoveReason.NO_USER_PROBLEM: _("outil informatique sans problème d’usager"),
    MoveReason.TOO_NARROW: _("tâche trop étroite pour une mission"),
    MoveReason.WHOLE_SYSTEM: _("refonte d’un système entier"),
    MoveReason.HOST_NOT_READY: _("conditions d’accueil non réunies"),
    MoveReason.NOT_PRIORITY: _("hors des priorités du moment"),
    MoveReason.SOLVED_ELSEWHERE: _("une solution existe déjà"),
    MoveReason.NO_PROFILE: _("aucun profil trouvé"),
    MoveReason.NO_CAP: _("plafond d’emplois atteint"),
    MoveReason.PAY: _("rémunération"),
    MoveReason.PLACE: _("lieu"),
    MoveReason.CLEARANCE: _("habilitation"),
    MoveReason.BUDGET: _("budget"),
    MoveReason.PRIORITY_CHANGED: _("priorités changées"),
    MoveReason.SERVED_OTHERWISE: _("pourvu autrement"),
    MoveReason.OTHER: _("autre raison"),
}

#: Somebody may be sought for the open seats of these.
SEARCHED = frozenset({NeedStatus.APPROVED, NeedStatus.SEARCHING, NeedStatus.PARTLY_FILLED})
#: The agency fills these, or has filled them.
SERVED = SEARCHED | {NeedStatus.FILLED}
#: The agency has these on its table, and has not said yes or no.
PENDING = frozenset({NeedStatus.SUBMITTED, NeedStatus.IN_REVIEW, NeedStatus.COMPLEMENT_ASKED})
#: Their ministry may change these by itself.
WRITABLE = frozenset({NeedStatus.DRAFT, NeedStatus.COMPLEMENT_ASKED})
#: Nothing more is done for these, unless they are reopened.
ENDED = frozenset({NeedStatus.CLOSED, NeedStatus.DECLINED, NeedStatus.WITHDRAWN, NeedStatus.UNMET})

DECLINE_REASONS = (
    MoveReason.NO_USER_PROBLEM,
    MoveReason.TOO_NARROW,
    MoveReason.WHOLE_SYSTEM,
    MoveReason.HOST_NOT_READY,
    MoveReason.NOT_PRIORITY,
    MoveReason.SOLVED_ELSEWHERE,
    MoveReason.OTHER,
)
WITHDRAWAL_REASONS = (
    MoveReason.PRIORITY_CHANGED,
    MoveReason.SERVED_OTHERWISE,
    MoveReason.BUDGET,
    MoveReason.HOST_NOT_READY,
    MoveReason.OTHER,
)
UNMET_REASONS = (
    MoveReason.NO_PROFILE,
    MoveReason.NO_CAP,
    MoveReason.HOST_NOT_READY,
    MoveReason.PAY,
    MoveReason.PLACE,
    MoveReason.CLEARANCE,
    MoveReason.OTHER,
)


@dataclass(frozen=True)
class MoveRule:
    """From where a move may be made, where it leads, and who makes it.

    Without a `target`, the need's seats say where it stands. Without a `permission`, nobody makes the
    move by itself: it follows from rankings and placements. A move that has `reasons` takes one of
    them; one that `says` something takes a sentence for the other side.
    """

    sources: frozenset[NeedStatus]
    target: NeedStatus | None
    permission: Permission | None
    reasons: tuple[MoveReason, ...] = ()
    says: bool = False


_HOST, _AGENCY = Permission.SPEAK_FOR_NEEDS, Permission.APPROVE_NEEDS

MOVES: dict[Move, MoveRule] = {
    Move.SUBMIT: MoveRule(frozenset({NeedStatus.DRAFT}), NeedStatus.SUBMITTED, _HOST),
    Move.TAKE_UP: MoveRule(frozenset({NeedStatus.SUBMITTED}), NeedStatus.IN_REVIEW, _AGENCY),
    Move.ASK_COMPLEMENT: MoveRule(
        frozenset({NeedStatus.IN_REVIEW}), NeedStatus.COMPLEMENT_ASKED, _AGENCY, says=True
    ),
    Move.COMPLETE: MoveRule(
        frozenset({NeedStatus.COMPLEMENT_ASKED}), NeedStatus.IN_REVIEW, _HOST, says=True
    ),
    Move.APPROVE: MoveRule(frozenset({NeedStatus.IN_REVIEW}), NeedStatus.APPROVED, _AGENCY),
    Move.DECLINE: MoveRule(
        frozenset({NeedStatus.IN_REVIEW, NeedStatus.COMPLEMENT_ASKED}),
        NeedStatus.DECLINED,
        _AGENCY,
        DECLINE_REASONS,
        says=True,
    ),
    Move.SEARCH: MoveRule(frozenset({NeedStatus.APPROVED}), NeedStatus.SEARCHING, None),
    Move.FILL: MoveRule(SEARCHED, None, None),
    Move.FREE: MoveRule(frozenset({NeedStatus.PARTLY_FILLED, NeedStatus.FILLED}), None, None),
    Move.CLOSE: MoveRule(
        frozenset({NeedStatus.PARTLY_FILLED, NeedStatus.FILLED}), NeedStatus.CLOSED, _AGENCY
    ),
    Move.WITHDRAW: MoveRule(PENDING | SEARCHED, NeedStatus.WITHDRAWN, _HOST, WITHDRAWAL_REASONS),
    Move.GIVE_UP: MoveRule(SEARCHED, NeedStatus.UNMET, _AGENCY, UNMET_REASONS, says=True),
    Move.REOPEN: MoveRule(ENDED, None, _AGENCY),
}


def moves_for(status: NeedStatus, may: Callable[[Permission], Any]) -> list[Move]:
    """List the moves that somebody may make from `status`; `may` says which permissions they hold."""
    return [
        move
        for move, rule in MOVES.items()
        if status in rule.sources and rule.permission is not None and may(rule.permission)
    ]
