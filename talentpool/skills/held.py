"""Skills as people list them: of the referential or in their own words, with an optional level.

The notation « Python (3+) » means level 3 and the wish to progress; imports and exports share it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from talentpool.naming import folded
from talentpool.skills.models import Skill
from talentpool.skills.queries import live_skills

LEVELS = range(5)
#: What files call the column of job families.
FAMILY_HEADERS = ("famille", "familles", "famille(s)", "famille de métiers", "family")
_NOTATION = re.compile(r"^(?P<label>.*\S)\s*\((?P<level>[0-4])?(?P<growth>\+)?\)$", re.DOTALL)


@dataclass(frozen=True)
class NamedSkill:
    """A skill as somebody names it; `skill` is None when the referential does not know it."""

    label: str
    skill: Skill | None = None
    level: int | None = None
    wants_growth: bool = False


class SkillNames:
    """Every name of the referential's skills, read once, to recognise many labels."""

    def __init__(self, skills: list[Skill] | None = None) -> None:
        self._by_name = {
            folded(name): skill
            for skill in (live_skills() if skills is None else skills)
            for name in (skill.code, skill.label_fr, skill.label_en, *skill.aliases)
        }

    def named(self, text: str) -> NamedSkill:
        """Read one label in our notation; one that the referential does not know is kept as given."""
        label, level, growth = text, None, False
        noted = _NOTATION.match(text)
        if noted and (noted["level"] or noted["growth"]):
            label = noted["label"]
            level = int(noted["level"]) if noted["level"] else None
            growth = bool(noted["growth"])
        skill = self._by_name.get(folded(label)) if folded(label) else None
        return NamedSkill(skill.label_fr if skill else label, skill, level, growth)


def notation(label: str, level: int | None, wants_growth: bool) -> str:
    """Write a skill in the notation that `SkillNames.named` reads."""
    mark = f"{'' if level is None else level}{'+' if wants_growth else ''}"
    return f"{label} ({mark})" if mark else label


def as_shown(skills: list[NamedSkill]) -> list[NamedSkill]:
    """Return skills in the order of a form: first those of the referential, which have rows."""
    return sorted(skills, key=lambda named: named.skill is None)


def unless_untouched(typed: list[NamedSkill], saved: list[NamedSkill]) -> list[NamedSkill]:
    """Return what a form sent back, or `saved` itself when nobody changed what the form showed of it."""
    return saved if [*map(_said, typed)] == [*map(_said, as_shown(saved))] else typed


def _said(named: NamedSkill) -> tuple[str, int | None, bool]:
    return named.skill.code if named.skill else named.label, named.level, named.wants_growth


def once_each(skills: Iterable[NamedSkill]) -> list[NamedSkill]:
    """Keep the first mention of each skill: nobody gains by saying it twice."""
    seen: dict[int | str, NamedSkill] = {}
    for named in skills:
        seen.setdefault(named.skill.id if named.skill else folded(named.label), named)
    return list(seen.values())
