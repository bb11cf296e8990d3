"""Reading threads and questions, the viewer first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.people import Party, party_of
from talentpool.needs.queries import needs
from talentpool.needs.stages import MOVES, SEARCHED
from talentpool.threads.models import NeedMessage, NeedQuestion, NeedReading


@dataclass(frozen=True)
class Entry:
    """One line of a need's thread: a message, or a move of the need with its words."""

    at: datetime
    party: Party
    words: str
    message: NeedMessage | None = None
    move: NeedMove | None = None
    is_unread: bool = False
    #: Whether somebody of the other side has read it.
    was_read: bool = False

    @property
    def anchor(self) -> str:
        """What addresses call it inside its page."""
        if self.message is not None:
            return f"message-{self.message.id}"
        return f"etape-{self.move.id if self.move else 0}"


def thread_of(viewer: Viewer, need: Need) -> list[Entry]:
    """List what the two sides said and did, the oldest first; nothing, to whoever speaks for neither."""
    own = party_of(viewer)
    if own is None or not allows(viewer, Permission.DISCUSS_NEEDS, need):
        return []
    mark, other = _marks(viewer, need, own)

    def seen(party: Party, at: datetime, words: str) -> tuple[bool, bool]:
        is_unread = party is not own and bool(words) and (mark is None or at > mark)
        return is_unread, party is own and other is not None and at <= other

    entries = [
        Entry(m.created_at, m.party, m.text, m, None, *seen(m.party, m.created_at, m.text))
        for m in db.session.scalars(_messages(need))
    ] + [
        Entry(m.created_at, _side(m), m.words, None, m, *seen(_side(m), m.created_at, m.words))
        for m in need.moves
    ]
    return sorted(entries, key=lambda entry: entry.at)


def unread_by_need(viewer: Viewer) -> list[tuple[Need, int]]:
    """List the needs in reach whose other side wrote messages that the viewer has not read, and how many."""
    own = party_of(viewer)
    if own is None:
        return []
    read = and_(NeedReading.need_id == NeedMessage.need_id, NeedReading.account_id == viewer.id)
    counted = (
        select(NeedMessage.need_id, func.count())
        .outerjoin(NeedReading, read)
        .where(
            NeedMessage.party == own.other,
            or_(NeedReading.id.is_(None), NeedMessage.created_at > NeedReading.read_until),
        )
        .group_by(NeedMessage.need_id)
    )
    counts: dict[int, int] = {row[0]: row[1] for row in db.session.execute(counted)}
    if not counts:
        return []
    found = db.session.scalars(needs(viewer).where(Need.id.in_(counts)))
    return [(need, counts[need.id]) for need in found]


def reading_of(need: Need, account_id: int) -> NeedReading | None:
    """Return how far an account has read a thread, if it ever has."""
    return db.session.scalar(
        select(NeedReading).where(
            NeedReading.need_id == need.id, NeedReading.account_id == account_id
        )
    )


def takes_questions(need: Need, today: date) -> bool:
    """Tell whether somebody may still ask about a need."""
    return need.is_published and (need.candidates_until is None or today <= need.candidates_until)


def may_ask(viewer: Viewer, need: Need, today: date) -> bool:
    """Tell whether somebody may ask about a need today: its two sides have their thread for that."""
    if allows(viewer, Permission.DISCUSS_NEEDS, need):
        return False
    return allows(viewer, Permission.ASK_QUESTIONS, need) and takes_questions(need, today)


def questions_on(viewer: Viewer, need: Need) -> list[NeedQuestion]:
    """List the questions on a need that a viewer may read, the oldest first.

    Answered ones are for all who may read the need; the others for who asked, and for its two sides.
    """
    may_read = (
        need.is_on_board
        or allows(viewer, Permission.ASK_QUESTIONS, need)
        or allows(viewer, Permission.READ_NEEDS, need)
    )
    if not may_read:
        return []
    chosen = select(NeedQuestion).where(NeedQuestion.need_id == need.id).order_by(NeedQuestion.id)
    return list(db.session.scalars(chosen.where(_readable(viewer, need))))


def unanswered_questions(viewer: Viewer) -> list[NeedQuestion]:
    """List the questions that wait for the viewer's own ministry, the oldest first."""
    if party_of(viewer) is not Party.HOST or viewer.organisation_id is None:
        return []
    chosen = (
        select(NeedQuestion)
        .join(NeedQuestion.need)
        .options(joinedload(NeedQuestion.need))
        .where(
            Need.organisation_id == viewer.organisation_id,
            Need.status.in_(SEARCHED),
            NeedQuestion.answered_at.is_(None),
            NeedQuestion.struck_at.is_(None),
        )
        .order_by(NeedQuestion.id)
    )
    return list(db.session.scalars(chosen))


def _readable(viewer: Viewer, need: Need) -> ColumnElement[bool]:
    if allows(viewer, Permission.APPROVE_NEEDS):
        return NeedQuestion.id.is_not(None)
    stands = NeedQuestion.struck_at.is_(None)
    if allows(viewer, Permission.SPEAK_FOR_NEEDS, need):
        return stands
    public = NeedQuestion.answered_at.is_not(None) & stands
    return or_(public, NeedQuestion.asker_id == (viewer.id or 0))


def _messages(need: Need) -> Select[NeedMessage]:
    return (
        select(NeedMessage)
        .options(joinedload(NeedMessage.author))
        .where(NeedMessage.need_id == need.id)
        .order_by(NeedMessage.id)
    )


def _side(move: NeedMove) -> Party:
    """Return the side whose move it is, whoever pressed the button."""
    spoken = MOVES[move.move].permission is Permission.SPEAK_FOR_NEEDS
    return Party.HOST if spoken else Party.AGENCY


def _marks(viewer: Viewer, need: Need, own: Party) -> tuple[datetime | None, datetime | None]:
    """Return until when the viewer has read, and until when anybody of the other side has."""
    rows: Sequence[NeedReading] = db.session.scalars(
        select(NeedReading).where(NeedReading.need_id == need.id)
    ).all()
    mine = next((row.read_until for row in rows if row.account_id == viewer.id), None)
    others = [row.read_until for row in rows if row.party is own.other]
    return mine, max(others, default=None)
