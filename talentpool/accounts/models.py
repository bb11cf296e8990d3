"""Accounts, and the sign-ins that they have open."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.access import ADMINISTRATORS, AGENCY, Role
from talentpool.db import Base, Versioned, enum_column


class Proof(StrEnum):
    """What a browser proved besides the password when it signed in."""

    PASSWORD = "password"  # noqa: S105 - the name of a proof
    APP = "app"
    KEY = "key"
    RECOVERY = "recovery"


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

    @property
    def must_prove_twice(self) -> bool:
        """Whether a password alone never opens the account: it reads or changes what is others'."""
        return self.role in AGENCY | ADMINISTRATORS


class SignIn(Base):
    """One browser signed in: ending the row ends the session, wherever its cookie was copied."""

    __tablename__ = "sign_in"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    proved_by: Mapped[Proof] = mapped_column(enum_column(Proof), default=Proof.PASSWORD)
    started_at: Mapped[datetime]
    #: When its holder last gave the password, which changing second factors asks for.
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="sign_ins")


class LinkPurpose(StrEnum):
    """What a link sent to an address lets its reader do."""

    REGISTER = "register"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
    FIRST_PASSWORD = "first_password"  # noqa: S105 - the name of a purpose
    LEAVE_ADDRESS = "leave_address"
    TAKE_ADDRESS = "take_address"
    KEEP_ADDRESS = "keep_address"
    REPLACE_ADDRESS = "replace_address"
    INVITE = "invite"


class AccountLink(Base):
    """A secret sent to one address: a row whose hash opens one page, once."""

    __tablename__ = "account_link"

    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    email: Mapped[str] = mapped_column(String(254), index=True, info={"personal": "contact"})
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    #: The address that the account will have once both its addresses have agreed.
    new_email: Mapped[str] = mapped_column(String(254), default="", info={"personal": "contact"})
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    #: When another link took its place.
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account | None] = relationship()
