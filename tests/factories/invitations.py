"""Makers of invitations."""

import re
from itertools import count

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.invitations.models import Invitation
from talentpool.invitations.services import send_invitation
from talentpool.mail.models import OutgoingMail
from talentpool.talents.models import Talent

_numbers = count(1)


def make_invitation(
    *, email: str = "", talent: Talent | None = None, by: Account | None = None
) -> tuple[Invitation, str]:
    """Send an invitation, and return the token of its link too."""
    address = email or f"invited{next(_numbers)}@test.example"
    invitation = send_invitation(email=address, talent=talent, by=by)
    db.session.commit()
    return invitation, newest_token()


def newest_token() -> str:
    """Return the token in the mail that was written last."""
    text = db.session.scalars(select(OutgoingMail.text).order_by(OutgoingMail.id.desc())).first()
    found = re.search(r"/invitation/(\S+)", text or "")
    assert found, text
    return found[1]
