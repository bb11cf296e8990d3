"""What a need is judged by: nine criteria in four families, each scored from 1 to 4."""

from enum import StrEnum

from talentpool.i18n import _

LOWEST, HIGHEST = 1, 4
#: Below this mean of all scores, a need is not recommended; from the next on, it is.
WEAK, STRONG = 2.0, 2.75


class Family(StrEnum):
    """What a group of criteria is about."""

    VALUE = "value"
    CONDITIONS = "conditions"
    PRIORITY = "priority"
    STRATEGY = "strategy"

    @property
    def label(self) -> str:
        """The family as people say it, marked for translation."""
        return FAMILY_LABELS[self]


class Criterion(StrEnum):
    """One thing that is scored."""

    REAL = "real"
    MAJOR = "major"
    ACTIONABLE = "actionable"
    PRODUCT_APPROACH = "product_approach"
    SPONSOR = "sponsor"
    AUTONOMY = "autonomy"
    POLICY = "policy"
    ROADMAP = "roadmap"
    AMBITION = "ambition"

    @property
    def label(self) -> str:
        """The criterion as people say it, marked for translation."""
        return CRITERION_LABELS[self]


FAMILY_LABELS = {
    Family.VALUE: _("Valeur"),
    Family.CONDITIONS: _("Conditions"),
    Family.PRIORITY: _("Priorité politique"),
    Family.STRATEGY: _("Stratégie à moyen terme"),
}
CRITERION_LABELS = {
    Criterion.REAL: _("Le problème est réel : des usagers le vivent"),
    Criterion.MAJOR: _("Le problème est majeur"),
    Criterion.ACTIONABLE: _("On peut agir dessus en dix mois"),
    Criterion.PRODUCT_APPROACH: _("La démarche est celle d’un produit"),
    Criterion.SPONSOR: _("Le sponsor a du poids et du temps"),
    Criterion.AUTONOMY: _("L’équipe aura autonomie et accès"),
    Criterion.POLICY: _("Une politique prioritaire est servie"),
    Criterion.ROADMAP: _("Une feuille de route existe après la mission"),
    Criterion.AMBITION: _("L’ambition dépasse le service porteur"),
}
FAMILIES: dict[Family, tuple[Criterion, ...]] = {
    Family.VALUE: (Criterion.REAL, Criterion.MAJOR, Criterion.ACTIONABLE),
    Family.CONDITIONS: (Criterion.PRODUCT_APPROACH, Criterion.SPONSOR, Criterion.AUTONOMY),
    Family.PRIORITY: (Criterion.POLICY,),
    Family.STRATEGY: (Criterion.ROADMAP, Criterion.AMBITION),
}
SCORE_LABELS = {
    1: _("1 – non"),
    2: _("2 – plutôt non"),
    3: _("3 – plutôt oui"),
    4: _("4 – oui"),
}
