"""Reminders: at −90 and −60 days, on day 45, before a start; once each, to whoever must decide."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from talentpool.access import Role
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.notifications.models import Notification
from talentpool.placements import services
from talentpool.placements.kinds import RenewalDecision
from talentpool.placements.models import Placement
from talentpool.placements.reminders import (
    LAST_CALL,
    PROBATION,
    RENEWAL,
    UNSIGNED,
    due_reminders,
    refresh_statuses,
    remind,
)
from talentpool.talents.models import PoolStatus
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.placements import make_booking, make_contract, make_placement
from tests.factories.talents import make_talent

DAY = timedelta(days=1)
STARTS, ENDS = date(2027, 1, 4), date(2027, 11, 4)

pytestmark = pytest.mark.usefixtures("each_database")


def kinds(today: date) -> list[str]:
    return [reminder.kind for reminder in due_reminders(today)]


def running() -> Placement:
    placement = make_placement(started=True)
    services.pass_probation(placement, on=STARTS + 50 * DAY, by=None)
    return placement


class TestDueReminders:
    def test_an_end_is_to_be_decided_from_ninety_days_and_called_for_at_sixty(self) -> None:
        placement = running()
        assert kinds(ENDS - 91 * DAY) == []
        assert kinds(ENDS - 90 * DAY) == [RENEWAL]
        assert kinds(ENDS - 61 * DAY) == [RENEWAL]
        assert kinds(ENDS - 60 * DAY) == [LAST_CALL]
        services.decide_renewal(
            placement, RenewalDecision.HAND_OVER, note="", today=ENDS - 60 * DAY, by=None
        )
        assert kinds(ENDS - 60 * DAY) == []

    def test_the_forty_fifth_day_of_probation(self) -> None:
        make_placement(started=True)
        assert kinds(STARTS + 43 * DAY) == []
        assert kinds(STARTS + 44 * DAY) == [PROBATION]

    def test_letters_are_called_for_before_the_start(self) -> None:
        placement = make_placement()
        assert kinds(STARTS - 22 * DAY) == []
        assert kinds(STARTS - 21 * DAY) == [UNSIGNED]
        services.sign_agreement(placement.agreement, on=STARTS - 30 * DAY, by=None)
        services.sign_letter(placement, on=STARTS - 30 * DAY, by=None)
        assert kinds(STARTS - 21 * DAY) == []


class TestRemind:
    def test_whoever_decides_and_the_host_are_told_once(self) -> None:
        host, owner = make_member(), make_account(role=Role.AGENCY_STAFF)
        need = make_need(organisation=host.membership.organisation)
        person = make_account(role=Role.TALENT)
        talent = make_talent(account=person)
        make_contract(talent)
        placement = services.place_talent(
            talent, need.seats[0], make_booking(), today=STARTS - 25 * DAY, by=owner
        )
        # The need's own notices are of another kind, and left before.
        for earlier in (Notification, OutgoingMail):
            db.session.execute(delete(earlier))
        assert remind(STARTS - 20 * DAY) == 2
        assert remind(STARTS - 19 * DAY) == 0
        told = db.session.scalars(select(Notification).order_by(Notification.id)).all()
        assert {n.account_id for n in told} == {owner.id, host.id}
        assert {n.params["decides"] for n in told} == {owner.display_name}
        assert told[0].url_path == f"/placements/{placement.id}"
        mails = db.session.scalars(select(OutgoingMail)).all()
        assert {mail.recipient for mail in mails} == {owner.email, host.email}
        assert all("À signer avant l’arrivée" in mail.subject for mail in mails)

    def test_the_person_is_told_of_the_probation_check(self) -> None:
        person = make_account(role=Role.TALENT)
        make_placement(make_talent(account=person), started=True)
        remind(STARTS + 45 * DAY)
        told = db.session.scalars(select(Notification)).all()
        assert person.id in {n.account_id for n in told}

    def test_an_end_that_moves_is_reminded_of_anew(self) -> None:
        make_account(role=Role.AGENCY_STAFF)
        placement = running()
        assert remind(ENDS - 90 * DAY) > 0
        booking = make_booking(ends_on=ENDS + 30 * DAY)
        services.change_placement(placement, booking, today=ENDS - 90 * DAY, by=None)
        assert remind(ENDS - 89 * DAY) == 0
        assert remind(ENDS - 60 * DAY) > 0

    def test_the_director_hears_the_last_call(self) -> None:
        director = make_account(role=Role.AGENCY_DIRECTOR)
        running()
        remind(ENDS - 90 * DAY)
        remind(ENDS - 60 * DAY)
        told = db.session.scalars(select(Notification)).all()
        assert [n.kind for n in told if n.account_id == director.id] == [LAST_CALL]


class TestRefreshStatuses:
    def test_follows_contracts_that_begin_and_end(self) -> None:
        contract = make_contract(starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))
        talent = contract.talent
        for day, status in (
            (date(2027, 1, 1), PoolStatus.EMPLOYED),
            (date(2027, 7, 1), PoolStatus.POOL),
        ):
            assert refresh_statuses(day) == 1
            assert refresh_statuses(day) == 0
            db.session.refresh(talent)
            assert talent.pool_status is status
