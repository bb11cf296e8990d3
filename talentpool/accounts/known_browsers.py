"""Browsers in which somebody proved who they are before: strangers' guesses do not close an account to them.

Failures in such a browser are counted for itself; those from anywhere else by network address, by account
and altogether (the device cookies of OWASP's « Slow Down Online Guessing Attacks »). Choosing another
password by a mail's link makes a browser known too, for the password alone: nobody can keep a holder
out, and who reads their mails gets no more tries at the second step.
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


#: How a browser became known: a whole sign-in, or a link that a mail took.
SIGNED_IN, BY_MAIL = "signed-in", "by-mail"
EITHER_WAY = frozenset({SIGNED_IN, BY_MAIL})


def remember_browser(account: Account, *, how: str = SIGNED_IN) -> None:
    """Note in the browser, in a cookie that only this site reads, whose account it opened, and how."""
    mark = sealed(f"{account.email} {how} {secrets.token_hex(16)}")

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


def is_known_to(email: str, *, ways: frozenset[str] = EITHER_WAY) -> bool:
    """Tell whether this browser opened the account at an address before, in one of these ways."""
    return _mark_for(email, ways) is not None


def guesser(email: str, *, ways: frozenset[str] = EITHER_WAY) -> str:
    """Return under what failures on an account are counted: a browser that it knows, else all strangers."""
    return _mark_for(email, ways) or f"account:{services.normalised_email(email)}"


def _mark_for(email: str, ways: frozenset[str]) -> str | None:
    longest = int(LASTS.total_seconds())
    mark = opened(request.cookies.get(_cookie_name(), ""), longest=longest) or "- - -"
    known, how, _nonce = mark.split(" ")
    is_known = known == services.normalised_email(email) and how in ways
    return f"browser:{mark}" if is_known else None
