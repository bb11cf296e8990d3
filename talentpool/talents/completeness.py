"""How complete a profile is: what it says of all that helps its author to be found, and what it leaves out."""

from dataclasses import dataclass
from enum import StrEnum

from talentpool.i18n import _
from talentpool.talents.models import Talent


class Part(StrEnum):
    """One thing that a profile can say and that helps to be found; studies do not, and are not counted."""

    HEADLINE = "headline"
    FAMILIES = "families"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    TEXT = "text"
    DATES = "dates"
    SHARE = "share"
    PLACE = "place"
    SENIORITY = "seniority"
    WISHES = "wishes"
    STATUS = "status"
    LANGUAGES = "languages"

    @property
    def task(self) -> str:
        """What there is to do when it is missing, marked for translation."""
        return _TASKS[self]

    @property
    def step(self) -> str:
        """The code of the step that says it."""
        return _STEPS[self]


_TASKS = {
    Part.HEADLINE: _("Dire en une ligne ce que vous faites"),
    Part.FAMILIES: _("Choisir vos familles de métiers"),
    Part.SKILLS: _("Choisir vos compétences dans la liste"),
    Part.EXPERIENCE: _("Raconter une expérience"),
    Part.TEXT: _("Écrire votre présentation"),
    Part.DATES: _("Dire quand vous êtes disponible"),
    Part.SHARE: _("Dire quelle part de temps plein vous souhaitez"),
    Part.PLACE: _("Dire où vous pouvez travailler"),
    Part.SENIORITY: _("Dire vos années d’expérience"),
    Part.WISHES: _("Dire quels thèmes vous attirent"),
    Part.STATUS: _("Dire votre statut"),
    Part.LANGUAGES: _("Dire quelles langues vous parlez"),
}
_STEPS = {
    Part.HEADLINE: "identite",
    Part.FAMILIES: "identite",
    Part.SKILLS: "competences",
    Part.EXPERIENCE: "experiences",
    Part.TEXT: "presentation",
    Part.DATES: "disponibilites",
    Part.SHARE: "disponibilites",
    Part.PLACE: "lieu",
    Part.SENIORITY: "identite",
    Part.WISHES: "souhaits",
    Part.STATUS: "statut",
    Part.LANGUAGES: "langues",
}


@dataclass(frozen=True)
class Completeness:
    """What a profile leaves out, in the order of what it costs most often."""

    missing: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many things are counted."""
        return len(Part)

    @property
    def said(self) -> int:
        """How many of them the profile says."""
        return self.total - len(self.missing)

    @property
    def percent(self) -> int:
        """The same in percents, rounded down: a hundred means that nothing is missing."""
        return 100 * self.said // self.total


def completeness_of(talent: Talent) -> Completeness:
    """Tell what a profile says and leaves out."""
    said = {
        Part.HEADLINE: bool(talent.headline),
        Part.FAMILIES: bool(talent.families),
        Part.SKILLS: bool(talent.skills),
        Part.EXPERIENCE: bool(talent.experiences),
        Part.TEXT: bool(talent.text),
        Part.DATES: talent.available_from is not None,
        Part.SHARE: talent.share_pct is not None,
        Part.PLACE: bool(talent.town or talent.other_towns),
        Part.SENIORITY: talent.seniority_years is not None,
        Part.WISHES: bool(talent.wishes),
        Part.STATUS: talent.employment_status is not None,
        Part.LANGUAGES: bool(talent.languages),
    }
    return Completeness(tuple(part for part in Part if not said[part]))
