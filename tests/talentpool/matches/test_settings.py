import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from matching import Ranker
from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import queries, services, setting_services
from talentpool.matches.models import MatchRun
from talentpool.matches.presenting import shown
from talentpool.matches.setting_models import RankingSetting
from talentpool.matches.setting_words import setting_in_words
from talentpool.matches.settings import DEFAULT, BadSetting, Setting
from talentpool.matches.trials import moves, try_setting
from talentpool.needs.models import NeedSeat
from talentpool.needs.stages import NeedStatus
from talentpool.skills.held import NamedSkill
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent

TODAY = date(2026, 11, 24)
TUNED = Setting({"skills": 200, "headline": 0}, {"family": "soft"})


def pool() -> None:
    make_talent(headline="Cartographie des forêts", skills=[], text="", experience=[])
    make_talent(headline="Gestion", skills=[NamedSkill("Python", make_skill("Python"), 3)], text="")
    make_talent(families=[make_family("data", "Donnée")], text="Une carte des forêts.")


class TestSetting:
    def test_the_default_is_the_ranker_s_own(self) -> None:
        assert DEFAULT.parameters() == {}
        assert DEFAULT.is_default
        assert Setting({"skills": 100}, {"family": "hard"}).is_default

    def test_a_factor_multiplies_the_default_weight(self) -> None:
        tuned = Ranker(**Setting({"skills": 150, "essential": 0}).parameters()).get_params()
        assert tuned["held_skills"] == 1.5 * Ranker().get_params()["held_skills"]
        assert tuned["essential_skills"] == 0.0

    def test_what_is_stored_comes_back_the_same(self) -> None:
        setting = Setting({"presentation": 0}, {"skills": "hard"}, ("Python",))
        stored = json.loads(json.dumps(setting.to_json()))
        assert Setting.from_json(stored).parameters() == setting.parameters()

    @pytest.mark.parametrize(
        "written",
        [
            None,
            [],
            {"weights": {}},
            {"factors": {"rarity": 100}},
            {"factors": {"skills": float("nan")}},
            {"factors": {"skills": 1e308}},
            {"factors": {"skills": True}},
            {"factors": {"skills": -10}},
            {"factors": {"skills": 210}},
            {"factors": {"skills": 105}},
            {"factors": {"skills": "100"}},
            {"factors": []},
            {"criteria": {"age": "hard"}},
            {"criteria": {"dates": "strict"}},
            {"criteria": {"dates": ["hard"]}},
            {"required_skills": "Python"},
            {"required_skills": [1]},
            {"required_skills": ["x" * 121]},
            {"required_skills": ["x"] * 51},
        ],
    )
    def test_anything_else_is_refused(self, written: object) -> None:
        with pytest.raises(BadSetting):
            Setting.from_json(written)


@pytest.mark.usefixtures("each_database")
class TestRankingWithASetting:
    def test_the_run_keeps_its_setting_and_is_replayed_with_it(self) -> None:
        pool()
        seat = make_seat()
        plain = services.rank_talents(seat, by=None, as_of=TODAY)
        run = services.rank_talents(
            seat, by=None, as_of=TODAY, setting=TUNED, setting_name="Terrain"
        )
        db.session.commit()
        db.session.expire_all()
        assert (run.setting_name, Setting.from_json(run.setting)) == ("Terrain", TUNED)
        assert run.parameters["held_skills"] == 3.0
        assert run.parameters["criteria"]["family"] == "soft"
        assert run.digest != plain.digest
        assert services.replay(run).is_identical
        assert services.replay(plain).is_identical
        assert plain.setting == {}

    def test_a_soft_criterion_counts_points_that_the_page_shows(self) -> None:
        pool()
        run = services.rank_talents(make_seat(), by=None, as_of=TODAY, setting=TUNED)
        assert queries.funnel(run).apart == 0
        rows = [shown(result, None, None, {}) for result in run.results]
        [row] = [row for row in rows if row.costs]
        assert row.costs[0].points < 0
        assert row.gained + row.costs[0].points == row.score >= 0
        for row in rows:
            assert sum(r["amount"] for r in row.result.explanation["reasons"]) == pytest.approx(
                row.result.score, abs=1e-9
            )

    def test_essential_skills_list_apart_who_does_not_mention_them(self) -> None:
        pool()
        setting = Setting({}, {"skills": "hard"}, ("Python",))
        run = services.rank_talents(make_seat(), by=None, as_of=TODAY, setting=setting)
        missed = {result.misses for result in run.results}
        assert "skills" in missed
        row = shown(run.results[-1], None, None, {})
        assert not any(criterion.is_no for criterion in row.criteria if criterion.name == "skills")
        assert services.replay(run).is_identical


