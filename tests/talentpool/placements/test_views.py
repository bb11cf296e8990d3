"""Pages of the ledger: wired, scoped to their viewer, and plain about what they refuse."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db, now
from talentpool.i18n import date_in_words
from talentpool.placements import file_views
from talentpool.placements.kinds import InterruptionReason, PlacementKind, RenewalDecision
from talentpool.placements.models import Absence, CalendarFeed, Contract, Placement
from talentpool.proposals.models import Proposal
from tests.factories.accounts import make_account
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_member
from tests.factories.placements import (
    make_absence,
    make_contract,
    make_placement,
    make_proposal,
)
from tests.factories.talents import make_talent
from tests.factories.visibility import make_block
from tests.reading import complaints, filled

TODAY = date.today()
SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=300)
BOOKED = {"kind": "mission", "days": ""}


@pytest.fixture
def officer(client_as: Callable) -> object:
    return client_as(Role.AGENCY_STAFF)


def contract_of(**changes: object) -> Contract:
    values = {"starts_on": TODAY - timedelta(days=30), "ends_on": TODAY + timedelta(days=700)}
    return make_contract(today=TODAY, **{**values, **changes})


def placement_of(contract: Contract | None = None, **changes: object) -> Placement:
    contract = contract or contract_of()
    values = {"starts_on": TODAY - timedelta(days=10), "ends_on": LATER, "today": TODAY}
    return make_placement(contract.talent, **{**values, **changes})


class TestKeptFromHosts:
    def test_a_host_that_was_blocked_reads_a_mission_until_its_last_day(
        self, app: object, client_of: Callable
    ) -> None:
        member = make_member()
        seat = make_need(organisation=member.membership.organisation).seats[0]
        placement = placement_of(seat=seat)
        make_block(placement.talent, member.membership.organisation)
        host, page = client_of(member), f"/placements/{placement.id}"
        assert placement.talent.label in host.get("/missions").text
        assert host.get(page).status_code == 200
        placement.ends_on = TODAY
        db.session.commit()
        assert host.get(page).status_code == 200
        placement.ends_on = TODAY - timedelta(days=1)
        db.session.commit()
        assert placement.talent.label not in host.get("/missions").text
        assert host.get(page).status_code == 404

    def test_of_whoever_limited_their_profile_a_contract_only_ends(self, officer: object) -> None:
        contract = contract_of()
        contract.talent.restricted_at = now()
        db.session.commit()
        page = f"/contrats/{contract.id}/modifier"
        longer, sooner = (TODAY + timedelta(days=days) for days in (900, 90))
        answer = officer.post(page, data=filled(officer.get(page), ends_on=longer.isoformat()))
        assert "Seule une fin plus proche s’enregistre." in complaints(answer)["ends_on"]
        typed = filled(answer, ends_on=sooner.isoformat())
        assert officer.post(page, data=typed).status_code == 303
        db.session.refresh(contract)
        assert contract.ends_on == sooner


class TestContracts:
    def test_a_contract_is_entered_and_amended(self, officer: object) -> None:
        talent = make_talent()
        data = {
            "employer": "agency",
            "kind": "project",
            "starts_on": TODAY.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "62,5 %",
        }
        address = f"/talents/{talent.id}/contrats/nouveau"
        assert officer.post(address, data=data).status_code == 303
        contract = db.session.scalars(select(Contract)).one()
        assert contract.periods[0].share_pct == Decimal("62.5")
        changed = {**data, "changes_on": SOON.isoformat(), "changes_to": "80"}
        changed["version"] = str(contract.version_id)
        answer = officer.post(f"/contrats/{contract.id}/modifier", data=changed)
        assert answer.status_code == 303
        db.session.refresh(contract)
        assert contract.share_on(SOON) == 80

    def test_above_the_cap_says_when_it_fits_and_keeps_what_was_typed(
        self, officer: object, monkeypatch: pytest.MonkeyPatch, app: object
    ) -> None:
        monkeypatch.setitem(app.config, "POOL_FTE", Decimal(1))
        contract_of(ends_on=SOON)
        data = {
            "employer": "agency",
            "kind": "project",
            "starts_on": TODAY.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "50",
        }
        answer = officer.post(f"/talents/{make_talent().id}/contrats/nouveau", data=data)
        assert answer.status_code == 422
        assert "Le plafond serait dépassé de 0,5 ETP" in answer.text
        assert f"le {SOON + timedelta(days=1):%d/%m/%Y}" in answer.text
        assert TODAY.isoformat() in answer.text

    def test_one_that_serves_cannot_be_taken_back(self, officer: object) -> None:
        placement = placement_of()
        contract = db.session.scalars(select(Contract)).one()
        officer.post(f"/contrats/{contract.id}/retirer")
        assert db.session.scalars(select(Contract)).one()
        officer.post(f"/placements/{placement.id}/annuler")
        officer.post(f"/contrats/{contract.id}/retirer")
        assert db.session.scalars(select(Contract)).all() == []

    def test_two_editors_meet(self, officer: object) -> None:
        contract = contract_of()
        stale = {
            "employer": "agency",
            "kind": "project",
            "starts_on": contract.starts_on.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "100",
            "version": "0",
        }
        assert officer.post(f"/contrats/{contract.id}/modifier", data=stale).status_code == 409


class TestAbsences:
    def test_half_days_are_noted_changed_and_taken_back(self, officer: object) -> None:
        talent = contract_of().talent
        data = {
            "kind": "leave",
            "starts_on": TODAY.isoformat(),
            "starts_half": "afternoon",
            "ends_on": TODAY.isoformat(),
            "ends_half": "morning",
        }
        address = f"/talents/{talent.id}/absences/nouvelle"
        assert officer.post(address, data=data).status_code == 422
        assert officer.post(address, data={**data, "ends_half": "afternoon"}).status_code == 303
        absence = db.session.scalars(select(Absence)).one()
        assert absence.fraction_on(TODAY) == Decimal("0.5")
        officer.post(f"/absences/{absence.id}/retirer")
        assert db.session.scalars(select(Absence)).all() == []


class TestPlacing:
    def test_somebody_is_placed_signed_and_arrives(self, officer: object) -> None:
        talent, seat = contract_of().talent, make_seat()
        data = {
            "talent": str(talent.id),
            "starts_on": TODAY.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "80",
            **BOOKED,
        }
        answer = officer.post(f"/postes/{seat.id}/placer", data=data)
        assert answer.status_code == 303
        placement = db.session.scalars(select(Placement)).one()
        note = f"/placements/{placement.id}/noter/"
        answer = officer.post(note + "arrivee", data={"on": TODAY.isoformat()})
        page = officer.get(answer.location).text
        assert "la convention, la lettre de mission" in page
        for act in ("convention", "lettre", "arrivee"):
            officer.post(note + act, data={"on": TODAY.isoformat()})
        db.session.refresh(placement)
        assert placement.started_on == TODAY
        assert "Période d’essai" in officer.get(f"/placements/{placement.id}").text

    def test_an_intervention_is_counted_in_half_days(self, officer: object) -> None:
        talent, seat = contract_of().talent, make_seat()
        monday = TODAY + timedelta(days=7 - TODAY.weekday())
        data = {
            "talent": str(talent.id),
            "starts_on": monday.isoformat(),
            "ends_on": (monday + timedelta(days=18)).isoformat(),
            "kind": "intervention",
            "days": "7,5",
        }
        assert officer.post(f"/postes/{seat.id}/placer", data=data).status_code == 303
        placement = db.session.scalars(select(Placement)).one()
        assert (placement.kind, placement.half_days) == (PlacementKind.INTERVENTION, 15)
        assert placement.share_pct == 50
        refused = officer.post(f"/postes/{make_seat().id}/placer", data={**data, "days": "2"})
        assert "de 5 à 60 jours" in refused.text

    def test_a_refusal_stands_beside_the_field(self, officer: object) -> None:
        placement = placement_of(share=60)
        data = {
            "talent": str(placement.talent_id),
            "starts_on": TODAY.isoformat(),
            "ends_on": LATER.isoformat(),
            "share_pct": "50",
            **BOOKED,
        }
        answer = officer.post(f"/postes/{make_seat().id}/placer", data=data)
        assert answer.status_code == 422
        assert "La personne serait prise 10" in answer.text
        assert "Premier jour possible" in answer.text


class TestLife:
    def test_extended_then_refused_then_renewed_then_interrupted(self, officer: object) -> None:
        placement = placement_of(started=True)
        change = {
            "starts_on": placement.starts_on.isoformat(),
            "ends_on": (LATER + timedelta(days=30)).isoformat(),
            "share_pct": "100",
            "version": str(placement.version_id),
            **BOOKED,
        }
        address = f"/placements/{placement.id}"
        assert officer.post(f"{address}/modifier", data=change).status_code == 303
        db.session.refresh(placement)
        assert placement.ends_on == LATER + timedelta(days=30)
        less = {**change, "share_pct": "50", "version": str(placement.version_id)}
        answer = officer.post(f"{address}/modifier", data=less)
        assert "garde sa part" in answer.text
        beyond = {**change, "ends_on": (TODAY + timedelta(days=900)).isoformat()}
        beyond["version"] = str(placement.version_id)
        answer = officer.post(f"{address}/modifier", data=beyond)
        assert answer.status_code == 422
        assert "La personne n’a pas de contrat le" in answer.text
        answer = officer.post(f"{address}/renouvellement", data={"decision": "renew", "note": ""})
        assert answer.location.endswith("/renouveler")
        renewed = {
            "starts_on": (placement.ends_on + timedelta(days=1)).isoformat(),
            "ends_on": (placement.ends_on + timedelta(days=90)).isoformat(),
            "share_pct": "50",
            **BOOKED,
        }
        assert officer.post(f"{address}/renouveler", data=renewed).status_code == 303
        db.session.refresh(placement)
        assert (placement.renewal, placement.is_renewed) == (RenewalDecision.RENEW, True)
        stop = {"last_day": TODAY.isoformat(), "reason": "other", "note": ""}
        assert officer.post(f"{address}/interrompre", data=stop).status_code == 422
        stop["note"] = "Le service est arrêté."
        assert officer.post(f"{address}/interrompre", data=stop).status_code == 303
        db.session.refresh(placement)
        assert placement.interruption is InterruptionReason.OTHER
        assert "Le service est arrêté." in officer.get(address).text

    def test_somebody_else_takes_the_seat(self, officer: object) -> None:
        placement = placement_of(started=True)
        other = contract_of(talent=make_talent(display_name="Ana Autre")).talent
        data = {
            "talent": str(other.id),
            "starts_on": (placement.ends_on + timedelta(days=1)).isoformat(),
            "ends_on": (placement.ends_on + timedelta(days=90)).isoformat(),
            "share_pct": "50",
            **BOOKED,
        }
        answer = officer.post(f"/placements/{placement.id}/remplacer", data=data)
        assert answer.status_code == 303
        assert "Ana Autre" in officer.get(answer.location).text


class TestTimeline:
    def test_people_and_missions_are_drawn_with_their_table(self, officer: object) -> None:
        placement = placement_of(started=True)
        make_absence(placement.talent, starts_on=TODAY, ends_on=TODAY, today=TODAY)
        for view in ("personnes", "missions"):
            for zoom in ("mois", "trimestre", "annee"):
                page = officer.get(f"/placements?vue={view}&zoom={zoom}&groupe=administration").text
                assert "<svg" in page
                assert placement.talent.label in page
                assert "Lire cette frise en tableau" in page

    def test_nobody_is_between_missions_while_away(self, officer: object) -> None:
        talent = contract_of().talent
        make_absence(
            talent,
            starts_on=TODAY - timedelta(days=100),
            ends_on=TODAY + timedelta(days=400),
            today=TODAY,
        )
        page = officer.get("/placements").text
        assert "Congé" in page
        assert "entre deux missions, 100" not in page

    def test_what_is_tried_shows_what_breaks_and_is_kept_if_wished(self, officer: object) -> None:
        contract, seat = contract_of(), make_seat()
        tried = {
            "quoi": "placer",
            "personne": contract.talent_id,
            "poste": seat.id,
            "du": SOON.isoformat(),
            "au": LATER.isoformat(),
            "part": "80",
        }
        page = officer.get("/placements/essai", query_string=tried).text
        assert "Cela tient" in page
        assert "à l’essai" in page
        assert db.session.scalars(select(Proposal)).all() == []
        assert officer.post("/placements/essai", data=tried).status_code == 303
        assert db.session.scalars(select(Proposal)).one().share_pct == 80
        broken = officer.get("/placements/essai", query_string={**tried, "au": "2099-01-01"})
        assert broken.status_code == 200

    def test_an_incomplete_trial_says_what_it_lacks(self, officer: object) -> None:
        page = officer.get("/placements/essai?quoi=placer&au=2027-01-01").text
        assert "Ce champ est obligatoire" in page


class TestFiles:
    def test_every_table_comes_in_both_formats(self, officer: object) -> None:
        make_absence(placement_of(started=True).talent, today=TODAY)
        make_proposal(today=TODAY)
        for table in file_views.TABLES:
            for format in ("csv", "xlsx"):
                assert officer.get(f"/placements/export/{table}.{format}").status_code == 200
        assert officer.get("/placements/export/paie.csv").status_code == 404

    def test_formulas_come_out_as_text(self, officer: object) -> None:
        contract_of(talent=make_talent(display_name="=HYPERLINK(1)"))
        text = officer.get("/placements/export/contrats.csv").get_data(as_text=True)
        assert "'=HYPERLINK(1)" in text

    def test_the_template_is_read_by_the_import(self, officer: object) -> None:
        header = officer.get("/placements/modele.csv").get_data(as_text=True)
        assert header.startswith("\ufeffIdentifiant de la personne;")


class TestOwnMissions:
    def test_each_sees_their_own_and_no_other(self, client_of: Callable) -> None:
        host, stranger = make_member(), make_member()
        person = make_account(role=Role.TALENT)
        need = make_need(organisation=host.membership.organisation)
        contract = contract_of(talent=make_talent(account=person))
        placement = placement_of(contract, seat=need.seats[0])
        address = f"/placements/{placement.id}"
        for account in (host, person):
            browser = client_of(account)
            assert need.title in browser.get("/missions").text
            assert browser.get(address).status_code == 200
            assert browser.get(f"{address}/lettre.pdf").data.startswith(b"%PDF")
        assert client_of(host).get(f"{address}/convention.pdf").data.startswith(b"%PDF")
        assert client_of(person).get(f"{address}/convention.pdf").status_code == 404
        browser = client_of(stranger)
        assert need.title not in browser.get("/missions").text
        for path in ("", "/lettre.pdf", "/convention.pdf"):
            assert browser.get(address + path).status_code == 404

    def test_home_tells_a_talent_when_each_mission_ends(self, client_of: Callable) -> None:
        person = make_account(role=Role.TALENT)
        contract = contract_of(talent=make_talent(account=person))
        browser = client_of(person)
        assert "Ma mission</h2>" not in browser.get("/").text
        placement = placement_of(contract, started=True)
        page = browser.get("/").text
        assert f'href="/placements/{placement.id}"' in page
        assert f"jusqu’au {date_in_words(LATER)}" in page
        placement.cancelled_at = now()
        db.session.commit()
        assert f"/placements/{placement.id}" not in browser.get("/").text

    def test_private_notes_stay_with_the_agency(self, client_of: Callable) -> None:
        host = make_member()
        need = make_need(organisation=host.membership.organisation)
        placement = placement_of(seat=need.seats[0], started=True)
        placement.renewal, placement.renewal_note = RenewalDecision.HAND_OVER, "note interne"
        db.session.commit()
        assert "note interne" not in client_of(host).get(f"/placements/{placement.id}").text


class TestFeeds:
    def test_a_feed_answers_until_it_is_revoked(self, client_of: Callable, client: object) -> None:
        person = make_account(role=Role.TALENT)
        contract = contract_of(talent=make_talent(account=person))
        placement = placement_of(contract, started=True)
        browser = client_of(person)
        page = browser.get(browser.post("/agendas").location).text
        start = page.index("/agenda/")
        address = page[start : page.index(".ics", start) + 4]
        answer = client.get(address)
        assert answer.mimetype == "text/calendar"
        assert placement.seat.need.title in answer.text
        assert client.get("/agenda/another-token.ics").status_code == 404
        feed = db.session.scalars(select(CalendarFeed)).one()
        stranger = client_of(make_account(role=Role.TALENT))
        assert stranger.post(f"/agendas/{feed.id}/revoquer").status_code == 404
        browser.post(f"/agendas/{feed.id}/revoquer")
        assert client.get(address).status_code == 404
