"""The pipeline by stage, from the shortlist to what is confirmed, and what ended of late."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from talentpool.access import Viewer
from talentpool.db import db
from talentpool.i18n import _
from talentpool.matches.models import MatchDecision, Verdict
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.needs.stages import SEARCHED
from talentpool.proposals.models import Proposal
from talentpool.proposals.queries import proposals_at
from talentpool.proposals.stages import ProposalStatus

#: A proposal that has not moved for longer is idle, and rises to the top of its column.
IDLE_AFTER = timedelta(days=7)
#: For how long what ended stays on the board.
LATELY = timedelta(days=30)
#: The columns, and the statuses that each gathers.
COLUMNS = {
    "proposed": (_("Proposées"), (ProposalStatus.PROPOSED,)),
    "meeting_agreed": (_("Rencontre acceptée"), (ProposalStatus.MEETING_AGREED,)),
    "interviewed": (
        _("Entretien fait"),
        (
            ProposalStatus.INTERVIEWED,
            ProposalStatus.HOST_AGREED,
            ProposalStatus.TALENT_AGREED,
        ),
    ),
    "agreed": (_("Deux accords"), (ProposalStatus.AGREED,)),
    "confirmed": (_("Confirmées"), (ProposalStatus.CONFIRMED,)),
    "ended": (
        _("Arrêtées depuis 30 jours"),
        (ProposalStatus.DECLINED, ProposalStatus.EXPIRED, ProposalStatus.OBSOLETE),
    ),
}


@dataclass(frozen=True)
class Card:
    """A proposal on the board: its status today, and for how many days it has not moved."""

    proposal: Proposal
    status: ProposalStatus
    days: int
    is_idle: bool


@dataclass(frozen=True)
class Column:
    """One stage, with its cards: idle ones first, then those unmoved for longest."""

    code: str
    label: str
    cards: list[Card]


@dataclass(frozen=True)
class Board:
    """Who is shortlisted and not proposed yet, then each stage of proposals."""

    shortlisted: list[MatchDecision]
    columns: list[Column]


def board(
    viewer: Viewer, *, today: date, seat: int | None = None, need: int | None = None
) -> Board:
    """Gather the pipeline of the whole agency, of one need or of one seat."""
    found = db.session.scalars(proposals_at(viewer, today=today, stage="all", seat=seat, need=need))
    cards = [card for proposal in found if (card := _card(proposal, today))]
    cards.sort(key=lambda card: (not card.is_idle, -card.days, card.proposal.id))
    columns = [
        Column(code, label, [card for card in cards if card.status in statuses])
        for code, (label, statuses) in COLUMNS.items()
    ]
    live = {
        (card.proposal.talent_id, card.proposal.seat_id)
        for column in columns[:-1]
        for card in column.cards
    }
    waiting = [
        decision
        for decision in _shortlisted(seat=seat, need=need)
        if (decision.talent_id, decision.seat_id) not in live
    ]
    return Board(waiting, columns)


def _card(proposal: Proposal, today: date) -> Card | None:
    """Return a proposal's card, none for what was placed or ended long ago."""
    status = proposal.status_on(today)
    days = (today - proposal.moved_at.date()).days
    is_live = proposal.is_live_on(today)
    ended_on = proposal.expires_on if status is ProposalStatus.EXPIRED else proposal.moved_at.date()
    if status is ProposalStatus.PLACED or (not is_live and today - ended_on > LATELY):
        return None
    return Card(proposal, status, days, is_live and days > IDLE_AFTER.days)


def _shortlisted(*, seat: int | None, need: int | None) -> list[MatchDecision]:
    """List who is shortlisted for an open seat, those who have waited longest first."""
    newest = select(func.max(MatchDecision.id)).group_by(
        MatchDecision.seat_id, MatchDecision.talent_id
    )
    chosen = (
        select(MatchDecision)
        .join(MatchDecision.seat)
        .join(NeedSeat.need)
        .where(
            MatchDecision.id.in_(newest),
            MatchDecision.verdict == Verdict.SHORTLISTED,
            NeedSeat.status == SeatStatus.OPEN,
            Need.status.in_(SEARCHED),
        )
        .options(
            joinedload(MatchDecision.talent),
            joinedload(MatchDecision.seat).joinedload(NeedSeat.need),
        )
        .order_by(MatchDecision.id)
    )
    if seat is not None:
        chosen = chosen.where(MatchDecision.seat_id == seat)
    if need is not None:
        chosen = chosen.where(NeedSeat.need_id == need)
    return list(db.session.scalars(chosen))
