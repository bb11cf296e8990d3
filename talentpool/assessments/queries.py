"""What each skill of somebody's stands on, for one person or for many in as many reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased, joinedload

from talentpool.access import Permission, Viewer, allows
from talentpool.assessments.models import SkillAssessment, SkillKey, key_of
from talentpool.db import db
from talentpool.skills.models import Skill
from talentpool.talents.models import Talent, TalentSkill
from talentpool.talents.standing import Standing, standing_of


@dataclass(frozen=True)
class Reading:
    """One skill of somebody's: what they claim, what the agency assessed, or both; neither replaces the other."""

    held: TalentSkill | None
    assessment: SkillAssessment | None

    @property
    def key(self) -> SkillKey:
        """What tells the skill from others."""
        one = self.held or self.assessment
        assert one is not None  # noqa: S101 - a reading is of something
        return key_of(one.skill_id, one.label)

    @property
    def skill(self) -> Skill | None:
        """The skill of the referential, unless it is in the person's own words."""
        one = self.held or self.assessment
        return one.skill if one else None

    @property
    def label(self) -> str:
        """The skill's words."""
        one = self.held or self.assessment
        return one.label if one else ""

    @property
    def standing(self) -> Standing:
        """What the skill stands on."""
        if self.held is None:
            return Standing.ASSESSED
        return standing_of(self.held, is_assessed=self.assessment is not None)

    @property
    def claimed_level(self) -> int | None:
        """The level that the person states."""
        return self.held.level if self.held else None

    @property
    def assessed_level(self) -> int | None:
        """The level that the agency found."""
        return self.assessment.level if self.assessment else None


def readings_of(talents: Iterable[Talent]) -> dict[int, list[Reading]]:
    """Map people to their skills as they list them, then what was assessed that they do not claim."""
    people = list(talents)
    assessed = standing_assessments([talent.id for talent in people])
    return {talent.id: _readings(talent, dict(assessed[talent.id])) for talent in people}


def _readings(talent: Talent, assessed: dict[SkillKey, SkillAssessment]) -> list[Reading]:
    claimed = [
        Reading(held, assessed.pop(key_of(held.skill_id, held.label), None))
        for held in talent.skills
    ]
    return claimed + [Reading(None, one) for one in assessed.values()]


def standing_assessments(people: Sequence[int]) -> dict[int, dict[SkillKey, SkillAssessment]]:
    """Map people, by number, to the last assessment of each skill that was not taken back."""
    found: dict[int, dict[SkillKey, SkillAssessment]] = {number: {} for number in people}
    chosen = (
        select(SkillAssessment)
        .where(SkillAssessment.talent_id.in_(people), SkillAssessment.withdrawn_at.is_(None))
        .options(joinedload(SkillAssessment.skill))
        .order_by(SkillAssessment.assessed_on, SkillAssessment.id)
    )
    for one in db.session.scalars(chosen):
        # What replaces an older one takes its place at the end.
        found[one.talent_id].pop(one.key, None)
        found[one.talent_id][one.key] = one
    return found


def levels_found(people: Sequence[int] | None = None) -> dict[int, dict[SkillKey, int]]:
    """Map people, by number, to the level last found of each skill assessed; everybody when None."""
    columns = (
        select(
            SkillAssessment.talent_id,
            SkillAssessment.skill_id,
            SkillAssessment.label,
            SkillAssessment.level,
        )
        .where(SkillAssessment.withdrawn_at.is_(None))
        .order_by(SkillAssessment.assessed_on, SkillAssessment.id)
    )
    if people is not None:
        columns = columns.where(SkillAssessment.talent_id.in_(people))
    found: dict[int, dict[SkillKey, int]] = {}
    for talent_id, skill_id, label, level in db.session.execute(columns):
        found.setdefault(talent_id, {})[key_of(skill_id, label)] = level
    return found


def people_assessed(skill: Skill | None = None, level: int | None = None) -> Select[int]:
    """Select the numbers of those of whom a skill, or any, was last found at a level, or at any."""
    newer = aliased(SkillAssessment)
    is_same = and_(
        newer.talent_id == SkillAssessment.talent_id,
        newer.skill_id == SkillAssessment.skill_id,
        newer.withdrawn_at.is_(None),
        or_(
            newer.assessed_on > SkillAssessment.assessed_on,
            and_(newer.assessed_on == SkillAssessment.assessed_on, newer.id > SkillAssessment.id),
        ),
    )
    found = select(SkillAssessment.talent_id).where(SkillAssessment.withdrawn_at.is_(None))
    if skill is not None:
        found = found.where(SkillAssessment.skill_id == skill.id)
    if level is not None:
        found = found.where(SkillAssessment.level >= level, ~exists().where(is_same))
    return found


def assessments_of(viewer: Viewer, talent: Talent) -> Select[SkillAssessment]:
    """Select everything assessed of somebody, the newest first, those taken back too."""
    chosen = select(SkillAssessment).where(SkillAssessment.talent_id == talent.id)
    if not allows(viewer, Permission.READ_TALENTS):
        own = allows(viewer, Permission.EDIT_OWN_PROFILE, talent)
        chosen = chosen.where(SkillAssessment.withdrawn_at.is_(None) if own else false())
    return chosen.options(
        joinedload(SkillAssessment.skill), joinedload(SkillAssessment.assessed_by)
    ).order_by(SkillAssessment.assessed_on.desc(), SkillAssessment.id.desc())
