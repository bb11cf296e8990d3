"""Taking somebody out of the pool by the agency's hand, and bringing them back: for a reason, in words to them."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import update

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import has_withdrawn
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.notifications.kinds import register
from talentpool.notifications.services import notify
from talentpool.talents.models import PoolStatus, Talent

LONGEST_WORDS = 500
TAKEN_OUT = "talent.taken_out"
BROUGHT_BACK = "talent.brought_back"
OWN_PAGE = "/mon-profil"
#: Each tells whether something under way decides whether somebody enters the pool; filled from above.
decided_elsewhere: list[Callable[[Talent], bool]] = []

register(
    TAKEN_OUT,
    subject=_("Vous n’êtes plus dans le vivier"),
    sentence=_(
        "L’agence a décidé votre sortie du vivier : elle ne vous propose plus rien, et votre profil reste "
        "à vous. Ce qu’elle vous dit : « %(words)s »"
    ),
)
register(
    BROUGHT_BACK,
    subject=_("Vous êtes de nouveau dans le vivier"),
    sentence=_(
        "L’agence a décidé votre retour dans le vivier : elle peut de nouveau vous proposer un poste. "
        "Ce qu’elle vous dit : « %(words)s »"
    ),
)


class OutReason(StrEnum):
    """Why the agency takes somebody out of the pool."""

    ASKED = "asked"
    MOVED_ON = "moved_on"
    UNREACHABLE = "unreachable"
    NO_NEED = "no_need"
    ENTERED_BY_MISTAKE = "entered_by_mistake"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return REASON_LABELS[self.value]


class BackReason(StrEnum):
    """Why the agency brings somebody back."""

    ASKS_BACK = "asks_back"
    AVAILABLE_AGAIN = "available_again"
    TAKEN_OUT_BY_MISTAKE = "taken_out_by_mistake"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return REASON_LABELS[self.value]


REASON_LABELS = {
    "asked": _("La personne l’a demandé"),
    "moved_on": _("Elle travaille désormais ailleurs"),
    "unreachable": _("Elle ne répond plus"),
    "no_need": _("Son métier ne correspond plus à ce que les ministères demandent"),
    "entered_by_mistake": _("Elle est entrée dans le vivier par erreur"),
    "asks_back": _("La personne a demandé à revenir"),
    "available_again": _("Elle est de nouveau disponible"),
    "taken_out_by_mistake": _("Elle a été sortie du vivier par erreur"),
    "other": _("Une autre raison"),
}


class SituationChanged(Exception):
    """Where the person stands is no longer what it was when the page was opened."""


def may_be_taken_out(talent: Talent) -> bool:
    """Tell whether the agency may take somebody out: a contract keeps its person in until it ends."""
    return talent.pool_status is PoolStatus.POOL and _is_usable(talent)


def may_be_brought_back(talent: Talent) -> bool:
    """Tell whether the agency may bring somebody into the pool by its own hand.

    Candidates who sign in enter by a decision on their application, as does whoever has one under way, and who
    took their agreement back comes back by themselves.
    """
    if not _is_usable(talent) or any(decides(talent) for decides in decided_elsewhere):
        return False
    if talent.account is None:
        return talent.pool_status in (PoolStatus.ALUMNI, PoolStatus.CANDIDATE)
    return talent.pool_status is PoolStatus.ALUMNI and not has_withdrawn(
        talent.account, ConsentText.POOL
    )


def take_out(talent: Talent, *, reason: OutReason, words: str, by: Account) -> None:
    """Make somebody a former member, ranked and proposed no more, and tell them; raises `SituationChanged`."""
    db.session.refresh(talent, with_for_update=True)
    if not may_be_taken_out(talent):
        raise SituationChanged
    _stand(talent, PoolStatus.ALUMNI)
    journal.record(TAKEN_OUT, talent, by=by, reason=reason.value)
    _tell(talent, TAKEN_OUT, words)


def bring_back(talent: Talent, *, reason: BackReason, words: str, by: Account) -> None:
    """Bring somebody back into the pool, ranked again, and tell them; raises `SituationChanged`."""
    db.session.refresh(talent, with_for_update=True)
    if not may_be_brought_back(talent):
        raise SituationChanged
    _stand(talent, PoolStatus.POOL)
    journal.record(BROUGHT_BACK, talent, by=by, reason=reason.value)
    _tell(talent, BROUGHT_BACK, words)


def _is_usable(talent: Talent) -> bool:
    is_alive = talent.erased_at is None and talent.merged_into_id is None
    return is_alive and talent.restricted_at is None


def _stand(talent: Talent, status: PoolStatus) -> None:
    # The profile's version stays: what the person is typing is not overtaken by this.
    db.session.execute(
        update(Talent)
        .where(Talent.id == talent.id)
        .values(pool_status=status, edited_at=now(), version_id=Talent.version_id)
    )
    db.session.refresh(talent)


def _tell(talent: Talent, kind: str, words: str) -> None:
    if talent.account is not None:
        notify(
            talent.account,
            kind=kind,
            params={"words": words},
            url_path=OWN_PAGE,
            once=f"{kind}:{talent.id}:{now():%Y%m%d%H%M%S%f}",
            subject=talent,
        )
