"""What a seat may ask besides skills, in words for readers without technical background."""

from talentpool.i18n import _

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