@pytest.mark.usefixtures("each_database")
class TestTrial:
    def test_moves_are_counted_since_the_kept_run_with_what_changed(self) -> None:
        pool()
        seat = make_seat()
        run = services.rank_talents(seat, by=None, as_of=TODAY)
        tried = try_setting(seat, TUNED, as_of=TODAY, shown=20)
        kept = {result.person_key: result for result in run.results}
        found = moves(tried.results, kept, TUNED)
        for result in tried.results:
            assert found[result.person_key].places == kept[result.person_key].rank - result.rank
        climbed = [move for move in found.values() if move.slider == "skills"]
        assert climbed
        assert climbed[0].points > 0
        assert tried.ranked == tried.listed == 3

    def test_the_default_moves_nobody(self) -> None:
        pool()
        seat = make_seat()
        run = services.rank_talents(seat, by=None, as_of=TODAY)
        tried = try_setting(seat, DEFAULT, as_of=TODAY, shown=20)
        found = moves(tried.results, {r.person_key: r for r in run.results}, DEFAULT)
        assert {(move.places, move.label) for move in found.values()} == {(0, "")}

    def test_nothing_is_stored(self) -> None:
        pool()
        seat = make_seat()
        before = [db.session.query(table).count() for table in db.metadata.sorted_tables]
        try_setting(seat, TUNED, as_of=TODAY, shown=20)
        assert not db.session.new
        assert not db.session.dirty
        assert [db.session.query(table).count() for table in db.metadata.sorted_tables] == before

    def test_a_seat_that_is_not_open_is_not_tried(self) -> None:
        pool()
        with pytest.raises(services.SeatNotOpen):
            try_setting(make_seat(status=NeedStatus.SUBMITTED), DEFAULT, as_of=TODAY, shown=20)


@pytest.mark.usefixtures("each_database")
class TestKeptSettings:
    def test_one_sees_one_s_own_and_what_is_shared(self) -> None:
        mine, other = make_account(role=Role.AGENCY_STAFF), make_account(role=Role.AGENCY_STAFF)
        setting_services.save_setting(TUNED, name="b partagé", is_shared=True, by=other)
        setting_services.save_setting(TUNED, name="secret", is_shared=False, by=other)
        setting_services.save_setting(TUNED, name="À moi", is_shared=False, by=mine)
        db.session.commit()
        assert [kept.name for kept in setting_services.settings_of(mine)] == ["À moi", "b partagé"]

    def test_a_name_is_taken_once_among_those_one_sees(self) -> None:
        mine, other = make_account(role=Role.AGENCY_STAFF), make_account(role=Role.AGENCY_STAFF)
        setting_services.save_setting(TUNED, name="Été", is_shared=False, by=mine)
        with pytest.raises(setting_services.NameAlreadyTaken):
            setting_services.save_setting(TUNED, name="ete", is_shared=False, by=mine)
        setting_services.save_setting(TUNED, name="Été", is_shared=False, by=other)

    def test_only_who_made_it_removes_it(self) -> None:
        mine, other = make_account(role=Role.AGENCY_STAFF), make_account(role=Role.AGENCY_STAFF)
        kept = setting_services.save_setting(TUNED, name="Été", is_shared=True, by=mine)
        with pytest.raises(setting_services.NotOwnSetting):
            setting_services.remove_setting(kept, by=other)
        setting_services.remove_setting(kept, by=mine)
        assert db.session.scalar(select(RankingSetting)) is None


