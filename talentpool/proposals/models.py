"""A proposal: one talent for one seat, what each side answered, and what they said to each other."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column, now
from talentpool.needs.models import NeedSeat
from talentpool.proposals.stages import (
    ASKED_AT,
    INTRODUCED,
    LIVE,
    SIDES,
    AnswerReason,
    Channel,
    ProposalStatus,
    Question,
    Side,
)
from talentpool.talents.models import Talent

#: Days within which each side is asked to answer; silence is then reminded.
ANSWER_WITHIN = timedelta(days=7)


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
    #: How far it had come when it became obsolete: where it goes on if somebody reopens it.
    resumes_as: Mapped[ProposalStatus | None] = mapped_column(enum_column(ProposalStatus))
    #: The last day on which the proposal holds; afterwards it has expired, whoever looks.
    expires_on: Mapped[date]
    #: When it last moved: what has not for over a week is idle.
    moved_at: Mapped[datetime] = mapped_column(default=now)
    #: The agency's word to the host, who doesn't know the person's name yet; and to the person.
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    talent_note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    #: Where to write to a side that has no account.
    host_email: Mapped[str] = mapped_column(String(254), default="", info={"personal": "contact"})
    talent_email: Mapped[str] = mapped_column(String(254), default="", info={"personal": "contact"})
    declined_by: Mapped[Side | None] = mapped_column(enum_column(Side))
    decline_reason: Mapped[AnswerReason | None] = mapped_column(enum_column(AnswerReason))
    #: What was said with a refusal: for the agency, and for the person who asks.
    decline_note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    proposed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    talent: Mapped[Talent] = relationship()
    seat: Mapped[NeedSeat] = relationship()
    proposed_by: Mapped[Account | None] = relationship()
    answers: Mapped[list["ProposalAnswer"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="ProposalAnswer.id"
    )
    slots: Mapped[list["InterviewSlot"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="InterviewSlot.starts_at"
    )
    messages: Mapped[list["ProposalMessage"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="ProposalMessage.id"
    )

    @property
    def code(self) -> str:
        """What a host calls the person before both want to meet: another code for each proposal."""
        return f"P-{self.id:04d}"

    def is_live_on(self, day: date) -> bool:
        """Whether the proposal still holds on `day`."""
        return self.status in LIVE and day <= self.expires_on

    def status_on(self, day: date) -> ProposalStatus:
        """Return the status; a live proposal whose time is over has expired."""
        over = self.status in LIVE and day > self.expires_on
        return ProposalStatus.EXPIRED if over else self.status

    def asked_on(self, day: date) -> Question | None:
        """Return what the sides are asked on `day`, if anything."""
        return ASKED_AT.get(self.status_on(day))

    def answer_of(self, side: Side, question: Question) -> "ProposalAnswer | None":
        """Return what a side answered to a question."""
        given = [a for a in self.answers if (a.side, a.question) == (side, question)]
        return given[-1] if given else None

    def awaits(self, side: Side, day: date) -> bool:
        """Whether a side is asked something on `day` and has not answered."""
        question = self.asked_on(day)
        if question is None or side not in SIDES:
            return False
        return self.answer_of(side, question) is None

    def are_introduced_on(self, day: date) -> bool:
        """Whether the two sides know each other's names: both said yes, and it is not over."""
        return self.status_on(day) in INTRODUCED

    @property
    def answer_by(self) -> date:
        """The day by which an answer is hoped for."""
        return min(self.moved_at.date() + ANSWER_WITHIN, self.expires_on)

    @property
    def chosen_slot(self) -> "InterviewSlot | None":
        """When the two meet, once chosen."""
        return next((slot for slot in self.slots if slot.chosen_at is not None), None)


class ProposalAnswer(Base):
    """What one side said to one question; never changed."""

    __tablename__ = "proposal_answer"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[Question] = mapped_column(enum_column(Question))
    side: Mapped[Side] = mapped_column(enum_column(Side))
    is_yes: Mapped[bool]
    reason: Mapped[AnswerReason] = mapped_column(enum_column(AnswerReason))
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    proposal: Mapped[Proposal] = relationship(back_populates="answers")
    answered_by: Mapped[Account | None] = relationship()


class AnswerLink(Base):
    """An address that lets whoever got it by mail answer one question for one side, once."""

    __tablename__ = "answer_link"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[Question] = mapped_column(enum_column(Question))
    side: Mapped[Side] = mapped_column(enum_column(Side))
    #: SHA-256 of the secret part of the address, which is written nowhere but in the mail.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    recipient: Mapped[str] = mapped_column(String(254), info={"personal": "contact"})
    expires_on: Mapped[date]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship()


class InterviewSlot(Base):
    """A time at which the two could meet, and whether they do."""

    __tablename__ = "interview_slot"
    __table_args__ = (CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes"),)

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=45)
    #: An address, a room, or the link of a video call.
    place: Mapped[str] = mapped_column(String(300), default="")
    offered_by: Mapped[Side] = mapped_column(enum_column(Side))
    chosen_by: Mapped[Side | None] = mapped_column(enum_column(Side))
    chosen_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(back_populates="slots")

    @property
    def ends_at(self) -> datetime:
        """When the meeting ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


class ProposalMessage(Base):
    """A message in a proposal's thread; the agency reads all, each side what is for it."""

    __tablename__ = "proposal_message"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    author_side: Mapped[Side] = mapped_column(enum_column(Side))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    #: The side that reads it beside the agency; none when both do.
    audience: Mapped[Side | None] = mapped_column(enum_column(Side))
    text: Mapped[str] = mapped_column(Text, info={"personal": "contact"})

    proposal: Mapped[Proposal] = relationship(back_populates="messages")
    author: Mapped[Account | None] = relationship()
