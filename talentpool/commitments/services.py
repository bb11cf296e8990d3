"""Opening the list of what a host promises, and keeping it up to date."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.commitments.models import Commitment, CommitmentKind, CommitmentState
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.needs.lifecycle import when_moved
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.stages import Move

#: How long before the first seat begins everything is to be ready.
AHEAD = timedelta(days=14)


class EvidenceMissing(Exception):
    """A promise is ready once a line or a link proves it."""


@dataclass(frozen=True)
class CommitmentContent:
    """All that a host says of one promise."""

    state: CommitmentState = CommitmentState.TODO
    owner_name: str = ""
    due_on: date | None = None
    evidence: str = ""
    evidence_url: str = ""


def begin_commitments(need: Need, *, today: date, by: Account | None) -> list[Commitment]:
    """Open the list of a need's promises, each due two weeks before its first seat begins.

    Returns what was added: nothing where the list stands already.
    """
    db.session.flush()
    # Whoever opens the same list at once waits, and then sees it.
    db.session.execute(select(Need.id).where(Need.id == need.id).with_for_update())
    standing = set(db.session.scalars(select(Commitment.kind).where(Commitment.need_id == need.id)))
    due_on = _due_on(need, today)
    added = [
        Commitment(need=need, kind=kind, due_on=due_on)
        for kind in CommitmentKind
        if kind not in standing
    ]
    if added:
        db.session.add_all(added)
        db.session.flush()
        journal.record("commitments.begun", added[0], by=by, need=need.id, count=len(added))
    return added


def edit_commitment(
    commitment: Commitment, content: CommitmentContent, *, by: Account | None
) -> list[str]:
    """Change what is said of a promise, and return the names of what changed; raises `EvidenceMissing`."""
    is_proved = content.evidence.strip() or content.evidence_url.strip()
    if content.state is CommitmentState.READY and not is_proved:
        raise EvidenceMissing
    changed = [name for name, value in vars(content).items() if getattr(commitment, name) != value]
    for name in changed:
        setattr(commitment, name, getattr(content, name))
    if changed:
        journal.record(
            "commitment.edited",
            commitment,
            by=by,
            kind=commitment.kind.value,
            state=commitment.state.value,
            changed=changed,
        )
    return changed


def _due_on(need: Need, today: date) -> date | None:
    """Return two weeks before the first seat begins, today at the earliest; None if nobody says when."""
    starts = [seat.starts_on for seat in need.seats if seat.starts_on]
    return max(min(starts) - AHEAD, today) if starts else None


def _begin_when_submitted(made: NeedMove, by: Account | None) -> None:
    """Open the list as soon as a need is handed in."""
    if made.move is Move.SUBMIT:
        begin_commitments(made.need, today=date.today(), by=by)


when_moved.append(_begin_when_submitted)
