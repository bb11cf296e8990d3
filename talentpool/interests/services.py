"""Saying what one thinks of a need, wishing for it, and putting one's wishes in order."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _
from talentpool.interests.models import MOST_WISHES, Interest, NotNowReason, Stance
from talentpool.interests.queries import interest_in, wishes_of
from talentpool.journal import services as journal
from talentpool.needs.lifecycle import when_moved
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.stages import SEARCHED
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.talents.models import Talent

LEFT = "interest.left"

register(
    LEFT,
    group=Group.OTHER,
    subject=_("Un de vos vœux n’est plus ouvert : %(need)s"),
    sentence=_(
        "Le besoin « %(need)s » ne cherche plus personne : il a quitté vos vœux. "
        "Vous pouvez en choisir un autre."
    ),
)


class NeedNotOpen(Exception):
    """The need takes nobody now, or is not for everybody to read."""


class TooManyWishes(Exception):
    """The person wishes for as many needs as they may."""


class ReasonMissing(Exception):
    """« Not now » takes a reason; one that is none of the list takes words."""


@dataclass(frozen=True)
class Word:
    """What somebody says of a need, as one value."""

    stance: Stance
    reason: NotNowReason | None = None
    until: date | None = None
    note: str = ""


def say(talent: Talent, need: Need, word: Word, *, by: Account | None) -> Interest:
    """Keep what somebody says of an open need; « not now » takes it out of their wishes.

    Raises `NeedNotOpen` or `ReasonMissing`.
    """
    is_no = word.stance is Stance.NOT_NOW
    if is_no and (word.reason is None or (word.reason is NotNowReason.OTHER and not word.note)):
        raise ReasonMissing
    _check_open(need)
    _lock(talent)
    said = _row(talent, need)
    said.stance, said.note = word.stance, word.note
    said.reason = word.reason if is_no else None
    said.until = word.until if is_no else None
    if is_no:
        said.wish_rank = None
    db.session.flush()
    _renumber(talent)
    journal.record(
        "interest.said",
        talent,
        by=by,
        need=need.id,
        stance=word.stance.value,
        reason=said.reason.value if said.reason else None,
    )
    return said


def wish(talent: Talent, need: Need, *, by: Account | None) -> Interest:
    """Add a need after one's other wishes; raises `NeedNotOpen` or `TooManyWishes`."""
    _check_open(need)
    _lock(talent)
    _renumber(talent)
    standing = wishes_of(talent)
    for wished in standing:
        if wished.need_id == need.id:
            return wished
    if len(standing) >= MOST_WISHES:
        raise TooManyWishes
    said = _row(talent, need)
    if said.stance is Stance.NOT_NOW:
        # What explained a no would be read under the wish.
        said.note = ""
    said.stance, said.reason, said.until = Stance.INTERESTED, None, None
    said.wish_rank = len(standing) + 1
    journal.record("interest.wished", talent, by=by, need=need.id, rank=said.wish_rank)
    return said


def unwish(said: Interest, *, by: Account | None) -> None:
    """Take a need out of one's wishes; what one said of it stays."""
    _lock(said.talent)
    said.wish_rank = None
    db.session.flush()
    _renumber(said.talent)
    journal.record("interest.unwished", said.talent, by=by, need=said.need_id)


def move(said: Interest, *, up: bool, by: Account | None) -> None:
    """Put a wish one place higher or lower; at either end it stays."""
    _lock(said.talent)
    _renumber(said.talent)
    standing = wishes_of(said.talent)
    if said not in standing:
        return
    place = standing.index(said)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(standing):
        return
    standing[place].wish_rank, standing[other].wish_rank = other + 1, place + 1
    db.session.flush()
    journal.record("interest.moved", said.talent, by=by, need=said.need_id, rank=other + 1)


def _check_open(need: Need) -> None:
    if not need.is_on_board:
        raise NeedNotOpen


def _row(talent: Talent, need: Need) -> Interest:
    said = interest_in(talent, need)
    if said is None:
        said = Interest(talent=talent, need=need, stance=Stance.INTERESTED)
        db.session.add(said)
    return said


def _renumber(talent: Talent) -> None:
    """Close the gaps that needs which left, or were hidden, leave among the wishes.

    When one that was hidden is shown again there may be more than somebody may have: the last ones go.
    """
    for place, said in enumerate(wishes_of(talent), start=1):
        rank = place if place <= MOST_WISHES else None
        if said.wish_rank != rank:
            said.wish_rank = rank
    db.session.flush()


def _lock(talent: Talent) -> None:
    """Wait for whoever orders the same person's wishes at once."""
    db.session.flush()
    db.session.execute(select(Talent.id).where(Talent.id == talent.id).with_for_update())


def _leave(made: NeedMove, _by: Account | None) -> None:
    """Take a need that seeks nobody any more out of everybody's wishes, and tell them."""
    if made.to_status in SEARCHED or made.from_status not in SEARCHED:
        return
    wished = select(Interest).where(
        Interest.need_id == made.need_id, Interest.wish_rank.is_not(None)
    )
    for said in db.session.scalars(wished.order_by(Interest.id)).all():
        said.wish_rank = None
        account = said.talent.account
        if account is not None and account.is_active:
            notify(
                account,
                kind=LEFT,
                params={"need": made.need.title},
                url_path="/mes-voeux",
                once=f"interest.left:{said.id}:{made.id}",
                subject=made.need,
            )


when_moved.append(_leave)
