"""The few words that contracts, absences and placements are told apart by."""

from enum import StrEnum

from talentpool.i18n import _


class Employer(StrEnum):
    """Who pays: the agency, within its cap, or a home body that puts the person at its disposal."""

    AGENCY = "agency"
    AT_DISPOSAL = "at_disposal"

    @property
    def label(self) -> str:
        """The employer as people say it, marked for translation."""
        return EMPLOYER_LABELS[self]


class ContractKind(StrEnum):
    """Under which title somebody is employed."""

    PROJECT = "project"
    FIXED_TERM = "fixed_term"
    OPEN_ENDED = "open_ended"
    DETACHED = "detached"
    MAD = "mad"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return CONTRACT_KIND_LABELS[self]


class AbsenceKind(StrEnum):
    """Why somebody is away, without saying more than planning needs."""

    LEAVE = "leave"
    TRAINING = "training"
    LONG = "long"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return ABSENCE_KIND_LABELS[self]


class Half(StrEnum):
    """A half of a day: an absence starts with one and ends with one."""

    MORNING = "morning"
    AFTERNOON = "afternoon"

    @property
    def label(self) -> str:
        """The half as people say it, marked for translation."""
        return HALF_LABELS[self]


class PlacementKind(StrEnum):
    """A mission of months, or an expert's intervention of 5 to 60 days."""

    MISSION = "mission"
    INTERVENTION = "intervention"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return PLACEMENT_KIND_LABELS[self]


class PlacementStatus(StrEnum):
    """Where a placement stands; it follows from facts and the day, and is stored nowhere."""

    TO_SIGN = "to_sign"
    SIGNED = "signed"
    PROBATION = "probation"
    RUNNING = "running"
    RENEWAL_DUE = "renewal_due"
    ENDED = "ended"
    INTERRUPTED = "interrupted"
    RENEWED = "renewed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return PLACEMENT_STATUS_LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self in {
            PlacementStatus.ENDED,
            PlacementStatus.INTERRUPTED,
            PlacementStatus.RENEWED,
            PlacementStatus.CANCELLED,
        }


class RenewalDecision(StrEnum):
    """What follows the end of a mission."""

    RENEW = "renew"
    REPLACE = "replace"
    HAND_OVER = "hand_over"
    HOST_KEEPS = "host_keeps"

    @property
    def label(self) -> str:
        """The decision as people say it, marked for translation."""
        return RENEWAL_LABELS[self]


class InterruptionReason(StrEnum):
    """Why a placement stopped before its end."""

    PROBATION = "probation"
    TALENT_LEFT = "talent_left"
    HOST_STOPPED = "host_stopped"
    CLEARANCE = "clearance"
    REASSIGNED = "reassigned"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return INTERRUPTION_LABELS[self]


EMPLOYER_LABELS = {
    Employer.AGENCY: _("L’agence"),
    Employer.AT_DISPOSAL: _("Autre employeur (à disposition)"),
}
CONTRACT_KIND_LABELS = {
    ContractKind.PROJECT: _("Contrat de projet"),
    ContractKind.FIXED_TERM: _("CDD"),
    ContractKind.OPEN_ENDED: _("CDI"),
    ContractKind.DETACHED: _("Détachement"),
    ContractKind.MAD: _("Mise à disposition"),
}
ABSENCE_KIND_LABELS = {
    AbsenceKind.LEAVE: _("Congé"),
    AbsenceKind.TRAINING: _("Formation"),
    AbsenceKind.LONG: _("Absence longue"),
    AbsenceKind.OTHER: _("Autre absence"),
}
HALF_LABELS = {Half.MORNING: _("matin"), Half.AFTERNOON: _("après-midi")}
PLACEMENT_KIND_LABELS = {
    PlacementKind.MISSION: _("Mission"),
    PlacementKind.INTERVENTION: _("Intervention courte"),
}
PLACEMENT_STATUS_LABELS = {
    PlacementStatus.TO_SIGN: _("À contractualiser"),
    PlacementStatus.SIGNED: _("Lettre signée"),
    PlacementStatus.PROBATION: _("Période d’essai"),
    PlacementStatus.RUNNING: _("En cours"),
    PlacementStatus.RENEWAL_DUE: _("Renouvellement à décider"),
    PlacementStatus.ENDED: _("Terminé"),
    PlacementStatus.INTERRUPTED: _("Interrompu"),
    PlacementStatus.RENEWED: _("Renouvelé"),
    PlacementStatus.CANCELLED: _("Annulé"),
}
RENEWAL_LABELS = {
    RenewalDecision.RENEW: _("Renouveler avec la même personne"),
    RenewalDecision.REPLACE: _("Continuer avec une autre personne"),
    RenewalDecision.HAND_OVER: _("Finir et passer la main"),
    RenewalDecision.HOST_KEEPS: _("L’administration garde la personne"),
}
INTERRUPTION_LABELS = {
    InterruptionReason.PROBATION: _("Fin de la période d’essai"),
    InterruptionReason.TALENT_LEFT: _("Départ du talent"),
    InterruptionReason.HOST_STOPPED: _("Arrêt par l’administration"),
    InterruptionReason.CLEARANCE: _("Habilitation refusée"),
    InterruptionReason.REASSIGNED: _("Nouvelle affectation"),
    InterruptionReason.OTHER: _("Autre raison, précisée ci-dessous"),
}
