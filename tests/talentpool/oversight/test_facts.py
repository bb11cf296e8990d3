"""What a period reads of the database: hand-made rows on both sides of its first instant."""

from datetime import date, datetime, timedelta

from sqlalchemy import update

from talentpool.access import Role
from talentpool.db import db, now
from talentpool.matches.models import MatchDecision, MatchRun, ReasonCode, Verdict
from talentpool.matches.order_models import OrderReason
from talentpool.matches.ordering import reorder
from talentpool.matches.services import decide, rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.oversight import effects
from talentpool.oversight.effects import Portion
from talentpool.oversight.facts import Facts, Pair, Run, period_of, read_facts
from talentpool.proposals.models import Proposal
from talentpool.proposals.services import decline
from talentpool.proposals.stages import AnswerReason, ProposalStatus, Side
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.placements import make_placement, make_proposal
from tests.factories.talents import make_talent

MONTHS = 3


def read() -> Facts:
    db.session.commit()
    db.session.expire_all()
    director = make_account(role=Role.AGENCY_DIRECTOR)
    return read_facts(director, period_of(MONTHS, now().date()))


def long_ago() -> datetime:
    return period_of(MONTHS, now().date()).starts_at - timedelta(seconds=1)


def decided(seat: NeedSeat, talent: Talent, verdict: str, reason: str, run: MatchRun | None) -> int:
    made = decide(
        seat,
        talent,
        verdict=Verdict(verdict),
        reason=ReasonCode(reason),
        note="",
        seen=None,
        run=run,
        by=None,
    )
    db.session.flush()
    return made.id


def ranked(seat: NeedSeat) -> MatchRun:
    run = rank_talents(seat, by=None, as_of=date(2026, 11, 24))
    db.session.commit()
    return run


def test_decisions_know_the_rank_that_was_on_the_screen(each_database: object) -> None:
    near, apart = make_talent(), make_talent(share_pct=50)
    far = make_talent(headline="Droit", text="Du droit.", skills=[], experience=[])
    seat = make_seat()
    run = ranked(seat)
    decided(seat, near, "shortlisted", "skills_fit", run)
    # A decision that names no run was taken on the newest one.
    decided(seat, far, "shortlisted", "theme_fit", None)
    decided(seat, apart, "brought_back", "negotiable", run)
    reorder(seat, [far.id, near.id], reason=OrderReason.WISHES, note="", seen=None, by=None)
    facts = read()
    assert {one.pair.talent: facts.place(one.pair, one.run) for one in facts.decisions} == {
        near.id: (1, ""),
        far.id: (2, ""),
        apart.id: (3, "share"),
    }
    assert effects.first_shortlisted(facts) == Portion(1, 1)
    assert list(effects.returns(facts)[0]) == [("share", ReasonCode.NEGOTIABLE)]
    assert facts.orders == [(seat.id, OrderReason.WISHES, [1, 1])]
    assert facts.runs == [Run(run.id, seat.id, run.created_at, run.code_version)]
    assert [len(head.answers) for head in facts.heads] == [3, 3]
    assert facts.ranked == {near.id, far.id, apart.id}
    assert facts.first == {near.id, far.id}


def test_what_happened_before_the_first_month_is_left_out(each_database: object) -> None:
    talent, seat = make_talent(), make_seat()
    run = ranked(seat)
    number = decided(seat, talent, "shortlisted", "skills_fit", run)
    proposal = make_proposal(talent, seat)
    for model, row in ((MatchRun, run.id), (MatchDecision, number), (Proposal, proposal.id)):
        db.session.execute(update(model).where(model.id == row).values(created_at=long_ago()))
    facts = read()
    assert (facts.runs, facts.heads, facts.decisions, facts.proposed) == ([], [], [], [])
    assert (facts.ranked, facts.first) == (frozenset(), frozenset())


def test_who_is_placed_is_chosen_once_with_the_rank_of_when_they_were_proposed(
    each_database: object,
) -> None:
    first, second = make_talent(), make_talent()
    seat, unranked = make_seat(), make_seat()
    run = ranked(seat)
    proposal = make_proposal(second, seat, status=ProposalStatus.CONFIRMED, today=now().date())
    # A later ranking does not change what was read when the person was proposed.
    ranked(seat)
    make_placement(first, unranked)
    facts = read()
    assert [(one.pair, one.run) for one in facts.chosen] == [
        (Pair(seat.id, second.id), run.id),
        (Pair(unranked.id, first.id), None),
    ]
    assert facts.introduced == {second.id}
    assert facts.proposed == [second.id]
    db.session.execute(
        update(Proposal).where(Proposal.id == proposal.id).values(moved_at=long_ago())
    )
    assert [one.pair.seat for one in read().chosen] == [unranked.id]


def test_a_refusal_is_counted_once_whoever_says_it(each_database: object) -> None:
    today = now().date()
    stopped = make_proposal(today=today)
    decline(
        stopped,
        side=Side.AGENCY,
        reason=AnswerReason.NEED_CHANGED,
        note="",
        today=today,
        by=None,
    )
    make_proposal(status=ProposalStatus.MEETING_AGREED, today=today)
    facts = read()
    assert sorted((one.side, one.question or "", one.is_yes) for one in facts.answers) == [
        ("agency", "", False),
        ("host", "meeting", True),
        ("talent", "meeting", True),
    ]
    assert len(facts.introduced) == 1


def test_who_may_not_read_reads_nothing(each_database: object) -> None:
    seat = make_seat()
    make_talent()
    ranked(seat)
    officer = make_account(role=Role.AGENCY_STAFF)
    assert read_facts(officer, period_of(MONTHS, now().date())).runs == []
