"""What each person of a ranking shows of the skills that its seat asks for, and what that stands on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matching import AskedSkill, HeldSkill, Posting, Profile
from talentpool.assessments.models import SkillAssessment
from talentpool.assessments.queries import standing_assessments
from talentpool.matches.models import MatchResult
from talentpool.matches.presenting import SuggestionShown
from talentpool.talents.models import Talent
from talentpool.talents.queries import shown_skills
from talentpool.talents.standing import Standing


class Showing(StrEnum):
    """How a profile shows a skill that the seat asks for."""

    STATED = "stated"
    MENTIONED = "mentioned"
    ABSENT = "absent"
    ERASED = "erased"


@dataclass(frozen=True)
class SkillCell:
    """What one person shows of one skill asked for; the levels that they state, and that were found."""

    showing: Showing
    level: int | None = None
    proven_level: int | None = None
    standing: Standing = Standing.CLAIMED


@dataclass(frozen=True)
class SkillMark:
    """One skill asked for, beside one person: what they show, and the assessment if it still holds."""

    label: str
    is_must: bool
    asked_level: int | None
    cell: SkillCell
    assessment: SkillAssessment | None = None

    @property
    def is_proven(self) -> bool:
        """Whether the agency found the skill at the level asked when the ranking was made."""
        found = self.cell.proven_level
        return found is not None and found >= (self.asked_level or 0)


#: What tells skills apart in rankings: a code of the referential, or words without case.
Identity = str


def identity_of(label: str, code: str | None) -> Identity:
    """Return what tells a skill from others."""
    return code or label.casefold()


def evidenced(talents: Iterable[Talent]) -> dict[int, set[Identity]]:
    """Map people to the skills that something shows today."""
    found = shown_skills([talent.id for talent in talents])
    return {
        number: {identity_of(label, code) for label, code in skills}
        for number, skills in found.items()
    }


def skill_cell(
    result: MatchResult, label: str, code: str | None, shown: Collection[Identity] = ()
) -> SkillCell:
    """Say what somebody shows of a skill asked for: stated, met in their words, or nowhere.

    Two skills are the same when they have the same code or, without one, the same words. What the
    ranking read says whether it was assessed; `shown` are the skills that something shows today.
    """
    if result.snapshot is None:
        return SkillCell(Showing.ERASED)
    profile = Profile.from_dict(result.snapshot.profile)
    for held in profile.skills:
        if _is_same(held, label, code):
            return SkillCell(Showing.STATED, held.level, held.proven_level, _standing(held, shown))
    missing = {m["label"] for m in result.explanation["missing"] if m["kind"] == "skill"}
    return SkillCell(Showing.ABSENT if label in missing else Showing.MENTIONED)


def _standing(held: HeldSkill, shown: Collection[Identity]) -> Standing:
    if held.proven_level is not None:
        return Standing.ASSESSED
    is_shown = identity_of(held.label, held.code) in shown
    return Standing.EVIDENCED if is_shown else Standing.CLAIMED


def _is_same(held: HeldSkill, label: str, code: str | None) -> bool:
    if held.code and code:
        return held.code == code
    return held.label.casefold() == label.casefold()


def marks_of(
    rows: Iterable[SuggestionShown], names: Mapping[str, str]
) -> dict[str, tuple[SkillMark, ...]]:
    """Map the keys of rows to what each shows of the skills asked for, essential first, in two reads."""
    people = [(row, row.talent) for row in rows if row.talent is not None]
    shown = evidenced(talent for _row, talent in people)
    assessed = standing_assessments([talent.id for _row, talent in people])
    marks = {}
    for row, talent in people:
        by_skill = {
            identity_of(one.label, one.skill.code if one.skill else None): one
            for one in assessed[talent.id].values()
        }
        asked = sorted(_asked(row.result), key=lambda skill: not skill.must)
        marks[row.result.person_key] = tuple(
            SkillMark(
                names.get(skill.label, skill.label),
                skill.must,
                skill.level,
                cell := skill_cell(row.result, skill.label, skill.code, shown[talent.id]),
                _still(cell, by_skill.get(identity_of(skill.label, skill.code))),
            )
            for skill in asked
        )
    return marks


def _asked(result: MatchResult) -> tuple[AskedSkill, ...]:
    return Posting.from_dict(result.run.posting).skills


def _still(cell: SkillCell, today: SkillAssessment | None) -> SkillAssessment | None:
    """Return the assessment that a ranking read, unless another one says otherwise today."""
    return today if today is not None and today.level == cell.proven_level else None
