"""How far evaluations are, without a word or a score of what they say."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from talentpool.access import Permission, allows
from talentpool.accounts.models import Account
from talentpool.i18n import _


class EvaluationState(StrEnum):
    """Whether an evaluation is in."""

    ASKED = "asked"
    DONE = "done"
    REPLACED = "replaced"
    RELEASED = "released"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return STATE_LABELS[self]

    @property
    def is_left(self) -> bool:
        """Whether nobody writes it any more: its reviewer stepped aside, or was released."""
        return self in (EvaluationState.REPLACED, EvaluationState.RELEASED)


class ReleaseReason(StrEnum):
    """Why nobody waits any more for somebody's evaluation, in a word that the journal keeps."""

    SILENT = "silent"
    AWAY = "away"
    LEFT = "left"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return RELEASE_LABELS[self]


STATE_LABELS = {
    EvaluationState.ASKED: _("Attendue"),
    EvaluationState.DONE: _("Rendue"),
    EvaluationState.REPLACED: _("Déport"),
    EvaluationState.RELEASED: _("Plus attendue"),
}
RELEASE_LABELS = {
    ReleaseReason.SILENT: _("sans réponse malgré les rappels"),
    ReleaseReason.AWAY: _("en absence"),
    ReleaseReason.LEFT: _("a quitté l’agence, ou changé de fonction"),
    ReleaseReason.OTHER: _("une autre raison"),
}


@dataclass(frozen=True)
class Asked:
    """Of whom an evaluation, known by its number, is asked, and whether it is in: nothing of what it says."""

    number: int
    reviewer_id: int
    name: str
    state: EvaluationState
    due_on: date
    done_at: datetime | None
    #: Whether the reviewer still has an account that evaluates.
    is_able: bool

    @property
    def is_awaited(self) -> bool:
        """Whether somebody who can is still to hand it in."""
        return self.state is EvaluationState.ASKED and self.is_able

    def is_late_on(self, day: date) -> bool:
        """Whether it was promised for an earlier day, and is still awaited."""
        return self.is_awaited and self.due_on < day


def asked_of(
    reviewer: Account,
    permission: Permission,
    *,
    number: int,
    state: EvaluationState,
    due_on: date,
    done_at: datetime | None,
) -> Asked:
    """Say that an evaluation, known by its number, is asked of somebody who needs a permission for it."""
    is_able = reviewer.is_active and allows(reviewer, permission)
    return Asked(number, reviewer.id, reviewer.display_name, state, due_on, done_at, is_able)


@dataclass(frozen=True)
class Progress:
    """Who was asked to evaluate one thing, and how many are needed at least."""

    asked: list[Asked]
    needed: int

    @property
    def standing(self) -> list[Asked]:
        """Those that count: in, or awaited; not of whoever stepped aside, was released or cannot any more."""
        return [one for one in self.asked if one.state is EvaluationState.DONE or one.is_awaited]

    @property
    def in_count(self) -> int:
        """How many are in."""
        return sum(one.state is EvaluationState.DONE for one in self.asked)

    @property
    def asked_count(self) -> int:
        """How many there will be: those needed, or those asked for when they are more."""
        return max(self.needed, len(self.standing))

    @property
    def vacant(self) -> int:
        """How many are still to be entrusted to somebody."""
        return max(0, self.needed - len(self.standing))

    @property
    def are_all_in(self) -> bool:
        """Whether every evaluation that is needed or asked for is in."""
        return self.in_count >= self.asked_count

    def late_on(self, day: date) -> list[Asked]:
        """List those that were promised for an earlier day."""
        return [one for one in self.asked if one.is_late_on(day)]

    def is_scored_by(self, account_id: int | None) -> bool:
        """Whether somebody's evaluation counts, in or not."""
        return any(one.reviewer_id == account_id for one in self.standing)

    def asked_of(self, account_id: int | None) -> Asked | None:
        """Return what is asked of somebody and is not in yet."""
        mine = (one for one in self.standing if one.reviewer_id == account_id)
        return next((one for one in mine if one.state is EvaluationState.ASKED), None)
