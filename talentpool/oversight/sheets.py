"""Each figure of the oversight page as a table that can be read, drawn and exported."""

from collections.abc import Callable

from flask_babel import format_date

from talentpool.i18n import _, ngettext, translated
from talentpool.matches.presenting import CRITERIA
from talentpool.oversight import effects
from talentpool.oversight.drift import drift
from talentpool.oversight.effects import APART, BANDS, UNRANKED
from talentpool.oversight.facts import FIRST, Facts
from talentpool.oversight.tables import Sheet, bars, in_words, number, portion
from talentpool.tabular.columns import Column, Columns

BAND_LABELS = {
    **dict(zip(BANDS, (_("1er"), _("2e ou 3e"), _("4e à 10e"), _("11e ou au-delà")), strict=True)),
    APART: _("À part (un critère manqué)"),
    UNRANKED: _("Sans classement"),
}
COUNT = Column("count", _("Nombre"), kind="integer")
OUT_OF = Column("out_of", _("Sur"), kind="integer")
PERCENT = Column("percent", _("Part (%)"), kind="integer")
REASON = Column("reason", _("Raison"))


def first(facts: Facts) -> Sheet:
    """Say how often the first of a ranking was taken."""
    rows = [
        {"about": translated(label), **portion(one)}
        for label, one in (
            (_("Première présélectionnée"), effects.first_shortlisted(facts)),
            (_("Première choisie"), effects.first_chosen(facts)),
        )
        if one.out_of
    ]
    return Sheet(
        "premier",
        _("La première personne est-elle prise ?"),
        _(
            "Postes pour lesquels la personne classée première a été présélectionnée, parmi ceux qui ont une"
            " présélection faite sur un classement ; puis postes pour lesquels elle a été choisie (confirmée"
            " ou placée), parmi ceux dont la personne choisie avait été classée. Le rang est celui du"
            " classement lu au moment de décider."
        ),
        Columns([Column("about", _("Issue")), COUNT, OUT_OF, PERCENT]),
        rows,
        [bars(_("Part des postes"), rows, "about", "percent", "%")],
    )


def ranks(facts: Facts) -> Sheet:
    """Say at which ranks people are taken."""
    rows = [
        {
            "band": translated(BAND_LABELS[band]),
            "shortlisted": taken.count,
            "shortlisted_percent": taken.percent,
            "chosen": chosen.count,
            "chosen_percent": chosen.percent,
        }
        for band, taken, chosen in effects.bands(facts)
    ]
    return Sheet(
        "rangs",
        _("À quels rangs prend-on ?"),
        _(
            "Une personne compte une fois par poste. Présélectionnées : celles dont la dernière décision de"
            " la période est une présélection. Choisies : confirmées ou placées pour la première fois sur ce"
            " poste ; un renouvellement ne compte pas. Les parts sont celles des personnes classées."
        ),
        Columns(
            [
                Column("band", _("Rang machine")),
                Column("shortlisted", _("Présélectionnées"), kind="integer"),
                Column("shortlisted_percent", _("Part des présélectionnées (%)"), kind="integer"),
                Column("chosen", _("Choisies"), kind="integer"),
                Column("chosen_percent", _("Part des choisies (%)"), kind="integer"),
            ]
        ),
        rows if any(row["shortlisted"] or row["chosen"] for row in rows) else [],
        [
            bars(_("Présélectionnées, par rang"), rows, "band", "shortlisted"),
            bars(_("Choisies, par rang"), rows, "band", "chosen"),
        ],
    )


def returns(facts: Facts) -> Sheet:
    """Say who was brought back, and what came of it."""
    lines, portion_of_all = effects.returns(facts)
    rows = [
        {
            "criterion": translated(CRITERIA.get(criterion, _("Aucun : dans la liste"))),
            "reason": translated(reason.label),
            "count": line.brought_back,
            "shortlisted": line.shortlisted,
            "chosen": line.chosen,
        }
        for (criterion, reason), line in sorted(
            lines.items(), key=lambda item: (-item[1].brought_back, item[0])
        )
    ]
    return Sheet(
        "retours",
        _("Qui ramène-t-on, et pourquoi ?"),
        _(
            "Personnes qu’un critère mettait à part et que l’agence a ramenées. Qui manquait deux critères"
            " compte sous chacun. Beaucoup de retours pour un critère disent qu’il coupe trop court."
        ),
        Columns(
            [
                Column("criterion", _("Critère manqué")),
                REASON,
                Column("count", _("Ramenées"), kind="integer"),
                Column("shortlisted", _("dont présélectionnées"), kind="integer"),
                Column("chosen", _("dont choisies"), kind="integer"),
            ]
        ),
        rows,
        [bars(_("Personnes ramenées"), rows, "criterion", "count", also="reason")],
        translated(
            _("Ramenées, parmi les personnes décidées : %(portion)s."),
            portion=in_words(portion_of_all),
        ),
    )


def orders(facts: Facts) -> Sheet:
    """Say how often, why and how far orders are changed by hand."""
    lines, changed = effects.reorderings(facts)
    rows = [
        {
            "reason": translated(line.reason.label),
            **portion(line.portion),
            "mean_places": number(float(line.mean_places)),
            "most_places": line.most_places,
        }
        for line in lines
    ]
    return Sheet(
        "ordres",
        _("Change-t-on l’ordre à la main ?"),
        _(
            "Ordres de présélection choisis par l’agence, comparés à celui du classement au même moment. Les"
            " places sont celles dont une personne a bougé ; qui n’a pas bougé n’entre pas dans la moyenne."
        ),
        Columns(
            [
                REASON,
                COUNT,
                OUT_OF,
                PERCENT,
                Column("mean_places", _("Places, en moyenne")),
                Column("most_places", _("Places, au plus"), kind="integer"),
            ]
        ),
        rows,
        [bars(_("Ordres changés"), rows, "reason", "count")],
        translated(
            _("Postes réordonnés, parmi ceux qui ont plusieurs présélections : %(portion)s."),
            portion=in_words(changed),
        ),
    )


