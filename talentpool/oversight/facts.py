"""What the ranking's effects are computed from: a period's runs, decisions, orders, answers and choices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import func, select

from talentpool.access import Permission, Viewer, allows
from talentpool.db import db
from talentpool.matches.models import (
    MatchDecision,
    MatchResult,
    MatchRun,
    PersonKey,
    ReasonCode,
    Verdict,
)
from talentpool.matches.order_models import OrderReason, ShortlistOrder
from talentpool.matches.records import answers_of
from talentpool.placements.models import Placement
from talentpool.proposals.models import Proposal, ProposalAnswer
from talentpool.proposals.stages import AnswerReason, ProposalStatus, Question, Side
from talentpool.proposals.wording import PARIS

#: The periods that may be chosen, in months up to the present one.
PERIODS = (3, 6, 12)
#: How many people at the head of a list are looked at month by month.
FIRST = 10


@dataclass(frozen=True)
class Period:
    """Whole months, of which the last is today's."""

    months: tuple[date, ...]
    today: date

    @property
    def starts_at(self) -> datetime:
        """The first instant of the first month, in France."""
        return datetime.combine(self.months[0], time(), PARIS).astimezone(UTC)

    def month_of(self, instant: datetime) -> date:
        """Return the month in which something happened, in France."""
        return instant.astimezone(PARIS).date().replace(day=1)


