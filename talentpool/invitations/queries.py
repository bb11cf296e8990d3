"""Reading invitations, the viewer first."""

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.accounts.models import AccountLink
from talentpool.db import db, now
from talentpool.invitations.models import Invitation
from talentpool.talents.models import Talent


def invitations(viewer: Viewer) -> Select[Invitation]:
    """Select what the agency sent, the newest first."""
    chosen = select(Invitation).order_by(Invitation.sent_at.desc(), Invitation.id.desc())
    if not allows(viewer, Permission.MANAGE_TALENTS):
        return chosen.where(false())
    return chosen.options(joinedload(Invitation.talent), joinedload(Invitation.sent_by))


def newest_invitation_of(viewer: Viewer, talent: Talent) -> Invitation | None:
    """Return the invitation that the holder of a profile got last."""
    found = invitations(viewer).where(Invitation.talent_id == talent.id).limit(1)
    return db.session.scalar(found)


def waiting_invitation(email: str, talent: Talent | None) -> Invitation | None:
    """Return the invitation of an address, or for a profile, that nobody answered and that still serves."""
    to = [Invitation.email == email]
    if talent is not None:
        to.append(Invitation.talent_id == talent.id)
    waiting = select(Invitation).where(_is_unanswered()).order_by(Invitation.id.desc())
    found = [db.session.scalars(waiting.where(one)).first() for one in to]
    return next((one for one in found if one is not None and one.expires_at > now()), None)


def invitation_behind(link: AccountLink) -> Invitation | None:
    """Return the invitation that a link was sent for, if it is still to be answered."""
    return db.session.scalar(
        select(Invitation).where(Invitation.link_id == link.id, _is_unanswered())
    )


def _is_unanswered() -> ColumnElement[bool]:
    return and_(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
