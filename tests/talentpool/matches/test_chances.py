from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.chances import Chances, Loosening, chances_of
from talentpool.matches.facts import posting_as_written, posting_of
from talentpool.matches.queries import funnel
from talentpool.matches.settings import Setting
from talentpool.needs.models import NeedSeat
from talentpool.needs.services import seat_content_of
from talentpool.needs.stages import NeedStatus
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import EmploymentStatus
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_member
from tests.factories.placements import make_contract, make_placement
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.reading import filled, text_of

TODAY = date(2026, 11, 24)


def held(label: str, level: int | None = 3) -> NamedSkill:
    return NamedSkill(label, make_skill(label), level)


def make_seat_of_many_demands() -> NeedSeat:
    return make_seat(
        must=[held("Python", 3), held("PostGIS", None)],
        town="Lyon",
        remote_days=2,
        statuses=["civil_servant_mad"],
        seniority_years=2,
    )


def make_pool() -> None:
    """Six who answer everything, and groups who miss one thing each."""
    able: dict[str, Any] = {
        "skills": [held("Python", 3), held("PostGIS", None)],
        "town": "Lyon",
        "employment_status": EmploymentStatus.CIVIL_SERVANT_MAD,
    }
    for changes, count in (
        ({}, 6),
        ({"skills": [held("Python", 3)]}, 7),
        ({"skills": [held("Python", 2), held("PostGIS", None)]}, 5),
        ({"town": "Brest", "remote_days": 3}, 3),
        ({"employment_status": EmploymentStatus.FREELANCE}, 2),
        ({"available_from": date(2027, 1, 20)}, 8),
        ({"share_pct": 60}, 1),
        ({"families": [make_family("law", "Droit")]}, 4),
    ):
        for _number in range(count):
            make_talent(**{**able, "text": "", "experience": [], **changes})


def found_for(seat: NeedSeat) -> Chances:
    return chances_of(posting_of(seat, TODAY), as_of=TODAY)


def gains(found: Chances) -> dict[tuple[str, str], int]:
    return {(one.kind, one.label): one.gain for one in found.loosenings}


@pytest.mark.usefixtures("each_database")
class TestFigures:
    def test_each_thing_that_is_loosened_lets_in_whom_it_kept_out(self) -> None:
        make_pool()
        found = found_for(make_seat_of_many_demands())
        assert (found.pool, found.able) == (36, 6)
        assert gains(found) == {
            ("starts_on", ""): 8,
            ("must", "PostGIS"): 7,
            ("must", "Python"): 5,
            ("level", "Python"): 5,
            ("remote_days", ""): 3,
            ("town", ""): 3,
            ("statuses", ""): 2,
            ("share_pct", ""): 1,
        }
        assert {one.label: one.count for one in found.holders} == {"Python": 36, "PostGIS": 29}

    def test_the_counts_are_those_of_the_ranking_s_own_list(self) -> None:
        make_pool()
        seat = make_seat_of_many_demands()
        kept = services.rank_talents(seat, by=None, as_of=TODAY)
        hard = dict.fromkeys(("place", "status", "seniority", "skills"), "hard")
        labels = tuple(asked.label for asked in seat.skills)
        strict = services.rank_talents(
            seat, by=None, as_of=TODAY, setting=Setting(criteria=hard, required_skills=labels)
        )
        found = found_for(seat)
        assert found.listed == funnel(kept).listed == 23
        # A ranking lists whoever has a skill at any level: five have Python at a lower one.
        assert found.able == funnel(strict).listed - 5 == 6

    def test_what_is_typed_counts_as_what_is_stored(self) -> None:
        seat = make_seat_of_many_demands()
        typed = posting_as_written(seat.need, seat_content_of(seat), TODAY, key=f"seat-{seat.id}")
        assert typed == posting_of(seat, TODAY)

    def test_whoever_is_on_a_mission_is_free_when_it_ends(self) -> None:
        busy = make_talent()
        make_contract(busy)
        make_placement(busy, starts_on=date(2026, 6, 1), ends_on=date(2027, 1, 20))
        found = found_for(make_seat())
        assert (found.listed, found.able) == (0, 0)
        # What the profile says of their time, free since 2026, does not count: the ledger does.
        assert gains(found) == {("starts_on", ""): 1}

    def test_nobody_holds_many_musts_at_once_and_one_is_kept(self) -> None:
        skills = [held(label, None) for label in ("Python", "Elm", "Cobol")]
        for skill in skills:
            for _number in range(2):
                make_talent(skills=[skill], text="", headline="", experience=[])
        found = found_for(make_seat(must=skills))
        assert found.able == 0
        assert gains(found) == {("only", label): 2 for label in ("Python", "Elm", "Cobol")}

    def test_an_empty_pool_has_no_chances(self) -> None:
        assert found_for(make_seat()) == Chances(0, 0, 0, (), ())

    def test_counting_keeps_nothing(self) -> None:
        make_pool()
        seat = make_seat_of_many_demands()
        found_for(seat)
        assert not db.session.new
        assert not db.session.dirty


