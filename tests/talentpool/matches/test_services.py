from datetime import date
from decimal import Decimal

import pytest

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches import queries, services
from talentpool.matches.facts import posting_of
from talentpool.matches.models import MatchRun, ReasonCode, Verdict
from talentpool.matches.presenting import highlighted, shown
from talentpool.needs.models import NeedSeat
from talentpool.needs.stages import SEARCHED, NeedStatus
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import PoolStatus
from talentpool.talents.services import content_of, edit_talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_content, make_talent

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date(2026, 11, 24)


def ranked(seat: NeedSeat | None = None) -> MatchRun:
    run = services.rank_talents(seat or make_seat(), by=None, as_of=TODAY)
    db.session.commit()
    return run


def keys_of(run: MatchRun) -> dict[str, int]:
    talents = queries.talents_by_key({result.person_key for result in run.results})
    return {result.person_key: talents[result.person_key].id for result in run.results}


class TestRankTalents:
    def test_the_closest_profile_comes_first_with_reasons_that_add_up(self) -> None:
        far = make_talent(
            headline="Droit", text="Je rédige des contrats.", skills=[], experience=[]
        )
        near = make_talent()
        run = ranked()
        assert [keys_of(run)[r.person_key] for r in run.results] == [near.id, far.id]
        for result in run.results:
            amounts = [reason["amount"] for reason in result.explanation["reasons"]]
            assert sum(amounts) == pytest.approx(result.score, abs=1e-9)
            row = shown(result, None, None, {})
            assert sum((part.points for part in row.parts), Decimal(0)) == row.score
            assert abs(row.score - Decimal(result.score) * 100) <= Decimal("0.051")

    @pytest.mark.parametrize(
        ("changes", "missed"),
        [
            ({"families": "data"}, "family"),
            ({"available_from": date(2027, 6, 1)}, "dates"),
            ({"share_pct": 60}, "share"),
            ({"families": "data", "share_pct": 60}, "family share"),
        ],
    )
    def test_a_no_to_a_hard_criterion_stands_apart(self, changes: dict, missed: str) -> None:
        if changes.get("families") == "data":
            changes = {**changes, "families": [make_family("data", "Donnée")]}
        make_talent(**changes)
        run = ranked()
        assert run.results[0].misses == missed
        assert queries.funnel(run).apart == 1

    @pytest.mark.parametrize("name", ["available_from", "share_pct", "families"])
    def test_an_unknown_answer_stays_in_the_list_marked(self, name: str) -> None:
        make_talent(**{name: [] if name == "families" else None})
        [result] = ranked().results
        assert not result.is_apart
        answers = [criterion["answer"] for criterion in result.explanation["criteria"]]
        assert answers.count("unknown") == 1

    def test_who_left_is_not_ranked(self) -> None:
        make_talent(pool_status=PoolStatus.ALUMNI)
        make_talent()
        assert ranked().pool_size == 1

    def test_names_are_not_read_and_towns_only_answer_a_criterion(self) -> None:
        silent = {"headline": "", "skills": [], "experience": [], "text": ""}
        make_talent(display_name="Cartographie Forêts", town="Forêts", **silent)
        result = ranked(make_seat(town="Nantes")).results[0]
        assert "Cartographie Forêts" not in str(result.snapshot.profile)
        assert result.explanation["reasons"] == []
        assert result.score == 0

    def test_a_run_of_older_code_is_opened_and_replayed_without_what_the_ranker_forgot(
        self,
    ) -> None:
        make_talent()
        run = ranked()
        run.code_version = "0.9.0+older"
        run.parameters = {**run.parameters, "soft_cost": 0.1}
        db.session.commit()
        found = services.replay(run)
        assert (found.erased, found.is_same_code) == (0, False)

    def test_a_start_that_has_passed_asks_for_today(self) -> None:
        seat = make_seat(starts_on=date(2026, 1, 5))
        assert posting_of(seat, TODAY).starts_on == TODAY

    @pytest.mark.parametrize("status", sorted(set(NeedStatus) - SEARCHED))
    def test_a_seat_that_is_not_open_is_not_ranked_for(self, status: NeedStatus) -> None:
        make_talent()
        with pytest.raises(services.SeatNotOpen):
            ranked(make_seat(status=status))

    def test_an_empty_pool_is_said(self) -> None:
        with pytest.raises(services.EmptyPool):
            ranked()

    def test_the_run_is_journaled(self) -> None:
        make_talent()
        seat = make_seat()
        ranked(seat)
        assert history_of(seat)[0].action == "talents.ranked"


