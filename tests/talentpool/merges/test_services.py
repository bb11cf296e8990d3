from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.assessments.models import SkillAssessment
from talentpool.assessments.queries import readings_of
from talentpool.db import db, now
from talentpool.journal.models import JournalEntry
from talentpool.matches.models import MatchDecision, PersonKey, ReasonCode, Verdict
from talentpool.matches.queries import keys_by_talent, talents_by_key
from talentpool.matches.services import decide, rank_talents
from talentpool.merges.forms import BOTH, KEPT
from talentpool.merges.models import RecordMerge
from talentpool.merges.presenting import LABELS, compared_talents, content_of_both
from talentpool.merges.services import (
    AlreadySeparated,
    MergedLater,
    NotMergeable,
    ProposedTwice,
    TwoAccounts,
    merge_talents,
    separate,
)
from talentpool.placements.ledger import ContractsOverlap, PersonOverbooked, Refused
from talentpool.placements.models import Contract, Placement
from talentpool.proposals.models import Proposal, ProposalStatus
from talentpool.skills.held import NamedSkill
from talentpool.talents.evidence import Evidence, show_skill
from talentpool.talents.experiences import Told, add_experience, told_by
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import profile_of, rankable_talents, talents
from talentpool.talents.services import ProfileContent, content_of, edit_talent
from talentpool.talents.values import LanguageLevel, PeriodKind, Spoken, Stretch, Studied
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.needs import make_seat
from tests.factories.placements import (
    TODAY,
    make_absence,
    make_contract,
    make_placement,
    make_proposal,
)
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_content, make_talent
from tests.whole_database import everything

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def officer(each_database: object) -> Account:
    return make_account(role=Role.AGENCY_STAFF)


def merged(kept: Talent, other: Talent, officer: Account, **changes: object) -> RecordMerge:
    content = make_content(**changes) if changes else content_of(kept)
    merge = merge_talents(kept, other, content, today=TODAY, by=officer)
    db.session.commit()
    return merge


def two_records() -> tuple[Talent, Talent]:
    """Make two records of one person, with something of every kind that may point at one."""
    seat = make_seat()
    kept = make_talent(display_name="Zoé Essai")
    other = make_talent(
        display_name="Zoe Essai",
        headline="Cartographe",
        account=make_account(role=Role.TALENT),
        skills=[NamedSkill("Rust", make_skill("Rust"), 2), NamedSkill("Elm")],
        families=[make_family("design", "Design")],
        experience=["Un atlas.", "Un plan."],
        languages=[Spoken("en", LanguageLevel.B2), Spoken("br")],
        education=[Studied("Master", "Université", 2014)],
        periods=[
            Stretch(PeriodKind.FREE, date(2026, 1, 1), date(2099, 1, 1), 80),
            Stretch(PeriodKind.AWAY, date(2027, 5, 1), date(2027, 8, 1)),
        ],
        other_towns=["Metz"],
        clearances=["secret"],
    )
    add_experience(other, Told("Juriste", "Mairie", "2019", "2020", "Des actes."), by=None)
    run = rank_talents(seat, by=None, as_of=TODAY)
    decision = {"verdict": Verdict.SHORTLISTED, "reason": ReasonCode.SKILLS_FIT, "note": ""}
    decide(seat, other, **decision, seen=None, run=run, by=make_account())
    make_contract(kept, starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))
    make_placement(other, started=True)
    make_proposal(other, status=ProposalStatus.DECLINED)
    make_proposal(kept)
    make_absence(other)
    return kept, other


