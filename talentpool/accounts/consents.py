"""Reading the information notice, agreeing to be of the pool, and taking that back."""

from sqlalchemy import Select, select

from talentpool.accounts.consent_models import Consent, ConsentText
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.i18n import _
from talentpool.journal import services as journal

#: The texts in force: a new wording takes a new version, and everybody is then shown it once.
#: tests/contracts/test_personal_data.py holds the notice's words to its version.
VERSIONS = {ConsentText.NOTICE: "2026-12.2", ConsentText.POOL: "2026-12-1"}
#: What is agreed to of the pool, word for word: changing it takes a new version above.
POOL_WORDS = _(
    "J’accepte d’être dans le vivier si l’agence m’admet : elle y garde mon profil et me propose "
    "des postes, jusqu’à ce que j’en sorte, d’un clic"
)


def accept(account: Account, text: ConsentText, *, by: Account | None) -> Consent:
    """Note that somebody read the present notice, or agreed to be of the pool; twice is once."""
    held = consent_of(account, text)
    if held is not None and held.version == VERSIONS[text]:
        return held
    instant = now()
    consent = Consent(account_id=account.id, text=text, version=VERSIONS[text], shown_at=instant)
    consent.accepted_at = instant
    db.session.add(consent)
    journal.record("consent.given", account, by=by, text=text.value, version=consent.version)
    return consent


def withdraw(account: Account, text: ConsentText, *, by: Account | None) -> bool:
    """Take an agreement back, every version of it, as easily as it was given; tells whether there was one.

    Who never gave one in writing says no all the same: that is noted, and no agreement is made up for it.
    """
    held, instant = consent_of(account, text), now()
    version = held.version if held is not None else VERSIONS[text]
    if held is None:
        refusal = Consent(account_id=account.id, text=text, version=version, shown_at=instant)
        refusal.withdrawn_at = instant
        db.session.add(refusal)
    for consent in db.session.scalars(_open(account, text)).all():
        consent.withdrawn_at = instant
    journal.record("consent.withdrawn", account, by=by, text=text.value, version=version)
    return held is not None


def consent_of(account: Account, text: ConsentText) -> Consent | None:
    """Return the newest version of a text that somebody agreed to and did not take back."""
    return db.session.scalar(_open(account, text).limit(1))


def _open(account: Account, text: ConsentText) -> Select[Consent]:
    """Select what somebody agreed to and did not take back, the newest first."""
    return (
        select(Consent)
        .where(
            Consent.account_id == account.id,
            Consent.text == text,
            Consent.accepted_at.is_not(None),
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id.desc())
    )


def has_withdrawn(account: Account, text: ConsentText) -> bool:
    """Tell whether the last that somebody said of a text was to take it back."""
    newest = (
        select(Consent)
        .where(Consent.account_id == account.id, Consent.text == text)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    found = db.session.scalar(newest)
    return found is not None and found.withdrawn_at is not None


def has_read_notice(account: Account) -> bool:
    """Tell whether somebody has read the information notice as it is worded now."""
    held = consent_of(account, ConsentText.NOTICE)
    return held is not None and held.version == VERSIONS[ConsentText.NOTICE]
