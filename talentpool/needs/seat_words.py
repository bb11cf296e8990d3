"""What a seat may ask besides skills, in codes and in words for readers without technical background."""

from enum import StrEnum

from talentpool.i18n import _
from talentpool.naming import folded


class Clearance(StrEnum):
    """The two levels of the State's instruction on secrets (IGI 1300)."""

    SECRET = "secret"  # noqa: S105 - the word of the State
    VERY_SECRET = "very_secret"  # noqa: S105

    @property
    def label(self) -> str:
        """The level as people say it, marked for translation."""
        return CLEARANCE_LABELS[self]


CLEARANCE_LABELS = {
    Clearance.SECRET: _("Secret"),
    Clearance.VERY_SECRET: _("Très secret"),
}
#: What files call them, the names from before 2021 among these, folded.
_CLEARANCES_BY_NAME = {
    "secret": Clearance.SECRET,
    "confidentiel": Clearance.SECRET,
    "confidentiel defense": Clearance.SECRET,
    "secret defense": Clearance.SECRET,
    "very secret": Clearance.VERY_SECRET,
    "tres secret": Clearance.VERY_SECRET,
    "tres secret defense": Clearance.VERY_SECRET,
}


def clearance_named(name: str) -> Clearance:
    """Return the level that a code or a name calls; raises `ValueError` when none does."""
    found = _CLEARANCES_BY_NAME.get(folded(name.replace("_", " ")))
    if found is None:
        raise ValueError(name)
    return found


def clearance_label(code: str) -> str:
    """Return what a stored code is called; one that is not of the list is shown as it is."""
    return Clearance(code).label if code in set(Clearance) else code


#: What each family of jobs does, in a sentence, by its code.
FAMILY_SENTENCES = {
    "product": _(
        "Décide avec les usagers de ce qu’il faut construire, dans quel ordre, et mesure si cela sert."
    ),
    "design": _(
        "Observe comment les gens s’y prennent, puis dessine des écrans et des parcours que tous comprennent."
    ),
    "dev": _("Écrit, teste et répare les sites, les applications et les logiciels."),
    "data": _(
        "Réunit, nettoie et analyse des données, et met au point des modèles qui aident à décider."
    ),
    "infra": _("Installe et surveille les serveurs pour que le service réponde jour et nuit."),
    "cyber": _("Protège les systèmes et les données, cherche les failles et prépare aux attaques."),
    "delivery": _(
        "Organise le travail de l’équipe, tient le calendrier et aide les agents à changer d’outils."
    ),
    "law": _(
        "Dit ce que la loi permet : données personnelles, marchés, textes à écrire ou à changer."
    ),
}
