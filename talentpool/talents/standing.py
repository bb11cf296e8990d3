"""How surely somebody holds a skill: they say so, something shows it, or the agency assessed it."""

from enum import StrEnum

from talentpool.i18n import _
from talentpool.talents.models import TalentSkill


class Standing(StrEnum):
    """What a skill of somebody's stands on, from the least sure to the surest."""

    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    ASSESSED = "assessed"

    @property
    def label(self) -> str:
        """The standing as people say it of a skill, marked for translation."""
        return STANDING_LABELS[self]

    @property
    def mark(self) -> str:
        """The kind of the badge that says it beside the label, empty for a neutral one."""
        return MARKS[self]


STANDING_LABELS = {
    Standing.CLAIMED: _("déclarée"),
    Standing.EVIDENCED: _("avec preuve"),
    Standing.ASSESSED: _("évaluée par l’agence"),
}
MARKS = {Standing.CLAIMED: "", Standing.EVIDENCED: "info", Standing.ASSESSED: "success"}


def standing_of(held: TalentSkill, *, is_assessed: bool = False) -> Standing:
    """Tell what a skill stands on; what the agency assessed counts before what the person shows."""
    if is_assessed:
        return Standing.ASSESSED
    return Standing.EVIDENCED if is_shown(held) else Standing.CLAIMED


def is_shown(held: TalentSkill) -> bool:
    """Whether a line, a link or an experience shows a skill."""
    return bool(held.evidence or held.evidence_url or held.experience_id)
