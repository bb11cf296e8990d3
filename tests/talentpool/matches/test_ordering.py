from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.order_models import OrderReason, ShortlistOrder
from talentpool.matches.ordering import (
    NothingMoved,
    ShortlistOvertaken,
    kept,
    moved,
    ranks_in,
    reorder,
    shortlist,
)
from talentpool.matches.queries import decision_on, newest_run
from talentpool.matches.services import NoteMissing, decide, rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

WHY = {"reason": OrderReason.EXPERIENCE, "note": ""}


def put(seat: NeedSeat, talent: Talent, verdict: Verdict, reason: ReasonCode) -> None:
    held = decision_on(seat, talent)
    seen = held.id if held else None
    given = {"verdict": verdict, "reason": reason, "note": "", "seen": seen}
    decide(seat, talent, **given, run=newest_run(seat), by=None)
    db.session.commit()


def choose(seat: NeedSeat, *talents: Talent) -> None:
    for talent in talents:
        put(seat, talent, Verdict.SHORTLISTED, ReasonCode.SKILLS_FIT)


def staffed(*names: str) -> tuple[NeedSeat, dict[str, Talent]]:
    """Return a seat and people ranked for it in the order of their names."""
    seat = make_seat()
    texts = ["Des cartes en Python.", "Des cartes.", "Du droit.", "Rien."]
    people = {
        name: make_talent(
            display_name=name,
            headline=text,
            text=text * (4 - place),
            experience=[],
            **({} if place == 0 else {"skills": []}),
        )
        for place, (name, text) in enumerate(zip(names, texts, strict=False))
    }
    rank_talents(seat, by=None, as_of=date(2026, 11, 24))
    db.session.commit()
    ranks = ranks_in(newest_run(seat), {talent.id for talent in people.values()})
    by_rank = sorted(people.values(), key=lambda talent: ranks[talent.id])
    return seat, dict(zip(names, by_rank, strict=True))


class TestReorder:
    def test_both_orders_are_kept_and_the_newest_holds(self, each_database: object) -> None:
        seat, people = staffed("a", "b", "c")
        a, b, c = (people[name].id for name in "abc")
        choose(seat, *people.values())
        assert shortlist(seat).numbers == [a, b, c]
        first = reorder(seat, [c, a, b], **WHY, seen=None, by=None)
        second = reorder(seat, [c, b, a], **WHY, seen=first.id, by=None)
        db.session.commit()
        assert (first.human_order, first.machine_order) == ([c, a, b], [a, b, c])
        assert (first.moves, second.moves) == ([2, 1, 1], [2, 0, 2])
        held = shortlist(seat)
        assert held.numbers == [c, b, a]
        assert [held.ranks[number] for number in held.numbers] == [3, 2, 1]
        entry = history_of(seat)[0]
        assert (entry.action, entry.details["people"]) == ("shortlist.reordered", [c, b, a])
        assert set(entry.details) == {"people", "machine", "reason", "run"}

    def test_who_joins_later_comes_last_and_who_leaves_leaves_no_hole(
        self, each_database: object
    ) -> None:
        seat, people = staffed("a", "b", "c")
        a, b, c = (people[name] for name in "abc")
        choose(seat, b, c)
        reorder(seat, [c.id, b.id], **WHY, seen=None, by=None)
        choose(seat, a)
        assert shortlist(seat).numbers == [c.id, b.id, a.id]
        put(seat, c, Verdict.SET_ASIDE, ReasonCode.PLACE)
        assert shortlist(seat).numbers == [b.id, a.id]

    def test_what_was_not_on_the_screen_stops_an_order(self, each_database: object) -> None:
        seat, people = staffed("a", "b", "c")
        a, b, c = (people[name].id for name in "abc")
        choose(seat, people["a"], people["b"])
        with pytest.raises(NothingMoved):
            reorder(seat, [a, b], **WHY, seen=None, by=None)
        with pytest.raises(NoteMissing):
            reorder(seat, [b, a], reason=OrderReason.OTHER, note="", seen=None, by=None)
        with pytest.raises(ShortlistOvertaken):
            reorder(seat, [b, a, c], **WHY, seen=None, by=None)
        reorder(seat, [b, a], **WHY, seen=None, by=None)
        with pytest.raises(ShortlistOvertaken):
            reorder(seat, [a, b], **WHY, seen=None, by=None)
        assert shortlist(seat).numbers == [b, a]


