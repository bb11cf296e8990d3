"""Searches of the board that people keep, to be told of new needs."""

from urllib.parse import parse_qsl

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base


class BoardSearch(Base):
    """A search of the board under a name, with the needs that it has found so far."""

    __tablename__ = "board_search"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80), info={"personal": "wishes"})
    #: The filters as the address says them, once read: nothing else of an address is kept.
    query: Mapped[str] = mapped_column(Text, info={"personal": "wishes"})
    #: The needs that its owner has been shown or told of: nobody is told twice.
    known: Mapped[list[int]] = mapped_column(JSON, default=list)

    owner: Mapped[Account] = relationship()

    @property
    def asked(self) -> dict[str, str]:
        """The filters by their names in an address."""
        return dict(parse_qsl(self.query))
