"""Settings of rankings that people keep under a name, for themselves or for all."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talentpool.accounts.models import Account
from talentpool.db import Base, Versioned


class RankingSetting(Versioned, Base):
    """One way to rank, with its name; `parameters` is what `Setting.to_json` writes."""

    __tablename__ = "ranking_setting"

    name: Mapped[str] = mapped_column(String(80))
    is_shared: Mapped[bool] = mapped_column(default=False)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True, info={"personal": "who acted"}
    )

    created_by: Mapped[Account | None] = relationship()
