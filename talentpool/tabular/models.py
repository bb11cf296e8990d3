"""Reports of imports, kept so that they can be read again and downloaded."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from talentpool.db import Base


class ImportRun(Base):
    """One import of one file: what went in, what did not, and why."""

    __tablename__ = "import_run"

    kind: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(80))
    is_dry_run: Mapped[bool]
    actor_id: Mapped[int | None] = mapped_column(info={"personal": "who acted"})
    report: Mapped[dict[str, Any]] = mapped_column(JSON, info={"personal": "quoted values"})
