"""Keeping searches of the board, and telling their owners what is new."""

from datetime import date
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.board import queries
from talentpool.board.catalogue import Catalogue
from talentpool.board.filters import Filters, read_filters
from talentpool.board.models import BoardSearch
from talentpool.db import Lock, db, queue_on
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify

#: How many searches one account keeps at most.
MOST = 20
ONE, SEVERAL = "board.one_new", "board.several_new"

register(
    ONE,
    subject=_("Un nouveau besoin à lire : %(need)s"),
    sentence=_("Un nouveau besoin répond à votre recherche « %(search)s » : %(need)s (%(host)s)."),
)
register(
    SEVERAL,
    subject=_("%(count)s nouveaux besoins à lire : « %(search)s »"),
    sentence=_("%(count)s nouveaux besoins répondent à votre recherche « %(search)s »."),
)


class NameTaken(Exception):
    """The account keeps another search under this name."""


class TooManySearches(Exception):
    """The account keeps as many searches as it may."""


def save_search(filters: Filters, *, name: str, by: Account, today: date) -> BoardSearch:
    """Keep a search: what it finds today is known already. Raises `NameTaken`, `TooManySearches`."""
    kept = list(db.session.scalars(select(BoardSearch).where(BoardSearch.owner_id == by.id)))
    if any(search.name == name for search in kept):
        raise NameTaken(name)
    if len(kept) >= MOST:
        raise TooManySearches
    search = BoardSearch(
        owner_id=by.id,
        name=name,
        query=urlencode(filters.in_address()),
        known=queries.search_board(filters, today=today).needs,
    )
    db.session.add(search)
    journal.record("board_search.saved", search, by=by)
    return search


def remove_search(search: BoardSearch, *, by: Account) -> None:
    """Forget a search: nothing more is told of it."""
    journal.record("board_search.removed", search, by=by)
    db.session.delete(search)
    db.session.flush()


def tell_new(today: date) -> int:
    """Tell the owners of searches which needs are new to them, once each; return how many were told."""
    # Two of these at once would both find the same needs.
    queue_on(Lock.MAIL)
    kept = select(BoardSearch).options(joinedload(BoardSearch.owner)).order_by(BoardSearch.id)
    board = queries.the_board()
    with journal.deferred():
        return sum(_tell(search, board, today) for search in db.session.scalars(kept))


def _tell(search: BoardSearch, board: Catalogue, today: date) -> int:
    if not search.owner.is_active:
        return 0
    found = queries.search_board(read_filters(search.asked), today=today, board=board).needs
    new = [number for number in found if number not in set(search.known)]
    standing = queries.shown(new)
    if not standing:
        return 0
    search.known = [*search.known, *new]
    once = f"board:{search.id}:{len(search.known)}"
    if len(standing) == 1:
        need = standing[0]
        params = {"search": search.name, "need": need.title, "host": need.host_label}
        notify(
            search.owner,
            kind=ONE,
            params=params,
            url_path=f"/besoins-ouverts/{need.id}",
            once=once,
            subject=need,
        )
    else:
        notify(
            search.owner,
            kind=SEVERAL,
            params={"search": search.name, "count": len(standing)},
            url_path=f"/besoins-ouverts?{search.query}",
            once=once,
        )
    return 1
