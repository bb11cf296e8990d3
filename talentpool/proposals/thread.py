"""The one thread of a proposal: the agency reads all of it, each side what is for it."""

from datetime import date

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.proposals import asking
from talentpool.proposals.models import Proposal, ProposalMessage
from talentpool.proposals.reach import check_limit
from talentpool.proposals.stages import Side


class NotIntroduced(Exception):
    """The two sides don't know each other yet: nothing may be said to both."""


def messages_for(proposal: Proposal, reader: Side) -> list[ProposalMessage]:
    """List what a side may read, the oldest first."""
    return [
        message
        for message in proposal.messages
        if reader is Side.AGENCY or message.audience in (None, reader)
    ]


def audiences_for(proposal: Proposal, author: Side, today: date) -> list[Side | None]:
    """List whom a side may write to: None stands for everybody, once the two know each other."""
    everybody: list[Side | None] = [None] if proposal.are_introduced_on(today) else []
    alone = [Side.HOST, Side.TALENT] if author is Side.AGENCY else [author]
    return [*alone, *everybody]


def post_message(
    proposal: Proposal,
    text: str,
    *,
    author: Side,
    audience: Side | None,
    today: date,
    by: Account | None,
) -> ProposalMessage:
    """Add a message and tell whom it is for; raises `NotIntroduced` or `ProcessingLimited`.

    Whoever limited what is done with their profile and the agency still write to each other: it is how
    they clear things up. With the host nothing goes on.
    """
    if audience is not Side.TALENT:
        check_limit(proposal.talent)
    if audience not in audiences_for(proposal, author, today):
        raise NotIntroduced
    message = ProposalMessage(
        author_side=author, author_id=by.id if by else None, audience=audience, text=text
    )
    proposal.messages.append(message)
    db.session.flush()
    journal.record(
        "proposal.message_posted",
        proposal,
        by=by,
        side=author.value,
        to=audience.value if audience else "both",
    )
    asking.tell_message(proposal, message, today=today)
    return message
