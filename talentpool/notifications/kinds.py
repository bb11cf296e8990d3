"""The kinds of notifications: features register theirs, with words marked for translation."""

from dataclasses import dataclass
from enum import StrEnum

from talentpool.access import AGENCY, Role
from talentpool.i18n import _


class Group(StrEnum):
    """What a kind is about: mails are switched off by group."""

    NEEDS = "needs"
    MESSAGES = "messages"
    QUESTIONS = "questions"
    PROPOSALS = "proposals"
    PLACEMENTS = "placements"
    APPLICATIONS = "applications"
    CASES = "cases"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The group as people say it, marked for translation."""
        return GROUP_LABELS[self]


GROUP_LABELS = {
    Group.NEEDS: _("La vie des besoins : chaque étape, et les dates promises"),
    Group.MESSAGES: _("Les messages entre un ministère et l’agence"),
    Group.QUESTIONS: _("Les questions sur les besoins publiés, et leurs réponses"),
    Group.PROPOSALS: _("Les propositions et les rencontres"),
    Group.PLACEMENTS: _("Les missions : échéances et signatures"),
    Group.APPLICATIONS: _("Les candidatures au vivier : étapes, évaluations, réponses"),
    Group.CASES: _("Les dossiers confiés et les confirmations"),
    Group.OTHER: _("Le reste"),
}
_SIDES = AGENCY | {Role.MINISTRY_MEMBER}
#: Who is ever told something of each group; the others are not asked about it.
_TOLD = {
    Group.NEEDS: _SIDES,
    Group.MESSAGES: _SIDES,
    Group.QUESTIONS: _SIDES | {Role.TALENT},
    Group.PROPOSALS: _SIDES | {Role.TALENT},
    Group.PLACEMENTS: _SIDES | {Role.TALENT},
    Group.APPLICATIONS: AGENCY | {Role.TALENT},
    Group.CASES: AGENCY,
    Group.OTHER: frozenset(Role),
}


@dataclass(frozen=True)
class Kind:
    """How one kind is said; both texts are filled from a notification's `params`, by name.

    `subject` says what is expected, `sentence` what happened.
    """

    subject: str
    sentence: str
    group: Group = Group.OTHER


KINDS: dict[str, Kind] = {}


def register(code: str, *, subject: str, sentence: str, group: Group = Group.OTHER) -> None:
    """Make a kind known: once, where the feature that notifies is imported."""
    KINDS[code] = Kind(subject, sentence, group)


def kind_named(code: str) -> Kind:
    """Return a kind; one that no feature registers any more is called by its code."""
    return KINDS.get(code) or Kind(code, code)


def groups_for(role: Role | None) -> list[Group]:
    """List the groups that somebody with a role may be told something of."""
    return [group for group in Group if role in _TOLD[group]]
