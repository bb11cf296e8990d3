"""Reading contracts, placements and absences, and the ledger that they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from talentpool.access import AGENCY, Role, Viewer
from talentpool.db import db
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation
from talentpool.placements.kinds import Employer, Half
from talentpool.placements.ledger import Entry, Ledger, Missed
from talentpool.placements.models import Absence, Agreement, Contract, ContractPeriod, Placement
from talentpool.placements.spans import DAY, Span
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE, ProposalStatus
from talentpool.talents.models import Talent
from talentpool.visibility.queries import is_seen_by

HALF_DAY = Decimal("0.5")


def ledger(*, cap: Decimal, today: date, people: Iterable[int] | None = None) -> Ledger:
    """Read the ledger as it stands in the database now, of everybody or of some people.

    Rows are read as plain columns: what a session already holds in memory is never trusted. Proposals
    whose time was over before `today` hold nothing.
    """
    chosen = None if people is None else list(people)
    contracts, disposal = _contracts(chosen)
    reserves, tentatives = _proposals(chosen, today)
    return Ledger(
        cap=cap,
        contracts=contracts,
        disposal=disposal,
        placements=_placements(chosen),
        reserves=reserves,
        tentatives=tentatives,
        absences=_absences(chosen),
    )


def ledger_of(talent_id: int, seat_id: int) -> Ledger:
    """Read what a placement has to fit with: one person's rows, and one seat's."""
    contracts, disposal = _contracts([talent_id])
    here = or_(Placement.talent_id == talent_id, Placement.seat_id == seat_id)
    return Ledger(Decimal(0), contracts, disposal, _placement_entries(here))


def _contracts(people: list[int] | None) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    chosen = (
        select(
            Contract.id,
            Contract.talent_id,
            Contract.employer,
            Contract.ends_on,
            ContractPeriod.starts_on,
            ContractPeriod.share_pct,
        )
        .join(ContractPeriod)
        .order_by(Contract.id, ContractPeriod.starts_on)
    )
    if people is not None:
        chosen = chosen.where(Contract.talent_id.in_(people))
    rows = db.session.execute(chosen).all()
    entries: dict[Employer, list[Entry]] = defaultdict(list)
    for place, row in enumerate(rows):
        later = rows[place + 1] if place + 1 < len(rows) else None
        is_last = later is None or later.id != row.id
        ends_on = row.ends_on if later is None or is_last else later.starts_on - DAY
        span = Span(row.starts_on, ends_on, row.share_pct)
        entries[row.employer].append(Entry(row.id, row.talent_id, span))
    return tuple(entries[Employer.AGENCY]), tuple(entries[Employer.AT_DISPOSAL])


def _placements(people: list[int] | None) -> tuple[Entry, ...]:
    return _placement_entries(*([] if people is None else [Placement.talent_id.in_(people)]))


def _placement_entries(*conditions: ColumnElement[bool]) -> tuple[Entry, ...]:
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.talent_id,
            Placement.seat_id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.share_pct,
        )
        .where(Placement.cancelled_at.is_(None), *conditions)
        .order_by(Placement.id)
    )
    return tuple(
        Entry(row.id, row.talent_id, Span(row.starts_on, row.ends_on, row.share_pct), row.seat_id)
        for row in rows
    )


def _proposals(
    people: list[int] | None, today: date
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    chosen = (
        select(
            Proposal.id,
            Proposal.talent_id,
            Proposal.seat_id,
            Proposal.starts_on,
            Proposal.ends_on,
            Proposal.share_pct,
            Proposal.status,
        )
        .where(Proposal.status.in_(LIVE), Proposal.expires_on >= today)
        .order_by(Proposal.id)
    )
    if people is not None:
        chosen = chosen.where(Proposal.talent_id.in_(people))
    confirmed: list[Entry] = []
    earlier: list[Entry] = []
    for row in db.session.execute(chosen):
        span = Span(row.starts_on, row.ends_on, row.share_pct)
        is_confirmed = row.status is ProposalStatus.CONFIRMED
        (confirmed if is_confirmed else earlier).append(
            Entry(row.id, row.talent_id, span, row.seat_id)
        )
    return tuple(confirmed), tuple(earlier)


def _absences(people: list[int] | None) -> tuple[Missed, ...]:
    chosen = select(
        Absence.talent_id,
        Absence.starts_on,
        Absence.starts_half,
        Absence.ends_on,
        Absence.ends_half,
    ).order_by(Absence.talent_id, Absence.id)
    if people is not None:
        chosen = chosen.where(Absence.talent_id.in_(people))
    away: dict[int, list[HalfDays]] = defaultdict(list)
    for row in db.session.execute(chosen):
        away[row.talent_id].append((row.starts_on, row.starts_half, row.ends_on, row.ends_half))
    return tuple(
        Missed(talent_id, span) for talent_id, gone in away.items() for span in missed_days(gone)
    )


#: From a half of a day to a half of a day, both included.
HalfDays = tuple[date, Half, date, Half]


def missed_days(away: Iterable[HalfDays]) -> list[Span]:
    """Return somebody's absences as parts of days; a half-day noted twice is missed once."""
    numbered = sorted(
        (_number(first, starts_half), _number(last, ends_half))
        for first, starts_half, last, ends_half in away
    )
    stretches: list[tuple[int, int]] = []
    for first, last in numbered:
        if stretches and first <= stretches[-1][1] + 1:
            first, last = stretches[-1][0], max(last, stretches.pop()[1])
        stretches.append((first, last))
    return [span for first, last in stretches for span in _days(first, last)]


