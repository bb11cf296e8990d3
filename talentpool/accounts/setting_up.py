"""What pages need to set a second factor up, before somebody signs in or from their account."""

from datetime import UTC, datetime
from typing import Any

import segno
from flask import session

from talentpool.accounts import factors, half, keys
from talentpool.accounts.factor_forms import TOO_MANY, WRONG_CODE, WRONG_KEY, NewAppForm, NewKeyForm
from talentpool.accounts.models import Account
from talentpool.db import now
from talentpool.i18n import translated
from talentpool.web.jinja import PRODUCT_NAME


def installing(account: Account) -> dict[str, Any]:
    """Return the secret to install, in letters and as a picture that telephones read."""
    secret = half.waiting_secret()
    address = factors.address_of_secret(account, secret, issuer=translated(PRODUCT_NAME))
    return {
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
    }


def key_question(account: Account, *, known: bool) -> str:
    """Return what a browser asks of a known key, or of a new one; the answer is expected once."""
    if known:
        question, challenge = keys.authentication_options(account)
    else:
        question, challenge = keys.registration_options(account, site=translated(PRODUCT_NAME))
    session["challenge"] = {"asked": challenge, "at": now().timestamp()}
    return question


def challenge_asked() -> tuple[str, datetime]:
    """Return what the page's key was asked, once, and when; nothing, of long ago, when it was not."""
    asked = session.pop("challenge", None) or {"asked": "", "at": 0}
    return asked["asked"], datetime.fromtimestamp(asked["at"], UTC)


def app_added(account: Account, form: NewAppForm) -> bool:
    """Add the application that shows the waiting secret's codes; say beside the field what is wrong."""
    try:
        factors.add_app(
            account,
            name=form.name.data or "",
            secret=half.waiting_secret(),
            code=form.code.data or "",
        )
    except factors.WrongCode:
        form.code.errors = [WRONG_CODE]
    except factors.TooManyFactors:
        form.name.errors = [TOO_MANY]
    else:
        half.forget_waiting()
        return True
    return False


def key_added(account: Account, form: NewKeyForm) -> bool:
    """Add the key that answered the page's question; say beside the field what is wrong."""
    challenge, _at = challenge_asked()
    try:
        keys.add_key(
            account,
            name=form.name.data or "",
            credential=form.credential.data or "",
            challenge=challenge,
        )
    except keys.WrongKey:
        form.name.errors = [WRONG_KEY]
    except factors.TooManyFactors:
        form.name.errors = [TOO_MANY]
    else:
        half.forget_waiting()
        return True
    return False
