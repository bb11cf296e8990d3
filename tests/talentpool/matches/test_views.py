from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches.models import MatchDecision, MatchRun, Verdict
from talentpool.matches.queries import decision_on, keys_by_talent
from talentpool.needs.models import NeedSeat
from talentpool.needs.stages import NeedStatus
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.organisations import make_member
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def officer(app: object) -> Account:
    return make_account(role=Role.AGENCY_STAFF, display_name="Odile Agent")


@pytest.fixture
def staff(officer: Account, client_of: Callable) -> ProofreadingClient:
    return client_of(officer)


@pytest.fixture
def seat(app: object) -> NeedSeat:
    return make_seat()


def ranked(browser: ProofreadingClient, seat: NeedSeat) -> MatchRun:
    assert browser.post(f"/postes/{seat.id}/classer").location == f"/postes/{seat.id}"
    newest = select(MatchRun).where(MatchRun.seat_id == seat.id).order_by(MatchRun.id.desc())
    return db.session.scalars(newest).first()


def key_of(talent: Talent) -> str:
    return keys_by_talent({talent.id})[talent.id]


def address_of(run: MatchRun, talent: Talent) -> str:
    return f"/classements/{run.id}/{key_of(talent)}"


def decided(browser: ProofreadingClient, address: str, **typed: Any) -> TestResponse:
    return browser.post(address, data=filled(browser.get(address), **typed))


class TestRank:
    def test_the_pool_is_ranked_and_the_ranking_kept(
        self, seat: NeedSeat, officer: Account, staff: ProofreadingClient
    ) -> None:
        make_talent(), make_talent()
        before = staff.get(f"/postes/{seat.id}")
        assert "pas encore classé" in text_of(before)
        assert f'action="/postes/{seat.id}/classer"' in before.text
        run = ranked(staff, seat)
        assert (run.pool_size, run.ranked_by_id) == (2, officer.id)
        entry = history_of(seat)[0]
        assert (entry.action, entry.actor_id) == ("talents.ranked", officer.id)
        assert "2 personnes classées." in text_of(staff.get(f"/postes/{seat.id}"))

    def test_an_empty_pool_is_said(self, seat: NeedSeat, staff: ProofreadingClient) -> None:
        answer = staff.post(f"/postes/{seat.id}/classer", follow_redirects=True)
        assert "Le vivier est vide" in text_of(answer)
        assert db.session.scalars(select(MatchRun)).all() == []

    @pytest.mark.parametrize("status", [NeedStatus.SUBMITTED, NeedStatus.CLOSED])
    def test_a_seat_that_is_not_open_is_not_ranked_for(
        self, status: NeedStatus, staff: ProofreadingClient
    ) -> None:
        make_talent()
        seat = make_seat(status=status)
        assert "classer" not in staff.get(f"/postes/{seat.id}").text
        answer = staff.post(f"/postes/{seat.id}/classer", follow_redirects=True)
        assert "Ce poste n’est pas à pourvoir" in text_of(answer)
        assert db.session.scalars(select(MatchRun)).all() == []


