"""What people ask about their data, who was told that time is nearly up, and who was erased."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned, enum_column
from talentpool.i18n import _
from talentpool.privacy.terms import months_after
from talentpool.talents.models import Talent

#: Within how many months people are answered.
ANSWER_MONTHS = 1


class RequestKind(StrEnum):
    """What a person may ask of the agency when no page lets them do it themselves."""

    CORRECTION = "correction"
    OBJECTION = "objection"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return REQUEST_LABELS[self]


class ErasureKind(StrEnum):
    """Why a person was erased."""

    ASKED = "asked"
    ON_BEHALF = "on_behalf"
    RETENTION = "retention"
    REAPPLIED = "reapplied"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return ERASURE_LABELS[self]


REQUEST_LABELS = {
    RequestKind.CORRECTION: _("Corriger ce que je ne peux pas modifier moi-même"),
    RequestKind.OBJECTION: _("M’opposer à un usage"),
    RequestKind.OTHER: _("Autre demande"),
}
ERASURE_LABELS = {
    ErasureKind.ASKED: _("par la personne elle-même"),
    ErasureKind.ON_BEHALF: _("à la demande de la personne, par l’administration"),
    ErasureKind.RETENTION: _("fin de la durée de conservation"),
    ErasureKind.REAPPLIED: _("refait après une sauvegarde restaurée"),
}


class DataRequest(Versioned, Base):
    """What one person asked about their data, and the answer."""

    __tablename__ = "data_request"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[RequestKind] = mapped_column(
        enum_column(RequestKind), info={"personal": "request"}
    )
    text: Mapped[str] = mapped_column(Text, info={"personal": "request"})
    answer: Mapped[str] = mapped_column(Text, default="", info={"personal": "request"})
    answered_at: Mapped[datetime | None] = mapped_column(info={"personal": "request"})
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )

    account: Mapped[Account] = relationship(foreign_keys=account_id)

    @property
    def asker(self) -> str:
        """What the account is called where no name is shown."""
        return f"C-{self.account_id:04d}"

    @property
    def due_on(self) -> date:
        """The day by which it is to be answered: a month after it came (RGPD, art. 12(3))."""
        return months_after(self.created_at.date(), ANSWER_MONTHS)


class RetentionNotice(Base):
    """One person told that their data will be erased on a day, unless they wish to stay."""

    __tablename__ = "retention_notice"
    __table_args__ = (
        CheckConstraint("(talent_id IS NULL) <> (account_id IS NULL)", name="one_subject"),
    )

    talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    warned_on: Mapped[date] = mapped_column(info={"personal": "contact"})
    erase_on: Mapped[date] = mapped_column(info={"personal": "contact"})
    #: Empty for who has no address: the agency is told instead.
    token_hash: Mapped[str] = mapped_column(String(64), index=True, info={"personal": "secret"})
    renewed_at: Mapped[datetime | None] = mapped_column(info={"personal": "contact"})

    talent: Mapped[Talent | None] = relationship()
    account: Mapped[Account | None] = relationship()


class Erasure(Base):
    """One erasure: a day, why, and marks by which a restored backup finds whom to erase again.

    A mark is a keyed hash: whoever has an address and the secret key can tell; nobody can read it back.
    """

    __tablename__ = "erasure"

    erased_at: Mapped[datetime]
    kind: Mapped[ErasureKind] = mapped_column(enum_column(ErasureKind))
    account_number: Mapped[int | None]
    talent_number: Mapped[int | None]
    marks: Mapped[list[str]] = mapped_column(JSON)
    #: Where somebody of the same name may be meant, such as « need.text#12 »: a person reads it again.
    left: Mapped[list[str]] = mapped_column(JSON, default=list)
