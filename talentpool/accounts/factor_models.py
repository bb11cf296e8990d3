"""What proves who one is besides the password, and the codes for when all of it is lost."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, enum_column
from talentpool.i18n import _


class FactorKind(StrEnum):
    """An application that shows codes, or a security key."""

    APP = "app"
    KEY = "key"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return FACTOR_KIND_LABELS[self]


FACTOR_KIND_LABELS = {
    FactorKind.APP: _("Application de codes"),
    FactorKind.KEY: _("Clé de sécurité"),
}


class Factor(Base):
    """A second factor of an account; its secret is sealed with a key that the database does not hold."""

    __tablename__ = "factor"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[FactorKind] = mapped_column(enum_column(FactorKind))
    #: What its holder calls it.
    name: Mapped[str] = mapped_column(String(60), info={"personal": "secret"})
    #: Of an application: what codes are computed from, sealed.
    secret: Mapped[str] = mapped_column(Text, default="", info={"personal": "secret"})
    #: Of an application: the half minute whose code served last; no code serves twice.
    last_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    #: Of a key: what it is asked for by, in base64url.
    credential_id: Mapped[str | None] = mapped_column(
        String(1400), unique=True, info={"personal": "secret"}
    )
    #: Of a key: what its signatures are checked with, in base64url.
    public_key: Mapped[str] = mapped_column(Text, default="", info={"personal": "secret"})
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    #: Of a key: the hash of the challenge that it answered last; no answer serves twice.
    last_challenge: Mapped[str] = mapped_column(String(64), default="")
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class RecoveryCode(Base):
    """A code that opens an account once, when no factor is at hand: found by its beginning, kept as a hash."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "beginning"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    beginning: Mapped[str] = mapped_column(String(8))
    code_hash: Mapped[str] = mapped_column(String(200), info={"personal": "secret"})
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
