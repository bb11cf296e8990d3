"""How runs are written: read back to the last figure, whichever way they were kept."""

import json
from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from matching import Ranking
from talentpool import create_app
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.models import MatchRun
from talentpool.matches.records import answers_of, explanation_of, record_of, told, whole_digest
from talentpool.matches.settings import DEFAULT, Setting
from talentpool.needs.models import NeedSeat
from talentpool.needs.services import add_seat
from tests.conftest import settings_for
from tests.factories.needs import make_need, make_seat_content
from tests.factories.talents import make_talent

TODAY = date(2026, 11, 24)


def make_asking_seat() -> NeedSeat:
    need = make_need(themes=["Forêts"], town="Lyon", seats=0)
    seat = add_seat(need, make_seat_content(remote_days=2), by=None)
    db.session.commit()
    return seat


def make_pool() -> None:
    make_talent(town="Lyon")
    make_talent(town="Brest", remote_days=0, text="Des zirkons et des cartes.")
    make_talent(skills=[], text="", experience=[], headline="")
    make_talent(share_pct=50)


def ranking_of(seat: NeedSeat, setting: Setting = DEFAULT) -> Ranking:
    return services.ranked_for(seat, setting, as_of=TODAY, with_new_keys=True).ranking


def ranked(seat: NeedSeat) -> MatchRun:
    run = services.rank_talents(seat, by=None, as_of=TODAY)
    db.session.commit()
    return run


def plain(value: object) -> object:
    return json.loads(json.dumps(value))


def keep_whole(run: MatchRun, ranking: Ranking) -> None:
    """Make a run what runs were before places were written in short."""
    whole = {one.key: plain(explanation_of(one)) for one in (*ranking.suggestions, *ranking.apart)}
    for result in run.results:
        result.explanation = whole[result.person_key]
    run.asked, run.digest = None, whole_digest(ranking)
    db.session.commit()
    db.session.expire_all()


@pytest.mark.usefixtures("each_database")
class TestRecords:
    def test_a_place_reads_back_as_the_ranker_gave_it(self) -> None:
        make_pool()
        seat = make_asking_seat()
        ranking = ranking_of(seat)
        run = ranked(seat)
        db.session.expire_all()
        kept = {result.person_key: result for result in run.results}
        every = (*ranking.suggestions, *ranking.apart)
        assert {reason.kind for one in every for reason in one.reasons} >= {"term", "criterion"}
        for one in every:
            place = kept[one.key]
            assert place.explanation == plain(explanation_of(one))
            assert answers_of(place.place) == tuple(c.answer for c in one.criteria)

    def test_what_is_shared_says_nothing_that_a_profile_says(self) -> None:
        make_pool()
        ranking = ranking_of(make_asking_seat())
        record = record_of(ranking)
        own = {"held", "answer", "profile_words", "field", "amount"}
        assert record.asked
        assert not any(own & asked.keys() for asked in record.asked)
        terms = [asked for asked in record.asked if asked.get("kind") == "term"]
        assert terms
        assert all({"weight", "posting_words"} & asked.keys() for asked in terms)
        assert all("label" not in asked for asked in terms if "posting_words" in asked)

    def test_a_run_kept_whole_opens_and_replays(self) -> None:
        make_pool()
        seat = make_asking_seat()
        ranking, run = ranking_of(seat), ranked(seat)
        before = {r.person_key: r.explanation for r in run.results}
        keep_whole(run, ranking)
        assert {r.person_key: r.explanation for r in run.results} == before
        assert services.replay(run).is_identical
        run.digest = "0" * 64
        assert not services.replay(run).is_identical


def test_a_whole_place_is_given_as_it_is() -> None:
    whole = {"criteria": [{"answer": "no"}], "missing": [], "reasons": []}
    assert told(whole, None) == told(whole, [{"kind": "term"}]) == whole
    assert answers_of(whole) == ("no",)


def test_taking_the_schema_back_writes_runs_whole(tmp_path: object) -> None:
    with create_app(settings_for(f"sqlite:///{tmp_path}/runs.db")).app_context():
        upgrade()
        make_pool()
        seat = make_asking_seat()
        ranking, run = ranking_of(seat), ranked(seat)
        whole = {
            one.key: plain(explanation_of(one)) for one in (*ranking.suggestions, *ranking.apart)
        }
        number, digest = run.id, whole_digest(ranking)
        db.session.remove()
        downgrade(revision="0014")
        rows = db.session.execute(text("SELECT person_key, explanation FROM match_result")).all()
        assert {key: json.loads(place) for key, place in rows} == whole
        assert db.session.scalar(text("SELECT digest FROM match_run")) == digest
        db.session.remove()
        upgrade()
        assert services.replay(db.session.get(MatchRun, number)).is_identical
        db.engine.dispose()