class TestPages:
    @pytest.fixture
    def seat(self, app: object) -> NeedSeat:
        pool()
        seat = make_seat()
        services.rank_talents(seat, by=None, as_of=date.today())
        db.session.commit()
        return seat

    def test_a_trial_shows_the_list_and_writes_nothing(
        self, seat: NeedSeat, client_as: Callable, count_rows: Callable
    ) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        before = count_rows()
        answer = browser.get(f"/postes/{seat.id}/essai?skills=200&headline=0")
        assert answer.status_code == 200
        assert "compétences ×2" in answer.text
        assert count_rows() == before

    @pytest.mark.parametrize(
        "query",
        [
            "skills=1e309",
            "skills=NaN",
            "skills=201",
            "skills=-10",
            "skills=55",
            "skills=" + "9" * 5000,
            "skills=",
            "criterion_dates=strict",
            "required_skills=Cobol",
        ],
    )
    def test_hostile_parameters_are_refused(
        self, seat: NeedSeat, client_as: Callable, query: str
    ) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        assert browser.get(f"/postes/{seat.id}/essai?{query}").status_code == 422
        values = dict([query.split("=")])
        for address in ("essai", "reglages"):
            answer = browser.post(f"/postes/{seat.id}/{address}", data={**values, "name": "x"})
            assert answer.status_code == 422

    def test_unknown_names_are_ignored(self, seat: NeedSeat, client_as: Callable) -> None:
        answer = client_as(Role.AGENCY_STAFF).get(f"/postes/{seat.id}/essai?rarity=9&__class__=x")
        assert answer.status_code == 200
        assert "réglage par défaut" in answer.text

    def test_a_setting_is_saved_shared_used_and_named_on_the_page(
        self, seat: NeedSeat, client_as: Callable, client_of: Callable
    ) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        data = {"skills": "150", "criterion_dates": "off", "name": "Terrain", "is_shared": "y"}
        assert browser.post(f"/postes/{seat.id}/reglages", data=data).status_code == 303
        assert browser.post(f"/postes/{seat.id}/reglages", data=data).status_code == 422
        other = client_of(make_account(role=Role.AGENCY_STAFF))
        assert "Terrain" in other.get(f"/postes/{seat.id}/essai").text
        assert other.post(f"/postes/{seat.id}/essai", data=data).status_code == 303
        page = other.get(f"/postes/{seat.id}").text
        assert "Réglage : Terrain" in page.replace("\N{NO-BREAK SPACE}", " ")
        [run] = [run for run in db.session.scalars(select(MatchRun)) if run.setting]
        assert run.setting_name == "Terrain"
        kept = db.session.scalar(select(RankingSetting))
        assert other.post(f"/reglages/{kept.id}/retirer").status_code == 404
        assert browser.post(f"/reglages/{kept.id}/retirer").status_code == 303

    def test_the_director_reads_rankings_but_tries_none(
        self, seat: NeedSeat, client_as: Callable
    ) -> None:
        browser = client_as(Role.AGENCY_DIRECTOR)
        assert browser.get(f"/postes/{seat.id}/essai").status_code == 403
        assert "Régler le classement" not in browser.get(f"/postes/{seat.id}").text

    def test_what_a_setting_changes_is_said_in_words(self, app: object) -> None:
        with app.test_request_context():
            said = setting_in_words(TUNED.to_json())
            assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [
                "Fonction : 0 %",
                "Compétences : 200 %",
                "Métier : compte en points",
            ]
            assert len(setting_in_words({"gone": 1})) == 1