class TestMergeTalents:
    def test_everything_of_both_is_the_kept_record_s(self, officer: Account) -> None:
        kept, other = two_records()
        account = other.account
        merged(kept, other, officer, display_name="Zoé Essai", headline="Cartographe", town="Brest")
        assert (kept.headline, kept.town) == ("Cartographe", "Brest")
        for model in (Contract, Placement, Proposal, MatchDecision):
            assert set(db.session.scalars(select(model.talent_id))) == {kept.id}, model
        assert profile_of(account) is kept
        assert kept.pool_status is PoolStatus.EMPLOYED
        assert rankable_talents() == [kept]
        assert list(db.session.scalars(talents(officer))) == [kept]
        assert other.standing is kept

    def test_parts_that_only_one_says_can_all_be_kept(self, officer: Account) -> None:
        kept, other = two_records()
        # One language is said by both, and one of them knows the level.
        choice = {row.name: row.suggested for row in compared_talents(kept, other)}
        content = content_of_both(kept, other, choice)
        merge_talents(kept, other, content, today=TODAY, by=officer)
        db.session.commit()
        said = content_of(kept)
        assert said.languages == [Spoken("en", LanguageLevel.B2), Spoken("br")]
        assert said.education == [Studied("Master", "Université", 2014)]
        assert (said.other_towns, said.clearances) == (["Metz"], ["secret"])
        assert len(said.periods) == 2
        (told,) = [one for one in kept.experiences if one.summary.startswith("Juriste")]
        assert told_by(told) == Told("Juriste", "Mairie", "2019", "2020", "Des actes.")

    def test_of_two_levels_of_one_language_the_known_one_stays(self, officer: Account) -> None:
        kept = make_talent(languages=[Spoken("en"), Spoken("de", LanguageLevel.A2)])
        other = make_talent(languages=[Spoken("en", LanguageLevel.B2), Spoken("de")])
        choice = dict.fromkeys(LABELS, KEPT) | {"languages": BOTH}
        assert {
            (one.code, one.level) for one in content_of_both(kept, other, choice).languages
        } == {("en", LanguageLevel.B2), ("de", LanguageLevel.A2)}

    def test_past_runs_keep_the_key_of_each_record(self, officer: Account) -> None:
        kept, other = two_records()
        keys = keys_by_talent({kept.id, other.id})
        merged(kept, other, officer)
        assert keys_by_talent({kept.id, other.id}) == keys
        assert talents_by_key(set(keys.values())) == dict.fromkeys(keys.values(), kept)
        assert len(set(db.session.scalars(select(PersonKey.key)))) == 2

    def test_a_merge_is_journaled_without_names(self, officer: Account) -> None:
        kept, other = two_records()
        merged(kept, other, officer)
        [entry] = db.session.scalars(
            select(JournalEntry).where(JournalEntry.action == "record.merged")
        )
        assert (entry.subject_id, entry.details) == (kept.id, {"merged": other.id})
        assert entry.actor_id == officer.id

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"contract": {}}, ContractsOverlap),
            ({"placement": {}}, ContractsOverlap),
            ({"reserve": {}}, PersonOverbooked),
            ({"proposal": {}}, ProposedTwice),
            ({"account": {}}, TwoAccounts),
        ],
    )
    def test_what_one_person_could_not_have_is_refused_and_nothing_changes(
        self, changes: dict, refusal: type[Exception], officer: Account
    ) -> None:
        seat = make_seat()
        kept = make_talent(account=make_account(role=Role.TALENT))
        other = make_talent(
            display_name="Maelle Essai",
            account=make_account(role=Role.TALENT) if "account" in changes else None,
        )
        make_placement(kept)
        make_proposal(kept, seat)
        if "contract" in changes:
            make_contract(other, starts_on=date(2027, 12, 31), ends_on=None)
        if "placement" in changes:
            make_placement(other)
        if "reserve" in changes:
            make_proposal(other, status=ProposalStatus.CONFIRMED)
        if "proposal" in changes:
            make_proposal(other, seat)
        before = everything()
        with pytest.raises(refusal):
            merge_talents(kept, other, content_of(other), today=TODAY, by=officer)
        db.session.commit()
        assert everything() == before
        assert db.session.scalars(select(RecordMerge)).all() == []

    def test_shares_that_add_up_within_no_contract_are_refused(self, officer: Account) -> None:
        kept, other = make_talent(), make_talent(display_name="Maelle Essai")
        half = {"share": Decimal(50)}
        make_contract(kept, ends_on=date(2026, 12, 31), **half)
        make_contract(other, starts_on=date(2026, 12, 31), **half)
        with pytest.raises(Refused) as refused:
            merge_talents(kept, other, content_of(kept), today=TODAY, by=officer)
        assert refused.value.day == date(2026, 12, 31)

    def test_what_is_merged_is_not_merged_again(self, officer: Account) -> None:
        kept, other, third = make_talent(), make_talent(), make_talent()
        merged(kept, other, officer)
        for pair in ((kept, other), (other, third), (third, other), (kept, kept)):
            with pytest.raises(NotMergeable):
                merge_talents(*pair, ProfileContent(), today=TODAY, by=officer)

    def test_what_shows_a_skill_goes_along_with_it(self, officer: Account) -> None:
        kept, other = two_records()
        rust = next(held for held in other.skills if held.label == "Rust")
        atlas = next(one for one in other.experiences if one.summary == "Un atlas.")
        show_skill(rust, Evidence("Un moteur.", "", atlas), by=None)
        make_assessment(other, NamedSkill("Rust", make_skill("Rust")), level=4)
        skills = [NamedSkill("Python", make_skill("Python"), 3), NamedSkill("Rust", rust.skill, 2)]
        merged(kept, other, officer, skills=skills, experience=["Un atlas.", "Un plan."])
        reading = readings_of([kept])[kept.id][1]
        assert (reading.held.evidence, reading.held.experience.summary) == (
            "Un moteur.",
            "Un atlas.",
        )
        assert (reading.claimed_level, reading.assessed_level) == (2, 4)


