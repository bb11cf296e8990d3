"""The agency notes and follows; ministries and talents see none of it; a link is read without a trace."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.casework import confirmations, queries, services
from talentpool.casework.cli import commands
from talentpool.casework.models import Answer, CaseNote, NoteKind
from talentpool.db import db
from talentpool.needs.stages import NeedStatus
from talentpool.web.pipeline import Application
from talentpool.web.security import limiter
from tests.factories.accounts import make_account
from tests.factories.casework import (
    make_confirmation,
    make_follow_up,
    make_handover,
    make_note,
)
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import make_placement
from tests.factories.talents import make_talent

HOSTILE = '"><script>alert(1)</script>{{7*7}}%(x)s'
TODAY = date.today()


class TestPanel:
    def test_stands_on_the_pages_of_all_three(self, client_of: Callable) -> None:
        officer = make_account()
        browser = client_of(officer)
        need, seat, talent = make_need(), make_seat(), make_talent()
        for subject, address in (
            (need, f"/besoins/{need.id}"),
            (seat, f"/postes/{seat.id}"),
            (talent, f"/talents/{talent.id}"),
        ):
            assert "Personne ne suit encore cette fiche." in browser.get(address).text
            make_note(subject, by=officer, text=HOSTILE)
            make_follow_up(subject, owner=officer, reason="Rappeler Lise")
            page = browser.get(address).text
            assert "Rappeler Lise" in page
            assert "<script>alert" not in page
            assert "Barrer" in page

    def test_the_director_reads_and_writes_nothing(self, client_as: Callable) -> None:
        note = make_note(talent := make_talent(), by=make_account())
        browser = client_as(Role.AGENCY_DIRECTOR)
        page = browser.get(f"/talents/{talent.id}").text
        assert note.text in page
        assert "Consigner un appel" not in page
        assert "C’est fait" not in page
        assert browser.get(f"/notes/talent/{talent.id}").status_code == 200
        assert browser.get("/suivis").status_code == 200
        assert browser.post(f"/notes/talent/{talent.id}/nouvelle").status_code == 403
        assert browser.post(f"/notes/{note.id}/barrer").status_code == 403

    def test_ministries_and_talents_see_none_of_it(self, client_of: Callable) -> None:
        organisation = make_organisation()
        need = make_need(organisation=organisation)
        need.entered_by_agency = True
        account = make_account(role=Role.TALENT)
        talent = make_talent(account=account)
        for subject in (need, talent):
            make_note(subject, by=make_account(), text="Secret de l’agence")
            make_follow_up(subject)
        make_confirmation(need)
        for viewer in (make_member(organisation), account):
            browser = client_of(viewer)
            for address in (f"/besoins/{need.id}", "/mon-profil", "/"):
                page = browser.get(address).text
                assert "Secret" not in page
                assert "Suivi par l’agence" not in page
                assert "Confirmation demandée" not in page
            for address in (f"/notes/besoin/{need.id}", "/suivis", f"/suivis/besoin/{need.id}"):
                assert browser.get(address).status_code == 403

    def test_a_ministry_s_draft_has_no_notes(self, client_as: Callable) -> None:
        draft = make_need(status=NeedStatus.DRAFT)
        browser = client_as(Role.AGENCY_STAFF)
        for address in (
            f"/notes/besoin/{draft.id}/nouvelle",
            f"/notes/poste/{draft.seats[0].id}",
            f"/suivis/besoin/{draft.id}",
        ):
            assert browser.get(address).status_code == 404


class TestNotes:
    def test_noted_then_struck_by_its_author_alone(self, client_of: Callable) -> None:
        author, talent = make_account(), make_talent()
        browser = client_of(author)
        address = f"/notes/talent/{talent.id}/nouvelle"
        assert "La personne pourra la lire si elle demande ses données" in browser.get(address).text
        assert browser.post(address, data={"text": " "}).status_code == 422
        answer = browser.post(address, data={"text": "Cherche à Brest."})
        assert answer.location == f"/talents/{talent.id}"
        note = db.session.query(CaseNote).one()
        other = client_of(make_account())
        other.post(f"/notes/{note.id}/barrer", data={"reason": "Non"})
        assert not note.is_struck
        browser.post(f"/notes/{note.id}/barrer", data={"reason": "Mauvaise fiche"})
        db.session.expire_all()
        page = browser.get(f"/notes/talent/{talent.id}").text
        assert "<s>Cherche à Brest.</s>" in page
        assert "Mauvaise fiche" in page

    def test_a_call_has_an_hour_and_may_set_the_follow_up(self, client_of: Callable) -> None:
        officer, seat = make_account(), make_seat()
        browser = client_of(officer)
        data = {
            "kind": "call",
            "with_whom": "Lise Ampère",
            "happened_on": "24/11/2025",
            "happened_time": "14:30",
            "text": "Veut voir deux personnes.",
            "follow_up_on": "2026-12-08",
        }
        address = f"/notes/poste/{seat.id}/appel"
        assert browser.get(address).status_code == 200
        # Tomorrow may have begun in Paris.
        ahead = (TODAY + timedelta(days=2)).isoformat()
        assert browser.post(address, data={**data, "happened_on": ahead}).status_code == 422
        assert browser.post(address, data=data).status_code == 303
        note = db.session.query(CaseNote).one()
        assert (note.kind, note.happened_at.hour) == (NoteKind.CALL, 13)
        found = queries.follow_up_of(seat)
        assert (found.owner, found.due_on) == (officer, date(2026, 12, 8))
        assert "avec Lise Ampère, le 24/11/2025 à 14:30" in browser.get(f"/postes/{seat.id}").text


class TestFollowUps:
    def test_one_s_own_first_then_anybody_s(self, client_of: Callable) -> None:
        officer = make_account()
        mine = make_follow_up(make_need(title="Le mien"), owner=officer)
        make_follow_up(make_need(title="Un autre"))
        browser = client_of(officer)
        page = browser.get("/suivis").text
        assert "Le mien" in page
        assert "Un autre" not in page
        assert "Un autre" in browser.get("/suivis?qui=tous").text
        assert browser.get("/suivis?qui=x").status_code == 200
        assert "Le mien" in browser.get(f"/suivis?qui={mine.owner_id}").text

    def test_several_are_postponed_or_done_at_once(self, client_of: Callable) -> None:
        officer = make_account()
        rows = [make_follow_up(owner=officer, due_on=TODAY) for _number in range(3)]
        browser = client_of(officer)
        ticked = {"follow_up": [rows[0].id, rows[1].id]}
        answer = browser.post("/suivis/lot", data={**ticked, "next": "/suivis?qui=tous"})
        assert answer.location == "/suivis?qui=tous"
        db.session.expire_all()
        week = TODAY + services.WEEK
        assert [row.due_on for row in rows] == [week, week, TODAY]
        browser.post("/suivis/lot", data={**ticked, "act": "done", "next": "//ailleurs.example"})
        db.session.expire_all()
        assert [row.due_on for row in rows] == [None, None, TODAY]
        browser.post("/suivis/lot")
        assert "Cochez d’abord" in browser.get("/suivis").text

    def test_set_from_the_panel_and_a_stale_save_is_shown(self, client_of: Callable) -> None:
        officer, talent = make_account(), make_talent()
        browser = client_of(officer)
        address = f"/suivis/talent/{talent.id}"
        data = {"owner_id": officer.id, "due_on": "2026-12-08", "reason": "Rappeler"}
        assert browser.post(address, data=data).status_code == 303
        saved = queries.follow_up_of(talent)
        assert (saved.owner, saved.reason) == (officer, "Rappeler")
        stale = {**data, "reason": "Autre chose", "version": str(saved.version_id)}
        services.set_follow_up(
            talent, owner=officer, due_on=TODAY, reason="Entre-temps", by=officer
        )
        db.session.commit()
        answer = browser.post(address, data=stale)
        assert answer.status_code == 409
        assert "Entre-temps" in answer.text
        assert queries.follow_up_of(talent).reason == "Entre-temps"

    def test_home_shows_what_is_due_to_its_owner(self, client_of: Callable) -> None:
        officer = make_account()
        make_follow_up(make_need(title="Guichet"), owner=officer, due_on=TODAY, reason="100 % sûr")
        later = make_need(title="Plus tard")
        make_follow_up(later, owner=officer, due_on=TODAY + timedelta(days=1))
        over = TODAY - timedelta(days=1)
        make_handover(officer, starts_on=over, ends_on=over)
        page = client_of(officer).get("/").text
        assert "Revenir à «\N{NO-BREAK SPACE}Guichet\N{NO-BREAK SPACE}»" in page
        assert "100 % sûr" in page
        assert "Revenir à «\N{NO-BREAK SPACE}Plus tard" not in page
        assert "votre absence est finie" in page
        assert "Revenir à" not in client_of(make_account()).get("/").text


class TestHandover:
    def test_given_shown_and_taken_back(self, client_of: Callable) -> None:
        giver, receiver = make_account(), make_account()
        kept, given = make_follow_up(owner=giver), make_follow_up(owner=giver)
        placement = make_placement(today=date(2026, 12, 1))
        placement.owner = giver
        db.session.commit()
        browser = client_of(giver)
        page = browser.get("/suivis/passation").text
        assert page.count(" checked") == 3
        data = {
            "receiver_id": receiver.id,
            "starts_on": TODAY.isoformat(),
            "ends_on": (TODAY + timedelta(days=7)).isoformat(),
            "note": "Merci !",
        }
        assert browser.post("/suivis/passation", data=data).status_code == 422
        data |= {"follow_ups": [given.id], "placements": [placement.id]}
        assert browser.post("/suivis/passation", data=data).status_code == 303
        db.session.expire_all()
        assert given.owner is placement.owner is receiver
        assert kept.owner is giver
        page = client_of(receiver).get("/suivis?qui=tous").text
        assert f"en absence jusqu’au {TODAY + timedelta(days=7):%d/%m/%Y}" in page
        assert "Merci" in page
        [handover] = db.session.scalars(queries.handovers(giver))
        assert browser.post(f"/suivis/passations/{handover.id}/reprendre").status_code == 303
        db.session.expire_all()
        assert given.owner is placement.owner is giver
        assert "déjà été repris" in (
            browser.post(f"/suivis/passations/{handover.id}/reprendre", follow_redirects=True).text
        )

    def test_for_a_colleague_who_cannot_but_for_nobody_else(self, client_of: Callable) -> None:
        ill = make_account(display_name="Anouk Malade")
        make_follow_up(make_need(title="Guichet"), owner=ill)
        browser = client_of(make_account())
        page = browser.get(f"/suivis/passation?de={ill.id}").text
        assert "Confier les dossiers suivis par Anouk Malade" in page
        assert "Guichet" in page
        director = make_account(role=Role.AGENCY_DIRECTOR)
        for number in (director.id, 2**31 - 1):
            assert browser.get(f"/suivis/passation?de={number}").status_code == 404


class TestConfirmation:
    def test_asked_answered_and_shown(self, client_of: Callable, client: object) -> None:
        officer, talent = make_account(), make_talent(town="Brest")
        browser = client_of(officer)
        assert "Non confirmé" in browser.get(f"/talents/{talent.id}").text
        address = f"/confirmations/talent/{talent.id}/demander"
        assert browser.post(address, data={"contact_email": "x"}).status_code == 422
        asked = browser.post(address, data={"contact_email": "lise@test.example"})
        assert asked.status_code == 303
        _asked, token = make_confirmation(talent, by=officer)
        make_note(talent, by=officer, text="Secret de l’agence")
        page = client.get(f"/confirmer/{token}")
        assert "Brest" in page.text
        assert "Secret" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        data = {"answer": "to_correct", "version": str(talent.version_id)}
        assert client.post(f"/confirmer/{token}", data=data).status_code == 422
        answer = client.post(f"/confirmer/{token}", data={**data, "text": f"À Lille {HOSTILE}"})
        assert answer.location == "/confirmations/merci"
        page = browser.get(f"/talents/{talent.id}").text
        assert "À corriger" in page
        assert "À Lille" in page
        assert "<script>alert" not in page
        assert "À corriger" in browser.get("/suivis").text
        for again in (client.get(f"/confirmer/{token}"), client.post(f"/confirmer/{token}")):
            assert again.status_code == 410
            assert "Brest" not in again.text

    def test_following_the_link_changes_nothing(self, client: object, count_rows: Callable) -> None:
        need = make_need()
        need.entered_by_agency = True
        asked, token = make_confirmation(need)
        before, version = count_rows(), need.version_id
        for _time in range(3):
            assert client.get(f"/confirmer/{token}").status_code == 200
        db.session.expire_all()
        assert (count_rows(), need.version_id, asked.answer) == (before, version, None)
        assert "Retirez-moi" not in client.get(f"/confirmer/{token}").text
        data = {"answer": "withdraw", "version": str(version)}
        assert client.post(f"/confirmer/{token}", data=data).status_code == 422

    @pytest.mark.parametrize("end", ["expired", "revoked"])
    def test_a_link_that_is_over_shows_nothing(self, end: str, client: object) -> None:
        talent = make_talent(town="Brest")
        long_ago = TODAY - confirmations.SERVES_FOR - timedelta(days=1)
        asked, token = make_confirmation(talent, today=long_ago if end == "expired" else TODAY)
        if end == "revoked":
            confirmations.revoke(asked, by=None)
            db.session.commit()
        answer = client.post(f"/confirmer/{token}", data={"answer": "confirmed"})
        assert answer.status_code == client.get(f"/confirmer/{token}").status_code == 410
        assert "Brest" not in answer.text
        assert asked.answer is None

    def test_an_entry_that_changed_is_shown_again(self, client: object) -> None:
        talent = make_talent()
        asked, token = make_confirmation(talent)
        data = {"answer": "confirmed", "version": str(talent.version_id)}
        talent.town = "Rennes"
        db.session.commit()
        answer = client.post(f"/confirmer/{token}", data=data)
        assert answer.status_code == 422
        assert "Rennes" in answer.text
        assert "vient d’être modifiée" in answer.text
        assert f'name="version" type="hidden" value="{talent.version_id}"' in answer.text
        data["version"] = str(talent.version_id)
        assert client.post(f"/confirmer/{token}", data=data).status_code == 303
        assert asked.answer is Answer.CONFIRMED

    def test_guesses_are_counted_and_stopped(
        self, app: Application, client: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "SIGN_IN_LIMIT", "2 per hour")
        monkeypatch.setattr(limiter, "enabled", True)
        limiter.reset()
        _asked, token = make_confirmation()
        try:
            statuses = [client.get(f"/confirmer/guess-{n}").status_code for n in range(4)]
            assert statuses == [404, 404, 429, 429]
            assert client.get(f"/confirmer/{token}").status_code == 429
            limiter.reset()
            for _time in range(5):
                assert client.get(f"/confirmer/{token}").status_code == 200
        finally:
            limiter.reset()

    def test_what_others_typed_themselves_is_not_confirmed(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        need, seat = make_need(), make_seat()
        for address in (f"/confirmations/besoin/{need.id}", f"/confirmations/poste/{seat.id}"):
            assert browser.get(f"{address}/demander").status_code == 404


def test_the_command_prints_what_is_kept(app: Application) -> None:
    note = make_note(by=make_account())
    run = app.test_cli_runner()
    done = run.invoke(commands, ["notes", note.talent.code])
    assert json.loads(done.output)["notes"][0]["text"] == note.text
    assert "é" in done.output
    assert run.invoke(commands, ["notes", "T-999999"]).exit_code == 1
