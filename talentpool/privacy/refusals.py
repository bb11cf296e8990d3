"""Who applied, was not admitted, was never in the pool, and did not choose to be kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from talentpool.accounts.consent_models import Consent, ConsentText
from talentpool.admissions.models import Application
from talentpool.admissions.stages import ENDED, Stage
from talentpool.db import db
from talentpool.placements.models import Contract, Placement
from talentpool.privacy.people import Person
from talentpool.proposals.models import Proposal
from talentpool.talents.models import PoolStatus

#: How an application ends without its person entering the pool.
CLOSED = ENDED - {Stage.ADMITTED}


@dataclass(frozen=True)
class Refusal:
    """An application that ended without admission, nor the choice to be kept."""

    application: Application
    #: When the person had their last answer on it.
    answered_at: datetime
    #: When they last chose about being kept: what they were told before that holds no more.
    chosen_at: datetime


class Refusals:
    """The refusals that stand, read once for everybody."""

    def __init__(self) -> None:
        self._newest: dict[int, Application] = {}
        for application in db.session.scalars(select(Application).order_by(Application.id)):
            self._newest[application.talent_id] = application
        admitted = select(Application.talent_id).where(Application.stage == Stage.ADMITTED)
        known = [select(table.talent_id) for table in (Contract, Placement, Proposal)]
        self._known = {
            number for rows in (admitted, *known) for number in db.session.scalars(rows.distinct())
        }
        left = select(Consent.account_id).where(
            Consent.text == ConsentText.POOL, Consent.withdrawn_at.is_not(None)
        )
        self._left = set(db.session.scalars(left.distinct()))

    def of(self, person: Person) -> Refusal | None:
        """Return the refusal that ends a person's stay here.

        Another application, another look or the choice to be kept leaves none.
        """
        if person.talent is None or person.talent.pool_status is not PoolStatus.CANDIDATE:
            return None
        if self._known & {*person.numbers} or self._left & {*person.account_numbers}:
            return None
        own = [self._newest[number] for number in person.numbers if number in self._newest]
        newest = max(own, key=lambda one: one.id, default=None)
        if newest is None or newest.stage not in CLOSED:
            return None
        if newest.keeps_profile or newest.awaits_look:
            return None
        answered_at = max(newest.stage_since, newest.look_answered_at or newest.stage_since)
        return Refusal(newest, answered_at, newest.keep_chosen_at or answered_at)
