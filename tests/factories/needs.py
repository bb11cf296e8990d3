"""Makers of needs and seats."""

from datetime import date
from typing import Any

from talentpool.db import db
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.services import NeedContent, SeatContent, add_seat, create_need
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.skills.held import NamedSkill
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_family, make_skill


def make_seat_content(**changes: Any) -> SeatContent:
    """Make what a seat asks for."""
    values: dict[str, Any] = {
        "title": "Développement cartographique",
        "family": make_family(),
        "must": [NamedSkill("Python", make_skill("Python"))],
        "share_pct": 80,
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 11, 4),
        **changes,
    }
    return SeatContent(**values)


def make_need(
    *,
    status: NeedStatus = NeedStatus.APPROVED,
    organisation: Organisation | None = None,
    seats: int = 1,
    **changes: Any,
) -> Need:
    """Make a need of a ministry, with its seats."""
    values: dict[str, Any] = {
        "title": "Carte des forêts",
        "summary": "Suivre la santé des forêts.",
        "text": "Les agents manquent d’une carte des forêts tenue à jour avec Python.",
        "exit_plan": "Le service des forêts garde la carte, et une personne pour elle.",
        "organisation": organisation or make_organisation(),
        **changes,
    }
    need = create_need(NeedContent(**values), by=None, status=status)
    for _number in range(seats):
        add_seat(need, make_seat_content(), by=None)
    db.session.commit()
    return need


def make_seat(*, status: NeedStatus = NeedStatus.APPROVED, **changes: Any) -> NeedSeat:
    """Make a seat of a new need."""
    need = make_need(status=status, seats=0)
    seat = add_seat(need, make_seat_content(**changes), by=None)
    db.session.commit()
    return seat