class TestStoredRuns:
    def test_a_run_is_unchanged_after_profiles_have_changed(self) -> None:
        talent = make_talent()
        run = ranked()
        before = [(r.rank, r.score, r.explanation, r.snapshot.profile) for r in run.results]
        edit_talent(talent, make_content(headline="Tout autre chose", skills=[]), by=None)
        db.session.commit()
        db.session.expire_all()
        assert [(r.rank, r.score, r.explanation, r.snapshot.profile) for r in run.results] == before
        assert queries.changes_since(run) == 1

    def test_a_replay_gives_every_figure_again(self) -> None:
        for number in range(5):
            make_talent(text=f"Je développe des cartes en Python, {number} fois.")
        run = ranked()
        edit_talent(make_talent(), make_content(text="autre"), by=None)
        make_skill("Forêts", aliases=["forêt"])
        db.session.expire_all()
        assert services.replay(run).is_identical

    def test_a_replay_tells_a_tampered_result(self) -> None:
        make_talent()
        run = ranked()
        run.digest = "0" * 64
        assert not services.replay(run).is_identical

    def test_runs_that_read_the_same_words_share_a_snapshot(self) -> None:
        talent = make_talent()
        first, second = ranked(), ranked()
        assert first.results[0].snapshot_id == second.results[0].snapshot_id
        edit_talent(talent, make_content(text="Autre texte."), by=None)
        assert ranked().results[0].snapshot_id != first.results[0].snapshot_id

    def test_the_key_says_nothing_of_the_person(self) -> None:
        talent = make_talent(display_name="Maëlle Essai")
        run = ranked()
        [key] = keys_of(run)
        assert len(key) == 24
        assert str(talent.id) not in (run.results[0].snapshot.profile["key"][:2],)
        db.session.delete(talent)
        db.session.commit()
        assert queries.talents_by_key({key}) == {}


class TestDecide:
    @pytest.fixture
    def seat(self) -> NeedSeat:
        return make_seat()

    def decided(self, seat: NeedSeat, talent: object, **changes: object) -> object:
        values = {
            "verdict": Verdict.SHORTLISTED,
            "reason": ReasonCode.SKILLS_FIT,
            "note": "",
            "seen": None,
            "run": None,
            "by": None,
            **changes,
        }
        return services.decide(seat, talent, **values)

    def test_the_journal_says_who_what_when(self, seat: NeedSeat) -> None:
        officer, talent = make_account(), make_talent()
        self.decided(seat, talent, by=officer)
        entry = history_of(seat)[0]
        assert (entry.action, entry.actor_id) == ("match.shortlisted", officer.id)
        assert entry.details["talent"] == talent.id
        assert entry.details["reason"] == "skills_fit"

    def test_the_newest_decision_holds(self, seat: NeedSeat) -> None:
        talent = make_talent()
        first = self.decided(seat, talent)
        self.decided(seat, talent, verdict=Verdict.UNDONE, reason=ReasonCode.MISTAKE, seen=first.id)
        assert queries.decisions(seat)[talent.id].verdict is Verdict.UNDONE
        assert queries.stages([seat.id])[seat.id] == (False, 0)

    def test_a_decision_on_stale_data_is_stopped(self, seat: NeedSeat) -> None:
        talent = make_talent()
        first = self.decided(seat, talent)
        with pytest.raises(services.DecidedMeanwhile) as stopped:
            self.decided(seat, talent, verdict=Verdict.SET_ASIDE, reason=ReasonCode.PLACE)
        assert stopped.value.decision is first

    def test_a_reason_goes_with_its_verdict(self, seat: NeedSeat) -> None:
        with pytest.raises(services.WrongReason):
            self.decided(seat, make_talent(), reason=ReasonCode.NOT_AVAILABLE)

    def test_another_reason_needs_words(self, seat: NeedSeat) -> None:
        with pytest.raises(services.NoteMissing):
            self.decided(seat, make_talent(), reason=ReasonCode.OTHER)


class TestHighlighted:
    def test_words_are_marked_and_text_is_escaped(self) -> None:
        marked = highlighted("<b>Cartes</b> et cartographie", {"cartes", "<b>"})
        assert "<mark>Cartes</mark>" in marked
        assert "cartographie" in marked
        assert "<mark>carto" not in marked
        assert "&lt;b&gt;" in marked or "<mark>&lt;b&gt;</mark>" in marked


def test_skills_in_people_s_own_words_are_read_too() -> None:
    talent = make_talent(skills=[NamedSkill("Elm")], text="", experience=[], headline="")
    run = ranked(make_seat(must=[], nice=[NamedSkill("Elm")], title="Développement Elm"))
    assert run.results[0].score > 0
    assert content_of(talent).skills[0].skill is None
