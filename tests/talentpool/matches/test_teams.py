from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.queries import decision_on
from talentpool.matches.teams import Pool, Team, best_picks, open_seats, pools, teams
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.services import add_seat
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.needs import make_need, make_seat_content
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.reading import text_of

TODAY = date(2026, 11, 24)
seats_scored = st.lists(
    st.dictionaries(st.sampled_from("abcde"), st.floats(0, 1, allow_nan=False), max_size=5),
    min_size=2,
    max_size=3,
)


@given(seats_scored)
def test_the_first_team_has_the_highest_total_and_nobody_sits_twice(scores: list) -> None:
    feasible = [
        pick
        for pick in permutations("abcde", len(scores))
        if all(key in seat for key, seat in zip(pick, scores, strict=True))
    ]
    totals = [sum(s[k] for k, s in zip(pick, scores, strict=True)) for pick in feasible]
    picks = best_picks(scores)
    assert bool(picks) == bool(feasible)
    assert len(set(picks)) == len(picks)
    assert set(picks) <= set(feasible)
    found = [sum(s[k] for k, s in zip(pick, scores, strict=True)) for pick in picks]
    assert found[:1] == pytest.approx([max(totals)] if totals else [])
    assert found == sorted(found, reverse=True) or found == pytest.approx(
        sorted(found, reverse=True)
    )


def need_of(*asked: dict) -> Need:
    need = make_need(seats=0)
    for one in asked:
        add_seat(need, make_seat_content(**one), by=None)
    db.session.commit()
    return need


def ranked(need: Need) -> list[Pool]:
    for seat in need.seats:
        services.rank_talents(seat, by=None, as_of=TODAY)
    db.session.commit()
    return [pool for pool in pools(open_seats(need)) if isinstance(pool, Pool)]


def decided(seat: NeedSeat, talent: Talent, verdict: Verdict, reason: ReasonCode) -> None:
    standing = decision_on(seat, talent)
    services.decide(
        seat,
        talent,
        verdict=verdict,
        reason=reason,
        note="",
        seen=standing.id if standing else None,
        run=None,
        by=None,
    )
    db.session.commit()


def ids(team: Team) -> list[int]:
    return [member.row.talent.id for member in team.members]


@pytest.fixture
def python(each_database: object) -> NamedSkill:
    return NamedSkill("Python", make_skill("Python"), 3)


@pytest.fixture
def design(each_database: object) -> NamedSkill:
    return NamedSkill("Design", make_skill("Design"), 3)


