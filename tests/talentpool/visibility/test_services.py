from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches.chances import chances_of
from talentpool.matches.facts import posting_of
from talentpool.matches.models import MatchResult, PersonKey
from talentpool.matches.services import rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.notifications.models import Notification
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Organisation
from talentpool.organisations.services import Name, create_organisation
from talentpool.proposals.reach import HostBlocked, TalentPaused, live_with_blocked
from talentpool.proposals.services import propose_talent, reopen
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import Talent
from talentpool.visibility.queries import (
    blockers_by_host,
    blocks_of,
    has_blocked,
    read_by_hand,
    visibility_of,
)
from talentpool.visibility.services import (
    AlreadyBlocked,
    PauseAlreadyOver,
    accept_rankings,
    block,
    object_to_rankings,
    pause,
    resume,
    unblock,
)
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import bring_to, make_proposal
from tests.factories.talents import make_talent
from tests.factories.visibility import make_block

TODAY = date(2026, 12, 1)


def seat_of(organisation: Organisation) -> NeedSeat:
    return make_need(organisation=organisation).seats[0]


def below(parent: Organisation) -> Organisation:
    name = Name("Direction des Essais", "", "", date(2020, 1, 1))
    made = create_organisation(
        code=f"dir-{parent.code}", kind=OrganisationKind.CENTRAL, parent=parent, name=name, by=None
    )
    db.session.commit()
    return made


def people_ranked_for(seat: NeedSeat, today: date = TODAY) -> set[int]:
    """Return who has a row in a new run, whatever the page would show of it."""
    run = rank_talents(seat, by=None, as_of=today)
    db.session.flush()
    keys = select(MatchResult.person_key).where(MatchResult.run_id == run.id)
    return set(db.session.scalars(select(PersonKey.talent_id).where(PersonKey.key.in_(keys))).all())


@pytest.fixture
def talent(each_database: object) -> Talent:
    return make_talent()


@pytest.fixture
def other(talent: Talent) -> Talent:
    return make_talent(display_name="Une autre personne")


@pytest.fixture
def ministry(other: Talent) -> Organisation:
    return make_organisation()


class TestPause:
    def test_whoever_pauses_is_in_no_run_until_the_day_after(
        self, talent: Talent, other: Talent, ministry: Organisation
    ) -> None:
        seat, until = seat_of(ministry), TODAY + timedelta(days=10)
        pause(talent, until=until, today=TODAY, by=None)
        assert people_ranked_for(seat) == {other.id}
        assert people_ranked_for(seat, until) == {other.id}
        assert people_ranked_for(seat, until + timedelta(days=1)) == {talent.id, other.id}

    def test_it_ends_at_once(self, talent: Talent, other: Talent, ministry: Organisation) -> None:
        pause(talent, today=TODAY, by=None)
        assert people_ranked_for(seat_of(ministry)) == {other.id}
        resume(talent, by=None)
        assert people_ranked_for(seat_of(ministry)) == {talent.id, other.id}
        assert [one.action for one in history_of(talent)][:2] == [
            "visibility.resumed",
            "visibility.paused",
        ]

    def test_nobody_proposes_them(self, talent: Talent, ministry: Organisation) -> None:
        pause(talent, until=TODAY, today=TODAY, by=None)
        with pytest.raises(TalentPaused) as refused:
            make_proposal(talent, seat_of(ministry), today=TODAY)
        assert refused.value.until == TODAY
        assert make_proposal(talent, seat_of(ministry), today=TODAY + timedelta(days=1))

    def test_it_cannot_be_over_before_it_begins(self, talent: Talent) -> None:
        with pytest.raises(PauseAlreadyOver):
            pause(talent, until=TODAY - timedelta(days=1), today=TODAY, by=None)


class TestObjection:
    def test_an_objector_is_in_no_run_and_is_read_by_hand(
        self, talent: Talent, other: Talent, ministry: Organisation
    ) -> None:
        object_to_rankings(talent, by=None)
        assert people_ranked_for(seat_of(ministry)) == {other.id}
        assert read_by_hand(ministry.id, today=TODAY) == [talent]
        assert make_proposal(talent, seat_of(ministry)).talent is talent
        accept_rankings(talent, by=None)
        assert talent.id in people_ranked_for(seat_of(ministry))
        assert read_by_hand(ministry.id, today=TODAY) == []

    def test_a_pause_and_a_block_hide_an_objector_too(
        self, talent: Talent, ministry: Organisation
    ) -> None:
        object_to_rankings(talent, by=None)
        pause(talent, today=TODAY, by=None)
        assert read_by_hand(ministry.id, today=TODAY) == []
        resume(talent, by=None)
        make_block(talent, ministry)
        assert read_by_hand(ministry.id, today=TODAY) == []

    def test_it_is_dated_once(self, talent: Talent) -> None:
        at = object_to_rankings(talent, by=None).objected_at
        assert object_to_rankings(talent, by=None).objected_at == at
        assert visibility_of(talent).objects


