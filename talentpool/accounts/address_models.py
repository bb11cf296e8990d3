"""Lost addresses that the administration replaces, and where each change stands."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.links import SERVES_FOR
from talentpool.accounts.models import Account, LinkPurpose
from talentpool.db import Base, now
from talentpool.i18n import _

LONGEST_REASON = 500


class ChangeState(StrEnum):
    """What became of a change of address."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    DONE = "done"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return STATE_LABELS[self]


STATE_LABELS = {
    ChangeState.ASKED: _("La nouvelle adresse n’a pas encore répondu"),
    ChangeState.CONFIRMED: _("La nouvelle adresse a confirmé ; l’ancienne peut encore s’opposer"),
    ChangeState.EXPIRED: _("Sans réponse de la nouvelle adresse à temps"),
    ChangeState.STOPPED: _("Arrêté par la personne ou depuis l’ancienne adresse"),
    ChangeState.WITHDRAWN: _("Retiré par l’administration"),
    ChangeState.OVERTAKEN: _("La personne a changé d’adresse elle-même"),
    ChangeState.DONE: _("Fait"),
}


class AddressChange(Base):
    """An address put in a lost one's place: once the new one confirmed, and the old one had its week to object."""

    __tablename__ = "address_change"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    old_email: Mapped[str] = mapped_column(String(254), info={"personal": "contact"})
    new_email: Mapped[str] = mapped_column(String(254), info={"personal": "contact"})
    reason: Mapped[str] = mapped_column(Text, info={"personal": "request"})
    asked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), info={"personal": "who acted"}
    )
    #: Until then whoever reads the old address may stop it.
    takes_effect_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])

    @property
    def new_email_hinted(self) -> str:
        """The new address as its holder recognises it: whoever reads a lost one need not learn it."""
        name, _at, domain = self.new_email.partition("@")
        return f"{name[:1]}…@{domain}"

    @property
    def confirm_by(self) -> datetime:
        """Until when the new address may confirm."""
        return self.created_at + SERVES_FOR[LinkPurpose.REPLACE_ADDRESS]

    @property
    def state(self) -> ChangeState:
        """What became of it so far."""
        if self.done_at is not None:
            return ChangeState.DONE
        if self.stopped_at is not None:
            return ChangeState.STOPPED
        if self.withdrawn_at is not None:
            return ChangeState.WITHDRAWN
        if self.account.email != self.old_email:
            return ChangeState.OVERTAKEN
        if self.confirmed_at is not None:
            return ChangeState.CONFIRMED
        return ChangeState.ASKED if self.confirm_by > now() else ChangeState.EXPIRED

    @property
    def is_open(self) -> bool:
        """Whether it may still be carried out, stopped or withdrawn."""
        return self.state in {ChangeState.ASKED, ChangeState.CONFIRMED}

    @property
    def is_due(self) -> bool:
        """Whether nothing holds it back any more."""
        return self.state is ChangeState.CONFIRMED and self.takes_effect_at <= now()
