"""Makers of messages and questions."""

from datetime import date

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier
from talentpool.needs.models import Need
from talentpool.threads.models import NeedQuestion
from talentpool.threads.services import ask
from tests.factories.accounts import make_account


def make_question(
    need: Need, *, by: Account | None = None, text: str = "Peut-on venir de Lyon ?"
) -> NeedQuestion:
    """Ask about a published need, as somebody of the pool unless an account is given."""
    asker = by or make_account(role=Role.TALENT)
    question = ask(need, text, token=new_identifier(), today=date.today(), by=asker)
    db.session.commit()
    return question
