"""Rankings tell proven from claimed, page by page, and nobody gains a point by it."""

from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.assessments.services import withdraw_assessment
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.asked_skills import Showing, marks_of
from talentpool.matches.beside import rows_of
from talentpool.matches.models import MatchResult, MatchRun
from talentpool.matches.presenting import answer_words
from talentpool.matches.queries import keys_by_talent, result_of
from talentpool.matches.settings import Setting
from talentpool.matches.wording import mark_words, skill_words
from talentpool.needs.models import NeedSeat
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.models import Talent
from talentpool.talents.standing import Standing
from tests.factories.assessments import make_assessment
from tests.factories.needs import make_seat
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.reading import text_of

TODAY = date(2026, 11, 24)
ASKING = Setting({}, {"skills": "soft"}, ("Python",))


def ranked(seat: NeedSeat) -> MatchRun:
    run = services.rank_talents(seat, by=None, as_of=TODAY, setting=ASKING)
    db.session.commit()
    return run


def place(run: MatchRun, talent: Talent) -> MatchResult:
    found = result_of(run, keys_by_talent({talent.id})[talent.id])
    assert found is not None
    return found


def answer(result: MatchResult) -> str:
    [criterion] = [one for one in result.explanation["criteria"] if one["name"] == "skills"]
    return answer_words(criterion)[0]


def asking(level: int | None = 3) -> NeedSeat:
    return make_seat(must=[NamedSkill("Python", make_skill("Python"), level)])


@pytest.mark.usefixtures("each_database")
class TestRun:
    def test_an_assessment_proves_and_changes_no_point(self) -> None:
        seat, talent = asking(), make_talent()
        before = place(ranked(seat), talent)
        assert answer(before) == "mentionnées"
        make_assessment(talent, level=3)
        run = ranked(seat)
        after = place(run, talent)
        assert answer(after) == "prouvées"
        assert (after.score, after.explanation["reasons"]) == (
            before.score,
            before.explanation["reasons"],
        )
        assert services.replay(run).is_identical
        assert services.replay(before.run).is_identical

    def test_one_below_the_level_asked_proves_nothing_and_takes_nothing_off(self) -> None:
        seat, talent = asking(level=3), make_talent()
        before = place(ranked(seat), talent)
        make_assessment(talent, level=1)
        after = place(ranked(seat), talent)
        assert answer(after) == "mentionnées"
        assert after.score == before.score

    def test_one_taken_back_is_read_no_more_and_a_past_run_stays_as_it_was(self) -> None:
        seat, talent = asking(), make_talent()
        made = make_assessment(talent)
        past = ranked(seat)
        withdraw_assessment(made, reason="Erreur.", by=None)
        db.session.commit()
        assert answer(place(ranked(seat), talent)) == "mentionnées"
        assert answer(place(past, talent)) == "prouvées"
        assert services.replay(past).is_identical

    def test_what_the_person_does_not_claim_is_not_read(self) -> None:
        seat = asking(level=None)
        talent = make_talent(skills=[], text="Du droit.", headline="Droit", experience=[])
        before = place(ranked(seat), talent)
        make_assessment(talent)
        after = place(ranked(seat), talent)
        assert (answer(after), after.score) == (answer(before), before.score)
        assert answer(after) == "non mentionnées"

    def test_what_shows_a_skill_changes_nothing_of_a_ranking(self) -> None:
        seat, talent = asking(), make_talent()
        before = place(ranked(seat), talent)
        show_skill(talent.skills[0], Evidence("Une carte."), by=None)
        after = place(ranked(seat), talent)
        assert after.snapshot_id == before.snapshot_id


@pytest.mark.usefixtures("each_database")
class TestMarks:
    @pytest.fixture
    def people(self) -> dict[str, Talent]:
        python = [NamedSkill("Python", make_skill("Python"), 4)]
        people = {
            "proven": make_talent(skills=python),
            "below": make_talent(skills=python),
            "shown": make_talent(skills=python),
            "claimed": make_talent(skills=python),
            "mentioned": make_talent(skills=[]),
            "absent": make_talent(skills=[], text="Du droit.", headline="Droit", experience=[]),
        }
        make_assessment(people["proven"], level=3)
        make_assessment(people["below"], level=1)
        show_skill(people["shown"].skills[0], Evidence("Une carte."), by=None)
        db.session.commit()
        return people

    def test_each_says_how_surely(self, people: dict[str, Talent]) -> None:
        run = ranked(asking())
        results = [place(run, talent) for talent in people.values()]
        rows, beside = rows_of(run.seat, results, {}, today=TODAY)
        marks = [beside[row.result.person_key].skills[0] for row in rows]
        assert [mark_words(mark)[0] for mark in marks] == [
            "prouvé",
            "évalué 1, demandé 3",
            "déclaré, avec preuve",
            "déclaré",
            "dans ses textes",
            "inconnu",
        ]
        assert [skill_words(mark.cell) for mark in marks] == [
            "déclaré référent, évalué confirmé",
            "déclaré référent, évalué débutant",
            "Référent (avec preuve)",
            "Référent (déclarée)",
            "dans ses textes",
            "non mentionné",
        ]
        assert [mark.assessment is not None for mark in marks] == [True, True, *[False] * 4]

    def test_an_assessment_made_since_is_not_told_of_a_past_ranking(
        self, people: dict[str, Talent]
    ) -> None:
        run = ranked(asking())
        make_assessment(people["proven"], level=2, assessed_on=date(2026, 11, 20))
        result = place(run, people["proven"])
        rows, _beside = rows_of(run.seat, [result], {}, today=TODAY)
        [mark] = marks_of(rows, {})[result.person_key]
        assert (mark.is_proven, mark.assessment) == (True, None)
        assert (mark.cell.showing, mark.cell.standing) == (Showing.STATED, Standing.ASSESSED)


class TestPages:
    def test_rows_opened_reasons_and_comparison_say_it(
        self, app: object, client_as: Callable
    ) -> None:
        proven, claimed = make_talent(), make_talent()
        make_assessment(proven)
        run = ranked(asking())
        staff = client_as(Role.AGENCY_STAFF)
        keys = [keys_by_talent({one.id})[one.id] for one in (proven, claimed)]
        page = staff.get(f"/classements/{run.id}")
        assert "Python : prouvé" in text_of(page, f"p-{keys[0]}")
        assert "Python : déclaré" in text_of(page, f"p-{keys[1]}")
        opened = text_of(staff.get(f"/classements/{run.id}/{keys[0]}"), "asked-skills")
        assert "déclaré confirmé, évalué confirmé Entretien, 02/11/2026 prouvé" in opened
        address = f"/classements/{run.id}/comparer?p={keys[0]}&p={keys[1]}"
        table = text_of(staff.get(address), "comparison")
        assert "déclaré confirmé, évalué confirmé" in table
        assert "Confirmé (déclarée)" in table
        assert "Hésite sur les tests" not in page.text + opened + table
