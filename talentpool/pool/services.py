"""Keeping searches of the pool under a name."""

from urllib.parse import urlencode

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.pool.filters import Filters
from talentpool.pool.models import SavedSearch


class NameTaken(Exception):
    """The account keeps another search under this name."""


def save_search(
    filters: Filters, *, name: str, is_shared: bool, owner: Account, by: Account
) -> SavedSearch:
    """Keep a search; raises `NameTaken`."""
    _check(name, owner.id)
    query = urlencode(filters.in_address())
    search = SavedSearch(owner_id=owner.id, name=name, query=query, is_shared=is_shared)
    db.session.add(search)
    journal.record("search.saved", search, by=by, is_shared=is_shared)
    return search


def edit_search(search: SavedSearch, *, name: str, is_shared: bool, by: Account) -> None:
    """Give a search another name, share it or no longer; raises `NameTaken`."""
    if (search.name, search.is_shared) == (name, is_shared):
        return
    _check(name, search.owner_id, but=search)
    search.name, search.is_shared = name, is_shared
    journal.record("search.edited", search, by=by, is_shared=is_shared)


def remove_search(search: SavedSearch, *, by: Account) -> None:
    """Forget a search."""
    journal.record("search.removed", search, by=by)
    db.session.delete(search)
    db.session.flush()


def _check(name: str, owner_id: int, *, but: SavedSearch | None = None) -> None:
    known = select(SavedSearch).where(SavedSearch.owner_id == owner_id, SavedSearch.name == name)
    if any(search is not but for search in db.session.scalars(known)):
        raise NameTaken(name)
