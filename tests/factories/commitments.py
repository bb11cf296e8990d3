"""Makers of what hosts promise."""

from datetime import date

from talentpool.commitments.models import Commitment
from talentpool.commitments.services import begin_commitments
from talentpool.db import db
from talentpool.needs.models import Need
from tests.factories.needs import make_need

TODAY = date(2026, 12, 1)


def make_commitments(need: Need | None = None) -> list[Commitment]:
    """Open the list of a need's promises."""
    made = begin_commitments(need or make_need(), today=TODAY, by=None)
    db.session.commit()
    return made


def make_commitment(need: Need | None = None) -> Commitment:
    """Open the list of a need's promises, and return the first: equipment."""
    return make_commitments(need)[0]
