"""A proposal: one talent for one seat, with dates and share, and how far it has come."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column, now
from talentpool.i18n import _
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent


class ProposalStatus(StrEnum):
    """How far a proposal has come; expired and obsolete are never a refusal."""

    PROPOSED = "proposed"
    MEETING_AGREED = "meeting_agreed"
    INTERVIEWED = "interviewed"
    HOST_AGREED = "host_agreed"
    TALENT_AGREED = "talent_agreed"
    CONFIRMED = "confirmed"
    PLACED = "placed"
    DECLINED = "declined"
    EXPIRED = "expired"
    OBSOLETE = "obsolete"

    @property
    def label(self) -> str:
        """The status as people say it, marked for translation."""
        return PROPOSAL_STATUS_LABELS[self]


class Side(StrEnum):
    """Who declines, or on whom a proposal waits."""

    HOST = "host"
    TALENT = "talent"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        """The side as people say it, marked for translation."""
        return SIDE_LABELS[self]


class DeclineReason(StrEnum):
    """Why a proposal was declined, in one of a few words that can be counted."""

    SKILLS = "skills"
    DATES = "dates"
    PLACE = "place"
    OTHER_MISSION = "other_mission"
    OTHER_PERSON = "other_person"
    NEED_CHANGED = "need_changed"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return DECLINE_REASON_LABELS[self]


PROPOSAL_STATUS_LABELS = {
    ProposalStatus.PROPOSED: _("Proposée"),
    ProposalStatus.MEETING_AGREED: _("Rencontre acceptée"),
    ProposalStatus.INTERVIEWED: _("Entretien fait"),
    ProposalStatus.HOST_AGREED: _("Accord de l’administration"),
    ProposalStatus.TALENT_AGREED: _("Accord du talent"),
    ProposalStatus.CONFIRMED: _("Confirmée"),
    ProposalStatus.PLACED: _("Placée"),
    ProposalStatus.DECLINED: _("Refusée"),
    ProposalStatus.EXPIRED: _("Expirée"),
    ProposalStatus.OBSOLETE: _("Caduque"),
}
SIDE_LABELS = {
    Side.HOST: _("L’administration"),
    Side.TALENT: _("Le talent"),
    Side.AGENCY: _("L’agence"),
}
DECLINE_REASON_LABELS = {
    DeclineReason.SKILLS: _("Les compétences ne correspondent pas"),
    DeclineReason.DATES: _("Les dates ou la part de temps ne conviennent pas"),
    DeclineReason.PLACE: _("Le lieu ne convient pas"),
    DeclineReason.OTHER_MISSION: _("Une autre mission est préférée"),
    DeclineReason.OTHER_PERSON: _("Une autre personne est préférée"),
    DeclineReason.NEED_CHANGED: _("Le besoin a changé"),
    DeclineReason.OTHER: _("Autre raison, précisée ci-dessous"),
}
#: What still holds time: earlier proposals are tentative, confirmed ones reserved.
TENTATIVE = (
    ProposalStatus.PROPOSED,
    ProposalStatus.MEETING_AGREED,
    ProposalStatus.INTERVIEWED,
    ProposalStatus.HOST_AGREED,
    ProposalStatus.TALENT_AGREED,
)
LIVE = (*TENTATIVE, ProposalStatus.CONFIRMED)


class Proposal(Versioned, Base):
    """One talent proposed for one seat; both days are included."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("share_pct BETWEEN 1 AND 10000", name="share"),
    )

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date] = mapped_column(info={"personal": "career"})
    ends_on: Mapped[date] = mapped_column(info={"personal": "career"})
    share_pct: Mapped[Decimal] = mapped_column(info={"personal": "career"})
    status: Mapped[ProposalStatus] = mapped_column(
        enum_column(ProposalStatus), default=ProposalStatus.PROPOSED
    )
    #: The last day on which the proposal holds; afterwards it has expired, whoever looks.
    expires_on: Mapped[date]
    #: When it last moved: what has not for over a week is idle.
    moved_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    declined_by: Mapped[Side | None] = mapped_column(enum_column(Side))
    decline_reason: Mapped[DeclineReason | None] = mapped_column(enum_column(DeclineReason))
    proposed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    talent: Mapped[Talent] = relationship()
    seat: Mapped[NeedSeat] = relationship()
    proposed_by: Mapped[Account | None] = relationship()

    def is_live_on(self, day: date) -> bool:
        """Whether the proposal still holds on `day`."""
        return self.status in LIVE and day <= self.expires_on

    def status_on(self, day: date) -> ProposalStatus:
        """Return the status; a live proposal whose time is over has expired."""
        over = self.status in LIVE and day > self.expires_on
        return ProposalStatus.EXPIRED if over else self.status
