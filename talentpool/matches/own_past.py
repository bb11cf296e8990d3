"""The seats for which one was ranked or decided on, as far as one may know of them: to ask why."""

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import contains_eager

from talentpool.db import db
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun, PersonKey
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.stages import SERVED, NeedStatus
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent

#: The last ones: whoever has been of the pool for years was ranked for hundreds.
LISTED = 20
#: What was read by everybody once may be named to whoever was ranked for it.
_ONCE_READ = SERVED | {NeedStatus.CLOSED, NeedStatus.UNMET, NeedStatus.WITHDRAWN}


def unexplained_seats(talent: Talent) -> list[NeedSeat]:
    """List the last public seats for which somebody was read and has no letter yet, newest first."""
    explained = select(ExplanationLetter.seat_id).where(ExplanationLetter.talent_id == talent.id)
    found = _seats_read(talent).where(NeedSeat.id.not_in(explained))
    return list(db.session.scalars(found.order_by(NeedSeat.id.desc()).limit(LISTED)))


def was_read(talent: Talent, seat: NeedSeat) -> bool:
    """Tell whether somebody was ranked or decided on for a public seat, or proposed for any."""
    return db.session.scalar(_seats_read(talent).where(NeedSeat.id == seat.id)) is not None


def _seats_read(talent: Talent) -> Select[NeedSeat]:
    public = Need.is_public & Need.status.in_(_ONCE_READ)
    read = or_(_is_ranked(talent), _is_decided_on(talent))
    return (
        select(NeedSeat)
        .join(NeedSeat.need)
        .where(or_(public & read, _is_proposed(talent)))
        .options(contains_eager(NeedSeat.need))
    )


def _is_ranked(talent: Talent) -> ColumnElement[bool]:
    return exists().where(
        MatchRun.seat_id == NeedSeat.id,
        MatchResult.run_id == MatchRun.id,
        MatchResult.person_key == PersonKey.key,
        PersonKey.talent_id == talent.id,
    )


def _is_decided_on(talent: Talent) -> ColumnElement[bool]:
    return exists().where(
        MatchDecision.seat_id == NeedSeat.id, MatchDecision.talent_id == talent.id
    )


def _is_proposed(talent: Talent) -> ColumnElement[bool]:
    return exists().where(Proposal.seat_id == NeedSeat.id, Proposal.talent_id == talent.id)
