"""Contracts by period, absences by half-days, agreements, placements, and feeds of their dates."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column
from talentpool.needs.models import Need, NeedSeat
from talentpool.placements.kinds import (
    AbsenceKind,
    ContractKind,
    Employer,
    Half,
    InterruptionReason,
    PlacementKind,
    PlacementStatus,
    RenewalDecision,
)
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent

#: Days before an end from which it must be decided what follows.
RENEWAL_NOTICE = timedelta(days=90)
#: Days before an end by which both sides must know what follows.
NOTICE = timedelta(days=60)
#: Two months, as contracts of the State count them for a mission.
PROBATION = timedelta(days=61)
#: The day of probation on which the agency asks both sides.
PROBATION_CHECK = timedelta(days=44)
SHARE_BOUNDS = "share_pct BETWEEN 1 AND 10000"


class Contract(Versioned, Base):
    """A signed employment contract: whose, with whom, from when to when (both included).

    Without an end it is open-ended. The agency's own contracts are what the cap is on.
    """

    __tablename__ = "contract"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    employer: Mapped[Employer] = mapped_column(enum_column(Employer))
    kind: Mapped[ContractKind] = mapped_column(
        enum_column(ContractKind), info={"personal": "career"}
    )
    starts_on: Mapped[date] = mapped_column(info={"personal": "career"})
    ends_on: Mapped[date | None] = mapped_column(info={"personal": "career"})
    signed_on: Mapped[date | None] = mapped_column(info={"personal": "career"})

    talent: Mapped[Talent] = relationship()
    periods: Mapped[list["ContractPeriod"]] = relationship(
        back_populates="contract",
        cascade="all, delete-orphan",
        order_by="ContractPeriod.starts_on",
    )

    def share_on(self, day: date) -> Decimal:
        """Return the share on `day`, zero outside the contract."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return Decimal(0)
        return [period.share_pct for period in self.periods if period.starts_on <= day][-1]


