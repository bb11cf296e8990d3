"""Invitations, and where each of them is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.links import SERVES_FOR
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import Base, now
from talentpool.i18n import _
from talentpool.talents.models import Talent


class InvitationState(StrEnum):
    """What became of an invitation."""

    SENT = "sent"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return STATE_LABELS[self]


STATE_LABELS = {
    InvitationState.SENT: _("Envoyée"),
    InvitationState.EXPIRED: _("Expirée"),
    InvitationState.ACCEPTED: _("Acceptée"),
    InvitationState.WITHDRAWN: _("Retirée"),
}


class Invitation(Base):
    """An address to which the agency wrote; with a profile, whoever accepts becomes its holder."""

    __tablename__ = "invitation"

    email: Mapped[str] = mapped_column(String(254), index=True, info={"personal": "contact"})
    talent_id: Mapped[int | None] = mapped_column(
        ForeignKey("talent.id", ondelete="CASCADE"), index=True
    )
    #: The link that was sent last.
    link_id: Mapped[int | None] = mapped_column(
        ForeignKey("account_link.id", ondelete="SET NULL"), index=True
    )
    sent_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    sent_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    talent: Mapped[Talent | None] = relationship()
    link: Mapped[AccountLink | None] = relationship()
    sent_by: Mapped[Account | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        """When the link that was sent last ceases to serve."""
        return self.sent_at + SERVES_FOR[LinkPurpose.INVITE]

    @property
    def state(self) -> InvitationState:
        """What became of it so far."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.SENT if self.expires_at > now() else InvitationState.EXPIRED

    @property
    def is_open(self) -> bool:
        """Whether it may be sent again or withdrawn."""
        return self.state in {InvitationState.SENT, InvitationState.EXPIRED}
