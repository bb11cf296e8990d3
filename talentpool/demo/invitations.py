"""The demo's invitations: one that waits, one that nobody answered in time."""

from datetime import timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.invitations.services import send_invitation
from talentpool.naming import folded
from talentpool.talents.models import Talent


def seed_invitations(officer: Account) -> None:
    """Invite the person of a profile three days ago, and a newcomer three weeks ago."""
    unheld = select(Talent).where(Talent.account_id.is_(None)).order_by(Talent.id).limit(1)
    talent = db.session.scalars(unheld).one()
    address = folded(talent.display_name).replace(" ", ".")
    whom: list[tuple[str, Talent | None, int]] = [
        (f"{address}@exemple.example", talent, 3),
        ("ambroise.tellier@exemple.example", None, 21),
    ]
    for email, profile, days in whom:
        invitation = send_invitation(email=email, talent=profile, by=officer)
        sent_ago = timedelta(days=days)
        invitation.sent_at -= sent_ago
        if invitation.link is not None:
            invitation.link.expires_at -= sent_ago
    db.session.flush()
