"""The navigation of each role: at most six entries, and which one is current."""

from dataclasses import dataclass

from flask import request, url_for
from flask_login import current_user

from talentpool.access import Role
from talentpool.i18n import _

ENTRIES: dict[Role | None, list[tuple[str, str]]] = {
    None: [
        (_("Accueil"), "pages.home"),
        (_("Les besoins"), "board.listing"),
        (_("Comment ça marche"), "pages.how_it_works"),
        (_("Rejoindre le vivier"), "accounts.join"),
        (_("Se connecter"), "accounts.sign_in"),
    ],
    Role.TALENT: [
        (_("Accueil"), "pages.home"),
        (_("Mon profil"), "talents.own_profile"),
        (_("Les besoins"), "needs.listing"),
        (_("Mes propositions"), "proposals.own_listing"),
        (_("Ma mission"), "placements.own_missions"),
        (_("Les compétences"), "skills.listing"),
    ],
    Role.MINISTRY_MEMBER: [
        (_("Accueil"), "pages.home"),
        (_("Nos besoins"), "needs.listing"),
        (_("Propositions"), "proposals.own_listing"),
        (_("Nos missions"), "placements.own_missions"),
        (_("Les compétences"), "skills.listing"),
    ],
    Role.AGENCY_STAFF: [
        (_("La semaine"), "steering.week"),
        (_("Besoins"), "needs.listing"),
        (_("Postes"), "matches.listing"),
        (_("Talents"), "talents.listing"),
        (_("Propositions"), "proposals.listing"),
        (_("Placements"), "placements.timeline"),
    ],
    Role.AGENCY_DIRECTOR: [
        (_("La semaine"), "steering.week"),
        (_("Besoins"), "needs.listing"),
        (_("Postes"), "matches.listing"),
        (_("Talents"), "talents.listing"),
        (_("Propositions"), "proposals.listing"),
        (_("Placements"), "placements.timeline"),
    ],
    Role.ADMINISTRATOR: [
        (_("Accueil"), "pages.home"),
        (_("Comptes"), "accounts.listing"),
        (_("Organisations"), "organisations.listing"),
        (_("Compétences"), "skills.listing"),
        (_("Journal"), "journal.listing"),
        (_("Données personnelles"), "privacy.register"),
    ],
}

#: Pages that people look for under another entry than their own feature's.
SHOWN_UNDER = {
    "matches.board": "proposals.listing",
    "matches.own_needs": "needs.listing",
    "interests.own": "needs.listing",
    "interests.say": "needs.listing",
    "visibility.own": "talents.own_profile",
    "visibility.seen": "talents.own_profile",
    "contests.own": "proposals.own_listing",
    "contests.contest": "proposals.own_listing",
    "contests.listing": "talents.listing",
    "contests.answer": "talents.listing",
    "assessments.assess": "talents.listing",
    "assessments.listing": "talents.listing",
    "assessments.own_listing": "talents.own_profile",
    "assessments.withdraw": "talents.listing",
}
#: Features without an entry of their own, and the one under which they stand.
FEATURES_UNDER = {"admissions": "talents"}


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    url: str
    is_current: bool


def navigation() -> list[Entry]:
    """Return the entries of the viewer's role."""
    return [
        Entry(label, url_for(endpoint), _is_current(endpoint))
        for label, endpoint in ENTRIES[current_user.role]
    ]


def _is_current(endpoint: str) -> bool:
    here = request.endpoint or ""
    if endpoint.startswith("pages.") or endpoint in {"accounts.sign_in", "accounts.join"}:
        return here == endpoint
    if here.startswith("merges."):
        # Duplicates stand under the list that they are found in.
        return request.path.startswith(f"{url_for(endpoint).rstrip('/')}/")
    feature = SHOWN_UNDER.get(here, here).partition(".")[0]
    return FEATURES_UNDER.get(feature, feature) == endpoint.partition(".")[0]
