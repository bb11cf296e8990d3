"""Who else has a seat's page open: a sign of each every twenty seconds, forgotten after a minute."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.matches.presence_models import SeatPresence
from talentpool.needs.models import NeedSeat
from talentpool.proposals.wording import PARIS

#: Without a sign for longer, somebody has left.
PRESENT_FOR = timedelta(seconds=60)
#: Signs are kept no longer: who read what, when, is nobody's to look up.
FORGOTTEN_AFTER = timedelta(hours=1)


def show_presence(seat: NeedSeat, account: Account, *, at: datetime) -> None:
    """Note that somebody has a seat's page open.

    Nothing goes to the journal: three signs a minute are no acts, would drown those that are, and would
    make it a record of how long each colleague reads.
    """
    db.session.execute(delete(SeatPresence).where(SeatPresence.seen_at < at - FORGOTTEN_AFTER))
    came_back = SeatPresence.seen_at < at - PRESENT_FOR
    touched = db.session.execute(
        update(SeatPresence)
        .where(SeatPresence.seat_id == seat.id, SeatPresence.account_id == account.id)
        .values(seen_at=at, arrived_at=case((came_back, at), else_=SeatPresence.arrived_at))
        .execution_options(synchronize_session=False)
    )
    if touched.rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            db.session.add(
                SeatPresence(seat_id=seat.id, account_id=account.id, arrived_at=at, seen_at=at)
            )
    except IntegrityError:
        # Another tab of the same person said so at the same instant.
        return


def others_present(seat: NeedSeat, viewer: Account, *, at: datetime) -> list[SeatPresence]:
    """List who else has the seat's page open, who came first being first."""
    found = (
        select(SeatPresence)
        .where(
            SeatPresence.seat_id == seat.id,
            SeatPresence.account_id != viewer.id,
            SeatPresence.seen_at >= at - PRESENT_FOR,
        )
        .options(joinedload(SeatPresence.account))
        .order_by(SeatPresence.arrived_at, SeatPresence.id)
    )
    return list(db.session.scalars(found))


def presence_line(seat: NeedSeat, viewer: Account, *, at: datetime) -> str:
    """Write who else reads a seat, one sentence each; nothing when nobody does.

    Since when is a time of day rather than a length: the words stay the same while people stay, so that
    a screen reader says them once.
    """
    return " ".join(
        translated(
            _("%(name)s lit aussi ce poste, depuis %(time)s."),
            name=other.account.display_name,
            time=f"{other.arrived_at.astimezone(PARIS):%H:%M}",
        )
        for other in others_present(seat, viewer, at=at)
    )
