"""One promise of a host: who sees to it, by when, how far it is, and what proves it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.needs.models import Need

LONGEST_EVIDENCE = 500
LONGEST_LINK = 500


class CommitmentKind(StrEnum):
    """What a host promises, in the order in which it is prepared."""

    EQUIPMENT = "equipment"
    INTERNET = "internet"
    DATA = "data"
    DESK = "desk"
    CONTACTS = "contacts"
    TELEWORK = "telework"
    SPONSOR = "sponsor"
    ACCESSIBILITY = "accessibility"
    REUSE = "reuse"
    EXIT_PLAN = "exit_plan"

    @property
    def label(self) -> str:
        """The promise in a few words, marked for translation."""
        return KIND_LABELS[self][0]

    @property
    def detail(self) -> str:
        """What the promise takes, marked for translation."""
        return KIND_LABELS[self][1]


class CommitmentState(StrEnum):
    """How far a promise is."""

    TODO = "todo"
    PLEDGED = "pledged"
    READY = "ready"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return STATE_LABELS[self]


KIND_LABELS = {
    CommitmentKind.EQUIPMENT: (
        _("Matériel et licences"),
        _("Un ordinateur que la personne administre, et les licences de ses outils."),
    ),
    CommitmentKind.INTERNET: (
        _("Internet sans filtre"),
        _("Un accès ouvert, SSH compris, au bureau comme à distance."),
    ),
    CommitmentKind.DATA: (
        _("Données accessibles dès le premier jour"),
        _("Les accès sont ouverts, et les accords signés, avant l’arrivée."),
    ),
    CommitmentKind.DESK: (
        _("Bureau et badge"),
        _("Un poste de travail fixe, un badge d’agent, la cantine au tarif des agents."),
    ),
    CommitmentKind.CONTACTS: (
        _("Contacts RH et informatique"),
        _("Deux personnes nommées, rencontrées pendant la première semaine."),
    ),
    CommitmentKind.TELEWORK: (
        _("Jours de télétravail"),
        _("Deux jours par semaine au moins, si la personne le souhaite."),
    ),
    CommitmentKind.SPONSOR: (
        _("Place dans l’organigramme, tête-à-tête avec le sponsor"),
        _("Un rattachement direct au sponsor, et un rendez-vous régulier."),
    ),
    CommitmentKind.ACCESSIBILITY: (
        _("Accessibilité (RGAA)"),
        _("Du temps et des tests prévus pour que tout le monde puisse se servir du produit."),
    ),
    CommitmentKind.REUSE: (
        _("Reprise de composants de l’État"),
        _("Les services partagés sont essayés avant d’en écrire d’autres."),
    ),
    CommitmentKind.EXIT_PLAN: (
        _("Plan de sortie"),
        _("Qui reprend le produit, avec quels moyens, quand la mission finit."),
    ),
}
STATE_LABELS = {
    CommitmentState.TODO: _("À faire"),
    CommitmentState.PLEDGED: _("Engagé"),
    CommitmentState.READY: _("Prêt"),
    CommitmentState.IMPOSSIBLE: _("Impossible"),
}


class Commitment(Versioned, Base):
    """One promise of the host of one need."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("need_id", "kind"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CommitmentKind] = mapped_column(enum_column(CommitmentKind))
    state: Mapped[CommitmentState] = mapped_column(
        enum_column(CommitmentState), default=CommitmentState.TODO
    )
    owner_name: Mapped[str] = mapped_column(String(200), default="", info={"personal": "identity"})
    due_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(
        String(LONGEST_EVIDENCE), default="", info={"personal": "identity"}
    )
    evidence_url: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")

    need: Mapped[Need] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.state in {CommitmentState.TODO, CommitmentState.PLEDGED}

    def is_late_on(self, day: date) -> bool:
        """Whether its day is over and it is not ready."""
        return self.is_open and self.due_on is not None and self.due_on < day
