"""Parts of a profile as values: a language, something studied, a period, kinds of project."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from talentpool.i18n import _, date_in_figures, translated
from talentpool.talents.languages import language_code, language_label

_NOTATION = re.compile(r"^(?P<name>.*\S)\s*\((?P<level>[ABCabc][12])\)$", re.DOTALL)


class LanguageLevel(StrEnum):
    """Levels of the European framework of languages."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class PeriodKind(StrEnum):
    """Whether somebody is free for work during a period, or away."""

    FREE = "free"
    AWAY = "away"


class ProjectKind(StrEnum):
    """What there is to do in a project, as people choose it."""

    BUILD = "build"
    IMPROVE = "improve"
    EXPLORE = "explore"
    DATA = "data"
    MODERNISE = "modernise"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return PROJECT_KIND_LABELS[self]


PROJECT_KIND_LABELS = {
    ProjectKind.BUILD: _("Construire un service qui n’existe pas encore"),
    ProjectKind.IMPROVE: _("Améliorer un service déjà utilisé"),
    ProjectKind.EXPLORE: _("Comprendre un problème avant de choisir une solution"),
    ProjectKind.DATA: _("Faire parler des données"),
    ProjectKind.MODERNISE: _("Remettre d’aplomb un système ancien"),
    ProjectKind.SUPPORT: _("Accompagner et former une équipe"),
}


def project_kind_label(code: str) -> str:
    """Return what a stored kind is called, marked for translation; another one is shown as it is."""
    return ProjectKind(code).label if code in set(ProjectKind) else code


@dataclass(frozen=True)
class Spoken:
    """A language by its code, with its level when it is known."""

    code: str
    level: LanguageLevel | None = None

    @property
    def label(self) -> str:
        """The language and its level, in the reader's language: « anglais (B2) »."""
        return self._levelled(translated(language_label(self.code)))

    @property
    def notation(self) -> str:
        """The same in French, as files have it and `spoken_named` reads it."""
        return self._levelled(language_label(self.code))

    def _levelled(self, name: str) -> str:
        return f"{name} ({self.level})" if self.level else name


def spoken_named(text: str) -> Spoken | None:
    """Read « anglais (B2) », with a name or a code; None when the language is none of the list."""
    noted = _NOTATION.match(text)
    code = language_code(noted["name"] if noted else text)
    level = LanguageLevel(noted["level"].upper()) if noted else None
    return Spoken(code, level) if code else None


@dataclass(frozen=True)
class Studied:
    """Something that was studied, where, and the year it ended."""

    title: str
    school: str = ""
    year: int | None = None

    @property
    def label(self) -> str:
        """All of it on one line: « Master d’informatique, université de Lille, 2014 »."""
        parts = (self.title, self.school, str(self.year or ""))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Stretch:
    """Days during which somebody is free for a share of full time, or away; open without an end."""

    kind: PeriodKind
    starts_on: date
    ends_on: date | None = None
    share_pct: int | None = None

    @property
    def label(self) -> str:
        """The period in the reader's language: « libre du 04/01/2027 au 30/06/2027, 80 % »."""
        says = _PERIODS[self.kind][self.ends_on is not None]
        first, last = date_in_figures(self.starts_on), date_in_figures(self.ends_on)
        words = translated(says, first=first, **({"last": last} if last else {}))
        return words if self.share_pct is None else f"{words}, {self.share_pct}\N{NO-BREAK SPACE}%"

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether both say something of the same days: being away during free time is no contradiction."""
        return (
            self.kind is other.kind
            and self.starts_on <= (other.ends_on or date.max)
            and other.starts_on <= (self.ends_on or date.max)
        )


_PERIODS = {
    PeriodKind.FREE: (
        _("libre à partir du %(first)s"),
        _("libre du %(first)s au %(last)s"),
    ),
    PeriodKind.AWAY: (
        _("absence à partir du %(first)s"),
        _("absence du %(first)s au %(last)s"),
    ),
}
