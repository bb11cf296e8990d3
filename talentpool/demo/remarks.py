"""What the demo's reviewers write beside their scores."""

from talentpool.admissions.criteria import Criterion

#: For each criterion: what founds a low score, a fair one, a high one, in two hands.
REMARKS: dict[Criterion, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    Criterion.FRAMES: (
        ("Décrit l’outil, peu le problème.", "Le point de départ reste flou."),
        ("Le problème est nommé, les usagers un peu loin.", "Cadre bien, sans chiffre de départ."),
        ("Part d’une difficulté vécue et la mesure.", "Dit ce qui n’allait pas avant d’agir."),
    ),
    Criterion.ORGANISES: (
        ("Plusieurs projets laissés en chemin.", "On ne voit pas ce qui a été choisi d’abord."),
        ("Tient ses projets, dit peu comment.", "Avance par étapes, sans les dater."),
        ("Livre par petites étapes, et sait arrêter.", "Priorités claires, suivi régulier."),
    ),
    Criterion.KNOW_HOW: (
        ("Compétences dites, pas encore montrées.", "Trop court pour travailler sans collègue."),
        ("Savoir-faire réels, sur un périmètre étroit.", "Convient pour une équipe déjà en place."),
        ("Chaque compétence renvoie à un résultat.", "Niveau sûr, et ses limites sont dites."),
    ),
    Criterion.COOPERATES: (
        ("Travaille surtout sans équipe d’après le dossier.", "Peu d’autres métiers autour."),
        ("Cite ses collègues, moins ce qu’ils ont changé.", "Coopère quand on le demande."),
        ("A travaillé avec les gens du terrain.", "Transmet, documente, laisse la place."),
    ),
    Criterion.PUBLIC_INTEREST: (
        ("La motivation pourrait valoir partout.", "Ne dit pas pourquoi le public."),
        ("Intérêt sincère, encore général.", "Une envie claire, peu de contraintes vues."),
        ("Sait pourquoi, et ce que cela demande.", "Parle d’usagers précis, et de la suite."),
    ),
    Criterion.ENTERPRISE: (
        ("Rien de lancé ni de transformé.", "Une participation, pas une initiative."),
        ("Une initiative modeste, menée au bout.", "A su faire avec peu."),
        (
            "A lancé quelque chose qui vit sans la personne.",
            "Dit aussi ce qui a échoué, et pourquoi.",
        ),
    ),
}


def remark(criterion: Criterion, score: int, *, variant: int) -> str:
    """Return what founds a score, in one of two hands."""
    band = 0 if score < 3 else 1 if score == 3 else 2
    return REMARKS[criterion][band][variant % 2]
