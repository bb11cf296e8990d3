"""The ledger's tables as rows of files: contracts, placements, absences, and the pool's capacity."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from talentpool.i18n import _
from talentpool.placements.ledger import Ledger
from talentpool.placements.models import Absence, Contract, Placement
from talentpool.proposals.models import Proposal
from talentpool.tabular.columns import Column, Columns

#: How far capacity is written out: a year back, two years ahead.
BACK, AHEAD = timedelta(days=365), timedelta(days=730)

CONTRACTS = Columns(
    [
        Column("person", _("Personne")),
        Column("name", _("Nom")),
        Column("employer", _("Employeur")),
        Column("kind", _("Nature")),
        Column("starts_on", _("Premier jour"), kind="date"),
        Column("ends_on", _("Dernier jour"), kind="date"),
        Column("share_from", _("Part valable à partir du"), kind="date"),
        Column("share_pct", _("Part de temps plein"), kind="exact_share"),
    ]
)
PLACEMENTS = Columns(
    [
        Column("number", _("Numéro")),
        Column("person", _("Personne")),
        Column("name", _("Nom")),
        Column("organisation", _("Administration porteuse")),
        Column("mission", _("Mission")),
        Column("seat", _("Poste")),
        Column("kind", _("Nature")),
        Column("starts_on", _("Premier jour"), kind="date"),
        Column("ends_on", _("Dernier jour"), kind="date"),
        Column("share_pct", _("Part de temps plein"), kind="exact_share"),
        Column("status", _("État")),
        Column("agreement_signed_on", _("Convention signée le"), kind="date"),
        Column("letter_signed_on", _("Lettre signée le"), kind="date"),
        Column("started_on", _("Arrivée le"), kind="date"),
        Column("renewal", _("Suite décidée")),
        Column("interruption", _("Raison de l’interruption")),
    ]
)
ABSENCES = Columns(
    [
        Column("person", _("Personne")),
        Column("name", _("Nom")),
        Column("kind", _("Nature")),
        Column("starts_on", _("Premier jour"), kind="date"),
        Column("starts_half", _("À partir du")),
        Column("ends_on", _("Dernier jour"), kind="date"),
        Column("ends_half", _("Jusqu’au")),
    ]
)
PROPOSALS = Columns(
    [
        Column("person", _("Personne")),
        Column("name", _("Nom")),
        Column("organisation", _("Administration porteuse")),
        Column("mission", _("Mission")),
        Column("seat", _("Poste")),
        Column("starts_on", _("Premier jour"), kind="date"),
        Column("ends_on", _("Dernier jour"), kind="date"),
        Column("share_pct", _("Part de temps plein"), kind="exact_share"),
        Column("status", _("Étape")),
        Column("moved_on", _("Depuis"), kind="date"),
        Column("expires_on", _("Tient jusqu’au"), kind="date"),
        Column("declined_by", _("Refusée par")),
        Column("reason", _("Raison")),
    ]
)
CAPACITY = Columns(
    [
        Column("starts_on", _("Du"), kind="date"),
        Column("ends_on", _("Au"), kind="date"),
        Column("held", _("Sous contrat (ETP)")),
        Column("placed", _("dont placés")),
        Column("bench", _("dont entre deux missions")),
        Column("absent", _("dont absents")),
        Column("reserved", _("Réservés")),
        Column("tentative", _("Proposés")),
        Column("cap", _("Plafond")),
        Column("free", _("Libres sous le plafond")),
    ]
)


def contract_rows(contracts: list[Contract]) -> Iterator[dict[str, Any]]:
    """Yield a row for each period of each contract."""
    for contract in contracts:
        for period in contract.periods:
            yield {
                "person": contract.talent.code,
                "name": contract.talent.label,
                "employer": contract.employer.value,
                "kind": contract.kind.value,
                "starts_on": contract.starts_on,
                "ends_on": contract.ends_on,
                "share_from": period.starts_on,
                "share_pct": period.share_pct,
            }


def placement_rows(placements: list[Placement], today: date) -> Iterator[dict[str, Any]]:
    """Yield a row for each placement, with its status on `today`."""
    for placement in placements:
        need = placement.seat.need
        yield {
            "number": placement.reference,
            "person": placement.talent.code,
            "name": placement.talent.label,
            "organisation": need.host_label,
            "mission": need.title,
            "seat": placement.seat.label,
            "kind": placement.kind.value,
            "starts_on": placement.starts_on,
            "ends_on": placement.ends_on,
            "share_pct": placement.share_pct,
            "status": placement.status_on(today).value,
            "agreement_signed_on": placement.agreement.signed_on,
            "letter_signed_on": placement.letter_signed_on,
            "started_on": placement.started_on,
            "renewal": placement.renewal.value if placement.renewal else "",
            "interruption": placement.interruption.value if placement.interruption else "",
        }


def absence_rows(absences: list[Absence]) -> Iterator[dict[str, Any]]:
    """Yield a row for each absence."""
    for absence in absences:
        yield {
            "person": absence.talent.code,
            "name": absence.talent.label,
            "kind": absence.kind.value,
            "starts_on": absence.starts_on,
            "starts_half": absence.starts_half.value,
            "ends_on": absence.ends_on,
            "ends_half": absence.ends_half.value,
        }


def proposal_rows(proposals: list[Proposal], today: date) -> Iterator[dict[str, Any]]:
    """Yield a row for each proposal, with its status on `today`."""
    for proposal in proposals:
        need = proposal.seat.need
        yield {
            "person": proposal.talent.code,
            "name": proposal.talent.label,
            "organisation": need.host_label,
            "mission": need.title,
            "seat": proposal.seat.label,
            "starts_on": proposal.starts_on,
            "ends_on": proposal.ends_on,
            "share_pct": proposal.share_pct,
            "status": proposal.status_on(today).value,
            "moved_on": proposal.moved_at.date(),
            "expires_on": proposal.expires_on,
            "declined_by": proposal.declined_by.value if proposal.declined_by else "",
            "reason": proposal.decline_reason.value if proposal.decline_reason else "",
        }


def capacity_rows(ledger: Ledger, today: date) -> Iterator[dict[str, Any]]:
    """Yield a row for each stretch of days on which the pool's figures stay the same, in FTE."""
    for level in ledger.levels(today - BACK, today + AHEAD):
        figures = ("held", "placed", "bench", "absent", "reserved", "tentative", "free")
        yield {
            "starts_on": level.starts_on,
            "ends_on": level.ends_on,
            **{name: _plain(getattr(level, name)) for name in figures},
            "cap": _plain(ledger.cap),
        }


def _plain(number: Decimal) -> str:
    return f"{number:f}"
