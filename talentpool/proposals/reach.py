"""Whom a host may be told of: not who is in a pause, nor who blocked it, nor who limits what is done with them."""

from datetime import date

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _
from talentpool.needs.models import NeedSeat
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.proposals.models import Proposal
from talentpool.proposals.people import officers
from talentpool.talents.models import Talent
from talentpool.visibility.models import BlockedOrganisation
from talentpool.visibility.queries import has_blocked, visibility_of
from talentpool.visibility.services import when_blocked

BLOCKED = "proposal.blocked"

register(
    BLOCKED,
    group=Group.PROPOSALS,
    subject=_("À voir avec %(person)s : « %(seat)s »"),
    sentence=_(
        "%(person)s ne souhaite plus être visible pour l’administration de « %(seat)s » (%(need)s). "
        "La proposition en cours continue tant que personne ne l’arrête : parlez-en ensemble."
    ),
)


class ProcessingLimited(Exception):
    """The person asked that their profile be kept, and that nothing else be done with it."""


class TalentPaused(Exception):
    """The person asked not to be proposed for a while."""

    def __init__(self, until: date | None) -> None:
        super().__init__(until)
        self.until = until


class HostBlocked(Exception):
    """The person is never to be seen by this host; why is theirs."""


#: What keeps somebody from being proposed.
UNREACHABLE = (HostBlocked, TalentPaused, ProcessingLimited)


def check_limit(talent: Talent) -> None:
    """Raise `ProcessingLimited` if nothing is to be done with somebody's profile."""
    if talent.restricted_at is not None:
        raise ProcessingLimited


def check_reach(talent: Talent, seat: NeedSeat, *, today: date) -> None:
    """Raise what of `UNREACHABLE` says that somebody is not to be proposed for a seat on `today`."""
    check_limit(talent)
    if has_blocked(talent.id, seat.need.organisation_id):
        raise HostBlocked
    chosen = visibility_of(talent)
    if chosen is not None and chosen.is_paused_on(today):
        raise TalentPaused(chosen.paused_until)


def live_with_blocked(talent: Talent, *, today: date) -> list[Proposal]:
    """List the proposals that still hold with administrations that the person blocked."""
    found = db.session.scalars(
        select(Proposal).where(Proposal.talent_id == talent.id).order_by(Proposal.id)
    )
    return [
        proposal
        for proposal in found
        if proposal.is_live_on(today) and has_blocked(talent.id, proposal.seat.need.organisation_id)
    ]


def _tell_officers(blocked: BlockedOrganisation, _by: Account | None) -> None:
    """Tell who follows a proposal that holds that its person no longer wishes to be seen there.

    Nothing is ended by itself: what goes on with somebody is for people to settle.
    """
    for proposal in live_with_blocked(blocked.talent, today=date.today()):
        params = {
            "person": proposal.talent.label,
            "seat": proposal.seat.label,
            "need": proposal.seat.need.title,
        }
        for account in officers(proposal):
            notify(
                account,
                kind=BLOCKED,
                params=params,
                url_path=f"/propositions/{proposal.id}",
                once=f"proposal.blocked:{proposal.id}:{blocked.id}",
                subject=proposal,
            )


when_blocked.append(_tell_officers)
