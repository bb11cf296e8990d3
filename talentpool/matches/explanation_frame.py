"""What every explanation says, whoever asks: purpose, role of the ranking, operations, rights."""

from flask import current_app

from talentpool.placements.letters.reports import Block

PURPOSE = (
    "L’agence cherche, pour chaque poste qu’une administration lui confie, des personnes de son vivier à "
    "rencontrer. Un traitement informatique lit les profils et le besoin, et propose un ordre de lecture "
    "à l’équipe de l’agence. Il est mis en œuvre pour une mission d’intérêt public (règlement (UE) "
    "2016/679, article 6, paragraphe 1, e).",
)
ROLE_OF_THE_RANKING = (
    "Le traitement propose, des personnes décident. Il donne un ordre et les raisons de cet ordre ; il ne "
    "présélectionne, n’écarte et ne refuse personne. Qui décide lit les raisons, peut suivre un autre "
    "ordre, et signe chaque décision avec sa raison.",
)
WHAT_IS_NEVER_READ = (
    "Le traitement ne lit ni nom, ni adresse, ni âge, ni photographie. La ville, le télétravail, le statut, "
    "l’habilitation, les langues, les années d’expérience et les thèmes souhaités ne servent qu’à répondre "
    "aux critères : ils ne sont pas lus comme des mots. "
    "Les mots qui disent un trait que la loi interdit de peser ne rapportent ni n’ôtent rien.",
)
#: What each weight weighs; a parameter without words here goes by its name.
PARAMETERS = {
    "headline": "Un mot dans l’intitulé de votre fonction",
    "held_skills": "Un mot parmi vos compétences",
    "experience": "Un mot dans une expérience",
    "text": "Un mot dans votre présentation",
    "title": "Un mot dans le titre du besoin",
    "summary": "Un mot dans le résumé du besoin",
    "body": "Un mot dans le texte du besoin",
    "themes": "Un mot parmi les thèmes du besoin",
    "asked_skills": "Une compétence souhaitée",
    "essential_skills": "Une compétence indispensable",
    "pairs": "Deux mots voisins, à côté d’un mot seul",
    "concepts": "Une compétence du référentiel, à côté d’un mot",
    "rarity": "La rareté d’un mot : puissance à laquelle elle est élevée",
    "background": "Une annonce publique de référence, à côté d’un profil, dans le calcul de la rareté",
    "soft_weight": "Ce qu’un critère souple ajoute s’il est rempli et ôte s’il ne l’est pas, sur 1",
    "soft_cost": "Ce que coûte un non à un critère souple, sur 1",
    "required_skills": "Les compétences dont la mention est demandée",
    "repeats": "Nombre de mentions d’un mot au-delà duquel rien n’est plus gagné",
}
OPERATIONS = Block(
    "Les opérations effectuées",
    points=(
        "Les textes du profil et du besoin sont découpés en mots ; majuscules, accents, genre et nombre "
        "sont laissés de côté ; les compétences du référentiel sont reconnues sous tous leurs noms.",
        "Chaque mot pèse d’autant plus qu’il est rare dans le vivier et dans des annonces publiques, et "
        "selon l’endroit où il est écrit (tableau ci-dessus).",
        "Le score est la ressemblance entre le profil et le besoin (cosinus de leurs poids) : la somme de "
        "ce qu’apporte chaque mot commun, ramenée sur 100.",
        "Les critères sont comparés : prouvé, déclaré, inconnu ou non. Un « non » à un critère qui met à "
        "part (par défaut métier, dates, part de temps) place à part. Un critère souple (par défaut lieu "
        "ou télétravail, années d’expérience, thèmes souhaités) ajoute quelques points s’il est rempli, en ôte "
        "autant s’il ne l’est pas, et ne change rien s’il est inconnu.",
        "Les personnes sont rangées par score ; à score égal, par une clé tirée au hasard.",
        "Les textes lus, les poids, la version et les résultats sont gardés, pour refaire le calcul.",
    ),
)


def rights() -> Block:
    """Say what whoever reads a letter may do, and where to write."""
    contact = current_app.config["CONTACT"]
    return Block(
        "Vos droits",
        (
            "Cette lettre répond à l’article L. 311-3-1 et aux articles R. 311-3-1-1 et R. 311-3-1-2 du code "
            "des relations entre le public et l’administration, et à l’article 86 du règlement (UE) 2024/1689 "
            "sur l’intelligence artificielle.",
        ),
        points=(
            "Vous pouvez demander qu’une personne réexamine votre situation et vous entende, en écrivant à "
            f"{contact}.",
            "Vous pouvez lire, corriger, faire effacer vos données, ou vous opposer au classement : votre "
            "profil est alors lu par une personne, sans classement.",
            "Vous pouvez demander les règles et les principales caractéristiques du traitement ; elles sont "
            "aussi publiées, page « Comment ça marche ».",
            "Si l’agence refuse de communiquer un document, ou ne répond pas dans le mois, vous pouvez saisir "
            "dans les deux mois la Commission d’accès aux documents administratifs (cada.fr).",
            "Vous pouvez saisir la Commission nationale de l’informatique et des libertés (cnil.fr) d’une "
            "plainte, et le tribunal administratif d’un recours contre une décision qui vous fait grief.",
        ),
    )
