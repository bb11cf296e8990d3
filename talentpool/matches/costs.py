"""What each thing that a profile leaves out costs in being found, counted over the open seats of public needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from talentpool.board.queries import on_board
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.needs.queries import seats
from talentpool.talents.completeness import Completeness, Part

#: Whether a seat asks for what each part says; the words of a profile are compared with every seat.
ASKS: dict[Part, Callable[[NeedSeat], bool]] = {
    Part.FAMILIES: lambda seat: bool(seat.family_id or seat.family_as_given),
    Part.SKILLS: lambda seat: bool(seat.skills),
    Part.DATES: lambda seat: seat.starts_on is not None,
    Part.SHARE: lambda seat: seat.share_pct is not None,
    Part.PLACE: lambda seat: bool(seat.town or seat.need.town),
    Part.SENIORITY: lambda seat: seat.seniority_years is not None,
    Part.WISHES: lambda seat: bool(seat.need.themes),
    Part.STATUS: lambda seat: bool(seat.statuses),
}
#: What it costs where it is asked, as the ranking's ordinary setting has it.
COSTS = {
    Part.HEADLINE: _("le classement lit ces mots pour chaque poste ; sans eux, aucun point."),
    Part.EXPERIENCE: _(
        "c’est là que le classement trouve le plus de mots ; sans eux, aucun point."
    ),
    Part.TEXT: _("le classement lit chaque mot ; ceux qui manquent ne rapportent rien."),
    Part.FAMILIES: _("%(asked)s un métier ; là, le vôtre reste inconnu."),
    Part.SKILLS: _("%(asked)s des compétences ; les vôtres n’y rapportent aucun point."),
    Part.DATES: _("%(asked)s une date ; là, votre disponibilité reste inconnue."),
    Part.SHARE: _("%(asked)s une part de temps ; là, la vôtre reste inconnue."),
    Part.PLACE: _("%(asked)s une ville ; un lieu qui convient y ajoute quelques points."),
    Part.SENIORITY: _(
        "%(asked)s des années d’expérience ; les avoir dites y ajoute quelques points."
    ),
    Part.WISHES: _("%(asked)s un thème ; un thème souhaité y ajoute quelques points."),
    Part.STATUS: _("%(asked)s certains statuts ; l’agence doit vous demander le vôtre."),
    Part.LANGUAGES: _("l’agence et les administrations les lisent ; aucun point n’en dépend."),
}


@dataclass(frozen=True)
class Cost:
    """What one missing part costs: in words, and how many open seats ask for it, None for all."""

    part: Part
    words: str
    asked: int | None


def costs_of(missing: Iterable[Part]) -> list[Cost]:
    """Say what each missing part costs today; what no open seat asks for is said so."""
    parts = list(missing)
    chosen = seats(status=SeatStatus.OPEN).where(on_board())
    found = list(db.session.scalars(chosen)) if parts else []
    return [_cost(part, found) for part in parts]


def _cost(part: Part, found: list[NeedSeat]) -> Cost:
    asks = ASKS.get(part)
    if asks is None:
        return Cost(part, translated(COSTS[part]), None)
    asked = sum(1 for seat in found if asks(seat))
    if not asked:
        return Cost(part, translated(_("aucun poste ouvert ne le demande aujourd’hui.")), 0)
    return Cost(part, translated(COSTS[part], asked=_of_all(asked, len(found))), asked)


def _of_all(asked: int, total: int) -> str:
    if asked == total:
        return ngettext(
            "le seul poste ouvert demande", "les %(num)d postes ouverts demandent", total
        )
    if asked == 1:
        return translated(_("un des %(total)d postes ouverts demande"), total=total)
    return translated(
        _("%(asked)d des %(total)d postes ouverts demandent"), asked=asked, total=total
    )


def profile_costs(completeness: Completeness) -> Markup:
    """Write what a profile lacks and what it costs, each with the step that says it."""
    macro = get_template_attribute("matches/_costs.html", "costs")
    written: Markup = macro(costs_of(completeness.missing))
    return written