class ContractPeriod(Base):
    """The share of full time from a day on, until the next period or the contract's end."""

    __tablename__ = "contract_period"
    __table_args__ = (
        UniqueConstraint("contract_id", "starts_on"),
        CheckConstraint(SHARE_BOUNDS, name="share"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    starts_on: Mapped[date] = mapped_column(info={"personal": "career"})
    share_pct: Mapped[Decimal] = mapped_column(info={"personal": "career"})

    contract: Mapped[Contract] = relationship(back_populates="periods")


class Absence(Versioned, Base):
    """Days on which somebody does not work, to the half-day; why is said in three words at most."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period"),)

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AbsenceKind] = mapped_column(
        enum_column(AbsenceKind), info={"personal": "availability"}
    )
    starts_on: Mapped[date] = mapped_column(info={"personal": "availability"})
    starts_half: Mapped[Half] = mapped_column(enum_column(Half), default=Half.MORNING)
    ends_on: Mapped[date] = mapped_column(info={"personal": "availability"})
    ends_half: Mapped[Half] = mapped_column(enum_column(Half), default=Half.AFTERNOON)

    talent: Mapped[Talent] = relationship()

    def fraction_on(self, day: date) -> Decimal:
        """Return which part of `day` is missed: none, a half, or the whole."""
        if not self.starts_on <= day <= self.ends_on:
            return Decimal(0)
        missed = Decimal(1)
        if day == self.starts_on and self.starts_half is Half.AFTERNOON:
            missed -= Decimal("0.5")
        if day == self.ends_on and self.ends_half is Half.MORNING:
            missed -= Decimal("0.5")
        return missed


class Agreement(Versioned, Base):
    """The agreement with the host about one need; all its placements stand on it."""

    __tablename__ = "agreement"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), unique=True)
    signed_on: Mapped[date | None]

    need: Mapped[Need] = relationship()
    placements: Mapped[list["Placement"]] = relationship(
        back_populates="agreement", order_by="Placement.starts_on"
    )

    @property
    def reference(self) -> str:
        """What the document is called by."""
        return f"C-{self.id:04d}"


class Placement(Versioned, Base):
    """A talent on a seat, from a day to a day (both included), for a share of full time."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint(SHARE_BOUNDS, name="share"),
    )

    talent_id: Mapped[int] = mapped_column(ForeignKey("talent.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("need_seat.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="SET NULL"), unique=True
    )
    #: The placement that this one renews, or whose person it replaces.
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id", ondelete="SET NULL"), index=True
    )
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    kind: Mapped[PlacementKind] = mapped_column(
        enum_column(PlacementKind), default=PlacementKind.MISSION
    )
    starts_on: Mapped[date] = mapped_column(info={"personal": "career"})
    ends_on: Mapped[date] = mapped_column(info={"personal": "career"})
    share_pct: Mapped[Decimal] = mapped_column(info={"personal": "career"})
    #: How many half-days an intervention takes: its share is computed from them.
    half_days: Mapped[int | None]
    letter_signed_on: Mapped[date | None]
    #: The day on which the person's arrival was noted: nothing starts by itself.
    started_on: Mapped[date | None]
    probation_passed_on: Mapped[date | None]
    renewal: Mapped[RenewalDecision | None] = mapped_column(enum_column(RenewalDecision))
    renewal_note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    interruption: Mapped[InterruptionReason | None] = mapped_column(
        enum_column(InterruptionReason), info={"personal": "career"}
    )
    interruption_note: Mapped[str] = mapped_column(
        Text, default="", info={"personal": "assessment"}
    )
    cancelled_at: Mapped[datetime | None]

    talent: Mapped[Talent] = relationship()
    seat: Mapped[NeedSeat] = relationship()
    agreement: Mapped[Agreement] = relationship(back_populates="placements")
    proposal: Mapped[Proposal | None] = relationship()
    follows: Mapped["Placement | None"] = relationship(
        remote_side="Placement.id", back_populates="followers"
    )
    followers: Mapped[list["Placement"]] = relationship(back_populates="follows")
    owner: Mapped[Account | None] = relationship()

    @property
    def reference(self) -> str:
        """What the mission letter is called by."""
        return f"L-{self.id:04d}"

    @property
    def is_signed(self) -> bool:
        """Whether agreement and letter are both signed, without which nothing starts."""
        return self.letter_signed_on is not None and self.agreement.signed_on is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was taken back before it started."""
        return self.cancelled_at is not None

    @property
    def renewal_due_on(self) -> date:
        """The day from which it must be decided what follows."""
        return self.ends_on - RENEWAL_NOTICE

    @property
    def notice_on(self) -> date:
        """The day by which both sides must know what follows."""
        return self.ends_on - NOTICE

    @property
    def probation_check_on(self) -> date:
        """The forty-fifth day of probation."""
        return self.starts_on + PROBATION_CHECK

    @property
    def is_renewed(self) -> bool:
        """Whether the same person goes on, on the same seat."""
        return any(
            later.talent_id == self.talent_id and not later.is_cancelled for later in self.followers
        )

    def status_on(self, day: date) -> PlacementStatus:
        """Return where the placement stands on `day`."""
        if self.is_cancelled:
            return PlacementStatus.CANCELLED
        if self.interruption is not None and day > self.ends_on:
            return PlacementStatus.INTERRUPTED
        if self.started_on is None:
            return PlacementStatus.SIGNED if self.is_signed else PlacementStatus.TO_SIGN
        if day > self.ends_on:
            return PlacementStatus.RENEWED if self.is_renewed else PlacementStatus.ENDED
        if self.is_on_probation(day):
            return PlacementStatus.PROBATION
        if day >= self.renewal_due_on and self.needs_decision:
            return PlacementStatus.RENEWAL_DUE
        return PlacementStatus.RUNNING

    def is_on_probation(self, day: date) -> bool:
        """Whether either side may still end it on short notice; renewals have no probation."""
        return (
            self.kind is PlacementKind.MISSION
            and (self.follows is None or self.follows.talent_id != self.talent_id)
            and self.probation_passed_on is None
            and day < self.starts_on + PROBATION
        )

    @property
    def needs_decision(self) -> bool:
        """Whether nobody has said yet what follows the end."""
        return (
            self.kind is PlacementKind.MISSION
            and self.renewal is None
            and self.interruption is None
            and not self.is_renewed
        )


class CalendarFeed(Base):
    """A calendar that somebody subscribed to by a secret address, until they revoke it."""

    __tablename__ = "calendar_feed"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
