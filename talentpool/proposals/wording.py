"""How pages say when two people meet, and what words would tell who somebody is."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from talentpool.anonymity.masking import Kind
from talentpool.anonymity.sheets import masked_for
from talentpool.i18n import _, date_in_figures, date_in_words, translated
from talentpool.proposals.reach import HostBlocked, ProcessingLimited, TalentPaused
from talentpool.talents.models import Talent

PARIS = ZoneInfo("Europe/Paris")
#: What tells a host who somebody is before both want to meet.
TELLING = {Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.LINK}
HOST_BLOCKED = _("Cette personne est non visible pour cette administration.")
PAUSED = _("Cette personne est en pause : attendez qu’elle y mette fin.")
LIMITED = _("Cette personne a demandé que son profil soit gardé sans servir à rien d’autre.")
PAUSED_UNTIL = _("Cette personne est en pause jusqu’au %(day)s.")


def meeting_time(instant: datetime) -> str:
    """Write an instant as people in France say it: « jeudi 3 décembre 2026 à 14:30 »."""
    there = instant.astimezone(PARIS)
    return translated(
        _("%(day)s à %(time)s"), day=date_in_words(there.date()), time=f"{there:%H:%M}"
    )


def tells_who(talent: Talent, text: str) -> bool:
    """Whether a text for a host names the person, or says where to find them."""
    return any(mask.kind in TELLING for mask in masked_for(talent, text).masks)


def unreachable(
    refused: HostBlocked | TalentPaused | ProcessingLimited, *, say: Callable[..., str] = translated
) -> str:
    """Say that somebody is not to be proposed, and nothing of why; `say` chooses the language."""
    if isinstance(refused, HostBlocked):
        return say(HOST_BLOCKED)
    if isinstance(refused, ProcessingLimited):
        return say(LIMITED)
    if refused.until is None:
        return say(PAUSED)
    return say(PAUSED_UNTIL, day=date_in_figures(refused.until))
