"""Notes are struck, never edited; a follow-up is one per subject; a person is given what is kept on them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from talentpool.access import Role
from talentpool.casework import queries, services
from talentpool.casework.models import CaseNote, FollowUp, NoteKind
from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.needs.lifecycle import approve_need
from talentpool.needs.stages import NeedStatus
from tests.factories.accounts import make_account
from tests.factories.casework import (
    TODAY,
    make_confirmation,
    make_follow_up,
    make_handover,
    make_note,
)
from tests.factories.needs import make_need, make_seat
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


class TestNotes:
    def test_are_about_one_subject_and_journaled_without_words(self) -> None:
        author = make_account()
        for subject in (make_need(), make_seat(), make_talent()):
            note = make_note(subject, by=author, kind=NoteKind.CALL, with_whom="Lise Ampère")
            assert note.subject is subject
            assert list(db.session.scalars(queries.notes_on(author, subject))) == [note]
            entry = history_of(note)[0]
            assert entry.details == {"kind": "call", **queries.key_of(subject)}

    @pytest.mark.parametrize("subjects", [0, 2])
    def test_the_database_refuses_a_note_about_nothing_or_two_things(self, subjects: int) -> None:
        keys = {"need_id": make_need().id, "talent_id": make_talent().id} if subjects else {}
        values = {"kind": NoteKind.NOTE, "text": "x", "with_whom": "", "strike_reason": ""}
        with pytest.raises(IntegrityError, match="subject"), db.session.begin_nested():
            db.session.execute(insert(CaseNote).values(created_at=now(), **values, **keys))

    def test_the_author_alone_strikes_and_once(self) -> None:
        author = make_account()
        note = make_note(by=author)
        with pytest.raises(services.NotTheAuthor):
            services.strike_note(note, reason="Faux", by=make_account())
        services.strike_note(note, reason="Mauvaise fiche", by=author)
        assert (note.is_struck, note.text) == (True, "Préfère commencer en janvier.")
        with pytest.raises(services.AlreadyStruck):
            services.strike_note(note, reason="Encore", by=author)
        assert note.strike_reason == "Mauvaise fiche"

    @pytest.mark.parametrize("role", list(Role))
    def test_only_the_agency_reads_them(self, role: Role) -> None:
        viewer = make_account(role=role)
        talent = make_talent(account=viewer if role is Role.TALENT else None)
        make_note(talent, by=make_account())
        make_follow_up(talent)
        make_handover()
        reads = role in {Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR}
        for chosen in (
            queries.notes_on(viewer, talent),
            queries.follow_ups(viewer),
            queries.handovers(viewer),
        ):
            assert bool(db.session.scalars(chosen).all()) == reads

    def test_of_a_ministry_s_draft_nobody_reads(self) -> None:
        draft = make_need(status=NeedStatus.DRAFT)
        assert not queries.may_read(make_account(), draft)
        assert not queries.may_read(make_account(), draft.seats[0])


class TestFileOnAPerson:
    def test_holds_all_notes_and_no_author(self) -> None:
        author, talent = make_account(display_name="Nom De Lautrice"), make_talent()
        kept = make_note(talent, by=author, kind=NoteKind.CALL, with_whom="Lise", happened_at=now())
        struck = make_note(talent, by=author, text="Erreur de fiche")
        services.strike_note(struck, reason="Mauvaise fiche", by=author)
        make_note(make_talent(), by=author, text="D’une autre")
        make_follow_up(talent, reason="Rappeler")
        make_confirmation(talent)
        found = services.file_on(talent)
        assert [note["text"] for note in found["notes"]] == [kept.text, "Erreur de fiche"]
        assert found["notes"][1]["strike_reason"] == "Mauvaise fiche"
        assert found["follow_up"]["reason"] == "Rappeler"
        assert found["confirmations"][0]["contact_email"] == "lise@test.example"
        assert "Lautrice" not in str(found)

    def test_is_found_by_code_account_or_address_asked(self) -> None:
        account = make_account(role=Role.TALENT)
        mine, met = make_talent(account=account), make_talent()
        make_confirmation(met)
        assert queries.person_named(account.email.upper()) is mine
        assert queries.person_named(f"T-{met.id:04d}") is met
        assert queries.person_named("lise@test.example") is met
        assert queries.person_named("personne@test.example") is None

    def test_goes_with_the_person(self) -> None:
        talent = make_talent()
        make_note(talent, by=make_account())
        make_handover(
            follow_ups=[make_follow_up(talent, owner=(owner := make_account()))], giver=owner
        )
        make_confirmation(talent)
        db.session.delete(talent)
        db.session.flush()
        assert db.session.query(CaseNote).count() == db.session.query(FollowUp).count() == 0


class TestFollowUp:
    def test_is_one_for_each_subject(self) -> None:
        seat = make_seat()
        first = make_follow_up(seat)
        other = make_account()
        assert make_follow_up(seat, owner=other, due_on=TODAY + services.WEEK) is first
        assert (first.owner, first.due_on) == (other, date(2026, 12, 8))
        assert history_of(first)[0].details == {
            "owner": other.id,
            "due_on": "2026-12-08",
            "seat_id": seat.id,
        }

    def test_saying_the_same_again_leaves_no_trace(self) -> None:
        follow_up = make_follow_up()
        make_follow_up(follow_up.subject, owner=follow_up.owner)
        assert len(history_of(follow_up)) == 1

    def test_only_active_staff_follow(self) -> None:
        gone = make_account()
        gone.is_active = False
        for owner in (make_account(role=Role.AGENCY_DIRECTOR), gone):
            with pytest.raises(services.NotACaretaker):
                make_follow_up(owner=owner)

    def test_done_keeps_the_owner_and_leaves_the_list(self) -> None:
        follow_up = make_follow_up()
        owner = follow_up.owner
        assert queries.follow_ups_due(owner, today=TODAY) == [follow_up]
        assert services.finish(follow_up, by=owner)
        assert not services.finish(follow_up, by=owner)
        assert (follow_up.owner, queries.follow_ups_due(owner, today=TODAY)) == (owner, [])

    def test_postponed_a_week_from_its_day_or_from_today_when_late(self) -> None:
        late = make_follow_up(due_on=TODAY - timedelta(days=20))
        planned = make_follow_up(due_on=TODAY + timedelta(days=2))
        done = make_follow_up(due_on=None)
        assert services.postpone([late, planned, done], today=TODAY, by=None) == 2
        assert (late.due_on, planned.due_on) == (date(2026, 12, 8), date(2026, 12, 10))
        assert done.due_on is None

    def test_late_ones_come_first_and_tomorrow_s_are_not_due(self) -> None:
        owner = make_account()
        days = [TODAY + timedelta(days=1), TODAY, TODAY - timedelta(days=3)]
        tomorrow, today, late = (make_follow_up(owner=owner, due_on=day) for day in days)
        make_follow_up()
        chosen = queries.follow_ups(owner, owner_id=owner.id)
        assert list(db.session.scalars(chosen)) == [late, today, tomorrow]
        assert queries.follow_ups_due(owner, today=TODAY) == [late, today]

    def test_who_takes_a_need_on_follows_it(self) -> None:
        officer, director = make_account(), make_account(role=Role.AGENCY_DIRECTOR)
        need = make_need(status=NeedStatus.IN_REVIEW)
        approve_need(need, by=officer)
        found = queries.follow_up_of(need)
        assert (found.owner, found.due_on) == (officer, date.today() + services.WEEK)
        other = make_need(status=NeedStatus.IN_REVIEW)
        approve_need(other, by=director)
        assert queries.follow_up_of(other) is None
