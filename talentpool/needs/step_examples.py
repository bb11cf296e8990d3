"""An example for each text of a need, from an invented one: the mooring buoys of a coast."""

from talentpool.i18n import _

EXAMPLES = {
    "title": _("Des bouées pour tous"),
    "summary": _(
        "Dire chaque matin aux plaisanciers quelles bouées de mouillage sont libres, pour que personne "
        "n’ancre plus dans les herbiers."
    ),
    "text": _(
        "Sur 400 km de côte, 1 200 bouées évitent aux bateaux d’ancrer dans les herbiers. Leur état est "
        "noté sur papier par six gardes. En août, un bateau sur trois ne trouve pas de bouée libre et "
        "jette l’ancre : deux hectares d’herbier disparaissent chaque été. Une application payante a été "
        "essayée en 2024 ; les gardes n’avaient pas de réseau en mer."
    ),
    "beneficiaries": _(
        "9 000 plaisanciers par an, qui perdent une heure à chercher une bouée ; six gardes, qui "
        "recopient leurs carnets deux soirs par semaine."
    ),
    "solution": _(
        "Une carte lisible sur téléphone, remplie par les gardes même sans réseau. Nous avons écarté les "
        "bouées connectées, trop chères à entretenir. Une maquette sur papier a été montrée à dix "
        "plaisanciers."
    ),
    "data_access": _(
        "La position des bouées est publique. Les carnets de 2022 à 2025 sont numérisés et accessibles "
        "dès le premier jour. Le fichier des réservations demande l’accord du port : il est demandé, "
        "réponse attendue avant l’arrivée."
    ),
    "risks": _(
        "Les gardes craignent d’être surveillés : ils participeront à la conception. Le port peut refuser "
        "ses données : la carte servira sans elles la première saison."
    ),
    "value": _(
        "À douze mois : 80 % des bouées à jour chaque matin d’été, deux fois moins d’ancrages dans "
        "l’herbier, et les six gardes qui ne recopient plus rien."
    ),
    "exit_plan": _(
        "Le service du littoral garde la carte, avec un développeur recruté au sixième mois et 15 000 € "
        "par an d’hébergement. Le code est ouvert : deux autres façades veulent le reprendre."
    ),
}
