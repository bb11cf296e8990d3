"""Makers of blocks, wishes and contests."""

from datetime import date

from talentpool.contests.models import Contest, Contested, Request
from talentpool.contests.services import Reading, contest
from talentpool.db import db
from talentpool.interests.models import Interest
from talentpool.interests.services import wish
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.talents.models import Talent
from talentpool.visibility.models import BlockedOrganisation
from talentpool.visibility.services import block
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_organisation
from tests.factories.talents import make_talent

TODAY = date(2026, 12, 1)


def make_block(
    talent: Talent | None = None, organisation: Organisation | None = None
) -> BlockedOrganisation:
    """Make a ministry that somebody blocks."""
    made = block(talent or make_talent(), organisation or make_organisation(), by=None)
    db.session.commit()
    return made


def make_wish(talent: Talent | None = None, need: Need | None = None) -> Interest:
    """Make a need that somebody wishes for."""
    made = wish(talent or make_talent(), need or make_need(), by=None)
    db.session.commit()
    return made


def make_contest(
    talent: Talent | None = None, seat: NeedSeat | None = None, *, today: date = TODAY
) -> Contest:
    """Make a contest of a seat's ranking."""
    made = contest(
        talent or make_talent(),
        Reading(Contested.SEAT, "le poste « Cartes »", seat=seat or make_seat()),
        reading="Python",
        words="J’écris du Python depuis dix ans.",
        asks=Request.CORRECT,
        today=today,
        by=None,
    )
    db.session.commit()
    return made
