"""The nine questions of the weekly meeting: what each shows, counts, and does not know yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from talentpool.i18n import _, ngettext, translated
from talentpool.placements.wording import fte
from talentpool.steering import columns, fairness, given_up, missions, rows, tension, waiting
from talentpool.steering.facts import Facts
from talentpool.steering.rows import Row
from talentpool.steering.supply import Supply
from talentpool.tabular.columns import Columns

#: What a figure is, written, and what it counts.
Figure = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A second table of a question: its caption, marked for translation, and its rows."""

    caption: str
    columns: Columns
    rows: Callable[[Facts, Supply], Iterator[Row]]


@dataclass(frozen=True)
class Question:
    """One question: its figure, its full list, what the list rests on, and what nobody knows yet."""

    title: str
    figure: Callable[[Facts, Supply], Figure]
    columns: Columns
    rows: Callable[[Facts, Supply], Iterator[Row]]
    note: str
    empty: str
    unknown: str = ""
    also: tuple[Part, ...] = ()


def _bench(facts: Facts, supply: Supply) -> Figure:
    number = sum(1 for free in supply.bench() if not free.horizon)
    words = ngettext(
        "personne a du temps libre aujourd’hui", "personnes ont du temps libre aujourd’hui", number
    )
    return str(number), words


def _endings(facts: Facts, supply: Supply) -> Figure:
    ending = missions.endings(facts.placements, facts.today)
    number = sum(1 for placement in ending if placement.needs_decision)
    words = ngettext(
        "fin de mission sans suite décidée", "fins de mission sans suite décidée", number
    )
    return str(number), words


def _unmet(facts: Facts, supply: Supply) -> Figure:
    number = len(facts.open_seats)
    return str(number), ngettext("poste à pourvoir", "postes à pourvoir", number)


def _given_up(facts: Facts, supply: Supply) -> Figure:
    number = len(facts.given_up)
    return str(number), ngettext("besoin sans solution", "besoins sans solution", number)


def _idle(facts: Facts, supply: Supply) -> Figure:
    number = len(waiting.idle(facts.proposals, facts.today))
    words = ngettext(
        "proposition immobile depuis plus de 7 jours",
        "propositions immobiles depuis plus de 7 jours",
        number,
    )
    return str(number), words


def _arrivals(facts: Facts, supply: Supply) -> Figure:
    number = sum(1 for one in missions.arrivals(facts.placements, facts.today) if one.missing)
    return str(number), ngettext("arrivée à préparer", "arrivées à préparer", number)


def _alerts(facts: Facts, supply: Supply) -> Figure:
    number = len(missions.alerts(facts.placements, facts.today))
    return str(number), ngettext("mission en alerte", "missions en alerte", number)


def _hirings(facts: Facts, supply: Supply) -> Figure:
    room = tension.room(facts)
    return fte(room.now), translated(TO_HIRE, least=fte(room.least))


def _hosts(facts: Facts, supply: Supply) -> Figure:
    number = sum(1 for _host, portion in fairness.by_host(facts) if portion.has_nothing)
    words = ngettext("administration n’a rien eu", "administrations n’ont rien eu", number)
    return str(number), words


TO_HIRE = _("ETP à embaucher sous le plafond (%(least)s au plus bas d’ici à 90 jours)")

