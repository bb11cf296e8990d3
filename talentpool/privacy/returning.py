"""Whoever was erased does not come back with a file: imports ask here before they make a profile."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import select

from talentpool.db import db
from talentpool.privacy.ledger import mark
from talentpool.privacy.models import Erasure
from talentpool.talents.imports import when_importing


def erased_identities() -> Callable[[str, str], bool]:
    """Return what tells, by a source and its identifier, whether somebody was erased here."""
    marks = {one for found in db.session.scalars(select(Erasure.marks)) for one in found}
    key = str(current_app.config["SECRET_KEY"]).encode()

    def is_erased(source: str, number: str) -> bool:
        known_as = [mark(key, "profile", f"{source}/{number}")]
        if "@" in number:
            known_as.append(mark(key, "address", number.casefold()))
        return not marks.isdisjoint(known_as)

    return is_erased


when_importing.append(erased_identities)
