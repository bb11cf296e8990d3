"""The columns of the full lists, which pages and files share."""

from talentpool.i18n import _
from talentpool.tabular.columns import Column, Columns

_PERSON = Column("person", _("Personne"))
_MISSION = Column("mission", _("Mission"))
_HOST = Column("organisation", _("Administration"))
_STARTS_ON = Column("starts_on", _("Premier jour"), kind="date")
_FAMILY = Column("family", _("Famille"))
_UNBLOCKS = Column("unblocks", _("Ce qui débloquerait"))
_OPEN = Column("open_seats", _("Postes à pourvoir"), kind="integer")
_RATIO = Column("ratio", _("Tension à 60 jours"))

BENCH = Columns(
    [
        _PERSON,
        Column("when", _("Quand")),
        Column("since", _("Depuis le, ou dès le"), kind="date"),
        Column("share_pct", _("Part libre"), kind="exact_share"),
        Column("proposals", _("Propositions en cours"), kind="integer"),
    ]
)
ENDINGS = Columns(
    [
        _MISSION,
        _PERSON,
        _HOST,
        Column("status", _("État")),
        Column("decides", _("Qui décide, avec l’administration")),
        Column("by", _("Avant le"), kind="date"),
        Column("ends_on", _("Dernier jour"), kind="date"),
        Column("decision", _("Suite")),
    ]
)
UNMET = Columns(
    [
        Column("seat", _("Poste")),
        _MISSION,
        _HOST,
        _FAMILY,
        _STARTS_ON,
        Column("share_pct", _("Part de temps plein"), kind="exact_share"),
        Column("days", _("Jours depuis que le besoin est retenu"), kind="integer"),
        Column("reason", _("Raison")),
        _UNBLOCKS,
    ]
)
GIVEN_UP = Columns(
    [
        Column("mission", _("Besoin")),
        _HOST,
        Column("ministry", _("Ministère")),
        _FAMILY,
        Column("seats", _("Postes sans personne"), kind="integer"),
        Column("approved_on", _("Retenu le"), kind="date"),
        Column("closed_on", _("Laissé le"), kind="date"),
        Column("days", _("Jours d’attente"), kind="integer"),
        Column("code", _("Code")),
        Column("reason", _("Raison")),
        _UNBLOCKS,
    ]
)
COUNTED = Columns(
    [
        Column("about", _("Pour")),
        Column("needs", _("Besoins"), kind="integer"),
        Column("seats", _("Postes sans personne"), kind="integer"),
        Column("days", _("Jours d’attente, en moyenne"), kind="integer"),
    ]
)
LATE = Columns(
    [
        Column("need", _("Besoin")),
        _HOST,
        Column("status", _("État")),
        Column("promised_on", _("Promis avant le"), kind="date"),
        Column("days", _("Jours de retard"), kind="integer"),
        Column("waits_on", _("Qui doit agir")),
    ]
)
IDLE = Columns(
    [
        _PERSON,
        Column("seat", _("Poste")),
        _HOST,
        Column("status", _("Étape")),
        Column("days", _("Jours sans mouvement"), kind="integer"),
        Column("waits_on", _("Qui doit répondre")),
    ]
)
ARRIVALS = Columns([_PERSON, _MISSION, _HOST, _STARTS_ON, Column("missing", _("Ce qui manque"))])
ALERTS = Columns(
    [
        _MISSION,
        _PERSON,
        _HOST,
        Column("trouble", _("Alerte")),
        Column("since", _("Depuis le"), kind="date"),
        Column("reason", _("Raison")),
    ]
)
HIRINGS = Columns(
    [
        _FAMILY,
        _OPEN,
        Column("free", _("Personnes libres sous 60 jours"), kind="integer"),
        _RATIO,
        Column("advice", _("Conseil")),
        Column("opened", _("Postes qu’une embauche ouvrirait"), kind="integer"),
    ]
)
GROWTHS = Columns(
    [
        _PERSON,
        Column("ends_on", _("Fin du contrat"), kind="date"),
        Column("freed", _("ETP rendus")),
        Column("room_after", _("ETP à embaucher ensuite")),
    ]
)
HOSTS = Columns(
    [
        _HOST,
        Column("placed", _("ETP placés")),
        _OPEN,
        Column("filled_seats", _("Postes pourvus"), kind="integer"),
    ]
)
REGIONS = Columns(
    [
        Column("region", _("Lieu du poste")),
        Column("placed", _("ETP placés")),
        _OPEN,
        Column("filled_seats", _("Postes pourvus"), kind="integer"),
        Column("percent", _("Part des postes pourvus")),
    ]
)
TENSIONS = Columns(
    [
        Column("about", _("Compétence")),
        _OPEN,
        Column("now", _("Libres aujourd’hui"), kind="integer"),
        Column("in_30", _("Sous 30 jours"), kind="integer"),
        Column("in_60", _("Sous 60 jours"), kind="integer"),
        Column("in_90", _("Sous 90 jours"), kind="integer"),
        _RATIO,
        Column("advice", _("Conseil")),
    ]
)
