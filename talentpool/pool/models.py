"""Searches that people keep."""

from urllib.parse import parse_qsl

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned


class SavedSearch(Versioned, Base):
    """A search of the pool under a name: of one account, and of all its colleagues if shared."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    #: The filters as the address says them, once read: nothing else of an address is kept.
    query: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)

    owner: Mapped[Account] = relationship()

    @property
    def asked(self) -> dict[str, str]:
        """The filters by their names in an address."""
        return dict(parse_qsl(self.query))
