from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.matches.presence import others_present, show_presence
from talentpool.matches.presence_models import SeatPresence
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.reading import text_of

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def after(seconds: int) -> datetime:
    return NINE + timedelta(seconds=seconds)


class TestPresence:
    def test_others_are_seen_for_a_minute_after_their_last_sign(
        self, each_database: object
    ) -> None:
        seat, other_seat, me, colleague = make_seat(), make_seat(), make_account(), make_account()
        for seconds in (0, 20, 40):
            show_presence(seat, colleague, at=after(seconds))
        show_presence(seat, me, at=after(40))
        [seen] = others_present(seat, me, at=after(100))
        assert (seen.account_id, seen.arrived_at) == (colleague.id, NINE)
        assert others_present(seat, me, at=after(101)) == []
        assert others_present(other_seat, me, at=after(41)) == []

    def test_who_comes_back_has_just_arrived(self, each_database: object) -> None:
        seat, me, colleague = make_seat(), make_account(), make_account()
        show_presence(seat, colleague, at=NINE)
        show_presence(seat, colleague, at=after(300))
        db.session.expire_all()
        [seen] = others_present(seat, me, at=after(301))
        assert seen.arrived_at == after(300)

    def test_signs_are_forgotten_and_never_journaled(self, each_database: object) -> None:
        seat, me, colleague = make_seat(), make_account(), make_account()
        entries = db.session.scalar(select(func.count()).select_from(JournalEntry))
        show_presence(seat, colleague, at=NINE)
        show_presence(seat, me, at=after(3_601))
        assert list(db.session.scalars(select(SeatPresence.account_id))) == [me.id]
        assert db.session.scalar(select(func.count()).select_from(JournalEntry)) == entries


def test_two_officers_on_one_seat_see_each_other(app: object, client_of: Callable) -> None:
    lazare = client_of(make_account(role=Role.AGENCY_STAFF, display_name="Lazare Fictif"))
    odile = client_of(make_account(role=Role.AGENCY_STAFF, display_name="Odile Fictive"))
    seat = make_seat()
    answer = lazare.post(f"/postes/{seat.id}/presence")
    assert (answer.status_code, answer.location) == (303, f"/postes/{seat.id}/presents")
    assert lazare.get(answer.location).text == ""
    line = odile.get(answer.location)
    assert line.mimetype == "text/plain"
    assert "Lazare Fictif lit aussi ce poste, depuis" in line.text
    assert "Lazare Fictif lit aussi" in text_of(odile.get(f"/postes/{seat.id}"), "presence")
    director = client_of(make_account(role=Role.AGENCY_DIRECTOR))
    assert 'id="presence"' not in director.get(f"/postes/{seat.id}").text
