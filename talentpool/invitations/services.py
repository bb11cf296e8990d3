"""Sending, repeating, withdrawing and accepting invitations."""

from talentpool.access import Role
from talentpool.accounts import links, registering
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.accounts.queries import account_at
from talentpool.accounts.services import normalised_email
from talentpool.db import db, now
from talentpool.invitations import emails
from talentpool.invitations.models import Invitation
from talentpool.invitations.queries import invitation_behind, waiting_invitation
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import profile_of
from talentpool.talents.services import ProfileContent, create_talent


class AlreadyInvited(Exception):
    """The address, or the profile's holder, has an invitation that still serves."""


class ProfileAlreadyHeld(Exception):
    """Somebody signs in as the holder of the profile."""


class HoldsAnotherProfile(Exception):
    """Whoever accepts has a profile of their own already."""


class NotATalent(Exception):
    """The account is not a talent's: it cannot hold a profile."""


class InvitationOver(Exception):
    """The invitation was accepted or withdrawn before."""


def send_invitation(*, email: str, talent: Talent | None, by: Account | None) -> Invitation:
    """Invite an address; whether it has an account changes the mail and nothing that the sender sees.

    Raises `AlreadyInvited`, `ProfileAlreadyHeld`.
    """
    address = normalised_email(email)
    if talent is not None and talent.account_id is not None:
        raise ProfileAlreadyHeld
    if waiting_invitation(address, talent) is not None:
        raise AlreadyInvited
    invitation = Invitation(email=address, talent=talent, sent_by=by)
    _send(invitation)
    db.session.add(invitation)
    db.session.flush()
    journal.record("invitation.sent", invitation, by=by, talent=talent.id if talent else None)
    return invitation


def send_again(invitation: Invitation, *, by: Account | None) -> None:
    """Send another link, which replaces the former; raises `InvitationOver`, `ProfileAlreadyHeld`."""
    _lock_open(invitation)
    if invitation.talent is not None and invitation.talent.account_id is not None:
        raise ProfileAlreadyHeld
    _revoke_link(invitation)
    _send(invitation)
    journal.record("invitation.resent", invitation, by=by)


def withdraw_invitation(invitation: Invitation, *, by: Account | None) -> None:
    """Let the link open nothing any more; raises `InvitationOver`."""
    _lock_open(invitation)
    _revoke_link(invitation)
    invitation.withdrawn_at = now()
    journal.record("invitation.withdrawn", invitation, by=by)


def accept_as_newcomer(link: AccountLink, *, display_name: str, password: str) -> Account:
    """Open an account at the invited address, holder of the profile that speaks of it, or of an empty one.

    Raises `InvitationOver`, `ProfileAlreadyHeld`, `EmailAlreadyTaken`.
    """
    invitation = _answerable(link)
    account = registering.register(link, display_name=display_name, password=password)
    db.session.flush()
    _accept(invitation, account)
    return account


def accept_as_holder(link: AccountLink, *, account: Account) -> None:
    """Accept with an account that was there before.

    Raises `InvitationOver`, `NotATalent`, `HoldsAnotherProfile`, `ProfileAlreadyHeld`.
    """
    invitation = _answerable(link)
    if account.role is not Role.TALENT:
        raise NotATalent
    _accept(invitation, account)
    links.use(link)


def _accept(invitation: Invitation, account: Account) -> None:
    talent = invitation.talent.standing if invitation.talent else None
    own = profile_of(account)
    if talent is None:
        if own is None:
            content = ProfileContent(
                display_name=account.display_name, pool_status=PoolStatus.CANDIDATE
            )
            own = create_talent(content, by=account, account=account)
            db.session.flush()
        # From now on the address that was typed is that profile's.
        invitation.talent = own
    elif own is not None and own.id != talent.id:
        raise HoldsAnotherProfile
    elif talent.account_id not in {None, account.id}:
        raise ProfileAlreadyHeld
    else:
        talent.account = account
    invitation.accepted_at = now()
    db.session.flush()
    journal.record(
        "invitation.accepted", invitation, by=account, talent=talent.id if talent else None
    )


def _answerable(link: AccountLink) -> Invitation:
    invitation = invitation_behind(link)
    if invitation is None:
        raise InvitationOver
    _lock_open(invitation)
    return invitation


def _lock_open(invitation: Invitation) -> None:
    # Two who answer at once queue here, and the second sees what the first did.
    db.session.refresh(invitation, with_for_update=True)
    if not invitation.is_open:
        raise InvitationOver


def _revoke_link(invitation: Invitation) -> None:
    if invitation.link is not None:
        invitation.link.revoked_at = invitation.link.revoked_at or now()


def _send(invitation: Invitation) -> None:
    token = links.issue(LinkPurpose.INVITE, email=invitation.email)
    invitation.link = links.link_behind(token, LinkPurpose.INVITE)
    invitation.sent_at = now()
    mail = emails.of_invitation(token, has_account=account_at(invitation.email) is not None)
    queue_mail(to=invitation.email, subject=mail.subject, text=mail.text)
