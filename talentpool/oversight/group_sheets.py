"""The tables that compare groups, of what people chose to say of themselves."""

from typing import Any

from talentpool.declarations.models import AgeBand, Gender
from talentpool.declarations.queries import declared_groups
from talentpool.i18n import _, translated
from talentpool.oversight.facts import Facts
from talentpool.oversight.groups import Comparison, by_age, by_gender
from talentpool.oversight.sheets import PERCENT
from talentpool.oversight.tables import Bar, Chart, Sheet, number
from talentpool.tabular.columns import Column, Columns

STAGE_LABELS = {
    "first": _("Parmi les dix premières"),
    "shortlisted": _("Présélectionnées"),
    "introduced": _("Présentées (deux oui)"),
    "chosen": _("Choisies"),
}
GROUP_LABELS = {
    Gender.WOMAN: _("Femmes"),
    Gender.MAN: _("Hommes"),
    Gender.OTHER: _("Ni l’un ni l’autre, ou autrement"),
    AgeBand.UNDER_30: AgeBand.UNDER_30.label,
    AgeBand.FROM_30_TO_44: AgeBand.FROM_30_TO_44.label,
    AgeBand.FROM_45: AgeBand.FROM_45.label,
}
COLUMNS = Columns(
    [
        Column("stage", _("Étape")),
        Column("group", _("Groupe")),
        Column("count", _("Personnes"), kind="integer"),
        Column("ranked", _("Classées"), kind="integer"),
        PERCENT,
        Column("ratio", _("Rapport au taux le plus haut")),
        Column("alarm", _("Alerte")),
    ]
)
HOW = _(
    "Personnes qui ont bien voulu répondre, et qui ont été classées au moins une fois dans la période. Chacune"
    " compte une fois par étape, pour tous les postes ensemble. Le rapport compare le taux d’un groupe au taux"
    " le plus haut de l’étape."
)
ALARM = _(
    "Un rapport est sous 0,80. C’est la règle dite des quatre cinquièmes : elle demande de regarder de plus"
    " près. Elle ne prouve ni une discrimination, ni, au-dessus du seuil, son absence : avec peu de personnes"
    " une seule décision la fait basculer, les groupes peuvent différer par le métier ou les dates, et seuls"
    " ceux qui ont répondu sont comptés."
)
HIDDEN = _(
    "Un groupe au moins n’est pas montré : il compte moins de cinq personnes, ou permettrait de retrouver par"
    " soustraction un groupe qui en compte moins de cinq, ou réunit tout le monde."
)
HIDDEN_STAGES = _(
    "Étapes non montrées, parce que moins de cinq personnes, ou celles d’un seul groupe, les ont atteintes :"
    " %(stages)s."
)


def group_sheets(facts: Facts) -> list[Sheet]:
    """Return a table for each question that people may answer."""
    declared = declared_groups()
    return [
        _sheet("genre", _("Femmes, hommes : mêmes chances ?"), by_gender(facts, declared)),
        _sheet("age", _("Selon l’âge : mêmes chances ?"), by_age(facts, declared)),
    ]


def _sheet(code: str, title: str, found: Comparison) -> Sheet:
    rows: list[dict[str, Any]] = [
        {
            "stage": translated(STAGE_LABELS[rate.stage]),
            "group": translated(GROUP_LABELS[group.group]),
            "count": rate.count,
            "ranked": rate.ranked,
            "percent": round(100 * rate.rate),
            "ratio": None if rate.ratio is None else number(float(rate.ratio), "0.00"),
            "alarm": translated(_("sous 0,80")) if rate.is_alarming else "",
        }
        for stage in STAGE_LABELS
        for group in found.groups
        for rate in group.rates
        if rate.stage == stage
    ]
    notes = [translated(HIDDEN)] if found.hidden else []
    if found.hidden_stages:
        stages = ", ".join(translated(STAGE_LABELS[one]).lower() for one in found.hidden_stages)
        notes.append(translated(HIDDEN_STAGES, stages=stages))
    bars = [
        Bar(
            f"{row['stage']} – {row['group']}",
            row["percent"],
            f"{row['percent']}\N{NO-BREAK SPACE}%",
        )
        for row in rows
    ]
    return Sheet(
        code,
        title,
        HOW,
        COLUMNS,
        rows,
        [Chart(_("Taux de chaque groupe"), bars)] if bars else [],
        alarm=translated(ALARM) if found.is_alarming else "",
        notes=notes,
    )