class TestSeat:
    def test_suggestions_stand_in_order_with_their_reasons(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        far = make_talent(headline="Droit", text="Des contrats.", skills=[], experience=[])
        near = make_talent()
        ranked(staff, seat)
        page = staff.get(f"/postes/{seat.id}")
        first, second = (text_of(page, f"p-{key_of(talent)}") for talent in (near, far))
        assert first.startswith(f"1 Rang 1 : {near.code}")
        assert "Python +" in first
        assert "Métier : déclaré" in first
        assert second.startswith(f"2 Rang 2 : {far.code}")
        assert "Aucun mot ni compétence en commun" in second
        assert "Non mentionné : Python (indispensable)" in second

    def test_in_english_skills_have_their_english_name(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        make_skill("Python").label_en = "Python (language)"
        near, far = make_talent(), make_talent(skills=[], text="", experience=[])
        ranked(staff, seat)
        staff.get("/langue/en")
        page = staff.get(f"/postes/{seat.id}")
        assert "Python (language) +" in text_of(page, f"p-{key_of(near)}")
        missing = text_of(page, f"p-{key_of(far)}")
        assert "Not mentioned: Python (language) (essential)" in missing

    def test_names_are_hidden_before_the_shortlist(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        talent = make_talent(display_name="Zoé Cachée")
        address = address_of(ranked(staff, seat), talent)
        for page in (staff.get(f"/postes/{seat.id}"), staff.get(address)):
            assert "Cachée" not in page.text
            assert talent.code in text_of(page)
        decided(staff, address, verdict="shortlisted", reason="skills_fit")
        for page in (staff.get(f"/postes/{seat.id}"), staff.get(address)):
            assert "Zoé Cachée" in text_of(page)

    def test_the_list_of_seats_says_how_far_each_has_come(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        talent = make_talent()
        assert "à classer" in text_of(staff.get("/postes"), "seats")
        address = address_of(ranked(staff, seat), talent)
        assert text_of(staff.get("/postes"), "seats").endswith("classé")
        decided(staff, address, verdict="shortlisted", reason="skills_fit")
        assert text_of(staff.get("/postes"), "seats").endswith("1 présélection")


class TestRun:
    def test_a_run_reopens_unchanged_after_a_profile_has_changed(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        talent = make_talent()
        run = ranked(staff, seat)
        before = staff.get(f"/classements/{run.id}")
        edit = f"/talents/{talent.id}/modifier"
        staff.post(edit, data=filled(staff.get(edit), headline="Tout autre chose", text="Rien."))
        after = staff.get(f"/classements/{run.id}")
        assert "1 profil ou besoin a changé" in text_of(after)
        assert text_of(after, "suggestions") == text_of(before, "suggestions")
        assert "Je développe des cartes" in text_of(staff.get(address_of(run, talent)))
        ranked(staff, seat)
        assert "n’est plus le dernier" in text_of(staff.get(f"/classements/{run.id}"))
        assert "Tout autre chose" in text_of(staff.get(f"/postes/{seat.id}"), "suggestions")

    def test_a_replay_says_identical(self, seat: NeedSeat, staff: ProofreadingClient) -> None:
        talent = make_talent()
        run = ranked(staff, seat)
        edit = f"/talents/{talent.id}/modifier"
        staff.post(edit, data=filled(staff.get(edit), text="Autre."))
        page = text_of(staff.get(f"/classements/{run.id}/rejeu"))
        assert "Identique" in page
        assert run.digest in page

    def test_a_replay_tells_a_tampered_run(self, seat: NeedSeat, staff: ProofreadingClient) -> None:
        make_talent()
        run = ranked(staff, seat)
        run.digest = "0" * 64
        db.session.commit()
        page = text_of(staff.get(f"/classements/{run.id}/rejeu"))
        assert "Identique" not in page
        assert "autre chose que ce qui a été gardé" in page


class TestApart:
    def test_people_apart_are_listed_by_criterion(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        listed = make_talent()
        busy = make_talent(share_pct=50)
        designer = make_talent(families=[make_family("design", "Design")])
        both = make_talent(share_pct=50, families=[make_family("design", "Design")])
        run = ranked(staff, seat)
        people = {"listed": listed, "busy": busy, "designer": designer, "both": both}
        for criterion, expected in {
            "": {"busy", "designer", "both"},
            "share": {"busy", "both"},
            "family": {"designer", "both"},
            "dates": set(),
        }.items():
            page = text_of(staff.get(f"/classements/{run.id}/a-part?critere={criterion}"))
            assert {name for name, one in people.items() if one.code in page} == expected
        suggestions = text_of(staff.get(f"/postes/{seat.id}"), "suggestions")
        assert [name for name, one in people.items() if one.code in suggestions] == ["listed"]


class TestSuggestion:
    def test_every_part_of_the_score_is_shown_with_the_words_that_earned_it(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        talent = make_talent()
        page = staff.get(address_of(ranked(staff, seat), talent))
        reasons = text_of(page, "reasons").partition("Points ")[2]
        *parts, total = [
            float(word.replace(",", ".")) for word in reasons.split() if word[0].isdigit()
        ]
        assert sum(parts) == pytest.approx(total)
        assert total > 0
        assert "<mark>Python</mark>" in page.text
        assert "Part de temps 80 % 100 % déclaré" in text_of(page, "criteria")

    def test_a_person_of_another_run_is_not_found(
        self, seat: NeedSeat, staff: ProofreadingClient
    ) -> None:
        make_talent()
        run = ranked(staff, seat)
        late = make_talent()
        ranked(staff, seat)
        assert staff.get(address_of(run, late)).status_code == 404


class TestDecide:
    @pytest.fixture
    def talent(self, app: object) -> Talent:
        return make_talent(display_name="Zoé Essai", share_pct=50)

    @pytest.fixture
    def address(self, seat: NeedSeat, talent: Talent, staff: ProofreadingClient) -> str:
        return address_of(ranked(staff, seat), talent)

    @pytest.mark.parametrize(
        ("verdict", "reason", "words"),
        [
            ("shortlisted", "skills_fit", "Présélection Les compétences correspondent"),
            ("set_aside", "place", "Mise de côté Le lieu ne convient pas"),
            ("brought_back", "negotiable", "Retour dans la liste Les dates ou la part de temps"),
        ],
    )
    def test_a_decision_is_kept_and_shown_with_its_reason(
        self, verdict: str, reason: str, words: str, address: str, staff: ProofreadingClient
    ) -> None:
        answer = decided(staff, address, verdict=verdict, reason=reason, note="Vu au téléphone.")
        shown = text_of(staff.get(answer.location), "decisions")
        assert words in shown
        assert "Odile Agent" in shown
        assert "Vu au téléphone." in shown
        assert ("Zoé Essai" in shown) == (verdict == "shortlisted")

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [("shortlisted", "skills_fit"), ("set_aside", "place"), ("brought_back", "negotiable")],
    )
    def test_a_decision_is_journaled_without_words_about_the_person(
        self,
        verdict: str,
        reason: str,
        seat: NeedSeat,
        talent: Talent,
        address: str,
        officer: Account,
        staff: ProofreadingClient,
    ) -> None:
        decided(staff, address, verdict=verdict, reason=reason, note="Vu au téléphone.")
        run = db.session.scalars(select(MatchRun)).one()
        entry = history_of(seat)[0]
        assert (entry.action, entry.actor_id) == (f"match.{verdict}", officer.id)
        assert entry.details == {"talent": talent.id, "reason": reason, "run": run.id}

    def test_who_is_brought_back_stands_in_the_list_again(
        self, seat: NeedSeat, talent: Talent, address: str, staff: ProofreadingClient
    ) -> None:
        assert "Personne ne satisfait" in text_of(staff.get(f"/postes/{seat.id}"), "suggestions")
        decided(staff, address, verdict="brought_back", reason="negotiable")
        page = staff.get(f"/postes/{seat.id}")
        assert "Ramenées dans la liste" in text_of(page)
        assert talent.code in text_of(page, f"p-{key_of(talent)}")

    def test_a_decision_is_undone_with_a_reason(
        self, seat: NeedSeat, talent: Talent, address: str, staff: ProofreadingClient
    ) -> None:
        decided(staff, address, verdict="shortlisted", reason="skills_fit")
        decided(staff, address, verdict="undone", reason="mistake")
        assert decision_on(seat, talent).verdict is Verdict.UNDONE
        assert 'id="shortlist"' not in staff.get(f"/postes/{seat.id}").text
        assert "Zoé Essai" not in text_of(staff.get(address))

    @pytest.mark.parametrize(
        ("typed", "name", "words"),
        [
            ({"verdict": "set_aside"}, "reason", "Choisissez une raison."),
            ({"reason": "place"}, "verdict", "Choisissez une décision."),
            ({"verdict": "set_aside", "reason": "skills_fit"}, "reason", "ne va pas avec"),
            ({"verdict": "set_aside", "reason": "other"}, "note", "Précisez la raison."),
        ],
    )
    def test_what_is_missing_is_said_beside_it(
        self, typed: dict, name: str, words: str, address: str, staff: ProofreadingClient
    ) -> None:
        answer = decided(staff, address, **typed)
        assert answer.status_code == 422
        assert list(complaints(answer)) == [name]
        assert words in complaints(answer)[name]
        assert typed.items() <= {key: value[0] for key, value in filled(answer).items()}.items()
        assert db.session.scalars(select(MatchDecision)).all() == []

    @pytest.mark.parametrize(
        ("verdict", "reason"), [("shortlisted", "team_fit"), ("set_aside", "skill_missing")]
    )
    def test_a_colleague_s_decision_is_read_before_another_is_taken(
        self, verdict: str, reason: str, address: str, staff: ProofreadingClient
    ) -> None:
        page = staff.get(address)
        decided(staff, address, verdict="set_aside", reason="place")
        answer = staff.post(address, data=filled(page, verdict=verdict, reason=reason))
        assert answer.status_code == 409
        assert list(complaints(answer)) == ["verdict"]
        assert "Odile Agent a décidé entre-temps : mise de côté" in complaints(answer)["verdict"]
        assert len(db.session.scalars(select(MatchDecision)).all()) == 1

    def test_what_was_typed_stands_once_confirmed(
        self, talent: Talent, seat: NeedSeat, address: str, staff: ProofreadingClient
    ) -> None:
        page = staff.get(address)
        decided(staff, address, verdict="set_aside", reason="place")
        answer = staff.post(address, data=filled(page, verdict="shortlisted", reason="team_fit"))
        assert decision_on(seat, talent).verdict is Verdict.SET_ASIDE
        assert staff.post(address, data=filled(answer)).status_code == 303
        db.session.expire_all()
        assert decision_on(seat, talent).verdict is Verdict.SHORTLISTED

    def test_the_director_reads_and_does_not_decide(
        self, address: str, client_as: Callable
    ) -> None:
        director = client_as(Role.AGENCY_DIRECTOR)
        assert "Enregistrer la décision" not in text_of(director.get(address))
        typed = {"verdict": "shortlisted", "reason": "skills_fit"}
        assert director.post(address, data=typed).status_code == 404
        assert db.session.scalars(select(MatchDecision)).all() == []


class TestOutsiders:
    def test_neither_ministry_nor_talent_reads_rankings(
        self, seat: NeedSeat, staff: ProofreadingClient, client_of: Callable, count_rows: Callable
    ) -> None:
        talent = make_talent()
        run = ranked(staff, seat)
        host = make_member(seat.need.organisation)
        outsiders = [client_of(host), client_of(make_account(role=Role.TALENT))]
        before = count_rows()
        for browser in outsiders:
            for address in ("/postes", f"/postes/{seat.id}", f"/classements/{run.id}"):
                assert browser.get(address).status_code == 403
            for page in (key_of(talent), "a-part", "rejeu"):
                assert browser.get(f"/classements/{run.id}/{page}").status_code == 403
            typed = {"verdict": "shortlisted", "reason": "skills_fit"}
            assert browser.post(address_of(run, talent), data=typed).status_code == 403
            assert browser.post(f"/postes/{seat.id}/classer").status_code == 403
        assert count_rows() == before
