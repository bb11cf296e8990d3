"""Accounts, and the sign-ins that they have open."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.access import Role
from talentpool.db import Base, Versioned, enum_column


class Account(Versioned, Base):
    """A person who may sign in; what they may do follows from `role`."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254), unique=True, info={"personal": "contact"})
    display_name: Mapped[str] = mapped_column(String(120), info={"personal": "identity"})
    role: Mapped[Role] = mapped_column(enum_column(Role))
    password_hash: Mapped[str] = mapped_column(String(200), info={"personal": "secret"})
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)

    sign_ins: Mapped[list["SignIn"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", passive_deletes=True
    )
    #: Declared by name: organisations stand above accounts, which may not import them.
    membership: Mapped[Any] = relationship(
        "Membership", back_populates="account", uselist=False, viewonly=True
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def organisation_id(self) -> int | None:
        """The organisation that a ministry member belongs to."""
        return self.membership.organisation_id if self.membership else None


class SignIn(Base):
    """One browser signed in: ending the row ends the session, wherever its cookie was copied."""

    __tablename__ = "sign_in"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="sign_ins")