def _number(day: date, half: Half) -> int:
    """Return the number of a half-day: mornings are even, afternoons odd."""
    return day.toordinal() * 2 + (half is Half.AFTERNOON)


def _days(first: int, last: int) -> Iterator[Span]:
    """Yield the half-days from one to another as halves of days and a stretch of whole ones."""
    if first % 2:
        yield Span(date.fromordinal(first // 2), date.fromordinal(first // 2), HALF_DAY)
    whole_from, whole_to = (first + 1) // 2, (last - 1) // 2
    if whole_from <= whole_to:
        yield Span(date.fromordinal(whole_from), date.fromordinal(whole_to), Decimal(1))
    if last % 2 == 0:
        yield Span(date.fromordinal(last // 2), date.fromordinal(last // 2), HALF_DAY)


def contracts(*, talent: Talent | None = None) -> Select[Contract]:
    """Select contracts, by person, the latest first."""
    chosen = (
        select(Contract)
        .join(Contract.talent)
        .options(contains_eager(Contract.talent), selectinload(Contract.periods))
        .order_by(Talent.findable, Talent.id, Contract.starts_on.desc(), Contract.id)
    )
    return chosen.where(Contract.talent_id == talent.id) if talent is not None else chosen


def absences(*, talent: Talent | None = None) -> Select[Absence]:
    """Select absences, the latest first."""
    chosen = (
        select(Absence)
        .options(joinedload(Absence.talent))
        .order_by(Absence.starts_on.desc(), Absence.id)
    )
    return chosen.where(Absence.talent_id == talent.id) if talent is not None else chosen


def whole_placements() -> Select[Placement]:
    """Select placements with person, seat, need, host and agreement, in few reads; unordered."""
    return select(Placement).options(
        joinedload(Placement.talent).selectinload(Talent.families),
        joinedload(Placement.agreement),
        joinedload(Placement.owner),
        joinedload(Placement.follows),
        selectinload(Placement.followers),
        joinedload(Placement.seat).options(
            joinedload(NeedSeat.family),
            joinedload(NeedSeat.need)
            .selectinload(Need.organisation)
            .selectinload(Organisation.names),
        ),
    )


def placements(viewer: Viewer, *, cancelled: bool = False) -> Select[Placement]:
    """Select the placements within the viewer's reach, those that end first, first."""
    chosen = (
        whole_placements()
        .where(_within_reach(viewer))
        .order_by(Placement.ends_on, Placement.starts_on, Placement.id)
    )
    return chosen if cancelled else chosen.where(Placement.cancelled_at.is_(None))


def _within_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that `access._is_own_mission` and `is_shown_to` put on one, for the whole table."""
    if viewer.role in AGENCY:
        return Placement.id.is_not(None)
    if viewer.role is Role.MINISTRY_MEMBER and viewer.organisation_id is not None:
        of_host = Placement.seat.has(
            NeedSeat.need.has(Need.organisation_id == viewer.organisation_id)
        )
        return of_host & _is_kept(viewer)
    if viewer.role is Role.TALENT and viewer.id is not None:
        return Placement.talent.has(Talent.account_id == viewer.id)
    return false()


def _is_kept(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a host still reads of somebody who blocked it: while the mission is to come or runs, no longer."""
    goes_on = (Placement.ends_on >= date.today()) & Placement.cancelled_at.is_(None)
    return goes_on | is_seen_by(viewer.organisation_id, Placement.talent_id)


def is_shown_to(viewer: Viewer, placement: Placement) -> bool:
    """Tell whether a host still reads of a placement's person, who may have blocked it since."""
    if viewer.role is not Role.MINISTRY_MEMBER:
        return True
    shown = select(Placement.id).where(Placement.id == placement.id, _is_kept(viewer))
    return db.session.scalar(shown) is not None


def placements_of_seat(seat: NeedSeat) -> list[Placement]:
    """List a seat's placements, the latest first, those taken back among them."""
    chosen = whole_placements().where(Placement.seat_id == seat.id)
    return list(db.session.scalars(chosen.order_by(Placement.starts_on.desc(), Placement.id)))


def placements_of_talent(talent: Talent) -> list[Placement]:
    """List somebody's placements, the latest first."""
    chosen = whole_placements().where(
        Placement.talent_id == talent.id, Placement.cancelled_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(Placement.starts_on.desc(), Placement.id)))


def agreement_on(need: Need) -> Agreement | None:
    """Return the agreement about a need, if one was begun."""
    return db.session.scalar(select(Agreement).where(Agreement.need_id == need.id))


def contract_on(talent_id: int, day: date) -> Contract | None:
    """Return somebody's contract on a day."""
    return db.session.scalar(
        select(Contract).where(
            Contract.talent_id == talent_id,
            Contract.starts_on <= day,
            or_(Contract.ends_on.is_(None), Contract.ends_on >= day),
        )
    )


def people_to_place(today: date) -> list[Talent]:
    """List the people whose contract runs today or will begin, by name."""
    under_contract = select(Contract.talent_id).where(
        or_(Contract.ends_on.is_(None), Contract.ends_on >= today)
    )
    chosen = select(Talent).where(Talent.id.in_(under_contract))
    return list(db.session.scalars(chosen.order_by(Talent.findable, Talent.id)))


def is_seat_free(seat: NeedSeat, span: Span) -> bool:
    """Tell whether nobody has a seat on any day of a span."""
    taken = _placement_entries(Placement.seat_id == seat.id)
    return not any(
        entry.span.starts_on <= (span.ends_on or date.max)
        and span.starts_on <= (entry.span.ends_on or date.max)
        for entry in taken
    )


def is_seat_held(seat_id: int, today: date, *, but: int) -> bool:
    """Tell whether a seat has a placement, other than `but`, that goes on or is still to begin."""
    holding = select(Placement.id).where(
        Placement.seat_id == seat_id,
        Placement.id != but,
        Placement.cancelled_at.is_(None),
        Placement.interruption.is_(None),
        or_(Placement.started_on.is_(None), Placement.ends_on >= today),
    )
    return db.session.scalar(holding.limit(1)) is not None
