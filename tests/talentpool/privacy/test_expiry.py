"""Absences, invitations and handovers go at their term: to the day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from talentpool.casework.models import Handover, HandoverItem
from talentpool.db import db, now
from talentpool.invitations.models import Invitation
from talentpool.journal.models import JournalEntry
from talentpool.placements.models import Absence
from talentpool.privacy.cli import commands
from talentpool.privacy.expiry import Expired, expired, forget_expired
from tests.factories.casework import make_handover
from tests.factories.invitations import make_invitation
from tests.factories.placements import make_absence
from tests.factories.talents import make_talent

LAST = date(2024, 5, 10)
DAY = timedelta(days=1)
NOTHING = Expired(0, 0, 0)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.usefixtures("each_database")
class TestForgetExpired:
    def test_an_absence_goes_two_years_after_its_last_day(self) -> None:
        make_absence(make_talent(), starts_on=LAST - 3 * DAY, ends_on=LAST)
        assert forget_expired(date(2026, 5, 10)) == NOTHING
        assert forget_expired(date(2026, 5, 11)) == Expired(1, 0, 0)
        assert count(Absence) == 0
        entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert (entry.action, entry.details) == ("privacy.expired", {"absences": 1})

    def test_of_a_limited_profile_nothing_goes(self) -> None:
        absence = make_absence(make_talent(), starts_on=LAST, ends_on=LAST)
        absence.talent.restricted_at = now()
        db.session.commit()
        assert forget_expired(date(2036, 1, 1)) == NOTHING

    def test_an_invitation_that_led_to_no_profile_goes_after_two_years(self) -> None:
        alone, _token = make_invitation()
        bound, _token = make_invitation(talent=make_talent())
        alone.sent_at = bound.sent_at = at(LAST)
        db.session.commit()
        assert forget_expired(date(2026, 5, 10)) == NOTHING
        assert forget_expired(date(2026, 5, 11)) == Expired(0, 1, 0)
        assert db.session.scalars(select(Invitation.talent_id)).all() == [bound.talent_id]

    def test_a_handover_goes_a_year_after_it_was_taken_back_and_never_before(self) -> None:
        handover = make_handover()
        assert forget_expired(date(2036, 1, 1)) == NOTHING
        handover.taken_back_at = at(LAST)
        db.session.commit()
        assert forget_expired(date(2025, 5, 10)) == NOTHING
        assert forget_expired(date(2025, 5, 11)) == Expired(0, 0, 1)
        assert (count(Handover), count(HandoverItem)) == (0, 0)


def test_a_dry_run_counts_them_and_deletes_none(app: object) -> None:
    make_absence(make_talent(), starts_on=LAST, ends_on=LAST)
    result = app.test_cli_runner().invoke(commands, ["retain", "--dry-run", "--on", "2026-05-11"])
    assert "past their term: 1 absences" in result.output
    assert expired(date(2026, 5, 11)) == Expired(1, 0, 0)
