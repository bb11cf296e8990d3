"""The day by which the agency promised to bring an application on."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import current_app

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import has_withdrawn
from talentpool.admissions.models import Application
from talentpool.admissions.stages import ENDED, Stage
from talentpool.talents.models import PoolStatus


def promised_days() -> Mapping[str, int]:
    """Return how many days the settings promise for each stage that promises something."""
    days: Mapping[str, int] = current_app.config["APPLICATION_DAYS"]
    return days


def months_kept(application: Application) -> int | None:
    """Return for how many months its person is kept after an application that ended without admission.

    None where nothing ends so: it goes on, they chose to be kept, or were in the pool.
    """
    account, talent = application.talent.account, application.talent
    if application.stage not in ENDED - {Stage.ADMITTED} or application.keeps_profile:
        return None
    has_left = account is not None and has_withdrawn(account, ConsentText.POOL)
    if talent.pool_status is not PoolStatus.CANDIDATE or has_left:
        return None
    return int(current_app.config["REFUSED_MONTHS"])


def due_on(application: Application, days: Mapping[str, int]) -> date | None:
    """Return the day by which the next step was promised, if anything is.

    A planned interview is its own promise: what follows it is counted from its day. Nothing is
    promised while the person limits what is done with their data.
    """
    if application.stage.value not in days or application.is_restricted:
        return None
    since = application.stage_since.date()
    if application.stage is Stage.INTERVIEW and application.interview is not None:
        since = max(since, application.interview.meets_on)
    return since + timedelta(days=days[application.stage.value])


def days_late(application: Application, days: Mapping[str, int], today: date) -> int:
    """Count the days since the promised day, 0 as long as it is kept."""
    promised = due_on(application, days)
    return max((today - promised).days, 0) if promised else 0
