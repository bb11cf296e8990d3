"""Reading the board: one answer for everybody, since everybody may read it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import selectinload

from talentpool.access import Viewer
from talentpool.board.catalogue import Answer, Catalogue, Notice, OpenSeat, notice_of, skill_key
from talentpool.board.filters import Filters, Sorting
from talentpool.board.models import BoardSearch
from talentpool.db import db
from talentpool.naming import folded
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.queries import whole_needs
from talentpool.needs.stages import SEARCHED
from talentpool.organisations.models import Organisation, OrganisationName
from talentpool.skills.held import SkillNames
from talentpool.skills.models import JobFamily, Skill

#: How many near needs are shown to who finds none.
NEAR = 5


@dataclass(frozen=True)
class Found:
    """The numbers of the needs found, in order, and how the words were read.

    `near` are those that say some of the words, where none says them all.
    """

    needs: list[int]
    near: list[int] = field(default_factory=list)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def on_board() -> ColumnElement[bool]:
    """Whether everybody may read a need: what `Need.is_on_board` says of one."""
    return and_(Need.status.in_(SEARCHED), Need.is_public)


def board_needs() -> Select[Need]:
    """Select the needs of the board with their seats."""
    return whole_needs().where(on_board())


def need_on_board(need_id: int) -> Need | None:
    """Return a need of the board, None for any other."""
    return db.session.scalar(board_needs().where(Need.id == need_id))


def was_on_board(need_id: int) -> bool:
    """Tell whether everybody could read a need that came to its end once the agency had taken it on."""
    ended = select(Need.id).where(
        Need.id == need_id,
        Need.approved_at.is_not(None),
        Need.is_public,
        ~Need.status.in_(SEARCHED),
    )
    return db.session.scalar(ended) is not None


def shown(needs: list[int]) -> list[Need]:
    """Read the needs of one page, in the order given."""
    rows = db.session.scalars(board_needs().where(Need.id.in_(needs)))
    found = {need.id: need for need in rows}
    return [found[number] for number in needs if number in found]


def search_board(filters: Filters, *, today: date, board: Catalogue | None = None) -> Found:
    """Find needs of the board: those that say the words and have what the filters ask.

    `board` spares whoever has it at hand to ask whether it has changed.
    """
    catalogue = board or the_board()
    answer = catalogue.search(filters.text) if filters.text else Answer()
    asks = _asks(filters)
    fitting = {number for number, notice in catalogue.notices.items() if asks(notice)}
    chosen = fitting & answer.found.keys() if filters.text else fitting
    near = sorted(fitting & answer.near.keys(), key=lambda n: (-answer.near[n], -n))
    return Found(
        _ordered(chosen, catalogue, answer, filters.sorting, today),
        near[:NEAR],
        answer.corrected,
        answer.unknown,
    )


def found_without(filters: Filters, *, today: date) -> list[tuple[str, int]]:
    """List each active filter with how many needs would be found without it, the most first."""
    board = the_board()
    counted = [
        (name, len(search_board(filters.without(name), today=today, board=board).needs))
        for name in filters.active
    ]
    return sorted(counted, key=lambda pair: -pair[1])


def newest(number: int, *, today: date) -> list[Need]:
    """Read the needs that came last."""
    return shown(search_board(Filters(), today=today).needs[:number])


def _ordered(
    chosen: set[int], catalogue: Catalogue, answer: Answer, sorting: Sorting, today: date
) -> list[int]:
    """Return needs in the order asked, the newest first where they are equal."""
    notices = sorted(
        (catalogue.notices[number] for number in chosen),
        key=lambda notice: (notice.since, notice.need_id),
        reverse=True,
    )
    keys: dict[Sorting, Callable[[Notice], Any]] = {
        Sorting.RELEVANCE: lambda notice: -answer.found.get(notice.need_id, 0.0),
        Sorting.NEWEST: lambda _notice: 0,
        Sorting.START: lambda notice: max(notice.starts_on, today),
        Sorting.CLOSING: lambda notice: _closing(notice, today),
    }
    return [notice.need_id for notice in sorted(notices, key=keys[sorting])]


def _closing(notice: Notice, today: date) -> date:
    """Return when a need stops taking candidates; one that has no such day, or a past one, comes last."""
    if notice.until is None:
        return date.max - timedelta(days=1)
    return notice.until if notice.until >= today else date.max


def _asks(filters: Filters) -> Callable[[Notice], bool]:
    """Return whether a need has what every filter but the words asks for, at one and the same seat."""
    place = folded(filters.place)
    skill = _skill_asked(filters.skill)

    def seat_fits(seat: OpenSeat) -> bool:
        return (
            (not filters.family or seat.family == filters.family)
            and (not skill or skill in seat.skills)
            and (filters.remote is None or seat.remote_days >= filters.remote)
            and (filters.share is None or seat.share_pct <= filters.share)
            and (filters.starts_by is None or (seat.starts_on or date.min) <= filters.starts_by)
        )

    def fits(notice: Notice) -> bool:
        if filters.host and filters.host not in notice.hosts:
            return False
        if not (filters.asks_of_seats or filters.place):
            return True
        if not notice.seats:
            return not filters.asks_of_seats and place in notice.town
        return any(
            seat_fits(seat)
            and (not filters.place or (bool(place) and place in (seat.town or notice.town)))
            for seat in notice.seats
        )

    return fits


def _skill_asked(label: str) -> str:
    if not label:
        return ""
    skill = SkillNames().named(label).skill
    return skill.code if skill else skill_key(label)


def the_board() -> Catalogue:
    """Return the board as it stands: read again only when something that it says has changed."""
    return _catalogue(*_state(), date.today())


def _state() -> tuple[Any, ...]:
    """Return what changes whenever the board does."""
    needs = select(
        func.count(),
        func.sum(Need.id),
        func.sum(Need.version_id),
        func.max(Need.created_at),
        func.max(Need.edited_at),
        func.max(Need.stage_since),
    ).where(on_board())
    seats = (
        select(func.count(), func.sum(NeedSeat.version_id), func.max(NeedSeat.created_at))
        .join(NeedSeat.need)
        .where(on_board())
    )
    names = (
        select(func.count(), func.sum(row.version_id), func.max(row.created_at))
        for row in (Skill, JobFamily, Organisation)
    )
    hosts = select(func.count(), func.max(OrganisationName.created_at))
    known = [db.session.execute(asked).one() for asked in (needs, seats, *names, hosts)]
    return (str(db.session.get_bind().engine.url), *(value for row in known for value in row))


@lru_cache(maxsize=2)
def _catalogue(*state: Any) -> Catalogue:
    chosen = board_needs().options(
        selectinload(Need.organisation).selectinload(Organisation.parent, recursion_depth=3)
    )
    return Catalogue(map(notice_of, db.session.scalars(chosen)))


def own_searches(viewer: Viewer) -> Select[BoardSearch]:
    """Select the searches that the viewer keeps, by name."""
    own = BoardSearch.owner_id == viewer.id
    return select(BoardSearch).where(own).order_by(BoardSearch.name, BoardSearch.id)