class TestWhoReadsWhat:
    FOUND = Chances(
        37, 23, 4, (), tuple(Loosening("must", None, str(n), n) for n in (12, 9, 5, 5, 4, 1))
    )

    def test_who_reads_rankings_reads_every_figure_of_the_first_three(self) -> None:
        seen = self.FOUND.seen_by(is_exact=True)
        assert (seen.pool, seen.listed, seen.able) == (37, 23, 4)
        assert [one.gain for one in seen.loosenings] == [12, 9, 5]

    def test_others_read_nothing_that_a_few_people_move(self) -> None:
        seen = self.FOUND.seen_by(is_exact=False)
        assert (seen.pool, seen.listed, seen.able) == (35, 20, 0)
        assert [one.gain for one in seen.loosenings] == [10, 5, 5]
        few = Chances(9, 9, 9, (), (Loosening("town", None, "", 4),))
        assert few.seen_by(is_exact=False) == Chances(5, 5, 5, (), ())


class TestPages:
    def test_a_ministry_reads_rounded_counts_of_what_it_types_and_no_person(
        self, client_of: Callable, count_rows: Callable
    ) -> None:
        make_pool()
        member = make_member()
        need = make_need(
            organisation=member.membership.organisation, status=NeedStatus.DRAFT, seats=0
        )
        browser = client_of(member)
        form = filled(browser.get(f"/besoins/{need.id}/postes/nouveau"), family="dev")
        before = count_rows()
        answer = browser.post(f"/besoins/{need.id}/postes/chances", data={**form, "partial": "1"})
        assert answer.status_code == 200
        words = answer.get_json()["figures"]
        assert "au moins 30 personnes" in words  # 32 of the family
        assert "Maëlle" not in words
        assert "talents/" not in words
        # Without a script, the same form comes back with the figures, and its title unasked for.
        answer = browser.post(f"/besoins/{need.id}/postes/chances", data=form)
        assert answer.status_code == 200
        assert "au moins 30 personnes" in text_of(answer)
        assert filled(answer) == form
        assert count_rows() == before

    def test_a_single_person_is_few_whoever_asks_but_the_agency(
        self, client_of: Callable, client_as: Callable
    ) -> None:
        make_talent()
        member = make_member()
        need = make_need(organisation=member.membership.organisation, status=NeedStatus.SUBMITTED)
        draft = make_need(organisation=member.membership.organisation, status=NeedStatus.DRAFT)
        told = text_of(client_of(member).get(f"/besoins/{draft.id}"))
        assert "pour tout ce que ce poste demande : moins de 5 personnes" in told
        assert "1 personne" not in told
        page = client_as(Role.AGENCY_STAFF).get(f"/besoins/postes/{need.seats[0].id}/modifier")
        assert "pour tout ce que ce poste demande : 1 personne " in text_of(page)

    def test_what_must_be_corrected_is_not_counted(self, client_as: Callable) -> None:
        seat = make_seat(status=NeedStatus.SUBMITTED)
        staff = client_as(Role.AGENCY_STAFF)
        form = filled(staff.get(f"/besoins/postes/{seat.id}/modifier"), share_pct="5")
        address = f"/besoins/{seat.need_id}/postes/chances?poste={seat.id}"
        answer = staff.post(address, data=form)
        assert answer.status_code == 422
        assert "Corrigez d’abord" in text_of(answer)

    def test_only_those_who_write_the_need_may_count(
        self, client_of: Callable, client_as: Callable
    ) -> None:
        seat, other = make_seat(status=NeedStatus.SUBMITTED), make_seat()
        address = f"/besoins/{seat.need_id}/postes/chances"
        assert client_of(make_member()).post(address).status_code in {403, 404}
        assert client_as(Role.AGENCY_DIRECTOR).post(address).status_code == 403
        staff = client_as(Role.AGENCY_STAFF)
        assert staff.post(f"{address}?poste={other.id}").status_code == 404
