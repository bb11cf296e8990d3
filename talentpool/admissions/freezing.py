"""What reviewers read of an application: masked and frozen on the day when it is handed in."""

from typing import Any

from talentpool.admissions.models import Application
from talentpool.anonymity.sheets import experience_for, masked_for
from talentpool.assessments.queries import readings_of
from talentpool.talents.models import Talent

#: What a file must say, of the profile and of the application itself.
OF_PROFILE = ("headline", "families", "skills", "experiences", "text")
OF_APPLICATION = ("motivation", "enterprise")


def lacking_in_profile(talent: Talent) -> list[str]:
    """Name the parts of a profile that an application needs and that are empty."""
    return [name for name in OF_PROFILE if not getattr(talent, name)]


def lacking(application: Application) -> list[str]:
    """Name what an application lacks before it can be handed in."""
    texts = [name for name in OF_APPLICATION if not getattr(application, name).strip()]
    return [*lacking_in_profile(application.talent), *texts]


def frozen(application: Application) -> dict[str, Any]:
    """Return the sheet as JSON: no name, town, school, age nor date, whatever the texts told."""
    talent = application.talent
    return {
        "headline": masked_for(talent, talent.headline).text,
        "families": [family.code for family in talent.families],
        "skills": [
            {
                "skill": held.skill.id if held.skill else None,
                "label": held.label if held.skill else masked_for(talent, held.label).text,
                "level": held.claimed_level,
                "assessed": held.assessed_level,
                "assessed_on": held.assessment.assessed_on.isoformat() if held.assessment else None,
                "standing": held.standing.value,
            }
            for held in readings_of([talent])[talent.id]
        ],
        "experiences": [experience_for(talent, one.summary) for one in talent.experiences],
        "text": masked_for(talent, talent.text).text,
        "motivation": masked_for(talent, application.motivation).text,
        "enterprise": masked_for(talent, application.enterprise).text,
    }