class TestBlock:
    def test_a_blocked_ministry_and_all_below_it_rank_others_only(
        self, talent: Talent, other: Talent, ministry: Organisation
    ) -> None:
        make_block(talent, ministry)
        assert people_ranked_for(seat_of(ministry)) == {other.id}
        assert people_ranked_for(seat_of(below(ministry))) == {other.id}
        assert people_ranked_for(seat_of(make_organisation())) == {talent.id, other.id}

    def test_what_stands_above_is_not_blocked(
        self, talent: Talent, other: Talent, ministry: Organisation
    ) -> None:
        make_block(talent, below(ministry))
        assert people_ranked_for(seat_of(ministry)) == {talent.id, other.id}

    def test_the_two_ways_to_ask_agree(self, talent: Talent, ministry: Organisation) -> None:
        directorate, elsewhere = below(ministry), make_organisation()
        make_block(talent, ministry)
        told = blockers_by_host()
        for one in (ministry, directorate, elsewhere):
            assert (talent.id in told.get(one.id, ())) is has_blocked(talent.id, one.id)
        assert not has_blocked(talent.id, None)

    def test_a_circle_in_the_tree_ends(self, talent: Talent, ministry: Organisation) -> None:
        directorate = below(ministry)
        ministry.parent_id = directorate.id
        make_block(talent, ministry)
        assert has_blocked(talent.id, directorate.id)
        assert talent.id in blockers_by_host()[directorate.id]

    def test_counts_leave_them_out(
        self, talent: Talent, other: Talent, ministry: Organisation
    ) -> None:
        posting = replace(posting_of(seat_of(ministry), TODAY), skills=())
        before = chances_of(posting, as_of=TODAY, host_id=ministry.id)
        make_block(talent, ministry)
        after = chances_of(posting, as_of=TODAY, host_id=ministry.id)
        assert (before.pool, after.pool) == (2, 1)
        assert chances_of(posting, as_of=TODAY, host_id=None).pool == 2

    def test_nobody_proposes_them_there_nor_again(
        self, talent: Talent, ministry: Organisation
    ) -> None:
        seat = seat_of(ministry)
        proposal = make_proposal(talent, seat)
        bring_to(proposal, ProposalStatus.OBSOLETE)
        make_block(talent, ministry)
        with pytest.raises(HostBlocked):
            make_proposal(talent, seat)
        with pytest.raises(HostBlocked):
            reopen(proposal, today=TODAY, by=None)

    def test_whoever_is_there_may_go_on(self, talent: Talent, ministry: Organisation) -> None:
        make_block(talent, ministry)
        assert make_proposal(talent, seat_of(ministry), goes_on=True).talent is talent

    def test_a_proposal_that_holds_is_left_to_people_who_are_told(
        self, talent: Talent, ministry: Organisation
    ) -> None:
        officer = make_account(role=Role.AGENCY_STAFF)
        seat = seat_of(ministry)
        today = date.today()
        proposal = propose_talent(
            talent,
            seat,
            starts_on=today,
            ends_on=today + timedelta(days=200),
            share_pct=make_proposal().share_pct,
            note="",
            today=today,
            by=officer,
        )
        make_block(talent, ministry)
        assert proposal.status is ProposalStatus.PROPOSED
        assert live_with_blocked(talent, today=today) == [proposal]
        told = select(Notification).where(Notification.kind == "proposal.blocked")
        assert [one.account_id for one in db.session.scalars(told)] == [officer.id]

    def test_it_is_made_once_and_taken_back(self, talent: Talent, ministry: Organisation) -> None:
        made = make_block(talent, ministry)
        with pytest.raises(AlreadyBlocked):
            block(talent, ministry, by=None)
        unblock(made, by=None)
        assert blocks_of(talent) == []
        assert talent.id in people_ranked_for(seat_of(ministry))

    def test_the_journal_does_not_say_whom(self, talent: Talent, ministry: Organisation) -> None:
        make_block(talent, ministry)
        entry = history_of(talent)[0]
        assert (entry.action, entry.details) == ("visibility.blocked", {})

    def test_it_goes_with_the_profile(self, each_database: object) -> None:
        talent = make_talent(skills=[], experience=[], families=[])
        pause(talent, today=TODAY, by=None)
        make_block(talent)
        db.session.delete(talent)
        db.session.commit()
        assert blockers_by_host() == {}


def test_a_host_reads_nothing_more_of_whoever_blocks_it(app: object, client_of: Callable) -> None:
    member = make_member()
    ministry = member.membership.organisation
    talent, seat = make_talent(), seat_of(ministry)
    over = make_proposal(talent, seat, status=ProposalStatus.DECLINED)
    browser = client_of(member)
    address = f"/mes-propositions/{over.id}"
    assert browser.get(address).status_code == 200
    make_block(talent, ministry)
    assert browser.get(address).status_code == 404
    assert over.code not in browser.get("/mes-propositions").text


def test_what_expired_is_read_no_more_by_whoever_is_blocked(
    app: object, client_of: Callable
) -> None:
    member = make_member()
    ministry = member.membership.organisation
    talent = make_talent()
    live = make_proposal(talent, seat_of(ministry), today=date.today())
    expired = make_proposal(talent, seat_of(ministry), today=date.today() - timedelta(days=60))
    make_block(talent, ministry)
    browser = client_of(member)
    assert browser.get(f"/mes-propositions/{live.id}").status_code == 200
    assert browser.get(f"/mes-propositions/{expired.id}").status_code == 404
    assert expired.code not in browser.get("/mes-propositions").text
