"""Notes, follow-ups, handovers and confirmations, each about one need, one seat or one person."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.needs.models import Need, NeedSeat
from talentpool.placements.models import Placement
from talentpool.talents.models import Talent

LONGEST_NOTE = 4_000
LONGEST_REASON = 500

Subject = Need | NeedSeat | Talent


class NoteKind(StrEnum):
    """What a note reports."""

    NOTE = "note"
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return NOTE_KIND_LABELS[self]


class Answer(StrEnum):
    """What somebody answers when asked whether an entry made for them is right."""

    CONFIRMED = "confirmed"
    TO_CORRECT = "to_correct"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        """The answer as people say it, marked for translation."""
        return ANSWER_LABELS[self]


class ConfirmationState(StrEnum):
    """Where an entry made on somebody's behalf stands with them."""

    TO_ASK = "to_ask"
    ASKED = "asked"
    UNANSWERED = "unanswered"
    CONFIRMED = "confirmed"
    TO_CORRECT = "to_correct"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return CONFIRMATION_STATE_LABELS[self]


NOTE_KIND_LABELS = {
    NoteKind.NOTE: _("Note"),
    NoteKind.CALL: _("Appel"),
    NoteKind.EMAIL: _("Courriel"),
    NoteKind.MEETING: _("Rencontre"),
}
ANSWER_LABELS = {
    Answer.CONFIRMED: _("C’est juste"),
    Answer.TO_CORRECT: _("Il y a quelque chose à corriger"),
    Answer.WITHDRAW: _("Retirez-moi du vivier"),
}
CONFIRMATION_STATE_LABELS = {
    ConfirmationState.TO_ASK: _("Non confirmé"),
    ConfirmationState.ASKED: _("Confirmation demandée"),
    ConfirmationState.UNANSWERED: _("Non confirmé, sans réponse"),
    ConfirmationState.CONFIRMED: _("Confirmé"),
    ConfirmationState.TO_CORRECT: _("À corriger"),
    ConfirmationState.WITHDRAWAL: _("Retrait demandé"),
}


def exactly_one(*columns: str) -> str:
    """Return the condition that one of these columns is filled, and no other, on either database."""
    filled = (f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    return f"{' + '.join(filled)} = 1"


class _About:
    """A row about one need, one seat or one person; it goes with them."""

    need_id: Mapped[int | None] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), index=True
    )
    talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )

    @declared_attr
    def need(cls) -> Mapped[Need | None]:
        """Return the need, if it is about one."""
        return relationship()

    @declared_attr
    def talent(cls) -> Mapped[Talent | None]:
        """Return the person, if it is about one."""
        return relationship()


class _AboutSeatToo(_About):
    """A row that may be about a seat besides."""

    seat_id: Mapped[int | None] = mapped_column(
        ForeignKey("need_seat.id", ondelete="CASCADE"), index=True
    )

    @declared_attr
    def seat(cls) -> Mapped[NeedSeat | None]:
        """Return the seat, if it is about one."""
        return relationship()

    @property
    def subject(self) -> Subject:
        """What it is about."""
        found = self.need or self.seat or self.talent
        assert found is not None  # noqa: S101 - the table's constraint
        return found


class CaseNote(_AboutSeatToo, Base):
    """What somebody of the agency noted; never edited, at most struck out, and then still readable."""

    __tablename__ = "case_note"
    __table_args__ = (CheckConstraint(exactly_one("need_id", "seat_id", "talent_id"), "subject"),)

    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind), default=NoteKind.NOTE)
    text: Mapped[str] = mapped_column(Text, info={"personal": "assessment"})
    #: Of a call, a mail or a meeting: with whom and when.
    with_whom: Mapped[str] = mapped_column(String(200), default="", info={"personal": "identity"})
    happened_at: Mapped[datetime | None]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    struck_at: Mapped[datetime | None]
    strike_reason: Mapped[str] = mapped_column(
        String(LONGEST_REASON), default="", info={"personal": "assessment"}
    )

    author: Mapped[Account | None] = relationship()

    @property
    def is_struck(self) -> bool:
        """Whether its author took it back."""
        return self.struck_at is not None


