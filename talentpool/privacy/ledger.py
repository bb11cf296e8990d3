"""The ledger of erasures: by keyed marks, a restored backup finds whom to erase again."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.privacy.models import Erasure
from talentpool.privacy.people import Person, person_behind, person_of
from talentpool.talents.models import Talent


def mark(key: bytes, kind: str, value: str) -> str:
    """Return what the ledger keeps of an address or an identifier: nobody reads it back without the key."""
    return hmac.new(b"erasure:" + key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def marks_of(person: Person, key: bytes) -> list[str]:
    """Return the marks by which a person would be known again."""
    found = [
        mark(key, "profile", f"{talent.source}/{talent.external_id}") for talent in person.talents
    ]
    found += [mark(key, "address", account.email) for account in person.accounts]
    return found


def erasures() -> Select[Erasure]:
    """Select the erasures, newest first."""
    return select(Erasure).order_by(Erasure.id.desc())


def lines() -> Iterator[str]:
    """Yield the ledger as JSON Lines, to be kept beside the backups."""
    for erasure in db.session.scalars(select(Erasure).order_by(Erasure.id)):
        yield json.dumps(
            {
                "erased_at": erasure.erased_at.isoformat(),
                "kind": erasure.kind.value,
                "account": erasure.account_number,
                "talent": erasure.talent_number,
                "marks": erasure.marks,
            }
        )


def come_back(kept: list[dict[str, Any]], key: bytes) -> list[Person]:
    """List the people whom a ledger erased and who are here again, from a backup made before.

    Whoever registered anew after their erasure is not among them; a profile that a file brought back is,
    whenever that was.
    """
    ever: set[str] = {one for entry in kept for one in entry["marks"]}
    since: dict[str, datetime] = {}
    for entry in kept:
        erased_at = datetime.fromisoformat(entry["erased_at"])
        for one in entry["marks"]:
            since[one] = max(erased_at, since.get(one, erased_at))
    found: dict[str, Person] = {}
    for account in db.session.scalars(select(Account).order_by(Account.id)):
        if account.created_at < since.get(mark(key, "address", account.email), account.created_at):
            person = person_of(account)
            found[person.code] = person
    for talent in db.session.scalars(select(Talent).where(Talent.erased_at.is_(None))):
        known = mark(key, "profile", f"{talent.source}/{talent.external_id}")
        is_older = talent.created_at < since.get(known, talent.created_at)
        if is_older or (known in ever and talent.is_imported and talent.account_id is None):
            person = person_behind(talent)
            found.setdefault(person.code, person)
    return list(found.values())
