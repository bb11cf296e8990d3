"""Missions that end, that begin, and that go wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from talentpool.i18n import _
from talentpool.placements.kinds import PlacementKind, PlacementStatus
from talentpool.placements.models import Placement
from talentpool.steering.facts import RECENT

ENDING = timedelta(days=90)
ARRIVING = timedelta(days=30)


class Missing(StrEnum):
    """What an arrival lacks."""

    AGREEMENT = "agreement"
    LETTER = "letter"
    ARRIVAL = "arrival"

    @property
    def label(self) -> str:
        """The thing as people say it, marked for translation."""
        return MISSING_LABELS[self]


class Trouble(StrEnum):
    """What went wrong with a mission, or may."""

    INTERRUPTED = "interrupted"
    PROBATION = "probation"

    @property
    def label(self) -> str:
        """The trouble as people say it, marked for translation."""
        return TROUBLE_LABELS[self]


MISSING_LABELS = {
    Missing.AGREEMENT: _("convention"),
    Missing.LETTER: _("lettre de mission"),
    Missing.ARRIVAL: _("arrivée à noter"),
}
TROUBLE_LABELS = {
    Trouble.INTERRUPTED: _("Mission interrompue"),
    Trouble.PROBATION: _("Point d’essai à faire"),
}


@dataclass(frozen=True)
class Arrival:
    """A placement that is about to start, or should have, and what it lacks."""

    placement: Placement
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Alert:
    """A placement in trouble, and since which day."""

    placement: Placement
    trouble: Trouble
    since: date


def endings(placements: Iterable[Placement], today: date) -> list[Placement]:
    """List the missions that end within 90 days: those of which nothing is decided, then by notice.

    Interventions end without a decision, and interrupted missions have ended already.
    """
    ending = [
        placement
        for placement in placements
        if placement.kind is PlacementKind.MISSION
        and placement.interruption is None
        and today <= placement.ends_on <= today + ENDING
    ]
    return sorted(ending, key=lambda p: (not p.needs_decision, p.notice_on, p.id))


def arrivals(placements: Iterable[Placement], today: date) -> list[Arrival]:
    """List the placements that start within 30 days, or should have: the unready first."""
    coming = [
        Arrival(placement, tuple(_missing(placement, today)))
        for placement in placements
        if placement.started_on is None
        and placement.interruption is None
        and placement.starts_on <= today + ARRIVING
    ]
    return sorted(
        coming,
        key=lambda a: (not a.missing, a.placement.starts_on, -len(a.missing), a.placement.id),
    )


def _missing(placement: Placement, today: date) -> Iterable[Missing]:
    if placement.agreement.signed_on is None:
        yield Missing.AGREEMENT
    if placement.letter_signed_on is None:
        yield Missing.LETTER
    if placement.starts_on <= today:
        yield Missing.ARRIVAL


def alerts(placements: Iterable[Placement], today: date) -> list[Alert]:
    """List the interruptions of the last 30 days and the probation checks overdue, latest first."""
    found = [
        Alert(placement, *trouble)
        for placement in placements
        if (trouble := _trouble(placement, today))
    ]
    return sorted(found, key=lambda a: (-a.since.toordinal(), a.placement.id))


def _trouble(placement: Placement, today: date) -> tuple[Trouble, date] | None:
    if placement.interruption is not None:
        is_news = placement.ends_on >= today - RECENT
        return (Trouble.INTERRUPTED, placement.ends_on) if is_news else None
    is_on_probation = placement.status_on(today) is PlacementStatus.PROBATION
    if is_on_probation and today > placement.probation_check_on:
        return Trouble.PROBATION, placement.probation_check_on
    return None
