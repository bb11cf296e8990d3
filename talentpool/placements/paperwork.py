"""From a placement to what its letter and its agreement say."""

from datetime import date

from talentpool.placements import letters, queries
from talentpool.placements.kinds import Employer, PlacementKind
from talentpool.placements.models import Agreement, Placement
from talentpool.placements.wording import french_figure

#: What documents call the agency: they are French, whatever the reader’s language.
AGENCY = "Agence du vivier du numérique"


def mission_letter_of(placement: Placement) -> letters.MissionLetter:
    """Return what a person's letter says; its date is that of the signature, or of the placement."""
    seat, need = placement.seat, placement.seat.need
    is_mission = placement.kind is PlacementKind.MISSION
    goes_on = placement.follows is not None and placement.follows.talent_id == placement.talent_id
    contract = queries.contract_on(placement.talent_id, placement.starts_on)
    return letters.MissionLetter(
        reference=placement.reference,
        agency=AGENCY,
        person=placement.talent.label,
        host=need.host_label,
        need=need.title,
        seat=seat.label,
        work=seat.mission or need.summary,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        share=_share(placement),
        place=seat.town or need.town,
        remote=_remote(seat.remote_days),
        probation_check_on=placement.probation_check_on if is_mission and not goes_on else None,
        decision_from=placement.renewal_due_on if is_mission else None,
        agreement=placement.agreement.reference,
        employed_by_agency=contract is None or contract.employer is Employer.AGENCY,
        dated_on=_dated(placement.letter_signed_on, placement),
        signed_on=placement.letter_signed_on,
    )


def agreement_of(agreement: Agreement) -> letters.Agreement:
    """Return what the agreement with a host says: everybody placed on its need, by first day."""
    placements = [p for p in agreement.placements if not p.is_cancelled]
    need = agreement.need
    return letters.Agreement(
        reference=agreement.reference,
        agency=AGENCY,
        host=need.host_label,
        need=need.title,
        summary=need.summary,
        lines=tuple(
            letters.AgreementLine(
                placement.seat.label,
                placement.talent.label,
                _share(placement),
                placement.starts_on,
                placement.ends_on,
            )
            for placement in placements
        ),
        dated_on=agreement.signed_on or agreement.created_at.date(),
        signed_on=agreement.signed_on,
    )


def _dated(signed_on: date | None, placement: Placement) -> date:
    return signed_on or placement.created_at.date()


def _remote(days: int | None) -> str:
    if days is None:
        return ""
    return f"jusqu’à {days} {'jours' if days > 1 else 'jour'} par semaine" if days else "aucun"


def _share(placement: Placement) -> str:
    share = f"{french_figure(placement.share_pct)} %"
    if placement.half_days is None:
        return share
    return f"{share} ({french_figure(placement.half_days / 2)} jours)"
