"""An agency's spreadsheet of today's contracts and assignments, in: one row a contract, an assignment, or both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select

from talentpool.db import db
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.services import NeedContent, SeatContent, add_seat, create_need
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.queries import organisations_by_name
from talentpool.placements import contracts, queries, services
from talentpool.placements.contracts import Terms
from talentpool.placements.import_refusals import REFUSALS, explain
from talentpool.placements.kinds import ContractKind, Employer, PlacementStatus
from talentpool.placements.models import Contract, Placement
from talentpool.placements.services import Booking
from talentpool.skills.held import FAMILY_HEADERS
from talentpool.skills.queries import families_by_name
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.importing import (
    CREATED,
    LONGEST_ID,
    LONGEST_SOURCE,
    REJECTED,
    UNCHANGED,
    UPDATED,
)
from talentpool.tabular.reading import Row
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, content_of, create_talent, edit_talent

Kind = TypeVar("Kind", bound=StrEnum)

CONTRACT_FROM = ("contract_start", "début contrat", "début de contrat")
CONTRACT_TO = ("contract_end", "fin contrat", "fin de contrat")
COLUMNS = Columns(
    [
        Column("id", _("Identifiant de la personne"), ("matricule", "person_id"), required=True),
        Column("source", _("Provenance"), ()),
        Column("name", _("Nom"), ("display_name", "Prénom et nom", "personne")),
        Column(
            "family", _("Famille de métiers"), tuple(h for h in FAMILY_HEADERS if h != "family")
        ),
        Column("employer", _("Employeur"), ()),
        Column("contract_kind", _("Nature du contrat"), ("type de contrat",)),
        Column("contract_from", _("Contrat du"), CONTRACT_FROM, kind="date"),
        Column("contract_to", _("Contrat jusqu’au"), CONTRACT_TO, kind="date"),
        Column("contract_share", _("Part du contrat"), ("quotité du contrat",), kind="exact_share"),
        Column("share_from", _("Part valable à partir du"), (), kind="date"),
        Column("organisation", _("Administration porteuse"), ("ministère", "organization")),
        Column("mission", _("Mission"), ("besoin", "nom du besoin", "projet")),
        Column("seat", _("Poste"), ("fonction",)),
        Column("town", _("Ville"), ("city",)),
        Column("mission_from", _("Mission du"), ("début mission", "mission_start"), kind="date"),
        Column("mission_to", _("Mission jusqu’au"), ("fin mission", "mission_end"), kind="date"),
        Column(
            "mission_share",
            _("Part de la mission"),
            ("quotité de la mission",),
            kind="exact_share",
        ),
        Column("agreement_signed_on", _("Convention signée le"), (), kind="date"),
        Column("letter_signed_on", _("Lettre signée le"), (), kind="date"),
    ]
)
LENGTHS = {
    "id": LONGEST_ID,
    "source": LONGEST_SOURCE,
    "name": 120,
    "mission": 200,
    "seat": 200,
    "town": 120,
    "organisation": 200,
    "family": 120,
}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
DAYS = ("contract_from", "contract_to", "share_from", "mission_from", "mission_to")
NOTHING_GIVEN = _("La ligne ne dit ni contrat ni mission : donnez au moins l’un des deux.")
MISSING = _("Il manque cette date, sans laquelle la ligne ne peut pas entrer.")
MISSING_SHARE = _("Il manque la part de temps plein.")
BACKWARDS = _("Cette fin vient avant le début.")
TOO_FAR = _("Vérifiez l’année : cette date est trop lointaine.")
UNKNOWN = _("Valeur inconnue, ignorée : « %(value)s ».")
UNKNOWN_HOST = _("Organisation inconnue, gardée telle quelle : « %(value)s ».")


class StaffingImporter:
    """Stores rows of an agency's spreadsheet; what would break the cap or a contract stays out.

    A person is known by source and identifier, a contract by its first day, a mission by its
    administration and name, an assignment by person, mission and first day.
    """

    kind = "staffing"
    columns = COLUMNS

    def __init__(self, *, source: str, by: Any, cap: Decimal, today: date) -> None:
        self._source = source
        self._by = by
        self._cap = cap
        self._today = today
        self._hosts = organisations_by_name()
        self._families = families_by_name()

    def identity(self, row: Row) -> tuple[str, ...]:
        """Return the person, and the days and mission that tell one row of theirs from another."""
        values = row.values
        own = values.get("source") or self._source
        parts = ("contract_from", "share_from", "mission_from")
        days = (str(values.get(name) or "") for name in parts)
        return (own, values["id"], *days, folded(values.get("mission") or ""))

    def save(self, row: Row) -> str:
        """Store one good row whole, or leave it out with the reason."""
        for name, limit in LENGTHS.items():
            row.cut(name, limit)
        row.straighten("name", "mission", "seat", "town", "organisation")
        if not self._is_complete(row):
            return REJECTED
        try:
            with db.session.begin_nested(), journal.deferred():
                return self._stored(row)
        except REFUSALS as refused:
            explain(row, refused)
        return REJECTED

    def _is_complete(self, row: Row) -> bool:
        values = row.values
        for name in DAYS:
            if values.get(name) and not EARLIEST <= values[name] <= LATEST:
                row.find(name, TOO_FAR)
        has_contract = bool(values.get("contract_from"))
        has_mission = bool(values.get("mission"))
        if not has_contract and not has_mission:
            row.find("contract_from", NOTHING_GIVEN)
        if has_contract and values.get("contract_share") is None:
            row.find("contract_share", MISSING_SHARE)
        for name in ("mission_from", "mission_to"):
            if has_mission and not values.get(name):
                row.find(name, MISSING)
        if has_mission and values.get("mission_share") is None:
            row.find("mission_share", MISSING_SHARE)
        for first, last in (("contract_from", "contract_to"), ("mission_from", "mission_to")):
            if values.get(first) and values.get(last) and values[last] < values[first]:
                row.find(last, BACKWARDS)
        return not row.is_bad

    def _stored(self, row: Row) -> str:
        talent, outcome = self._talent(row)
        outcomes = [outcome]
        if row.values.get("contract_from"):
            outcomes.append(self._contract(row, talent))
        if row.values.get("mission"):
            outcomes.append(self._placement(row, talent))
        if set(outcomes) == {UNCHANGED}:
            return UNCHANGED
        return CREATED if CREATED in outcomes else UPDATED

    def _talent(self, row: Row) -> tuple[Talent, str]:
        values = row.values
        source = (values.get("source") or self._source)[:LONGEST_SOURCE]
        talent = db.session.scalar(
            select(Talent).where(Talent.source == source, Talent.external_id == values["id"])
        )
        if talent is not None and talent.merged_into is not None:
            return talent.merged_into, UNCHANGED
        before = content_of(talent) if talent else ProfileContent()
        given: dict[str, Any] = {}
        if values.get("name"):
            given["display_name"] = values["name"]
        family = self._families.get(folded(values.get("family") or ""))
        if values.get("family") and family is None:
            row.warn("family", UNKNOWN, value=values["family"][:80])
        if family is not None and family not in before.families:
            given["families"] = [*before.families, family]
        content = replace(before, **given)
        if talent is None:
            created = create_talent(content, by=self._by, source=source, external_id=values["id"])
            return created, CREATED
        return talent, UPDATED if edit_talent(talent, content, by=self._by) else UNCHANGED

    def _contract(self, row: Row, talent: Talent) -> str:
        values = row.values
        contract = db.session.scalar(
            select(Contract).where(
                Contract.talent_id == talent.id, Contract.starts_on == values["contract_from"]
            )
        )
        before = contracts.terms_of(contract) if contract else None
        terms = self._terms(row, before)
        limits = {"cap": self._cap, "today": self._today, "by": self._by}
        if contract is None:
            contracts.sign_contract(talent, terms, **limits)
            return CREATED
        return UPDATED if contracts.amend_contract(contract, terms, **limits) else UNCHANGED

    def _terms(self, row: Row, before: Terms | None) -> Terms:
        values = row.values
        shares = dict(before.shares) if before else {}
        first = values["contract_from"]
        shares[values.get("share_from") or first] = values["contract_share"]
        employer = _known(row, "employer", Employer)
        kind = _known(row, "contract_kind", ContractKind)
        return Terms(
            employer or (before.employer if before else Employer.AGENCY),
            kind or (before.kind if before else ContractKind.PROJECT),
            first,
            values.get("contract_to", before and before.ends_on),
            tuple(sorted(shares.items())),
            before.signed_on if before else None,
        )

    def _placement(self, row: Row, talent: Talent) -> str:
        values = row.values
        need = self._need(row)
        booking = Booking(values["mission_from"], values["mission_to"], values["mission_share"])
        placement = _placement_of(talent, need, booking.starts_on)
        limits = {"today": self._today, "by": self._by}
        if placement is None:
            seat = self._seat(row, need, booking)
            placement = services.place_talent(talent, seat, booking, **limits)
            self._sign(row, placement)
            return CREATED
        changed = bool(services.change_placement(placement, booking, **limits))
        return UPDATED if self._sign(row, placement) or changed else UNCHANGED

    def _sign(self, row: Row, placement: Placement) -> bool:
        """Note the signatures that the row gives; what is signed and has begun has started."""
        values, by = row.values, self._by
        was_started = placement.started_on is not None
        agreed, lettered = values.get("agreement_signed_on"), values.get("letter_signed_on")
        changed = False
        if agreed and placement.agreement.signed_on is None:
            services.sign_agreement(placement.agreement, on=agreed, by=by)
            changed = True
        if lettered and placement.letter_signed_on is None:
            services.sign_letter(placement, on=lettered, by=by)
            changed = True
        began_on = _began_on(placement)
        if not was_started and began_on is not None and began_on <= self._today:
            services.start_placement(placement, on=began_on, by=by)
            changed = True
        return changed

    def _need(self, row: Row) -> Need:
        """Return the need that a row names, entered as approved if nobody did before."""
        values = row.values
        host = values.get("organisation") or ""
        organisation = self._hosts.get(folded(host))
        if host and organisation is None:
            row.warn("organisation", UNKNOWN_HOST, value=host[:80])
        chosen = select(Need).where(Need.status != NeedStatus.DRAFT).order_by(Need.id)
        if organisation is not None:
            chosen = chosen.where(Need.organisation_id == organisation.id)
        elif host:
            chosen = chosen.where(Need.organisation_as_given == host)
        title = folded(values["mission"])
        found = [n for n in db.session.scalars(chosen) if folded(n.title) == title]
        if found:
            return found[0]
        content = NeedContent(
            title=values["mission"],
            organisation=organisation,
            organisation_as_given="" if organisation else host,
            town=values.get("town") or "",
        )
        return create_need(content, by=self._by, entered_by_agency=True, status=NeedStatus.APPROVED)

    def _seat(self, row: Row, need: Need, booking: Booking) -> NeedSeat:
        """Return a seat of the need that fits the row and that nobody has then; a new one if need be."""
        values = row.values
        title = values.get("seat") or ""
        family = self._families.get(folded(values.get("family") or ""))
        for seat in need.seats:
            is_titled = not title or folded(seat.title) == folded(title)
            is_of_family = family is None or seat.family in (None, family)
            if is_titled and is_of_family and queries.is_seat_free(seat, booking.span):
                return seat
        content = SeatContent(
            title=title,
            family=family,
            share_pct=_whole(booking.share_pct),
            starts_on=booking.starts_on,
            ends_on=booking.ends_on if booking.ends_on > booking.starts_on else None,
            town=values.get("town") or "",
        )
        return add_seat(need, content, by=self._by)


def _began_on(placement: Placement) -> date | None:
    """Return the first day on which an assignment could begin: planned, and both papers signed."""
    agreed, lettered = placement.agreement.signed_on, placement.letter_signed_on
    if agreed is None or lettered is None:
        return None
    day = max(placement.starts_on, agreed, lettered)
    return day if day <= placement.ends_on else None


def _whole(share: Decimal) -> int | None:
    """Return a seat's share, which asks for tenths of full time or more; None for what is finer."""
    return int(share) if share == int(share) and share >= 10 else None


