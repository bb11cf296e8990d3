"""Reading what hosts promise, the viewer first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from talentpool.access import Permission, Viewer, allows
from talentpool.commitments.models import Commitment, CommitmentKind, CommitmentState
from talentpool.db import db
from talentpool.needs.models import Need


@dataclass(frozen=True)
class Readiness:
    """How ready a host is: counts of its promises by state, and those that are late."""

    counts: dict[CommitmentState, int]
    late: int

    @property
    def ready(self) -> int:
        """How many are ready, with evidence."""
        return self.counts[CommitmentState.READY]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def commitments_of(viewer: Viewer, need: Need) -> list[Commitment]:
    """List what the host of a need promises, in the order in which it is prepared."""
    if not allows(viewer, Permission.READ_COMMITMENTS, need):
        return []
    found = db.session.scalars(select(Commitment).where(Commitment.need_id == need.id))
    order = list(CommitmentKind)
    return sorted(found, key=lambda commitment: order.index(commitment.kind))


def readiness_of(commitments: list[Commitment], *, today: date) -> Readiness:
    """Count promises by state, and those whose day is over."""
    states = [commitment.state for commitment in commitments]
    return Readiness(
        {state: states.count(state) for state in CommitmentState},
        sum(commitment.is_late_on(today) for commitment in commitments),
    )
