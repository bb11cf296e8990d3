"""Makers of assessments."""

from datetime import date
from typing import Any

from talentpool.assessments.models import Method, SkillAssessment
from talentpool.assessments.services import AssessmentContent, assess_skill
from talentpool.db import db
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent

ASSESSED_ON = date(2026, 11, 2)


def make_assessment(
    talent: Talent | None = None, named: NamedSkill | None = None, **changes: Any
) -> SkillAssessment:
    """Assess a skill of somebody's, at level 3 after an interview: Python, unless another is named."""
    values: dict[str, Any] = {
        "level": 3,
        "method": Method.INTERVIEW,
        "assessed_on": ASSESSED_ON,
        "sentence": "Vous avez relu un script sans aide.",
        "note": "Hésite sur les tests.",
        **changes,
    }
    made = assess_skill(
        talent or make_talent(),
        named or NamedSkill("Python", make_skill("Python")),
        AssessmentContent(**values),
        today=date(2026, 12, 1),
        by=None,
    )
    db.session.commit()
    return made