def _placement_of(talent: Talent, need: Need, starts_on: date) -> Placement | None:
    return db.session.scalar(
        select(Placement)
        .join(Placement.seat)
        .where(
            Placement.talent_id == talent.id,
            NeedSeat.need_id == need.id,
            Placement.starts_on == starts_on,
            Placement.cancelled_at.is_(None),
        )
    )


def _known(row: Row, column: str, kind: type[Kind]) -> Kind | None:
    """Recognise a word by its code or its French label; an unknown one is reported and left out."""
    value = row.values.get(column) or ""
    by_name = {folded(n): m for m in kind for n in (m.value, str(getattr(m, "label", "")))}
    member = by_name.get(folded(value)) if value else None
    if value and member is None:
        row.warn(column, UNKNOWN, value=value[:80])
    return member


def staffing_rows(stored: list[Contract], placements: list[Placement]) -> Iterator[dict[str, Any]]:
    """Yield the rows that importing reads back to the same contracts and placements."""
    for contract in stored:
        for period in contract.periods:
            is_first = period.starts_on == contract.starts_on
            yield {
                **_person(contract.talent),
                "employer": contract.employer.value,
                "contract_kind": contract.kind.value,
                "contract_from": contract.starts_on,
                "contract_to": contract.ends_on,
                "contract_share": period.share_pct,
                "share_from": None if is_first else period.starts_on,
            }
    for placement in placements:
        if placement.status_on(placement.ends_on) is PlacementStatus.CANCELLED:
            continue
        need = placement.seat.need
        yield {
            **_person(placement.talent),
            "organisation": need.organisation.code if need.organisation else need.host_label,
            "mission": need.title,
            "seat": placement.seat.title,
            "town": placement.seat.town or need.town,
            "mission_from": placement.starts_on,
            "mission_to": placement.ends_on,
            "mission_share": placement.share_pct,
            "agreement_signed_on": placement.agreement.signed_on,
            "letter_signed_on": placement.letter_signed_on,
        }


def _person(talent: Talent) -> dict[str, Any]:
    return {
        "id": talent.external_id,
        "source": talent.source,
        "name": talent.display_name,
        "family": talent.families[0].code if talent.families else "",
    }
