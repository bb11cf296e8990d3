"""Reading observed missions."""

from datetime import date

from sqlalchemy import or_, select

from talentpool.db import db
from talentpool.observed.models import ObservedMission


def missions_between(first: date, last: date, *, family: str = "") -> list[ObservedMission]:
    """List the missions that touch these days by family, person and first day."""
    found = select(ObservedMission).where(
        ObservedMission.starts_on <= last,
        or_(ObservedMission.ends_on.is_(None), ObservedMission.ends_on >= first),
    )
    if family:
        found = found.where(ObservedMission.family == family)
    by_person = (ObservedMission.family, ObservedMission.source, ObservedMission.talent)
    return list(
        db.session.scalars(
            found.order_by(*by_person, ObservedMission.starts_on, ObservedMission.id)
        )
    )


def families() -> list[str]:
    """List the families as the sources name them."""
    named = select(ObservedMission.family).where(ObservedMission.family != "").distinct()
    return list(db.session.scalars(named.order_by(ObservedMission.family)))


def any_mission() -> bool:
    """Tell whether anything was imported yet."""
    return db.session.scalar(select(ObservedMission.id).limit(1)) is not None


def missions_by_external_id(source: str) -> dict[str, ObservedMission]:
    """Map the external identifiers of one source to their missions."""
    found = select(ObservedMission).where(ObservedMission.source == source)
    return {mission.external_id: mission for mission in db.session.scalars(found)}
