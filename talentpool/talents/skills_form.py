"""The skills of a profile as people type them: rows of the referential, then lines in their own words."""

from typing import Any

from talentpool.i18n import _
from talentpool.skills.held import NamedSkill, SkillNames, notation, unless_untouched
from talentpool.skills.rows import HeldSkillRow, SkillRows, SkillRowsField, held_rows, level_of
from talentpool.talents.services import ProfileContent
from talentpool.web.fields import LinesField
from talentpool.web.forms import Form


class SkillsPart(Form):
    """Rows and lines that say which skills somebody has."""

    skills = SkillRowsField(HeldSkillRow, max_entries=60)
    other_skills = LinesField(
        _("Autres compétences"),
        max_length=120,
        description=_("Une par ligne, si la liste ne les propose pas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skill_rows = SkillRows()
        self.skill_rows.name(self.skills)

    def offer_rows(self, *, more: bool = False) -> None:
        """Prepare the skill rows for showing."""
        self.skill_rows.offer(self.skills, more=more)

    def held(self, saved: ProfileContent) -> list[NamedSkill]:
        """Return the skills that were typed, as they are stored when nobody changed them."""
        names = SkillNames()
        rows = [
            NamedSkill(skill.label_fr, skill, level_of(row), row["wants_growth"])
            for skill, row in self.skill_rows.chosen(self.skills)
        ]
        others = [names.named(label) for label in self.other_skills.data]
        return unless_untouched([*rows, *others], saved.skills)


def typed_skills(content: ProfileContent) -> dict[str, Any]:
    """Return the answers that show a profile's skills."""
    return {
        "skills": held_rows(content.skills),
        "other_skills": [
            notation(named.label, named.level, named.wants_growth)
            for named in content.skills
            if named.skill is None
        ],
    }
