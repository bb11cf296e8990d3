"""How pages say when two people meet."""

from datetime import datetime
from zoneinfo import ZoneInfo

from talentpool.i18n import _, date_in_words, translated

PARIS = ZoneInfo("Europe/Paris")


def meeting_time(instant: datetime) -> str:
    """Write an instant as people in France say it: « jeudi 3 décembre 2026 à 14:30 »."""
    there = instant.astimezone(PARIS)
    return translated(
        _("%(day)s à %(time)s"), day=date_in_words(there.date()), time=f"{there:%H:%M}"
    )
