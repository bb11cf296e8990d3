"""Contracts are signed, amended and taken back, never above the cap."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.placements import queries
from talentpool.placements.contracts import (
    NoShare,
    amend_contract,
    remove_contract,
    sign_contract,
    terms_of,
)
from talentpool.placements.kinds import ContractKind, Employer
from talentpool.placements.ledger import (
    ContractsOverlap,
    OutsideContract,
    PersonOverbooked,
    PoolOverbooked,
)
from talentpool.placements.models import Contract
from talentpool.placements.services import booking_of, change_placement
from talentpool.proposals.reach import ProcessingLimited
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import PoolStatus, Talent
from tests.factories.placements import (
    ROOMY,
    TODAY,
    make_contract,
    make_placement,
    make_proposal,
    make_terms,
)
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
YEAR = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}


def sign(talent: Talent | None = None, *, cap: object = ROOMY, **changes: object) -> Contract:
    return sign_contract(
        talent or make_talent(), make_terms(**changes), cap=Decimal(cap), today=TODAY, by=None
    )


def amend(contract: Contract, *, cap: object = ROOMY, **changes: object) -> list[str]:
    said = vars(terms_of(contract))
    if "share" in changes:
        said.pop("shares")
    terms = make_terms(**{**said, **changes})
    return amend_contract(contract, terms, cap=Decimal(cap), today=TODAY, by=None)


def stored() -> int:
    return db.session.execute(text("SELECT count(*) FROM contract")).scalar_one()


class TestSignContract:
    def test_is_stored_and_journaled(self) -> None:
        talent = make_talent()
        contract = sign(
            talent,
            shares=[(date(2027, 7, 1), Decimal(80)), (date(2027, 1, 1), Decimal(60))],
            **YEAR,
        )
        db.session.expire_all()
        assert [(p.starts_on, p.share_pct) for p in contract.periods] == [
            (date(2027, 1, 1), 60),
            (date(2027, 7, 1), 80),
        ]
        (entry,) = history_of(contract)
        assert entry.action == "contract.signed"
        assert entry.details["talent"] == talent.id
        assert entry.details["shares"] == [["2027-01-01", "60"], ["2027-07-01", "80"]]

    @pytest.mark.parametrize("share", ["12.5", "33.33", "0.01", "100", "66.67"])
    def test_its_share_is_kept_to_the_hundredth(self, share: str) -> None:
        contract = sign(share=share)
        db.session.expire_all()
        assert str(contract.periods[0].share_pct) == share
        assert str(queries.ledger(cap=ROOMY, today=TODAY).held().on(TODAY)) == share

    def test_eight_eighths_make_one(self) -> None:
        for _number in range(8):
            sign(cap=1, share="12.5")
        with pytest.raises(PoolOverbooked) as refused:
            sign(cap=1, share="0.01")
        assert refused.value.by == Decimal("0.0001")

    def test_what_is_finer_than_a_hundredth_is_not_rounded(self) -> None:
        with pytest.raises(StatementError, match="finer"):
            sign(share="33.333")

    def test_above_the_cap_is_refused_with_day_amount_and_date(self) -> None:
        sign(cap=2, **YEAR)
        sign(cap=2, share=60, starts_on=date(2027, 6, 1), ends_on=date(2027, 8, 31))
        with pytest.raises(PoolOverbooked) as refused:
            sign(cap=2, share=80, starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))
        assert refused.value.day == date(2027, 6, 1)
        assert refused.value.by == Decimal("0.4")
        assert refused.value.fits_on == date(2027, 9, 1)
        assert stored() == 2

    def test_the_cap_is_not_on_other_employers(self) -> None:
        contract = sign(cap=0, employer=Employer.AT_DISPOSAL, kind=ContractKind.MAD)
        with pytest.raises(PoolOverbooked):
            amend(contract, cap="0.9", employer=Employer.AGENCY)
        assert amend(contract, cap=1, employer=Employer.AGENCY) == ["employer"]

    def test_two_at_once_are_refused_until_the_first_ends(self) -> None:
        talent = make_talent()
        sign(talent, share=50, **YEAR)
        with pytest.raises(ContractsOverlap) as refused:
            sign(talent, share=50, starts_on=date(2027, 12, 31), ends_on=date(2028, 3, 31))
        assert (refused.value.day, refused.value.by) == (date(2027, 12, 31), 50)
        assert refused.value.fits_on == date(2028, 1, 1)
        sign(talent, starts_on=date(2028, 1, 1), ends_on=None)

    def test_a_date_that_fits_fits_the_cap_too(self) -> None:
        talent = make_talent()
        sign(talent, cap=1, share=50, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 31))
        sign(cap=1, share=100, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 28))
        with pytest.raises(ContractsOverlap) as refused:
            sign(talent, cap=1, share=50, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 5))
        assert refused.value.fits_on == date(2027, 3, 1)

    def test_reserves_of_others_stand_in_the_way_and_one_s_own_becomes_the_contract(self) -> None:
        proposal = make_proposal(status=ProposalStatus.CONFIRMED)
        with pytest.raises(PoolOverbooked) as refused:
            sign(cap=1, **YEAR)
        assert refused.value.day == proposal.starts_on
        sign(proposal.talent, cap=1, **YEAR)

    def test_a_reserve_ends_by_itself(self) -> None:
        proposal = make_proposal(status=ProposalStatus.CONFIRMED)
        late = proposal.expires_on.replace(day=proposal.expires_on.day + 1)
        terms = make_terms(**YEAR)
        with pytest.raises(PoolOverbooked):
            sign_contract(make_talent(), terms, cap=Decimal(1), today=proposal.expires_on, by=None)
        sign_contract(make_talent(), terms, cap=Decimal(1), today=late, by=None)

    @pytest.mark.parametrize(
        "shares",
        [
            [],
            [(date(2027, 1, 2), Decimal(100))],
            [(date(2027, 1, 1), Decimal(100)), (date(2028, 1, 1), Decimal(50))],
            [(date(2027, 1, 1), Decimal(100)), (date(2027, 1, 1), Decimal(50))],
        ],
    )
    def test_each_day_has_one_share(self, shares: list[tuple[date, Decimal]]) -> None:
        with pytest.raises(NoShare):
            sign(shares=shares, **YEAR)

    def test_who_is_under_contract_today_is_employed(self) -> None:
        talent, later = make_talent(), make_talent()
        contract = sign(talent)
        sign(later, **YEAR)
        db.session.expire_all()
        assert talent.pool_status is PoolStatus.EMPLOYED
        assert later.pool_status is PoolStatus.POOL
        remove_contract(contract, cap=ROOMY, today=TODAY, by=None)
        assert talent.pool_status is PoolStatus.POOL

    def test_one_s_own_edit_is_not_overtaken(self) -> None:
        talent = make_talent()
        before = talent.version_id
        sign(talent)
        db.session.expire_all()
        assert talent.version_id == before


class TestAmendContract:
    def test_what_changed_is_named_and_journaled(self) -> None:
        contract = make_contract()
        version = contract.version_id
        assert amend(contract, share="87.5", ends_on=None) == ["ends_on", "shares"]
        db.session.expire_all()
        assert (contract.ends_on, contract.periods[0].share_pct) == (None, Decimal("87.5"))
        assert contract.version_id > version
        amended = {entry.action: entry for entry in history_of(contract)}["contract.amended"]
        assert amended.details["changed"] == ["ends_on", "shares"]

    def test_nothing_is_journaled_for_nothing(self) -> None:
        shares = [(date(2027, 7, 1), Decimal(80)), (date(2027, 1, 1), Decimal(60))]
        contract = make_contract(shares=shares, **YEAR)
        assert amend(contract, shares=shares) == []
        assert len(history_of(contract)) == 1

    def test_a_share_from_a_day_on_keeps_what_came_before(self) -> None:
        contract = make_contract(share=60, **YEAR)
        amend(contract, shares=[*terms_of(contract).shares, (date(2027, 5, 1), Decimal(100))])
        assert contract.share_on(date(2027, 4, 30)) == 60
        assert contract.share_on(date(2027, 5, 1)) == 100
        assert contract.share_on(date(2028, 1, 1)) == 0

    def test_more_than_the_cap_leaves_is_refused(self) -> None:
        contract = make_contract(share=60, **YEAR)
        make_contract(share=40, **YEAR)
        with pytest.raises(PoolOverbooked) as refused:
            amend(
                contract,
                cap=1,
                shares=[(date(2027, 1, 1), Decimal(60)), (date(2027, 9, 1), Decimal(61))],
            )
        assert (refused.value.day, refused.value.by) == (date(2027, 9, 1), Decimal("0.01"))

    def test_under_a_lowered_cap_it_may_still_change_and_shrink_but_not_grow(self) -> None:
        contract = make_contract(share=100, **YEAR)
        assert amend(contract, cap="0.5", kind=ContractKind.OPEN_ENDED) == ["kind"]
        assert amend(contract, cap="0.5", share=80) == ["shares"]
        with pytest.raises(PoolOverbooked):
            amend(contract, cap="0.5", ends_on=date(2028, 1, 1))

    def test_onto_another_contract_is_refused(self) -> None:
        contract = make_contract(**YEAR)
        make_contract(contract.talent, starts_on=date(2028, 1, 1), ends_on=None)
        with pytest.raises(ContractsOverlap) as refused:
            amend(contract, ends_on=date(2028, 1, 31))
        assert (refused.value.day, refused.value.fits_on) == (date(2028, 1, 1), None)

    def test_an_end_before_a_placement_s_is_refused(self) -> None:
        placement = make_placement()
        contract = queries.contract_on(placement.talent_id, TODAY)
        with pytest.raises(OutsideContract) as refused:
            amend(contract, ends_on=date(2027, 11, 3))
        assert (refused.value.day, refused.value.by) == (date(2027, 11, 4), 100)
        assert refused.value.fits_on == date(2026, 1, 2)
        assert amend(contract, ends_on=date(2027, 11, 4)) == ["ends_on"]

    def test_a_share_below_a_placement_s_is_refused(self) -> None:
        placement = make_placement(share="62.5")
        contract = queries.contract_on(placement.talent_id, TODAY)
        with pytest.raises(PersonOverbooked) as refused:
            amend(contract, share="62.49")
        assert (refused.value.day, refused.value.by) == (placement.starts_on, Decimal("0.01"))
        assert amend(contract, share="62.5") == ["shares"]


class TestLimited:
    """Of whoever limited what is done with their profile, a contract ends, and nothing else."""

    @pytest.fixture
    def contract(self, each_database: object) -> Contract:
        shares = [(date(2027, 1, 1), Decimal(60)), (date(2027, 7, 1), Decimal(80))]
        made = make_contract(shares=shares, **YEAR)
        made.talent.restricted_at = now()
        db.session.commit()
        return made

    @pytest.mark.parametrize(
        "changes",
        [
            {"ends_on": date(2028, 1, 31)},
            {"ends_on": None},
            {"share": 50},
            {"kind": ContractKind.OPEN_ENDED},
            {"kind": ContractKind.OPEN_ENDED, "ends_on": date(2027, 8, 1)},
        ],
    )
    def test_nothing_changes(self, contract: Contract, changes: dict[str, object]) -> None:
        with pytest.raises(ProcessingLimited):
            amend(contract, **changes)

    def test_an_earlier_end_is_noted(self, contract: Contract) -> None:
        assert amend(contract, ends_on=date(2027, 8, 1)) == ["ends_on"]
        first = terms_of(contract).shares[:1]
        assert amend(contract, ends_on=date(2027, 6, 1), shares=first) == ["ends_on", "shares"]
        assert contract.ends_on == date(2027, 6, 1)

    def test_none_is_signed_nor_taken_back(self, contract: Contract) -> None:
        with pytest.raises(ProcessingLimited):
            sign(contract.talent, starts_on=date(2028, 1, 1), ends_on=None)
        with pytest.raises(ProcessingLimited):
            remove_contract(contract, cap=ROOMY, today=TODAY, by=None)
        assert stored() == 1

    def test_a_mission_is_shortened_and_not_made_longer(self, each_database: object) -> None:
        placement = make_placement()
        placement.talent.restricted_at = now()
        db.session.commit()
        booking = booking_of(placement)
        longer = replace(booking, ends_on=date(2027, 11, 30))
        with pytest.raises(ProcessingLimited):
            change_placement(placement, longer, today=TODAY, by=None)
        shorter = replace(booking, ends_on=date(2027, 10, 1))
        assert change_placement(placement, shorter, today=TODAY, by=None) == ["ends_on"]


class TestRemoveContract:
    def test_is_gone_with_its_periods_and_journaled(self) -> None:
        contract = make_contract()
        remove_contract(contract, cap=ROOMY, today=TODAY, by=None)
        assert stored() == 0
        assert db.session.execute(text("SELECT count(*) FROM contract_period")).scalar_one() == 0
        assert history_of(contract)[0].action == "contract.removed"

    def test_one_that_serves_stays(self) -> None:
        placement = make_placement()
        contract = queries.contract_on(placement.talent_id, TODAY)
        with pytest.raises(OutsideContract) as refused:
            remove_contract(contract, cap=ROOMY, today=TODAY, by=None)
        assert refused.value.day == placement.starts_on
        assert stored() == 1
