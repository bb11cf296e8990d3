"""The demo's notes, follow-ups and one entry to confirm, as a Tuesday would find them."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.casework.confirmations import ask_confirmation
from talentpool.casework.handovers import hand_over
from talentpool.casework.models import NoteKind
from talentpool.casework.services import set_follow_up, write_note
from talentpool.db import db
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.talents.models import Talent

#: What is followed: person, days until due, what for.
PEOPLE = [
    ("p-049", -4, "Relancer : la proposition attend sa réponse"),
    ("p-033", 0, "Demander comment s’est passé l’entretien"),
    ("p-021", 6, "Prévoir la suite avec l’administration"),
]


def seed_casework(officer: Account, *, colleague: Account, today: date) -> None:
    """Enter the demo's casework as of `today`; a colleague who is away has handed theirs over."""
    people = {row.external_id: row for row in db.session.scalars(select(Talent))}
    for code, days, reason in PEOPLE:
        due_on = today + timedelta(days=days)
        set_follow_up(people[code], owner=officer, due_on=due_on, reason=reason, by=officer)
    _seed_notes(people["p-049"], officer, today)
    away = set_follow_up(
        people["p-050"],
        owner=colleague,
        due_on=today + timedelta(days=2),
        reason="Confirmer la date de la rencontre",
        by=colleague,
    )
    hand_over(
        giver=colleague,
        receiver=officer,
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=10),
        note="Rien d’urgent : la rencontre est calée, il manque la salle.",
        follow_ups=[away],
        placements=[],
        by=colleague,
    )
    _seed_needs(officer, today)


def _seed_notes(talent: Talent, officer: Account, today: date) -> None:
    write_note(talent, text="Préfère les équipes de moins de dix personnes.", by=officer)
    called_at = datetime.combine(today - timedelta(days=6), time(9, 30), UTC)
    write_note(
        talent,
        kind=NoteKind.CALL,
        with_whom="la personne elle-même",
        happened_at=called_at,
        text="Intéressée, attend une date pour rencontrer l’administration.",
        by=officer,
    )


def _seed_needs(officer: Account, today: date) -> None:
    submitted = select(Need).where(Need.status == NeedStatus.SUBMITTED).order_by(Need.id)
    need = db.session.scalars(submitted).first()
    if need is None:
        return
    need.entered_by_agency = True
    write_note(need, text="Reçu par téléphone ; le budget est acquis jusqu’à l’été.", by=officer)
    set_follow_up(
        need, owner=officer, due_on=today + timedelta(days=1), reason="Instruire", by=officer
    )
    asked_on = today - timedelta(days=3)
    ask_confirmation(need, contact_email="bureau@demo.example", today=asked_on, by=officer)
