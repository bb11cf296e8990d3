"""The demo is one believable agency: its figures add up, and its rankings make sense."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.demo import services
from talentpool.journal.labels import ACTIONS
from talentpool.journal.models import JournalEntry
from talentpool.journal.queries import actions
from talentpool.matches.models import MatchRun
from talentpool.needs.models import Need, SeatStatus
from talentpool.needs.queries import seats
from talentpool.needs.stages import NeedStatus
from talentpool.placements import queries
from talentpool.placements.ledger import PoolOverbooked
from talentpool.placements.models import Contract, Placement
from talentpool.placements.spans import Span
from talentpool.proposals.models import Proposal
from talentpool.talents.models import PoolStatus, Talent
from tests.conftest import migrated_app

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module", autouse=True)
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Seed the demo into a database of its own, once."""
    app = migrated_app(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    with app.app_context():
        services.seed(TODAY)
        db.session.commit()
        yield
        db.session.remove()
        db.engine.dispose()


def _count(model: type, *conditions: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


class TestSeed:
    def test_thirty_one_people_hold_thirty_fte(self) -> None:
        shares = db.session.scalars(
            select(Talent.share_pct).where(Talent.pool_status == PoolStatus.EMPLOYED)
        ).all()
        assert len(shares) == 31
        assert sum(Decimal(share or 0) for share in shares) / 100 == Decimal("30.0")

    def test_sixty_people_wait_in_the_pool(self) -> None:
        waiting = (Talent.pool_status == PoolStatus.POOL, Talent.restricted_at.is_(None))
        assert _count(Talent, *waiting) == 60

    def test_the_journal_names_nobody(self) -> None:
        told = " ".join(
            json.dumps(details, ensure_ascii=False)
            for details in db.session.scalars(select(JournalEntry.details))
        ).casefold()
        people = select(Talent.display_name).union(
            select(Account.display_name), select(Account.email)
        )
        assert [name for name in db.session.scalars(people) if name.casefold() in told] == []

    def test_eighteen_seats_are_open(self) -> None:
        assert len(db.session.scalars(seats(status=SeatStatus.OPEN)).all()) == 18

    def test_the_eight_challenges_of_2018_are_closed(self) -> None:
        assert _count(Need, Need.status == NeedStatus.CLOSED) == 8

    def test_every_act_that_it_leaves_has_a_name(self) -> None:
        assert [action for action in actions() if action not in ACTIONS] == []

    def test_each_first_ranking_puts_the_right_family_first(self) -> None:
        runs = db.session.scalars(select(MatchRun)).all()
        assert len(runs) >= services.RANKED_AT_FIRST
        for run in runs:
            first = run.results[0]
            assert first.score > 0.05
            assert first.snapshot is not None
            assert run.seat.family.code in first.snapshot.profile["families"]


class TestStaffing:
    def test_the_cap_is_full_and_its_parts_add_up(self) -> None:
        ledger = queries.ledger(cap=Decimal(30), today=TODAY)
        level = next(ledger.levels(TODAY, TODAY))
        assert (level.held, level.placed) == (Decimal("30.0"), Decimal("25.6"))
        assert (level.bench, level.absent, level.free) == (Decimal("3.4"), 1, 0)

    def test_four_contracts_end_within_ninety_days(self) -> None:
        soon = TODAY + timedelta(days=90)
        ends = db.session.scalars(select(Contract.ends_on)).all()
        assert len([day for day in ends if day and day <= soon]) == 4

    def test_a_hire_is_refused_until_they_do(self) -> None:
        span = Span(TODAY, TODAY + timedelta(days=300), Decimal(100))
        with pytest.raises(PoolOverbooked) as refused:
            queries.ledger(cap=Decimal(30), today=TODAY).check_contract(0, [span], is_capped=True)
        assert refused.value.fits_on == date(2027, 1, 1)

    def test_nine_missions_end_within_ninety_days_of_which_three_undecided(self) -> None:
        soon = TODAY + timedelta(days=90)
        ending = db.session.scalars(select(Placement).where(Placement.ends_on <= soon)).all()
        assert len({placement.seat.need_id for placement in ending}) == 7
        assert len([placement for placement in ending if placement.needs_decision]) == 3

    def test_nine_proposals_live_and_three_are_idle(self) -> None:
        live = [p for p in db.session.scalars(select(Proposal)) if p.is_live_on(TODAY)]
        assert len(live) == 9
        week = datetime.now(UTC) - timedelta(days=7)
        assert len([proposal for proposal in live if proposal.moved_at < week]) == 3