class FollowUp(_AboutSeatToo, Versioned, Base):
    """Who looks after a need, a seat or a person, and when they come back to it; one for each."""

    __tablename__ = "follow_up"
    __table_args__ = (CheckConstraint(exactly_one("need_id", "seat_id", "talent_id"), "subject"),)

    need_id: Mapped[int | None] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), unique=True
    )
    seat_id: Mapped[int | None] = mapped_column(
        ForeignKey("need_seat.id", ondelete="CASCADE"), unique=True
    )
    talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), unique=True
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True, info={"personal": "who acted"}
    )
    #: None once it is done: the owner stays.
    due_on: Mapped[date | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(
        String(LONGEST_REASON), default="", info={"personal": "assessment"}
    )

    owner: Mapped[Account | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether somebody is to come back to it."""
        return self.due_on is not None

    def is_late_on(self, day: date) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < day


class Handover(Base):
    """What somebody entrusts to a colleague for an absence, until it is taken back."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", "period"),
        CheckConstraint("giver_id <> receiver_id", "two_people"),
    )

    giver_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, info={"personal": "who acted"}
    )
    receiver_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, info={"personal": "who acted"}
    )
    starts_on: Mapped[date] = mapped_column(info={"personal": "availability"})
    ends_on: Mapped[date] = mapped_column(info={"personal": "availability"})
    note: Mapped[str] = mapped_column(Text, default="", info={"personal": "assessment"})
    taken_back_at: Mapped[datetime | None]

    giver: Mapped[Account] = relationship(foreign_keys=giver_id)
    receiver: Mapped[Account] = relationship(foreign_keys=receiver_id)
    items: Mapped[list["HandoverItem"]] = relationship(
        back_populates="handover", cascade="all, delete-orphan", order_by="HandoverItem.id"
    )


class HandoverItem(Base):
    """One thing handed over, so that exactly it comes back."""

    __tablename__ = "handover_item"
    __table_args__ = (CheckConstraint(exactly_one("follow_up_id", "placement_id"), "thing"),)

    handover_id: Mapped[int] = mapped_column(
        ForeignKey("handover.id", ondelete="CASCADE"), index=True
    )
    follow_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("follow_up.id", ondelete="CASCADE"), index=True
    )
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )

    handover: Mapped[Handover] = relationship(back_populates="items")
    follow_up: Mapped[FollowUp | None] = relationship()
    placement: Mapped[Placement | None] = relationship()

    @property
    def thing(self) -> FollowUp | Placement:
        """What was handed over."""
        found = self.follow_up or self.placement
        assert found is not None  # noqa: S101 - the table's constraint
        return found


class Confirmation(_About, Base):
    """A question to whom an entry was made for: is it right? Asked once, answered once, then over."""

    __tablename__ = "confirmation"
    __table_args__ = (CheckConstraint(exactly_one("need_id", "talent_id"), "subject"),)

    contact_email: Mapped[str] = mapped_column(String(254), info={"personal": "contact"})
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"personal": "secret"})
    sent_at: Mapped[datetime]
    expires_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    answered_at: Mapped[datetime | None]
    corrected_text: Mapped[str] = mapped_column(Text, default="", info={"personal": "career"})
    revoked_at: Mapped[datetime | None]

    asked_by: Mapped[Account | None] = relationship()

    @property
    def subject(self) -> Need | Talent:
        """What is to be confirmed."""
        found: Any = self.need or self.talent
        assert found is not None  # noqa: S101 - the table's constraint
        return found  # type: ignore[no-any-return]

    def is_answerable_on(self, day: date) -> bool:
        """Whether its link still takes an answer."""
        return self.answer is None and self.revoked_at is None and day <= self.expires_on

    def state_on(self, day: date) -> ConfirmationState:
        """Return where the entry stands, as far as this question tells."""
        if self.answer is not None:
            return _STATE_AFTER[self.answer]
        if self.revoked_at is not None:
            return ConfirmationState.TO_ASK
        return ConfirmationState.ASKED if day <= self.expires_on else ConfirmationState.UNANSWERED


_STATE_AFTER = {
    Answer.CONFIRMED: ConfirmationState.CONFIRMED,
    Answer.TO_CORRECT: ConfirmationState.TO_CORRECT,
    Answer.WITHDRAW: ConfirmationState.WITHDRAWAL,
}