class TestSeparate:
    def test_both_records_come_back_in_every_column(self, officer: Account) -> None:
        kept, other = two_records()
        before = everything()
        merge = merged(
            kept,
            other,
            officer,
            display_name="Zoé Essai-Test",
            skills=[NamedSkill("Rust", make_skill("Rust"), 2)],
            families=[],
            experience=["Un atlas."],
            wishes=["santé"],
            available_from=None,
            share_pct=50,
            pool_status=PoolStatus.ALUMNI,
        )
        assert everything() != before
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert everything() == before

    @pytest.mark.parametrize("is_kept_one", [True, False])
    def test_a_limit_on_either_record_holds_for_both_and_comes_back(
        self, is_kept_one: bool, officer: Account
    ) -> None:
        kept, other = two_records()
        limited, free = (kept, other) if is_kept_one else (other, kept)
        limited.restricted_at = now()
        db.session.commit()
        merge = merged(kept, other, officer)
        assert kept.restricted_at is not None
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert (limited.restricted_at is None, free.restricted_at) == (False, None)

    def test_what_shows_a_skill_comes_back_with_it(self, officer: Account) -> None:
        kept, other = two_records()
        experience = kept.experiences[0]
        show_skill(kept.skills[0], Evidence("Une carte.", "https://a.example", experience), by=None)
        make_assessment(other, NamedSkill("Elm"))
        db.session.commit()
        before = everything()
        for experiences in (["Un atlas."], ["Un atlas.", experience.summary]):
            merge = merged(
                kept,
                other,
                officer,
                skills=[NamedSkill("Rust", make_skill("Rust"), 2)],
                experience=experiences,
            )
            assert db.session.scalars(select(SkillAssessment.talent_id)).all() == [kept.id]
            separate(merge, today=TODAY, by=officer)
            db.session.commit()
            assert everything() == before

    def test_a_skill_that_was_kept_is_shown_again_by_an_experience_that_went(
        self, officer: Account
    ) -> None:
        kept, other = two_records()
        summary = kept.experiences[0].summary
        show_skill(kept.skills[0], Evidence("", "", kept.experiences[0]), by=None)
        db.session.commit()
        merge = merged(kept, other, officer, experience=["Un atlas."])
        assert [held.experience for held in kept.skills] == [None]
        # Another person's line may have taken the number meanwhile.
        make_talent(experience=["Un plan.", "Un relevé."])
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert [held.experience.summary for held in kept.skills] == [summary]
        assert [one.summary for one in kept.experiences] == [summary]

    def test_experiences_written_since_stay_and_skills_point_at_none_that_went(
        self, officer: Account
    ) -> None:
        kept, other = two_records()
        show_skill(kept.skills[0], Evidence("", "", kept.experiences[0]), by=None)
        db.session.commit()
        merge = merged(kept, other, officer, skills=[NamedSkill("Elm")], experience=["Un atlas."])
        edit_talent(kept, replace(content_of(kept), experience=["Un relevé."]), by=None)
        db.session.commit()
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert [one.summary for one in kept.experiences] == ["Un relevé."]
        assert [(held.label, held.experience) for held in kept.skills] == [("Python", None)]

    def test_what_changed_since_stays_with_the_kept_record(self, officer: Account) -> None:
        kept, other = two_records()
        merge = merged(kept, other, officer, headline="Cartographe", town="Brest")
        kept.town = "Lille"
        late = make_proposal(kept)
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert (kept.town, kept.headline) == ("Lille", "Développement web et cartographie")
        assert late.talent is kept
        assert (other.town, other.merged_into_id) == ("", None)

    def test_a_stale_form_does_not_overwrite_what_came_back(self, officer: Account) -> None:
        kept, other = make_talent(), make_talent()
        version = kept.version_id
        merge = merged(kept, other, officer)
        between = kept.version_id
        separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert version <= between < kept.version_id

    def test_a_mission_that_stands_on_the_other_s_contract_keeps_them_together(
        self, officer: Account
    ) -> None:
        kept, other = make_talent(), make_talent()
        make_contract(other)
        merge = merged(kept, other, officer)
        make_placement(kept)
        before = everything()
        with pytest.raises(Refused):
            separate(merge, today=TODAY, by=officer)
        db.session.commit()
        assert everything() == before

    def test_merges_are_taken_back_from_the_last_on(self, officer: Account) -> None:
        first, second, third = make_talent(), make_talent(), make_talent()
        make_proposal(first)
        before = everything()
        inner = merged(second, first, officer)
        outer = merged(third, second, officer)
        assert first.standing is third
        with pytest.raises(MergedLater):
            separate(inner, today=TODAY, by=officer)
        separate(outer, today=TODAY, by=officer)
        separate(inner, today=TODAY, by=officer)
        db.session.commit()
        assert everything() == before
        with pytest.raises(AlreadySeparated):
            separate(inner, today=TODAY, by=officer)


def test_every_key_of_a_merge_is_json(officer: Account, tables: Callable) -> None:
    kept, other = two_records()
    merge = merged(kept, other, officer)
    assert merge.undo["before"]["talent"][0]["available_from"] == "2026-01-01"
    assert merge.undo["moved"]["placement.talent_id"]
