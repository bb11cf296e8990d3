"""Observed missions as lanes of a time line."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import groupby

from talentpool.i18n import _, date_in_figures, translated
from talentpool.observed.models import ObservedMission
from talentpool.web.timeline import NO_END, Bar, Lane

#: How the public source names statuses; any other is shown as given.
STATUS_LABELS = {
    "independent": _("indépendant"),
    "admin": _("agent public"),
    "service": _("société de services"),
}
NO_FAMILY = _("Famille inconnue")
NO_PRODUCT = _("produit inconnu")
NO_SHARE = _("part inconnue")
BOUNDED = _("du %(first)s au %(last)s")
ENDLESS = _("depuis le %(first)s, fin inconnue")


def by_person(missions: Iterable[ObservedMission]) -> list[list[ObservedMission]]:
    """Part missions, which come ordered by family and person, into those of each person."""
    grouped = groupby(
        missions, key=lambda mission: (mission.family, mission.source, mission.talent)
    )
    return [list(group) for _person, group in grouped]


def lanes_of(groups: Iterable[list[ObservedMission]]) -> tuple[Lane, ...]:
    """Make a lane of each person's missions, under the heading of their family."""
    # A day is written thousands of times, and the calendar of a language is slow.
    figures = cache(date_in_figures)
    return tuple(
        Lane(
            label=missions[0].talent,
            bars=tuple(_bar(mission, figures) for mission in missions),
            group=missions[0].family or translated(NO_FAMILY),
        )
        for missions in groups
    )


def _bar(mission: ObservedMission, figures: Callable[[date | None], str]) -> Bar:
    what = ", ".join(mission.products) or translated(NO_PRODUCT)
    days = translated(
        BOUNDED if mission.ends_on else ENDLESS,
        first=figures(mission.starts_on),
        last=figures(mission.ends_on),
    )
    status = translated(STATUS_LABELS.get(mission.status, "")) or mission.status
    said = (mission.talent, what, status, translated(NO_SHARE), days)
    return Bar(
        starts_on=mission.starts_on,
        ends_on=mission.ends_on or NO_END,
        kind="placed",
        label=what,
        text=", ".join(part for part in said if part),
    )
