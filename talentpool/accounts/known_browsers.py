"""Browsers in which somebody proved who they are before: strangers' guesses do not close an account to them.

Failures in such a browser are counted for itself; those from anywhere else by network address, by account
and altogether (the device cookies of OWASP's « Slow Down Online Guessing Attacks »). Choosing another
password by a mail's link makes a browser known too: nobody can keep a holder out.
"""

import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request

from talentpool.accounts import services
from talentpool.accounts.models import Account
from talentpool.accounts.vault import opened, sealed

#: For how long a browser stays known since somebody last signed in with it.
LASTS = timedelta(days=180)


def _cookie_name() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def remember_browser(account: Account) -> None:
    """Note in the browser, in a cookie that only this site reads, whose account it opened."""
    mark = sealed(f"{account.email} {secrets.token_hex(16)}")

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie_name(),
            mark,
            max_age=LASTS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def is_known_to(email: str) -> bool:
    """Tell whether this browser opened the account at an address before."""
    return _mark_for(email) is not None


def guesser(email: str) -> str:
    """Return under what failures on an account are counted: a browser that it knows, else all strangers."""
    return _mark_for(email) or f"account:{services.normalised_email(email)}"


def _mark_for(email: str) -> str | None:
    longest = int(LASTS.total_seconds())
    mark = opened(request.cookies.get(_cookie_name(), ""), longest=longest)
    known = mark is not None and mark.split(" ")[0] == services.normalised_email(email)
    return f"browser:{mark}" if known else None
