"""Filters in words, and the heads of the columns that sort."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from talentpool.i18n import _, date_in_figures, named, translated
from talentpool.pool.filters import Filters, Sorting
from talentpool.skills.models import JobFamily
from talentpool.talents.models import LEVEL_LABELS
from talentpool.talents.standing import Standing

FILTERS = {
    "text": _("Mots : « %(value)s »"),
    "skill": _("Compétence : %(value)s"),
    "standing": _("Compétences : %(value)s"),
    "family": _("Famille : %(value)s"),
    "free_on": _("Libre le %(value)s"),
    "share": _("Part : %(value)s %% au moins"),
    "town": _("Ville : %(value)s"),
    "remote": _("Jours de télétravail, au plus : %(value)s"),
    "pool_status": _("Situation : %(value)s"),
    "status": _("Statut : %(value)s"),
}
#: What may be asked of skills beyond being claimed; an assessment is worth a piece of evidence.
PROOFS = {
    Standing.EVIDENCED: _("avec preuve ou évaluées"),
    Standing.ASSESSED: _("évaluées par l’agence"),
}
SKILL_AT_LEVEL = _("Compétence : %(value)s, « %(level)s » au moins")


@dataclass(frozen=True)
class Asked:
    """One active filter in words, and the address of the same search without it."""

    words: str
    url_without: str


def address_of(filters: Filters) -> str:
    """Return the address of a search, which can be sent to a colleague."""
    return url_for("talents.listing", **filters.in_address())  # type: ignore[arg-type]


def asked(filters: Filters, families: Iterable[JobFamily]) -> dict[str, Asked]:
    """Map each active filter to its words and to the way out of it."""
    return {
        name: Asked(_words(name, filters, families), address_of(filters.without(name)))
        for name in filters.active
    }


def _words(name: str, filters: Filters, families: Iterable[JobFamily]) -> str:
    value = getattr(filters, name)
    if name == "skill" and filters.level is not None:
        level = translated(LEVEL_LABELS[filters.level])
        return translated(SKILL_AT_LEVEL, value=value, level=level)
    if name == "family":
        value = next((named(known) for known in families if known.code == value), value)
    elif name == "free_on":
        value = date_in_figures(value)
    elif name in ("pool_status", "status"):
        value = translated(value.label)
    elif name == "standing":
        value = translated(PROOFS[value])
    return translated(FILTERS[name], value=value)


def heads(filters: Filters) -> dict[str, dict[str, str | None]]:
    """Return, for each column that sorts, its address and how the list is sorted by it now."""
    way = "descending" if filters.is_descending else "ascending"
    return {
        sorting.value: {
            "url": address_of(filters.sorted_by(sorting)),
            "sorted": way if filters.sorting is sorting else None,
        }
        for sorting in Sorting
    }
