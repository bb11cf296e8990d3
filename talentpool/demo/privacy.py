"""The demo's data protection: a request to answer, a limited profile, somebody near the end, one erasure."""

from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.privacy.erasing import erase_person
from talentpool.privacy.models import ErasureKind, RequestKind
from talentpool.privacy.people import person_behind
from talentpool.privacy.restricting import ask, restrict
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, create_talent

#: Who has not read the notice yet.
UNREAD = "talent@demo.example"
ASKING = "vivier@demo.example"
#: Of the pool, and silent for nearly two years.
SILENT = "p-087"
#: Months of 30 days: some days before the end, whatever the month.
SILENT_FOR = timedelta(days=715)
ASKED = timedelta(days=9)


def seed_privacy(accounts: list[Account], *, today: date) -> None:
    """Enter the demo's consents, requests, limits and erasures as of `today`."""
    by_address = {account.email: account for account in accounts}
    for account in accounts:
        if account.email != UNREAD:
            accept(account, ConsentText.NOTICE, by=account)
    asked = ask(
        by_address[ASKING],
        kind=RequestKind.CORRECTION,
        text="Mon contrat est noté à temps plein : il est à 80 % depuis septembre.",
    )
    asked.created_at = datetime.combine(today - ASKED, time(10), UTC)
    limited = _outside_the_list("p-limited", "Elouan Trévidic", "Conception de services")
    restrict(person_behind(limited), by=None)
    gone = _outside_the_list("p-gone", "Nolwenn Castagnier", "Analyse de données")
    key = str(current_app.config["SECRET_KEY"]).encode()
    erase_person(person_behind(gone), kind=ErasureKind.ASKED, today=today, key=key, by=None)
    silent = select(Talent).where(Talent.source == "demo", Talent.external_id == SILENT)
    if (talent := db.session.scalar(silent)) is not None:
        talent.created_at = datetime.combine(today - SILENT_FOR, time(12), UTC)
    db.session.flush()


def _outside_the_list(code: str, name: str, headline: str) -> Talent:
    content = ProfileContent(display_name=name, headline=headline)
    return create_talent(content, by=None, source="demo", external_id=code)
