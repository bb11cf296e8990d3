"""What the ranking asks and what each word weighs, said from the ranking's own parameters."""

from dataclasses import dataclass

from talentpool.i18n import _
from talentpool.matches.presenting import CRITERIA
from talentpool.matches.settings import DEFAULT_MODES, DEFAULTS, OFFERED, SOFT_WEIGHT

#: What each criterion compares: the need and the seat on one side, the person on the other.
COMPARED = {
    "family": _("Les familles de métiers du poste, et celles de la personne"),
    "dates": _("Le premier jour du poste, et celui où la personne est libre"),
    "share": _("La part de temps demandée, et celle que la personne donne"),
    "place": _(
        "La ville du poste et les siennes ; sinon, les jours de télétravail permis et souhaités"
    ),
    "status": _("Les statuts acceptés, et le sien"),
    "clearance": _("L’habilitation demandée, et la sienne"),
    "languages": _("Les langues demandées et leur niveau, et les siennes"),
    "skills": _("Les compétences indispensables, et celles que la personne écrit"),
    "seniority": _("Les années d’expérience demandées, et les siennes"),
    "wishes": _("Les thèmes du besoin, et ceux que la personne souhaite"),
    "wished_skills": _("Les autres compétences demandées, et celles que la personne écrit"),
}
#: Criteria to which nobody is ever answered no: they take nothing off.
NEVER_NO = frozenset({"skills", "wishes", "wished_skills"})
SETS_APART = _("Un non place à part, avec la raison")
ADDS_OR_TAKES = _("Un oui ajoute %(points)s points sur cent, un non en ôte %(points)s")
ADDS = _("Un oui ajoute %(points)s points sur cent ; rien n’en ôte")
ON_DEMAND = _("Ne compte pas, sauf si l’agence le demande pour un poste")
OFF = _("Ne compte pas")
#: Where a word stands in a profile, then in a need and its seat.
PROFILE_FIELDS = {
    "headline": _("Fonction"),
    "held_skills": _("Compétences"),
    "experience": _("Expériences"),
    "text": _("Présentation"),
}
POSTING_FIELDS = {
    "essential_skills": _("Compétences indispensables du poste"),
    "asked_skills": _("Autres compétences demandées"),
    "title": _("Titre du besoin et du poste"),
    "themes": _("Thèmes"),
    "summary": _("Résumé"),
    "body": _("Reste du texte"),
}


@dataclass(frozen=True)
class CriterionSaid:
    """One criterion: its name, what it compares, and what its answer does unless an officer asks otherwise."""

    label: str
    compared: str
    effect: str


@dataclass(frozen=True)
class WeightSaid:
    """What a mention weighs, by where it stands."""

    label: str
    weight: float


def criteria_said() -> list[CriterionSaid]:
    """List every criterion that the ranking has, in the order in which it names them."""
    return [
        CriterionSaid(CRITERIA[name], COMPARED[name], _effect(name, mode))
        for name, mode in DEFAULT_MODES.items()
    ]


def weights_said(fields: dict[str, str]) -> list[WeightSaid]:
    """List what a mention in each field weighs."""
    return [WeightSaid(label, float(DEFAULTS[name])) for name, label in fields.items()]


def params_said() -> dict[str, object]:
    """Return the figures that sentences of the page are filled with."""
    return {"points": SOFT_WEIGHT, "repeats": DEFAULTS["repeats"]}


def _effect(name: str, mode: str) -> str:
    if mode == "hard":
        return SETS_APART
    if mode == "soft":
        return ADDS if name in NEVER_NO else ADDS_OR_TAKES
    return ON_DEMAND if name in OFFERED else OFF
