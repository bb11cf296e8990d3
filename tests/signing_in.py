"""Browsers in which somebody is signed in: at once for what is about something else, or step by step."""

import re

from werkzeug.test import TestResponse

from talentpool.accounts import factors
from talentpool.accounts.models import Account, Proof
from talentpool.accounts.services import open_sign_in
from talentpool.db import db, now
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD
from tests.proofreader import ProofreadingClient


def signed_in(app: Application, account: Account) -> ProofreadingClient:
    """Return a browser in which an account is signed in, as if it had gone through both steps."""
    browser = app.test_client()
    proof = Proof.APP if account.must_prove_twice else Proof.PASSWORD
    token = open_sign_in(account, proof=proof)
    db.session.commit()
    with browser.session_transaction() as session:
        session.permanent = True
        session.update(_user_id=token, _fresh=True, seen_at=int(now().timestamp()))
    return browser


def code_of(secret: str, *, later: int = 0) -> str:
    """Return the code that an application shows, or will in so many half minutes."""
    return factors.code_at(secret, factors.present_counter() + later)


def give_password(browser: ProofreadingClient, account: Account, **more: str) -> str:
    """Go through the first step and return where it leads."""
    data = {"email": account.email, "password": PASSWORD, **more}
    answer = browser.post("/connexion", data=data)
    assert answer.status_code == 303
    return str(answer.location)


def secret_on(page: TestResponse) -> str:
    """Return the secret that a page shows, to be typed into an application."""
    found = re.search(r'class="tp-secret">([A-Z2-7 ]+)<', page.text)
    assert found, page.text
    return found[1].replace(" ", "")
