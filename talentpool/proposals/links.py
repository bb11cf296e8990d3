"""Addresses sent by mail that answer one question for one side, once, and nothing else."""

import secrets
from datetime import date, timedelta

from sqlalchemy import select, update

from talentpool.db import db, hash_of, now
from talentpool.proposals.models import AnswerLink, Proposal
from talentpool.proposals.people import addresses_of
from talentpool.proposals.stages import Question, Side

#: For how long nobody without an account is written to again.
FRESH = timedelta(hours=12)


def issue(proposal: Proposal, side: Side, question: Question, recipient: str) -> str:
    """Make a link for one recipient and return its token, of which only the hash is stored.

    Links that the recipient had for the same question stop working.
    """
    db.session.flush()
    db.session.execute(
        update(AnswerLink)
        .where(
            AnswerLink.proposal_id == proposal.id,
            AnswerLink.side == side,
            AnswerLink.recipient == recipient,
            AnswerLink.used_at.is_(None),
            AnswerLink.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    token = secrets.token_urlsafe(32)
    db.session.add(
        AnswerLink(
            proposal=proposal,
            side=side,
            question=question,
            recipient=recipient,
            token_hash=hash_of(token),
            expires_on=proposal.expires_on,
        )
    )
    return token


def revoke(proposal: Proposal, side: Side) -> None:
    """Close every link that a side had."""
    db.session.flush()
    db.session.execute(
        update(AnswerLink)
        .where(
            AnswerLink.proposal_id == proposal.id,
            AnswerLink.side == side,
            AnswerLink.revoked_at.is_(None),
        )
        .values(revoked_at=now())
        .execution_options(synchronize_session=False)
    )


def link_behind(token: str) -> AnswerLink | None:
    """Return the link that a token opens, whether or not it still works."""
    return db.session.scalar(select(AnswerLink).where(AnswerLink.token_hash == hash_of(token)))


def still_works(link: AnswerLink, today: date) -> bool:
    """Tell whether a link may still answer: not used, closed or expired, its holder and question gone."""
    if link.used_at is not None or link.revoked_at is not None or today > link.expires_on:
        return False
    proposal = link.proposal
    if link.side is Side.HOST and proposal.talent.restricted_at is not None:
        # Who limited their profile is read of by no host.
        return False
    if link.recipient not in addresses_of(proposal, link.side):
        # Whoever lost the right to answer keeps no link to it.
        return False
    return proposal.asked_on(today) is link.question and proposal.awaits(link.side, today)


def is_fresh(proposal: Proposal, side: Side, question: Question, recipient: str) -> bool:
    """Tell whether a recipient was sent a link to a question within the last hours, which still stands."""
    newest = select(AnswerLink.created_at).where(
        AnswerLink.proposal_id == proposal.id,
        AnswerLink.side == side,
        AnswerLink.question == question,
        AnswerLink.recipient == recipient,
        AnswerLink.revoked_at.is_(None),
    )
    sent_at = db.session.scalar(newest.order_by(AnswerLink.id.desc()).limit(1))
    return sent_at is not None and now() - sent_at < FRESH


def use(link: AnswerLink) -> None:
    """Note that a link has answered."""
    link.used_at = now()