def period_of(months: int, today: date) -> Period:
    """Return the `months` months of which the last is today's."""
    last = today.year * 12 + today.month - 1
    numbers = range(last - months + 1, last + 1)
    return Period(tuple(date(m // 12, m % 12 + 1, 1) for m in numbers), today)


class Pair(NamedTuple):
    """One person for one seat."""

    seat: int
    talent: int


class Place(NamedTuple):
    """Where a run put a person, and the criteria that set them apart, if any."""

    rank: int
    misses: str


class Decided(NamedTuple):
    """What somebody of the agency decided, and in which run they read the person."""

    pair: Pair
    verdict: Verdict
    reason: ReasonCode
    run: int | None


class Chosen(NamedTuple):
    """Somebody confirmed or placed: when, and the run that could be read when they were proposed."""

    pair: Pair
    at: datetime
    run: int | None


class Ordered(NamedTuple):
    """An order set by hand, and by how many places it moved each person."""

    seat: int
    reason: OrderReason
    moves: list[int]


class Answered(NamedTuple):
    """What a side said: to a question, or (None) by withdrawing before being asked."""

    side: Side
    question: Question | None
    is_yes: bool
    reason: AnswerReason


class Run(NamedTuple):
    """A ranking: when, for which seat, and by which version."""

    id: int
    seat: int
    at: datetime
    version: str


class Head(NamedTuple):
    """One of the first of a list: their score, and how the criteria were answered."""

    run: int
    score: float
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """A period as the oversight page reads it; `ranked` and `first` are people, with or without seats."""

    period: Period
    runs: list[Run] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    places: dict[tuple[int, int], Place] = field(default_factory=dict)
    chosen: list[Chosen] = field(default_factory=list)
    orders: list[Ordered] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    proposed: list[int] = field(default_factory=list)
    introduced: frozenset[int] = frozenset()
    ranked: frozenset[int] = frozenset()
    first: frozenset[int] = frozenset()

    def place(self, pair: Pair, run: int | None) -> Place | None:
        """Return where a run put somebody; None without a run, or when they are not in it."""
        return self.places.get((run, pair.talent)) if run is not None else None

    @property
    def holding(self) -> dict[Pair, Decided]:
        """The last decision of the period about each person for each seat."""
        return {decided.pair: decided for decided in self.decisions}

    @property
    def shortlisted(self) -> list[Decided]:
        """Who was shortlisted in the period, and still was at its end."""
        return [one for one in self.holding.values() if one.verdict is Verdict.SHORTLISTED]


def read_facts(viewer: Viewer, period: Period) -> Facts:
    """Read a period in a fixed number of queries; nothing for who may not read it."""
    if not allows(viewer, Permission.READ_OVERSIGHT):
        return Facts(period)
    since = period.starts_at
    choices = _choices(period)
    decided = _decisions(since)
    seats = {pair.seat for pair, _at, _basis in choices} | {one.pair.seat for one, _at in decided}
    runs_of = _runs_of(seats)
    decisions = [
        one if one.run is not None else one._replace(run=_run_before(runs_of[one.pair.seat], at))
        for one, at in decided
    ]
    chosen = [
        Chosen(pair, at, _run_before(runs_of[pair.seat], basis)) for pair, at, basis in choices
    ]
    runs = _runs(since)
    return Facts(
        period=period,
        runs=runs,
        heads=_heads(since),
        decisions=decisions,
        places=_places([*decisions, *chosen]),
        chosen=chosen,
        orders=_orders(since),
        answers=_answers(since),
        proposed=list(
            db.session.scalars(select(Proposal.talent_id).where(Proposal.created_at >= since))
        ),
        introduced=_introduced(since),
        ranked=_people_ranked(since),
        first=_people_ranked(since, among=FIRST),
    )


def _runs(since: datetime) -> list[Run]:
    found = (
        select(MatchRun.id, MatchRun.seat_id, MatchRun.created_at, MatchRun.code_version)
        .where(MatchRun.created_at >= since)
        .order_by(MatchRun.id)
    )
    return [Run(*row) for row in db.session.execute(found)]


def _heads(since: datetime) -> list[Head]:
    found = (
        select(MatchResult.run_id, MatchResult.score, MatchResult.place)
        .join(MatchRun)
        .where(MatchRun.created_at >= since, MatchResult.rank <= FIRST, MatchResult.misses == "")
        .order_by(MatchResult.id)
    )
    return [Head(run, score, answers_of(place)) for run, score, place in db.session.execute(found)]


def _decisions(since: datetime) -> list[tuple[Decided, datetime]]:
    found = (
        select(
            MatchDecision.seat_id,
            MatchDecision.talent_id,
            MatchDecision.verdict,
            MatchDecision.reason,
            MatchDecision.run_id,
            MatchDecision.created_at,
        )
        .where(MatchDecision.created_at >= since)
        .order_by(MatchDecision.id)
    )
    return [
        (Decided(Pair(seat, talent), verdict, reason, run), at)
        for seat, talent, verdict, reason, run, at in db.session.execute(found)
    ]


def _choices(period: Period) -> list[tuple[Pair, datetime, datetime]]:
    """List who was first confirmed or placed within the period: the pair, when, and when proposed.

    Somebody placed again on the same seat (a renewal) was chosen once, the first time.
    """
    found: dict[Pair, tuple[datetime, datetime]] = {}
    confirmed = select(Proposal).where(
        Proposal.status.in_([ProposalStatus.CONFIRMED, ProposalStatus.PLACED])
    )
    dated = [
        (Pair(one.seat_id, one.talent_id), one.moved_at, one.created_at)
        for one in db.session.scalars(confirmed)
        if one.status_on(period.today) is not ProposalStatus.EXPIRED
    ]
    placed = select(Placement.seat_id, Placement.talent_id, Placement.created_at)
    dated += [
        (Pair(seat, talent), at, at)
        for seat, talent, at in db.session.execute(placed.where(Placement.cancelled_at.is_(None)))
    ]
    for pair, at, basis in dated:
        held = found.get(pair, (at, basis))
        found[pair] = (min(at, held[0]), min(basis, held[1]))
    return [
        (pair, at, basis) for pair, (at, basis) in sorted(found.items()) if at >= period.starts_at
    ]


def _runs_of(seats: set[int]) -> dict[int, list[tuple[datetime, int]]]:
    """Map seats to their runs, oldest first, whenever they were made."""
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = (
        select(MatchRun.seat_id, MatchRun.created_at, MatchRun.id)
        .where(MatchRun.seat_id.in_(seats))
        .order_by(MatchRun.id)
    )
    for seat, at, number in db.session.execute(rows):
        found[seat].append((at, number))
    return found


def _run_before(runs: list[tuple[datetime, int]], at: datetime) -> int | None:
    return next((number for made_at, number in reversed(runs) if made_at <= at), None)


def _places(read: Iterable[Decided | Chosen]) -> dict[tuple[int, int], Place]:
    """Map run and person to their place, for the people who were decided about or chosen."""
    pairs = {(one.run, one.pair.talent) for one in read if one.run is not None}
    found = (
        select(MatchResult.run_id, PersonKey.talent_id, MatchResult.rank, MatchResult.misses)
        .join(PersonKey, PersonKey.key == MatchResult.person_key)
        .where(
            MatchResult.run_id.in_({run for run, _talent in pairs}),
            PersonKey.talent_id.in_({talent for _run, talent in pairs}),
        )
    )
    return {
        (run, talent): Place(rank, misses)
        for run, talent, rank, misses in db.session.execute(found)
    }


def _orders(since: datetime) -> list[Ordered]:
    found = select(ShortlistOrder).where(ShortlistOrder.created_at >= since)
    return [
        Ordered(one.seat_id, one.reason, one.moves)
        for one in db.session.scalars(found.order_by(ShortlistOrder.id))
    ]


def _answers(since: datetime) -> list[Answered]:
    """List what sides answered, then who declined without having been asked or after having said yes."""
    given = select(
        ProposalAnswer.side, ProposalAnswer.question, ProposalAnswer.is_yes, ProposalAnswer.reason
    ).where(ProposalAnswer.created_at >= since)
    answers = [Answered(*row) for row in db.session.execute(given.order_by(ProposalAnswer.id))]
    said_no = (
        select(ProposalAnswer.id)
        .where(
            ProposalAnswer.proposal_id == Proposal.id,
            ProposalAnswer.side == Proposal.declined_by,
            ProposalAnswer.is_yes.is_(False),
        )
        .exists()
    )
    withdrawn = select(Proposal.declined_by, Proposal.decline_reason).where(
        Proposal.status == ProposalStatus.DECLINED, Proposal.moved_at >= since, ~said_no
    )
    return answers + [
        Answered(side, None, False, reason)
        for side, reason in db.session.execute(withdrawn.order_by(Proposal.id))
        if side is not None and reason is not None
    ]


def _introduced(since: datetime) -> frozenset[int]:
    """Return whom a host and themselves both wanted to meet, the second yes being of the period."""
    found = (
        select(Proposal.talent_id)
        .join(ProposalAnswer)
        .where(ProposalAnswer.question == Question.MEETING, ProposalAnswer.is_yes)
        .group_by(Proposal.id, Proposal.talent_id)
        .having(
            func.count(ProposalAnswer.side.distinct()) == 2,
            func.max(ProposalAnswer.created_at) >= since,
        )
    )
    return frozenset(db.session.scalars(found))


def _people_ranked(since: datetime, *, among: int | None = None) -> frozenset[int]:
    """Return who was ranked in the period, or who stood `among` the first of a list at least once."""
    found = (
        select(PersonKey.talent_id)
        .join(MatchResult, MatchResult.person_key == PersonKey.key)
        .join(MatchRun, MatchRun.id == MatchResult.run_id)
        .where(MatchRun.created_at >= since)
        .distinct()
    )
    if among is not None:
        found = found.where(MatchResult.rank <= among, MatchResult.misses == "")
    return frozenset(db.session.scalars(found))
