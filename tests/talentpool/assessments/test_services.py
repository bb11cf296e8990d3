"""Assessments stand beside claims, the last one counts, and people are told."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.assessments import queries, services
from talentpool.assessments.models import Method, SkillAssessment, years_between
from talentpool.assessments.queries import Reading, readings_of
from talentpool.assessments.services import AssessmentContent
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.models import Talent
from talentpool.talents.standing import Standing
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date(2026, 12, 1)
CONTENT = AssessmentContent(level=2, method=Method.EXERCISE, assessed_on=TODAY, note="Secret.")


def person(**changes: Any) -> Talent:
    skills = [NamedSkill("Python", make_skill("Python"), 4), NamedSkill("Forge", None, 1)]
    return make_talent(**{"skills": skills, **changes})


def assess(talent: Talent, label: str, **changes: Any) -> SkillAssessment:
    known = make_skill("Python") if label == "Python" else None
    content = AssessmentContent(**{**vars(CONTENT), **changes})
    return services.assess_skill(
        talent, NamedSkill(label, known), content, today=TODAY, by=make_account()
    )


def said(readings: list[Reading]) -> list[tuple[str, Standing, int | None, int | None]]:
    return [(one.label, one.standing, one.claimed_level, one.assessed_level) for one in readings]


class TestAssessSkill:
    def test_what_the_person_claims_stays_beside_what_was_found(self) -> None:
        talent = person()
        version = talent.version_id
        made = assess(talent, "Python")
        assert said(readings_of([talent])[talent.id]) == [
            ("Python", Standing.ASSESSED, 4, 2),
            ("Forge", Standing.CLAIMED, 1, None),
        ]
        assert talent.skills[0].level == 4
        db.session.refresh(talent)
        assert talent.version_id == version
        assert history_of(made)[0].details == {
            "talent": talent.id,
            "skill": made.skill_id,
            "level": 2,
            "method": "exercise",
        }

    def test_a_ranking_that_was_made_before_knows_that_somebody_changed(self) -> None:
        talent = person()
        before = talent.edited_at
        assess(talent, "Python")
        db.session.refresh(talent)
        assert talent.edited_at > before

    @pytest.mark.parametrize("label", ["Python", "Forge"])
    def test_the_same_said_twice_is_noted_and_told_once(self, label: str) -> None:
        talent, officer = person(account=make_account(role=Role.TALENT)), make_account()
        named = NamedSkill(label, make_skill("Python") if label == "Python" else None)

        def say(**changes: Any) -> SkillAssessment:
            content = AssessmentContent(**{**vars(CONTENT), **changes})
            return services.assess_skill(talent, named, content, today=TODAY, by=officer)

        first = say()
        assert say() is first
        told = select(Notification.id).where(Notification.account_id == talent.account_id)
        assert len(db.session.scalars(told).all()) == 1
        assert say(level=3) is not first
        services.withdraw_assessment(first, reason="Mauvaise fiche.", by=officer)
        assert say() is not first

    def test_the_person_is_told_the_skill_and_nothing_else(self) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        assess(talent, "Python")
        [told] = db.session.scalars(select(Notification).filter_by(account_id=talent.account_id))
        assert (told.kind, told.params, told.url_path) == (
            "assessment.made",
            {"skill": "Python"},
            "/mon-profil/evaluations",
        )

    def test_nobody_is_told_of_who_has_no_account(self) -> None:
        assess(person(), "Python")
        assert db.session.scalars(select(Notification)).all() == []

    def test_a_skill_in_the_person_s_own_words_is_found_whatever_its_case(self) -> None:
        talent = person()
        assert assess(talent, "FORGE").label == "Forge"
        assert readings_of([talent])[talent.id][1].assessed_level == 2

    def test_a_skill_that_nobody_knows_is_refused(self) -> None:
        with pytest.raises(services.SkillUnknown):
            assess(person(), "Pyhton")

    def test_a_skill_that_the_person_does_not_claim_comes_after_theirs(self) -> None:
        talent = person(skills=[NamedSkill("Forge")])
        assess(talent, "Python")
        assert said(readings_of([talent])[talent.id]) == [
            ("Forge", Standing.CLAIMED, None, None),
            ("Python", Standing.ASSESSED, None, 2),
        ]

    def test_nothing_is_assessed_on_a_day_to_come(self) -> None:
        with pytest.raises(services.NotYet):
            assess(person(), "Python", assessed_on=date(2026, 12, 2))

    def test_the_last_one_counts_and_not_the_last_typed(self) -> None:
        talent = person()
        assess(talent, "Python", level=3, assessed_on=date(2026, 11, 1))
        assess(talent, "Python", level=1, assessed_on=date(2025, 11, 1))
        assert readings_of([talent])[talent.id][0].assessed_level == 3
        assert queries.levels_found() == {talent.id: {make_skill("Python").id: 3}}


class TestWithdrawAssessment:
    def test_an_older_one_counts_again_and_the_person_is_told(self) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        assess(talent, "Python", level=3, assessed_on=date(2025, 11, 1))
        newer = assess(talent, "Python", level=1)
        services.withdraw_assessment(newer, reason="Mauvaise fiche.", by=make_account())
        assert readings_of([talent])[talent.id][0].assessed_level == 3
        assert queries.levels_found([talent.id])[talent.id] == {make_skill("Python").id: 3}
        kinds = db.session.scalars(select(Notification.kind).order_by(Notification.id)).all()
        assert kinds == ["assessment.made", "assessment.made", "assessment.withdrawn"]
        assert history_of(newer)[0].details == {"talent": talent.id}

    def test_the_last_one_leaves_what_the_person_shows(self) -> None:
        talent = person()
        show_skill(talent.skills[0], Evidence("Une carte."), by=None)
        made = assess(talent, "Python")
        services.withdraw_assessment(made, reason="Erreur.", by=None)
        assert readings_of([talent])[talent.id][0].standing is Standing.EVIDENCED
        assert queries.levels_found() == {}

    def test_it_takes_a_reason_and_happens_once(self) -> None:
        made = make_assessment()
        with pytest.raises(services.ReasonMissing):
            services.withdraw_assessment(made, reason="  ", by=None)
        services.withdraw_assessment(made, reason="Erreur.", by=None)
        with pytest.raises(services.AssessmentAlreadyWithdrawn):
            services.withdraw_assessment(made, reason="Encore.", by=None)
        assert made.withdrawal_reason == "Erreur."


class TestReading:
    def test_many_people_take_as_many_reads_as_one(self) -> None:
        people = [person() for _number in range(4)]
        for talent in people:
            assess(talent, "Python")
        db.session.commit()
        for talent in people:
            assert [held.skill and held.skill.code for held in talent.skills]
        statements: list[str] = []
        connection = db.session.connection()

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            found = readings_of(people)
            assert all(one.standing for readings in found.values() for one in readings)
        finally:
            event.remove(connection, "before_cursor_execute", note)
        assert len(statements) == 1

    @pytest.mark.parametrize(
        ("day", "years"),
        [
            ("2023-12-02", 2),
            ("2023-12-01", 3),
            ("2022-01-01", 4),
            ("2026-12-01", 0),
            ("2027-01-01", 0),
        ],
    )
    def test_an_age_is_counted_in_whole_years(self, day: str, years: int) -> None:
        assert years_between(date.fromisoformat(day), TODAY) == years

    def test_people_are_found_by_the_level_last_found(self) -> None:
        first, second = person(), person()
        python = make_skill("Python")
        assess(first, "Python", level=4, assessed_on=date(2024, 1, 1))
        assess(first, "Python", level=2)
        withdrawn = assess(second, "Python", level=4)
        assess(second, "Forge", level=3)

        def found(**asked: Any) -> set[int]:
            return set(db.session.scalars(queries.people_assessed(**asked)))

        assert found(skill=python, level=4) == {second.id}
        assert found(skill=python, level=2) == {first.id, second.id}
        services.withdraw_assessment(withdrawn, reason="Erreur.", by=None)
        assert found(skill=python) == {first.id}
        assert found() == {first.id, second.id}


def test_only_the_agency_and_the_person_read_and_the_person_nothing_taken_back() -> None:
    account = make_account(role=Role.TALENT)
    talent = person(account=account)
    assess(talent, "Python")
    gone = assess(talent, "Forge")
    services.withdraw_assessment(gone, reason="Erreur.", by=None)

    def count(viewer: Account) -> int:
        return len(db.session.scalars(queries.assessments_of(viewer, talent)).all())

    readers = [make_account(role=Role.AGENCY_STAFF), make_account(role=Role.AGENCY_DIRECTOR)]
    others = [make_account(role=role) for role in (Role.TALENT, Role.ADMINISTRATOR)]
    assert [count(viewer) for viewer in (*readers, account, *others)] == [2, 2, 1, 0, 0]
