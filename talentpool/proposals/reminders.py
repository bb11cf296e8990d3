"""What silence brings: a reminder after the promised time, a warning before the end, a word when it is over."""

from datetime import date, timedelta

from sqlalchemy import select

from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.proposals import asking
from talentpool.proposals.models import Proposal
from talentpool.proposals.reach import UNREACHABLE
from talentpool.proposals.stages import LIVE
from talentpool.proposals.wording import unreachable
from talentpool.tabular.limits import in_french

#: How long before its end the agency is told that a proposal expires.
WARNING = timedelta(days=5)
#: For how long after its end word of it is still given, should the command not have run.
LATEST_WORD = timedelta(days=14)


def remind(today: date) -> int:
    """Remind who is late, warn of what expires, and tell what has; return how many were told.

    Nothing is changed: a proposal expires by its date, whether or not this runs.
    """
    chosen = select(Proposal).where(
        Proposal.status.in_(LIVE), Proposal.expires_on >= today - LATEST_WORD
    )
    with journal.deferred():
        return sum(
            _remind(proposal, today)
            for proposal in db.session.scalars(chosen.order_by(Proposal.id))
        )


def _remind(proposal: Proposal, today: date) -> int:
    if today > proposal.expires_on:
        return asking.tell_expired(proposal, today=today)
    told = 0
    late = (today - proposal.answer_by).days
    # Once when the promised time is over, then once a week: a reminder, not a harassment.
    if late > 0 and late % 7 == 1:
        try:
            told += asking.ask(proposal, today=today)
        except UNREACHABLE as refused:
            why = unreachable(refused, say=in_french)
            told += asking.tell_held(proposal, why, today=today)
    if proposal.expires_on - today <= WARNING:
        told += asking.tell_expiring(proposal, today=today)
    return told
