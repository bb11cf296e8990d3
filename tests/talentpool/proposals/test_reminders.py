"""Silence is reminded after the promised time, warned of before the end, and told when it is over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.notifications.models import Notification
from talentpool.proposals import asking
from talentpool.proposals.models import ANSWER_WITHIN, Proposal
from talentpool.proposals.reminders import WARNING, remind
from talentpool.proposals.stages import ProposalStatus
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import make_proposal

pytestmark = pytest.mark.usefixtures("each_database")
DAY = timedelta(days=1)


@pytest.fixture
def proposal(each_database: object) -> Proposal:
    organisation = make_organisation()
    make_member(organisation)
    make_account(role=Role.AGENCY_STAFF)
    return make_proposal(seat=make_need(organisation=organisation).seats[0], today=date.today())


def kinds() -> list[str]:
    return list(db.session.scalars(select(Notification.kind).order_by(Notification.id)))


class TestRemind:
    def test_nobody_within_the_promised_time(self, proposal: Proposal) -> None:
        assert kinds() == [asking.ASKED_HOST]
        assert remind(date.today() + ANSWER_WITHIN) == 0

    def test_who_has_not_answered_after_it_once(self, proposal: Proposal) -> None:
        late = date.today() + ANSWER_WITHIN + DAY
        assert remind(late) == 1
        assert remind(late) == 0
        assert kinds() == [asking.ASKED_HOST] * 2

    def test_the_agency_before_the_end(self, proposal: Proposal) -> None:
        remind(proposal.expires_on - WARNING)
        remind(proposal.expires_on - WARNING)
        assert kinds().count(asking.EXPIRES) == 1

    def test_everybody_when_it_is_over_and_nothing_is_refused(self, proposal: Proposal) -> None:
        over = proposal.expires_on + DAY
        assert remind(over) == 2
        assert remind(over) == 0
        assert proposal.status is ProposalStatus.PROPOSED
        assert proposal.status_on(over) is ProposalStatus.EXPIRED
        assert proposal.declined_by is None