QUESTIONS = {
    "bench": Question(
        _("Qui est, ou sera, entre deux missions ?"),
        _bench,
        columns.BENCH,
        rows.bench,
        _(
            "La part du contrat de l’agence qui n’est pas placée, et ce qui s’y ajoute dans les 90 jours."
            " Une absence de huit semaines ou plus ne compte pas ; une proposition ne prend rien ici."
        ),
        _("Personne n’a de temps libre d’ici à 90 jours."),
    ),
    "fins": Question(
        _("Quelles missions finissent sous 90 jours ?"),
        _endings,
        columns.ENDINGS,
        rows.endings,
        _(
            "Les deux parties doivent connaître la suite 60 jours avant la fin. Les interventions courtes"
            " finissent sans décision : elles ne sont pas ici."
        ),
        _("Aucune mission ne finit d’ici à 90 jours."),
    ),
    "besoins": Question(
        _("Quels postes restent à pourvoir, et pourquoi ?"),
        _unmet,
        columns.UNMET,
        rows.unmet,
        _(
            "La raison est calculée au premier jour du poste, ou à aujourd’hui s’il est passé : personne"
            " de la famille n’est libre ; ou bien il n’y a pas de place sous le plafond et personne de la"
            " famille n’est entre deux missions ; ou bien personne n’est libre d’autant de temps."
        ),
        _("Aucun poste n’est à pourvoir."),
        also=(
            Part(_("Dates promises passées, la plus ancienne d’abord"), columns.LATE, rows.late),
        ),
    ),
    "sans-solution": Question(
        _("Quels besoins sont restés sans solution, et pourquoi ?"),
        _given_up,
        columns.GIVEN_UP,
        given_up.rows,
        _(
            "Les besoins que l’agence avait retenus et pour lesquels personne n’a été trouvé. L’attente va du"
            " jour où le besoin est retenu à celui où il est laissé ; la raison est celle que l’agence a"
            " donnée au ministère. Un besoin rouvert n’est plus ici. Un besoin de plusieurs familles compte"
            " dans chacune."
        ),
        _("Aucun besoin n’est resté sans solution."),
        also=(
            Part(_("Par raison"), columns.COUNTED, given_up.by_reason),
            Part(_("Par famille de métiers"), columns.COUNTED, given_up.by_family),
            Part(_("Par ministère"), columns.COUNTED, given_up.by_ministry),
        ),
    ),
    "propositions": Question(
        _("Quelles propositions attendent, et qui doit répondre ?"),
        _idle,
        columns.IDLE,
        rows.idle,
        _("Les propositions en cours qui n’ont pas changé d’étape depuis plus de 7 jours."),
        _("Aucune proposition n’est immobile."),
    ),
    "arrivees": Question(
        _("Quelles arrivées ne sont pas prêtes ?"),
        _arrivals,
        columns.ARRIVALS,
        rows.arrivals,
        _(
            "Les arrivées des 30 prochains jours, et celles qui auraient dû être notées : ce qui leur manque."
        ),
        _("Aucune arrivée n’est prévue d’ici à 30 jours."),
    ),
    "alertes": Question(
        _("Quelles missions vont mal ?"),
        _alerts,
        columns.ALERTS,
        rows.alerts,
        _(
            "Les interruptions des 30 derniers jours et les points d’essai qui auraient dû être faits."
        ),
        _("Aucune mission n’est en alerte."),
        _(
            "L’humeur des équipes et les demandes d’aide ne sont pas encore suivies : elles viendront avec"
            " les missions."
        ),
    ),
    "embauches": Question(
        _("Quelle compétence recruter ensuite ?"),
        _hirings,
        columns.HIRINGS,
        rows.hirings,
        _(
            "La tension est le nombre de postes à pourvoir divisé par le nombre de personnes libres sous"
            " 60 jours ; sans personne libre, elle est infinie (∞). Une date de disponibilité inconnue"
            " compte comme libre. Une embauche ouvrirait les postes qu’aucune personne de la famille, sous"
            " contrat et libre au premier jour, ne peut prendre. Ce que le plafond laisse ne compte pas les"
            " propositions qui ne sont pas confirmées."
        ),
        _("Aucune famille de métiers n’est connue."),
        also=(
            Part(_("Quand le plafond rend de la place"), columns.GROWTHS, rows.growths),
            Part(
                _("Par compétence indispensable, la plus tendue d’abord"),
                columns.TENSIONS,
                rows.skills,
            ),
        ),
    ),
    "equite": Question(
        _("Qui n’a rien eu ?"),
        _hosts,
        columns.HOSTS,
        rows.hosts,
        _(
            "Les ministères, chacun avec les services qui en dépendent, et les autres administrations dont un"
            " besoin a été retenu. Rien : ni temps placé aujourd’hui, ni poste pourvu à ce jour. Les villes"
            " d’Île-de-France viennent d’une liste courte, celles qui n’y sont pas comptent hors de la"
            " région ; pas de pourcentage sous cinq postes."
        ),
        _("Aucune administration n’est connue."),
        also=(Part(_("Île-de-France et ailleurs"), columns.REGIONS, rows.regions),),
    ),
}


def for_file(row: Row) -> Row:
    """Return a row with its exact numbers written as files have them: 2.5 ETP, a ratio to the hundredth."""
    return {name: _written(name, value) for name, value in row.items()}


def _written(name: str, value: object) -> object:
    if isinstance(value, Fraction):
        return f"{float(value):.2f}"
    if isinstance(value, Decimal) and name != "share_pct":
        return f"{value:f}"
    return value
