"""Filters of the board in words, each with the address of the same search without it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import url_for

from talentpool.board.catalogue import HostName
from talentpool.board.filters import Filters
from talentpool.i18n import _, date_in_figures, named, ngettext, translated
from talentpool.skills.models import JobFamily

FILTERS = {
    "text": _("Mots : « %(value)s »"),
    "family": _("Famille : %(value)s"),
    "skill": _("Compétence : %(value)s"),
    "host": _("Administration : %(value)s"),
    "place": _("Lieu : %(value)s"),
    "remote": _("Télétravail : %(value)s"),
    "share": _("Part : %(value)s %% au plus"),
    "starts_by": _("Commence au plus tard le %(value)s"),
}


@dataclass(frozen=True)
class Asked:
    """One active filter in words, and the address of the same search without it."""

    words: str
    url_without: str


def address_of(filters: Filters) -> str:
    """Return the address of a search, which can be sent to anybody."""
    return url_for("board.listing", **filters.in_address())  # type: ignore[arg-type]


def feed_of(filters: Filters) -> str:
    """Return the address of the feed that follows a search, in whatever order it is read."""
    asked = replace(filters, order=None).in_address()
    return url_for("board.feed", **asked)  # type: ignore[arg-type]


def asked(
    filters: Filters, families: Iterable[JobFamily], hosts: Mapping[str, HostName]
) -> dict[str, Asked]:
    """Map each active filter to its words and to the way out of it."""
    return {
        name: Asked(_words(name, filters, families, hosts), address_of(filters.without(name)))
        for name in filters.active
    }


def _words(
    name: str, filters: Filters, families: Iterable[JobFamily], hosts: Mapping[str, HostName]
) -> str:
    value = getattr(filters, name)
    if name == "family":
        value = next((named(known) for known in families if known.code == value), value)
    elif name == "host":
        value = named(hosts[value]) if value in hosts else value
    elif name == "starts_by":
        value = date_in_figures(value)
    elif name == "remote":
        value = remote_words(value)
    return translated(FILTERS[name], value=value)


def remote_words(days: int) -> str:
    """Say how many days at home a week somebody wants at least."""
    return ngettext("%(num)d jour par semaine ou plus", "%(num)d jours par semaine ou plus", days)
