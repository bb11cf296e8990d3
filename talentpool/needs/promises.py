"""The day by which each stage of a need is promised to be over, and what is said when it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from talentpool.access import Viewer
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.needs import notices
from talentpool.needs.models import Need
from talentpool.needs.people import Party
from talentpool.needs.promise_models import NeedDelay
from talentpool.needs.queries import needs
from talentpool.needs.stages import NeedStatus


class NothingPromised(Exception):
    """The agency promises nothing where the need stands."""


class DayPassed(Exception):
    """Only a day to come can be promised."""


@dataclass(frozen=True)
class Promise:
    """A promised day: the one first given, the one that holds now, and why they differ."""

    party: Party
    first_on: date
    due_on: date
    words: str = ""

    def days_late(self, today: date) -> int:
        """Count the days since the promised day, 0 as long as it is kept."""
        return max((today - self.due_on).days, 0)


def promised_days() -> Mapping[str, int]:
    """Return how many days the settings promise for each status that promises something."""
    days: Mapping[str, int] = current_app.config["PROMISED_DAYS"]
    return days


def promises_of(found: Sequence[Need], days: Mapping[str, int]) -> dict[int, Promise]:
    """Map the numbers of needs that wait for somebody to what is promised of them, in one query."""
    waiting = [need for need in found if need.status.value in days]
    said = _explanations(waiting)
    return {need.id: _promise(need, days, said.get(need.id)) for need in waiting}


def promise_of(need: Need) -> Promise | None:
    """Return what is promised of a need where it stands, if anything."""
    return promises_of([need], promised_days()).get(need.id)


def late_needs(viewer: Viewer, today: date) -> list[tuple[Need, Promise]]:
    """List the needs in the viewer's reach whose promised day has passed, the latest first."""
    days = promised_days()
    waiting = needs(viewer).where(Need.status.in_([NeedStatus(code) for code in days]))
    found = list(db.session.scalars(waiting))
    promises = promises_of(found, days)
    late = [(need, promises[need.id]) for need in found if promises[need.id].days_late(today)]
    return sorted(late, key=lambda pair: (pair[1].due_on, pair[0].id))


def explain_delay(
    need: Need, *, words: str, due_on: date, today: date, by: Account | None
) -> NeedDelay:
    """Tell the ministry why it waits and until when; raises `NothingPromised` or `DayPassed`."""
    promise = promise_of(need)
    if promise is None or promise.party is not Party.AGENCY:
        raise NothingPromised
    if due_on <= today:
        raise DayPassed
    delay = NeedDelay(
        need_id=need.id,
        status=need.status,
        promised_on=due_on,
        words=words.strip(),
        said_by_id=by.id if by else None,
    )
    db.session.add(delay)
    db.session.flush()
    journal.record(
        "need.delay_explained", need, by=by, delay=delay.id, promised_on=due_on.isoformat()
    )
    notices.tell_delay(need, words=delay.words, due_on=due_on, about=delay.id, by=by)
    return delay


def _promise(need: Need, days: Mapping[str, int], said: NeedDelay | None) -> Promise:
    first_on = need.stage_since.date() + timedelta(days=days[need.status.value])
    party = Party.HOST if need.status is NeedStatus.COMPLEMENT_ASKED else Party.AGENCY
    if said is None:
        return Promise(party, first_on, first_on)
    return Promise(party, first_on, said.promised_on, said.words)


def _explanations(waiting: Sequence[Need]) -> dict[int, NeedDelay]:
    """Map needs to what was last said since they came to stand where they stand."""
    by_id = {need.id: need for need in waiting}
    chosen = select(NeedDelay).where(NeedDelay.need_id.in_(by_id)).order_by(NeedDelay.id)
    rows = db.session.scalars(chosen) if by_id else ()
    return {
        row.need_id: row
        for row in rows
        if row.status is by_id[row.need_id].status
        and row.created_at >= by_id[row.need_id].stage_since
    }
