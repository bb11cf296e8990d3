"""What somebody typed, carried through an expired session: from the refused form to the one that is sent again.

Nothing is stored. The text travels in a hidden field, signed, so that only what this site received from
one of its own pages comes back; it is shown before it is sent again, by a button and with a fresh token.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from talentpool.web.redirects import own_address

#: Characters of all that is typed in one form; more is not carried.
MOST_TEXT = 300_000
#: Seconds during which somebody may sign in again and find their words.
LONGEST = 12 * 3600
#: Machinery of the form, and what is never written into a page.
LEFT_OUT = frozenset({"csrf_token", "carried"})
SECRETS = ("password", "token", "secret")
#: The forms of these take passwords, or end a session.
NEVER = frozenset({"accounts"})

#: How to ask for signing in, with what was typed; the feature of accounts says it.
sign_in_pages: list[Callable[[str], ResponseReturnValue]] = []


@dataclass(frozen=True)
class Carried:
    """A form that was refused: where it was sent, and what it said."""

    path: str
    fields: list[tuple[str, str]]
    lost_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person would recognise as their own words, the longest first."""
        said = {
            value.strip()
            for name, value in self.fields
            if " " in value.strip() and name not in {"version", "key"}
        }
        return sorted(said, key=len, reverse=True)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="carried-form")


def packed_request() -> str | None:
    """Sign what the current request typed; None when it must not be carried, or is too long."""
    path = own_address(request.full_path.rstrip("?"))
    if request.method != "POST" or path is None or not _is_from_here():
        return None
    if request.endpoint is None or request.blueprint in NEVER:
        return None
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in LEFT_OUT and not any(secret in name.lower() for secret in SECRETS)
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not any(value.strip() for _name, value in fields) or size > MOST_TEXT:
        return None
    has_files = any(file.filename for file in request.files.values())
    return str(_serializer().dumps([path, fields, has_files]))


def unpacked(text: str | None) -> Carried | None:
    """Return what was carried; None for what this site did not sign, or too long ago."""
    try:
        path, fields, lost_files = _serializer().loads(text or "", max_age=LONGEST)
    except BadData:
        return None
    return Carried(path, [(name, value) for name, value in fields], lost_files)


def ask_to_sign_in() -> ResponseReturnValue | None:
    """Answer a form that arrived signed out with a sign-in page that keeps it; None when it can't."""
    carried = packed_request()
    return sign_in_pages[0](carried) if carried and sign_in_pages else None


def show_carried(carried: Carried, status: int = 200) -> ResponseReturnValue:
    """Show what was typed, with the button that sends it again."""
    return render_template("errors/carried.html", carried=carried), status


def _is_from_here() -> bool:
    """Tell whether a page of this site sent the form, as browsers say and no other site can."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
