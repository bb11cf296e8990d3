"""What an officer may change in a ranking: a few weights, what criteria do, which skills are essential."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matching import Mode, Ranker
from talentpool.i18n import _

#: What each slider moves, as a parameter of the ranker, and the name that people read.
SLIDERS = {
    "headline": ("headline", _("Fonction")),
    "skills": ("held_skills", _("Compétences")),
    "experience": ("experience", _("Expériences")),
    "presentation": ("text", _("Présentation")),
    "essential": ("essential_skills", _("Compétences indispensables du poste")),
}
#: The slider that weighs each field of a profile, as reasons name fields.
SLIDER_OF_FIELD = {
    "headline": "headline",
    "skills": "skills",
    "experience": "experience",
    "text": "presentation",
}
DEFAULT_FACTOR = 100
LARGEST_FACTOR = 200
STEP = 10
MODES = {
    Mode.HARD: _("Met à part"),
    Mode.SOFT: _("Compte en points"),
    Mode.OFF: _("Ne compte pas"),
}
DEFAULT_MODES: dict[str, str] = Ranker().get_params()["criteria"]
DEFAULTS = Ranker().get_params()
#: What a soft criterion adds or takes off, in points of a hundred.
SOFT_WEIGHT = round(100 * DEFAULTS["soft_weight"])
#: The criteria that a setting may change on a page: of the others, the agency keeps no data yet.
OFFERED = ("family", "dates", "share", "place", "wishes", "skills", "wished_skills")
MOST_SKILLS = 50


class BadSetting(ValueError):
    """A setting says what no setting may."""


@dataclass(frozen=True)
class Setting:
    """One way to rank: factors in percents of the default weights, modes, required skills.

    Raises `BadSetting` when made of anything else.
    """

    factors: Mapping[str, int] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    #: Labels of the skills that the criterion « skills » is about.
    required_skills: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if set(self.factors) - set(SLIDERS) or set(self.criteria) - set(DEFAULT_MODES):
            raise BadSetting("an unknown slider or criterion")
        for factor in self.factors.values():
            # A boolean is a number in Python, and 1.5 would be stored as nobody typed it.
            if type(factor) is not int or not 0 <= factor <= LARGEST_FACTOR or factor % STEP:
                raise BadSetting("a factor is a whole percentage, by tens, from 0 to 200")
        if not set(self.criteria.values()) <= {mode.value for mode in Mode}:
            raise BadSetting("a criterion is hard, soft or off")
        if len(self.required_skills) > MOST_SKILLS or not all(
            isinstance(label, str) and 0 < len(label) <= 120 for label in self.required_skills
        ):
            raise BadSetting("required skills are labels")

    @property
    def is_default(self) -> bool:
        """Whether it ranks as nobody's setting would."""
        return self.to_json() == {}

    def factor(self, slider: str) -> int:
        """Return what a slider says, in percents of the default weight."""
        return self.factors.get(slider, DEFAULT_FACTOR)

    def mode(self, criterion: str) -> str:
        """Return what a criterion does."""
        return self.criteria.get(criterion, DEFAULT_MODES[criterion])

    def parameters(self) -> dict[str, Any]:
        """Return the ranker's parameters; those of the default setting are the ranker's own defaults."""
        changed: dict[str, Any] = {
            SLIDERS[slider][0]: DEFAULTS[SLIDERS[slider][0]] * factor / 100
            for slider, factor in self.factors.items()
            if factor != DEFAULT_FACTOR
        }
        modes = {name: self.mode(name) for name in DEFAULT_MODES}
        if modes != DEFAULT_MODES:
            changed["criteria"] = modes
        if self.mode("skills") != Mode.OFF:
            changed["required_skills"] = list(self.required_skills)
        return changed

    def to_json(self) -> dict[str, Any]:
        """Return what differs from the default, as JSON-safe values."""
        written: dict[str, Any] = {}
        if factors := {s: self.factor(s) for s in SLIDERS if self.factor(s) != DEFAULT_FACTOR}:
            written["factors"] = factors
        if modes := {n: self.mode(n) for n in DEFAULT_MODES if self.mode(n) != DEFAULT_MODES[n]}:
            written["criteria"] = modes
        if self.mode("skills") != Mode.OFF:
            written["required_skills"] = list(self.required_skills)
        return written

    @classmethod
    def from_json(cls, written: Any) -> "Setting":
        """Read back what `to_json` wrote; raise `BadSetting` on anything else."""
        if not isinstance(written, dict) or set(written) - set(cls.__dataclass_fields__):
            raise BadSetting("not a setting")
        factors, modes = written.get("factors", {}), written.get("criteria", {})
        skills = written.get("required_skills", [])
        if not (isinstance(factors, dict) and isinstance(modes, dict) and isinstance(skills, list)):
            raise BadSetting("not a setting")
        if not all(isinstance(mode, str) for mode in modes.values()):
            raise BadSetting("a criterion is hard, soft or off")
        return cls(factors, modes, tuple(skills))


DEFAULT = Setting()
