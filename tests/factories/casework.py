"""Makers of notes, follow-ups, handovers and confirmations."""

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.casework import confirmations, handovers, services
from talentpool.casework.models import (
    CaseNote,
    Confirmation,
    FollowUp,
    Handover,
    Subject,
)
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent

TODAY = date(2026, 12, 1)


def make_note(subject: Subject | None = None, *, by: Account, **changes: Any) -> CaseNote:
    """Make a note, on a person unless something else is given."""
    values = {"text": "Préfère commencer en janvier.", **changes}
    note = services.write_note(subject or make_talent(), by=by, **values)
    db.session.commit()
    return note


def make_follow_up(
    subject: Subject | None = None, *, owner: Account | None = None, **changes: Any
) -> FollowUp:
    """Make a follow-up due today, of a new member of the staff unless one is given."""
    values = {"due_on": TODAY, "reason": "Rappeler pour les dates", "by": None, **changes}
    owner = owner or make_account()
    follow_up = services.set_follow_up(subject or make_talent(), owner=owner, **values)
    db.session.commit()
    return follow_up


def make_handover(
    giver: Account | None = None, receiver: Account | None = None, **changes: Any
) -> Handover:
    """Make a handover of a week, of one new follow-up unless others are given."""
    giver = giver or make_account()
    values = {
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 11),
        "note": "",
        "placements": [],
        "by": giver,
        **changes,
    }
    if "follow_ups" not in values:
        values["follow_ups"] = [make_follow_up(owner=giver)]
    made = handovers.hand_over(giver=giver, receiver=receiver or make_account(), **values)
    db.session.commit()
    return made


def make_confirmation(
    subject: Subject | None = None, *, by: Account | None = None, today: date | None = None
) -> tuple[Confirmation, str]:
    """Ask for a confirmation, and return it with the token of the link that was mailed."""
    asked = confirmations.ask_confirmation(
        subject or make_talent(),
        contact_email="lise@test.example",
        today=today or date.today(),
        by=by,
    )
    db.session.commit()
    mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    return asked, re.search(r"/confirmer/(\S+)", mail.text)[1]
