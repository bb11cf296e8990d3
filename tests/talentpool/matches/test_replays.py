from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.models import MatchRun, ReasonCode, Verdict
from talentpool.matches.replays import Since, since
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.services import edit_talent
from tests.factories.needs import make_seat
from tests.factories.skills import make_skill
from tests.factories.talents import make_content, make_talent
from tests.reading import text_of

TODAY = date(2026, 11, 24)


def ranked(seat: NeedSeat) -> MatchRun:
    run = services.rank_talents(seat, by=None, as_of=TODAY)
    db.session.commit()
    return run


def compared(run: MatchRun) -> Since:
    db.session.commit()
    db.session.expire_all()
    return since(run, today=TODAY, names={})


@pytest.mark.usefixtures("each_database")
class TestSince:
    @pytest.fixture
    def people(self) -> list[Talent]:
        return [
            make_talent(),
            make_talent(skills=[], headline="Droit", text="Des contrats.", experience=[]),
        ]

    @pytest.fixture
    def run(self, people: list[Talent]) -> MatchRun:
        return ranked(make_seat())

    def test_without_a_change_nobody_moves(self, run: MatchRun) -> None:
        found = compared(run)
        assert not found.has_changed
        assert found.moved == 0
        assert all(move.why and not move.why.amount for move in found.moves)

    def test_a_profile_s_changes_are_named_and_explain_the_move(
        self, run: MatchRun, people: list[Talent]
    ) -> None:
        near = people[0]
        edit_talent(
            near,
            make_content(
                skills=[], headline="Droit", text="", experience=[], available_from=date(2027, 6, 1)
            ),
            by=None,
        )
        found = compared(run)
        [person] = found.people
        assert person.talent.id == near.id
        fields = {one.field: (one.then, one.now) for one in person.fields}
        assert set(fields) == {"headline", "skills", "experience", "text", "available_from"}
        assert fields["available_from"] == ("2026-01-01", "2027-06-01")
        assert fields["text"] == (None, None)
        [move] = [one for one in found.moves if one.either.talent.id == near.id]
        assert (move.then.result.rank, move.now.result.rank) == (1, 2)
        assert move.why.amount < 0
        assert [one.name for one in move.why.comparison.criteria] == ["dates"]
        assert found.moved == 2

    def test_the_need_s_changes_are_named(self, run: MatchRun) -> None:
        run.seat.share_pct, run.seat.need.summary = 50, "Autre résumé."
        fields = {one.field: (one.then, one.now) for one in compared(run).need}
        assert fields == {"share_pct": ("80", "50"), "summary": (None, None)}

    def test_who_joined_and_who_left_are_counted(self, run: MatchRun, people: list[Talent]) -> None:
        people[1].pool_status = PoolStatus.ALUMNI
        new = make_talent()
        found = compared(run)
        assert (found.joined, found.gone) == (1, 1)
        assert {move.either.talent.id for move in found.moves} == {new.id, *(p.id for p in people)}

    def test_weights_version_and_referential_are_told(self, run: MatchRun) -> None:
        run.parameters = {**run.parameters, "headline": 1.0}
        run.code_version = "0.9.0"
        make_skill("Forêts")
        found = compared(run)
        assert [(one.field, one.then, one.now) for one in found.parameters] == [
            ("headline", "1.0", "3.0")
        ]
        assert not found.is_same_code
        assert not found.is_same_referential

    def test_an_erased_person_is_there_no_more(self, run: MatchRun, people: list[Talent]) -> None:
        db.session.delete(people[0])
        assert compared(run).gone == 1


def test_the_page_says_it_and_keeps_nothing(client_as: Callable, count_rows: Callable) -> None:
    talent, seat = make_talent(), make_seat()
    run = ranked(seat)
    services.decide(
        seat,
        talent,
        verdict=Verdict.SET_ASIDE,
        reason=ReasonCode.PLACE,
        note="",
        seen=None,
        run=run,
        by=None,
    )
    edit_talent(talent, make_content(available_from=date(2027, 6, 1)), by=None)
    make_talent()
    db.session.commit()
    staff = client_as(Role.AGENCY_STAFF)
    before = count_rows()
    page = staff.get(f"/classements/{run.id}/depuis")
    assert count_rows() == before
    assert "libre à partir du (de 01/01/2026 à 01/06/2027)" in text_of(page, "people")
    assert "1 personne arrivée dans le vivier" in text_of(page, "changes")
    moves = text_of(page, "moves")
    assert "Critère « dates » : de déclaré (01/01/2026) à non (01/06/2027)." in moves
    assert "N’était pas dans le vivier." in moves
    assert "Mise de côté" in text_of(page, "decisions")
    assert f"/classements/{run.id}/depuis" in staff.get(f"/postes/{seat.id}").text
