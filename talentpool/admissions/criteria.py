"""What a written file is scored by, from 0 to 5, and what an interview adds.

Five of the six are those by which programmes of the State read files; conduct in a group, their sixth,
cannot be read in a file: the experience of starting something stands in its place.
"""

from enum import StrEnum

from talentpool.i18n import _

LOWEST, HIGHEST = 0, 5
#: From this distance between two scores on, reviewers have something to talk about.
WIDE = 2


class Criterion(StrEnum):
    """One thing that is scored in a written file."""

    FRAMES = "frames"
    ORGANISES = "organises"
    KNOW_HOW = "know_how"
    COOPERATES = "cooperates"
    PUBLIC_INTEREST = "public_interest"
    ENTERPRISE = "enterprise"

    @property
    def label(self) -> str:
        """The criterion as people say it, marked for translation."""
        return CRITERION_LABELS[self]

    @property
    def hint(self) -> str:
        """What to look for, marked for translation."""
        return CRITERION_HINTS[self]


class InterviewCriterion(StrEnum):
    """One thing that is scored after an interview."""

    ADAPTS = "adapts"
    COMMUNICATES = "communicates"
    COOPERATES = "cooperates"
    INTEREST = "interest"

    @property
    def label(self) -> str:
        """The criterion as people say it, marked for translation."""
        return INTERVIEW_LABELS[self]


CRITERION_LABELS = {
    Criterion.FRAMES: _("Comprendre et cadrer un problème"),
    Criterion.ORGANISES: _("S’organiser"),
    Criterion.KNOW_HOW: _("Adéquation des savoir-faire"),
    Criterion.COOPERATES: _("Coopérer"),
    Criterion.PUBLIC_INTEREST: _("Intérêt pour la mission publique"),
    Criterion.ENTERPRISE: _("Expérience entrepreneuriale"),
}
CRITERION_HINTS = {
    Criterion.FRAMES: _("Part d’usagers et de faits, distingue la cause du symptôme."),
    Criterion.ORGANISES: _("Mène un travail à son terme, choisit ce qui compte d’abord."),
    Criterion.KNOW_HOW: _("Les compétences dites sont montrées par ce qui a été fait."),
    Criterion.COOPERATES: _("A travaillé avec d’autres métiers, transmet, demande de l’aide."),
    Criterion.PUBLIC_INTEREST: _("Dit pourquoi servir, et ce que cela demande."),
    Criterion.ENTERPRISE: _("A lancé, repris ou transformé quelque chose, où que ce soit."),
}
INTERVIEW_LABELS = {
    InterviewCriterion.ADAPTS: _("Adaptabilité"),
    InterviewCriterion.COMMUNICATES: _("Communication"),
    InterviewCriterion.COOPERATES: _("Coopération"),
    InterviewCriterion.INTEREST: _("Intérêt pour la mission publique"),
}
SCORE_LABELS = {
    0: _("0 – rien ne le montre"),
    1: _("1 – faible"),
    2: _("2 – inégal"),
    3: _("3 – convenable"),
    4: _("4 – solide"),
    5: _("5 – remarquable"),
}
