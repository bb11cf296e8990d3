import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import event, update

from matching import Ranker
from talentpool.db import db, now
from talentpool.matches import pool, services
from talentpool.matches.facts import profile_of
from talentpool.matches.models import MatchRun
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from talentpool.talents.services import edit_talent
from tests.factories.needs import make_seat
from tests.factories.placements import make_contract
from tests.factories.skills import make_skill
from tests.factories.talents import make_content, make_talent

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date(2026, 11, 24)


def ranked(seat: object) -> MatchRun:
    run = services.rank_talents(seat, by=None, as_of=TODAY)
    db.session.commit()
    return run


def texts_of(run: MatchRun) -> list[str]:
    return [result.snapshot.profile["text"] for result in run.results]


class TestProfilesOf:
    def test_a_saved_profile_is_found_by_the_next_ranking(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(seat)
        edit_talent(talent, make_content(text="Tout autre chose."), by=None)
        db.session.commit()
        assert texts_of(ranked(seat)) == ["Tout autre chose."]

    def test_skills_alone_are_found_too(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(seat)
        edit_talent(talent, make_content(skills=[NamedSkill("Elm")]), by=None)
        db.session.commit()
        kept = ranked(seat).results[0].snapshot.profile["skills"]
        assert [skill["label"] for skill in kept] == ["Elm"]

    def test_what_another_process_saved_is_found(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(seat)
        db.session.execute(
            update(Talent)
            .values(text="Écrit ailleurs.", version_id=Talent.version_id + 1, edited_at=now())
            .execution_options(synchronize_session=False)
        )
        assert texts_of(ranked(seat)) == ["Écrit ailleurs."]
        assert talent.text == "Écrit ailleurs."

    def test_who_has_not_changed_is_not_read_again(self) -> None:
        for _number in range(3):
            make_talent()
        seat = make_seat()
        ranked(seat)
        statements: list[str] = []
        db.session.expunge_all()
        connection = db.session.connection()

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            people = pool.members()
            pool.profiles_of(people, {})
        finally:
            event.remove(connection, "before_cursor_execute", note)
        assert len(statements) == 1

    def test_what_is_remembered_is_what_a_fresh_reading_says(self) -> None:
        first = make_talent()
        make_contract(make_talent())
        seat = make_seat()
        ranked(seat)
        run = ranked(seat)
        kept = {result.snapshot.profile["text"] for result in run.results}
        assert kept == {first.text}
        for result in run.results:
            talent = db.session.get(Talent, _number_of(result.person_key))
            fresh = profile_of(talent, result.person_key).to_dict()
            stored = result.snapshot.profile
            time = {"available_from", "share_pct", "is_time_proven"}
            assert {k: v for k, v in stored.items() if k not in time} == {
                k: v for k, v in fresh.items() if k not in time
            }
        assert sorted(r.snapshot.profile["is_time_proven"] for r in run.results) == [False, True]

    def test_an_edited_referential_is_read_at_once(self) -> None:
        make_talent(text="Je modélise des forêts.", skills=[], headline="", experience=[])
        seat = make_seat(must=[], title="Modélisation des forêts")
        assert _kinds(ranked(seat)) == {"term"}
        make_skill("Forêts", aliases=["forêt"])
        assert "skill" in _kinds(ranked(seat))


def _number_of(key: str) -> int:
    [member] = [member for member in pool.members() if member.key == key]
    return member.talent_id


def _kinds(run: MatchRun) -> set[str]:
    return {reason["kind"] for result in run.results for reason in result.explanation["reasons"]}


def test_the_digest_is_that_of_the_whole_ranking_written_as_json() -> None:

    make_talent()
    seat = make_seat()
    run = ranked(seat)
    db.session.expire_all()
    places = [[r.person_key, r.rank, repr(r.score), r.is_apart, r.place] for r in run.results]
    content = [run.asked, places]
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(written.encode()).hexdigest() == run.digest
    assert Ranker(**run.parameters).get_params()["headline"] == run.parameters["headline"]