def test_moving_stops_at_the_ends() -> None:
    assert moved([1, 2, 3], 2, -1) == [2, 1, 3]
    assert moved([1, 2, 3], 3, 1) == [1, 2, 3]
    assert moved([1, 2, 3], 9, 1) == [1, 2, 3]
    assert kept([3, 1, 9], [1, 2, 3]) == [3, 1, 2]


class TestPage:
    @pytest.fixture
    def officer(self, app: object) -> Account:
        return make_account(role=Role.AGENCY_STAFF, display_name="Odile Agent")

    @pytest.fixture
    def staff(self, officer: Account, client_of: Callable) -> ProofreadingClient:
        return client_of(officer)

    def test_people_move_in_the_form_and_one_reason_saves(self, staff: ProofreadingClient) -> None:
        seat, people = staffed("Ada", "Bea", "Cya")
        a, b, c = (one.id for one in people.values())
        choose(seat, *people.values())
        address = f"/postes/{seat.id}/ordre"
        typed = filled(staff.get(address), note="Vue au téléphone.")
        page = staff.post(address, data={**typed, "move": f"{c}:up"})
        assert page.status_code == 200
        page = staff.post(address, data={**filled(page), "move": f"{c}:up"})
        assert filled(page)["order"] == [str(c), str(a), str(b)]
        assert filled(page)["note"] == ["Vue au téléphone."]
        assert db.session.scalars(select(ShortlistOrder)).all() == []
        refused = staff.post(address, data=filled(page))
        assert complaints(refused) == {"reason": "Choisissez une raison."}
        answer = staff.post(address, data=filled(refused, reason="experience"))
        assert answer.location == f"/postes/{seat.id}"
        line = text_of(staff.get(answer.location), "contenu")
        first, second = (line.index(f"rang machine : {rank}") for rank in (3, 1))
        assert first < second
        assert "Ordre choisi par Odile Agent" in line
        assert "« Vue au téléphone. »" in line

    def test_two_orders_at_once_are_shown_together_and_confirmed_knowingly(
        self, staff: ProofreadingClient
    ) -> None:
        seat, people = staffed("Ada", "Bea", "Cya")
        a, b, c = (one.id for one in people.values())
        choose(seat, people["Ada"], people["Bea"])
        address = f"/postes/{seat.id}/ordre"
        page = staff.get(address)
        theirs = {**filled(page, reason="experience"), "order": [str(b), str(a)]}
        assert staff.post(address, data=theirs).status_code == 303
        choose(seat, people["Cya"])
        mine = {**filled(page, reason="other", note="À mon avis."), "order": [str(b), str(a)]}
        conflict = staff.post(address, data=mine)
        assert conflict.status_code == 409
        assert "1 personne a été ajoutée" in text_of(conflict, "conflict")
        assert "Ordre choisi par Odile Agent" in text_of(conflict, "both")
        assert filled(conflict)["order"] == [str(b), str(a), str(c)]
        assert filled(conflict)["note"] == ["À mon avis."]
        again = {**filled(conflict), "order": [str(c), str(b), str(a)]}
        assert staff.post(address, data=again).status_code == 303
        db.session.expire_all()
        assert shortlist(seat).numbers == [c, b, a]

    def test_one_person_has_no_order(self, staff: ProofreadingClient) -> None:
        seat, people = staffed("Ada")
        choose(seat, people["Ada"])
        assert "Il faut deux personnes" in text_of(staff.get(f"/postes/{seat.id}/ordre"))
        assert "Changer l’ordre" not in text_of(staff.get(f"/postes/{seat.id}"))
