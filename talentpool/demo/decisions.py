"""The demo's rankings and what people decided on them, before each proposal, and what some people declared."""

from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.declarations.models import AgeBand, Gender
from talentpool.declarations.services import declare
from talentpool.matches.models import MatchRun, ReasonCode, Verdict
from talentpool.matches.order_models import OrderReason
from talentpool.matches.ordering import reorder, shortlist
from talentpool.matches.queries import decision_on, results, results_apart, talents_by_key
from talentpool.matches.services import decide, rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.proposals.models import Proposal
from talentpool.talents.models import Talent

#: How long before a proposal its seat was ranked.
BEFORE = timedelta(days=2)
#: One person in so many says nothing of themselves.
SILENT = 4


def seed_decisions(officer: Account, today: date) -> None:
    """Rank for each proposed seat and decide on it, as whoever proposed would have done before."""
    seats: dict[int, MatchRun] = {}
    for proposal in db.session.scalars(select(Proposal).order_by(Proposal.id)):
        run = seats.get(proposal.seat_id)
        if run is None and proposal.seat.is_open:
            run = seats[proposal.seat_id] = _ranked(proposal, officer, today)
        if run is not None:
            _decide(run, proposal.talent, Verdict.SHORTLISTED, ReasonCode.SKILLS_FIT, officer)
    for number, run in enumerate(seats.values()):
        _decide_besides(run, officer, brings_back=number % 3 == 0, adds=number % 2 == 0)
    for run in seats.values():
        _reorder(run.seat, officer)


def seed_declarations() -> None:
    """Let most people say something of themselves; nothing in it follows from who they are."""
    people = list(db.session.scalars(select(Talent).order_by(Talent.id)))
    genders, ages = list(Gender)[:2], list(AgeBand)
    for number, talent in enumerate(people):
        if number % SILENT:
            declare(
                talent,
                gender=genders[number * 7 % len(genders)],
                age_band=ages[number * 5 % len(ages)],
                by=None,
            )


def _ranked(proposal: Proposal, officer: Account, today: date) -> MatchRun:
    run = rank_talents(proposal.seat, by=officer, as_of=today)
    run.created_at = proposal.moved_at - BEFORE
    return run


def _decide(
    run: MatchRun, talent: Talent, verdict: Verdict, reason: ReasonCode, officer: Account
) -> None:
    """Decide once on a person, on the day after the ranking."""
    if decision_on(run.seat, talent) is None:
        decision = decide(
            run.seat,
            talent,
            verdict=verdict,
            reason=reason,
            note="",
            seen=None,
            run=run,
            by=officer,
        )
        decision.created_at = run.created_at + BEFORE / 2


def _decide_besides(run: MatchRun, officer: Account, *, brings_back: bool, adds: bool) -> None:
    """Set somebody near the top aside, and perhaps bring somebody back or shortlist another."""
    near = [r.person_key for r in db.session.scalars(results(run).offset(3).limit(2))]
    apart = [r.person_key for r in db.session.scalars(results_apart(run).limit(1))]
    people = talents_by_key({*near, *apart})
    if near:
        _decide(run, people[near[0]], Verdict.SET_ASIDE, ReasonCode.SKILL_MISSING, officer)
    if adds and len(near) > 1:
        _decide(run, people[near[1]], Verdict.SHORTLISTED, ReasonCode.EXPERIENCE_FIT, officer)
    if brings_back and apart:
        _decide(run, people[apart[0]], Verdict.BROUGHT_BACK, ReasonCode.NEGOTIABLE, officer)


def _reorder(seat: NeedSeat, officer: Account) -> None:
    """Put the last of a shortlist first, where there is one to reorder."""
    held = shortlist(seat)
    if len(held.numbers) > 1:
        order = [held.numbers[-1], *held.numbers[:-1]]
        reorder(seat, order, reason=OrderReason.SURER_DATES, note="", seen=None, by=officer)
