"""One request from access to commit: the only file that lets in, and the only one that commits for a page."""

import logging
from typing import Any

from flask import Flask, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter

from talentpool.access import Permission, allows
from talentpool.db import db, reading_only
from talentpool.i18n import _, translated
from talentpool.web.carrying import ask_to_sign_in

logger = logging.getLogger(__name__)

READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: The largest number of a row on PostgreSQL.
LARGEST_NUMBER = 2**31 - 1
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RowNumber(IntegerConverter):
    """A row's number in an address: one that no row can have finds no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_NUMBER, **kwargs})


class UnsealedEndpoint(Exception):
    """An endpoint that says neither `@access(…)` nor `@public`; the application refuses to start."""


class Application(Flask):
    """A Flask application in which a write that redirects is committed, and nothing else is."""

    def full_dispatch_request(self) -> Response:
        """Answer a request; one that only reads asks for no write lock, from its first statement on."""
        token = reading_only.set(request.method in READING)
        try:
            return super().full_dispatch_request()
        finally:
            reading_only.reset(token)

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit or roll back before the answer leaves."""
        try:
            response = self.make_response(super().dispatch_request())
            if request.method not in READING and response.status_code in REDIRECTS:
                db.session.commit()
            return response
        finally:
            db.session.rollback()


def require(permission: Permission, subject: object) -> None:
    """Answer 404 unless the viewer holds `permission` for `subject`: what one may not see isn't there."""
    if not allows(current_user, permission, subject):
        _log_denial(permission)
        abort(404)


def may(permission: Permission, subject: object | None = None) -> bool:
    """Tell a template whether the viewer holds a permission, so that it shows no dead button."""
    return allows(current_user, permission, subject)


def _log_denial(permission: Permission) -> None:
    logger.warning(
        "denied permission=%s account=%s path=%s", permission.name, current_user.id, request.path
    )


def _refuse_unstorable() -> None:
    """Answer 400 to a NUL, which no keyboard types and PostgreSQL does not store."""
    typed = [request.path, *_texts(request.args)]
    if request.method not in READING:
        typed += _texts(request.form)
    if any("\0" in text for text in typed):
        abort(400)


def _texts(given: MultiDict[str, str]) -> list[str]:
    return [text for name, texts in given.lists() for text in (name, *texts)]


def _check_access() -> ResponseReturnValue | None:
    """Let the request through, ask to sign in, or answer 403; unknown addresses stay 404."""
    if request.endpoint is None:
        return None
    guard: Any = guard_of(request_view())
    if guard == "public":
        return None
    if not current_user.is_authenticated:
        kept = ask_to_sign_in()
        if kept is not None:
            return kept
        flash(translated(_("Connectez-vous pour continuer.")), "info")
        target = request.full_path.rstrip("?") if request.method in READING else None
        return redirect(url_for("accounts.sign_in", next=target), code=303)
    if not allows(current_user, guard):
        _log_denial(guard)
        abort(403)
    return None


def request_view() -> Any:
    """Return the view function that answers the current request."""
    from flask import current_app

    return current_app.view_functions[request.endpoint or ""]


def guard_of(view: Any) -> Any:
    """Return what seals a view: a permission, "public", or None."""
    return getattr(view, "guard", None)


def see_other(endpoint: str, **values: Any) -> Response:
    """Send the browser to a page after a write, so that going back or reloading repeats nothing."""
    return redirect(url_for(endpoint, **values), code=303)  # type: ignore[return-value]


def init_pipeline(app: Flask) -> None:
    """Put the checks of input and access before every view."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_unstorable)
    app.before_request(_check_access)
    app.jinja_env.globals["may"] = may
    app.jinja_env.globals["Permission"] = Permission


def seal(app: Flask) -> None:
    """Refuse to start with an endpoint that does not say who may use it."""
    app.view_functions["static"].__dict__["guard"] = "public"
    naked = sorted(name for name, view in app.view_functions.items() if guard_of(view) is None)
    if naked:
        raise UnsealedEndpoint(", ".join(naked))
