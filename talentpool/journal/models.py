"""The journal's one table; triggers in the database refuse to change or delete its rows."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from talentpool.db import Base
from talentpool.journal.labels import action_label


class JournalEntry(Base):
    """One act: numbers name persons and objects, so that an erasure elsewhere leaves the journal true."""

    __tablename__ = "journal_entry"

    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(info={"personal": "who acted"})
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_seal: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64), unique=True)

    @property
    def label(self) -> str:
        """What was done, in words marked for translation."""
        return action_label(self.action)

    def computed_seal(self) -> str:
        """Return the SHA-256 of this entry and of the seal before it."""
        content = [
            self.previous_seal,
            self.at.isoformat(timespec="microseconds"),
            self.actor_id,
            self.action,
            self.subject_kind,
            self.subject_id,
            self.details,
        ]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