@pytest.mark.usefixtures("each_database")
class TestTeams:
    def test_each_goes_where_the_total_is_best(
        self, python: NamedSkill, design: NamedSkill
    ) -> None:
        coder = make_talent(skills=[python], headline="Python", text="", experience=[])
        drawer = make_talent(skills=[design], headline="Design", text="", experience=[])
        need = need_of({"must": [python], "title": "Python"}, {"must": [design], "title": "Design"})
        best, *others = teams(ranked(need), today=TODAY, names={})
        assert ids(best) == [coder.id, drawer.id]
        assert [ids(other) for other in others] == [[drawer.id, coder.id]]
        assert [(s.label, [m.row.talent.id for m in s.holders]) for s in best.covered] == [
            ("Python", [coder.id]),
            ("Design", [drawer.id]),
        ]
        assert (best.lacking, best.overlap) == ([], [])

    def test_what_two_hold_overlaps_and_what_nobody_holds_lacks(
        self, python: NamedSkill, design: NamedSkill
    ) -> None:
        for _number in range(2):
            make_talent(skills=[python], headline="", text="", experience=[])
        need = need_of({"must": [python]}, {"must": [design]})
        team = teams(ranked(need), today=TODAY, names={})[0]
        assert [(one.label, len(one.holders)) for one in team.overlap] == [("Python", 2)]
        assert [(one.label, one.is_must) for one in team.lacking] == [("Design", True)]

    def test_days_are_those_on_which_all_are_free(self, python: NamedSkill) -> None:
        make_talent(available_from=date(2027, 1, 1))
        make_talent(available_from=None)
        need = need_of(
            {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)},
            {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 9, 30)},
        )
        team = teams(ranked(need), today=TODAY, names={})[0]
        assert team.days == (date(2027, 2, 1), date(2027, 6, 30))
        assert len(team.unknown) == 1

    def test_no_common_day_is_told(self) -> None:
        make_talent(), make_talent()
        need = need_of(
            {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 2, 28)},
            {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 9, 30)},
        )
        assert teams(ranked(need), today=TODAY, names={})[0].days is None

    def test_who_is_apart_or_set_aside_is_left_out_and_counted(self) -> None:
        kept = make_talent(), make_talent()
        aside, apart = make_talent(), make_talent(families=[make_family("data", "Donnée")])
        need = need_of({}, {})
        ranked(need)
        for seat in need.seats:
            decided(seat, aside, Verdict.SET_ASIDE, ReasonCode.PLACE)
        found = [pool for pool in pools(need.seats) if isinstance(pool, Pool)]
        assert [(pool.apart, pool.set_aside, len(pool.scores)) for pool in found] == [(1, 1, 2)] * 2
        for team in teams(found, today=TODAY, names={}):
            assert set(ids(team)) == {one.id for one in kept}
        decided(need.seats[0], apart, Verdict.BROUGHT_BACK, ReasonCode.CLOSE_FAMILY)
        again = pools(need.seats)[0]
        assert (again.apart, len(again.scores)) == (0, 3)

    def test_one_person_makes_no_team_of_two(self) -> None:
        make_talent()
        assert teams(ranked(need_of({}, {})), today=TODAY, names={}) == []


class TestPage:
    def test_a_team_is_shown_with_codes_until_the_shortlist(self, client_as: Callable) -> None:
        people = [make_talent(display_name="Zoé Cachée"), make_talent(display_name="Ali Caché")]
        need = need_of({"title": "Un"}, {"title": "Deux"})
        ranked(need)
        page = client_as(Role.AGENCY_STAFF).get(f"/besoins/{need.id}/equipes")
        team = text_of(page, "team-1")
        assert all(person.code in team for person in people)
        assert "Caché" not in page.text
        assert "Compétences indispensables 1 sur 1" in team
        assert "Jours où toutes et tous sont libres du 04/01/2027 au 04/11/2027" in team
        assert "au lieu de" in text_of(page, "team-2")

    def test_a_seat_that_is_not_ranked_offers_to_rank(self, client_as: Callable) -> None:
        make_talent(), make_talent()
        need = need_of({}, {})
        first, second = need.seats
        services.rank_talents(first, by=None, as_of=TODAY)
        db.session.commit()
        page = client_as(Role.AGENCY_STAFF).get(f"/besoins/{need.id}/equipes")
        assert "1 poste n’est pas encore classé" in text_of(page)
        assert f'action="/postes/{second.id}/classer"' in page.text
        assert f'action="/postes/{first.id}/classer"' not in page.text

    def test_empty_states_say_what_to_do(self, client_as: Callable) -> None:
        staff = client_as(Role.AGENCY_STAFF)
        alone = need_of({})
        assert "demande deux postes" in text_of(staff.get(f"/besoins/{alone.id}/equipes"))
        make_talent()
        few = need_of({}, {})
        ranked(few)
        assert "Trop peu de personnes" in text_of(staff.get(f"/besoins/{few.id}/equipes"))

    def test_it_is_linked_from_need_and_seat(self, client_as: Callable) -> None:
        need = need_of({}, {})
        staff = client_as(Role.AGENCY_STAFF)
        for address in (f"/besoins/{need.id}", f"/postes/{need.seats[0].id}"):
            assert f'href="/besoins/{need.id}/equipes"' in staff.get(address).text
        assert "/equipes" not in client_as(Role.TALENT).get(f"/besoins/{need.id}").text