def decisions(facts: Facts) -> Sheet:
    """Say why the agency decides."""
    rows = [
        {"verdict": translated(verdict.label), "reason": translated(reason.label), **portion(one)}
        for verdict, reason, one in effects.verdicts(facts)
    ]
    return Sheet(
        "decisions",
        _("Les décisions de l’agence"),
        _(
            "Chaque décision de la période, y compris celles qui ont été changées depuis. La part est celle"
            " de la raison parmi les décisions du même genre."
        ),
        Columns([Column("verdict", _("Décision")), REASON, COUNT, OUT_OF, PERCENT]),
        rows,
        [bars(_("Décisions"), rows, "verdict", "count", also="reason")],
    )


def answers(facts: Facts) -> Sheet:
    """Say why hosts and talents accept or refuse."""
    rows = [
        {
            "side": translated(one.side.label),
            "question": translated(one.question.label if one.question else _("Retrait ou arrêt")),
            "answer": translated(_("Oui") if one.is_yes else _("Non")),
            "reason": translated(one.reason.label),
            **portion(counted),
        }
        for one, counted in effects.answers(facts)
    ]
    return Sheet(
        "reponses",
        _("Les réponses aux propositions"),
        _(
            "Ce que l’administration et le talent ont répondu, et les propositions qu’un côté ou l’agence a"
            " arrêtées sans répondre non à une question. La part est celle de la raison parmi les réponses"
            " semblables."
        ),
        Columns(
            [
                Column("side", _("Qui")),
                Column("question", _("Question")),
                Column("answer", _("Réponse")),
                REASON,
                COUNT,
                OUT_OF,
                PERCENT,
            ]
        ),
        rows,
        [bars(_("Réponses"), rows, "reason", "count", also="side")],
    )


def proposals(facts: Facts) -> Sheet:
    """Say whether the same few are always proposed."""
    found = effects.concentration(facts)
    rows = [
        {
            "times": ngettext("%(num)d fois", "%(num)d fois", times),
            "people": people,
            "proposals": times * people,
        }
        for times, people in found.by_times.items()
    ]
    summary = _(
        "Propositions qui vont aux cinq personnes les plus proposées : %(portion)s. Personnes proposées :"
        " %(people)d."
    )
    return Sheet(
        "propositions",
        _("Propose-t-on toujours les mêmes ?"),
        _(
            "Propositions faites dans la période, par le nombre de fois où une personne a été proposée."
        ),
        Columns(
            [
                Column("times", _("Proposées")),
                Column("people", _("Personnes"), kind="integer"),
                Column("proposals", _("Propositions"), kind="integer"),
            ]
        ),
        rows,
        [bars(_("Personnes, par nombre de propositions"), rows, "times", "people")],
        translated(summary, portion=in_words(found.top), people=found.people),
    )


def months(facts: Facts) -> Sheet:
    """Say how the ranking drifts."""
    found = drift(facts)
    rows = [
        {
            "month": format_date(one.month, "MMM yyyy"),
            "runs": one.runs,
            "score": None if one.median_score is None else number(100 * one.median_score),
            "unknown": one.unknown.count,
            "out_of": one.unknown.out_of,
            "percent": one.unknown.percent,
            "chosen": one.chosen,
            "rank": None if one.median_rank is None else number(one.median_rank, "#,##0.#"),
            "versions": ", ".join(one.versions),
        }
        for one in found
    ]
    scores = [(one.median_score or 0) * 100 for one in found]
    middles = [one.median_rank or 0 for one in found]
    return Sheet(
        "derive",
        _("Le classement change-t-il au fil des mois ?"),
        translated(
            _(
                "Score médian, en points sur 100, des %(first)d premières personnes de chaque liste ;"
                " réponses inconnues parmi celles qu’elles donnent aux critères ; rang médian des personnes"
                " choisies, le mois du choix. Une version nouvelle, des profils mieux remplis ou d’autres"
                " besoins peuvent changer ces chiffres : le tableau montre, il n’explique pas."
            ),
            first=FIRST,
        ),
        Columns(
            [
                Column("month", _("Mois")),
                Column("runs", _("Classements"), kind="integer"),
                Column("score", _("Score médian")),
                Column("unknown", _("Réponses inconnues"), kind="integer"),
                Column("out_of", _("Sur"), kind="integer"),
                PERCENT,
                Column("chosen", _("Choisies"), kind="integer"),
                Column("rank", _("Rang médian des choisies")),
                Column("versions", _("Versions")),
            ]
        ),
        rows if facts.runs or facts.chosen else [],
        [
            bars(_("Score médian des premières personnes"), rows, "month", "score", sizes=scores),
            bars(_("Réponses inconnues"), rows, "month", "percent", "%"),
            bars(_("Rang médian des choisies"), rows, "month", "rank", sizes=middles),
        ],
    )


#: The tables of the page in their order; those of groups stand in `group_sheets`.
SHEETS: tuple[Callable[[Facts], Sheet], ...] = (
    first,
    ranks,
    returns,
    orders,
    decisions,
    answers,
    proposals,
    months,
)
