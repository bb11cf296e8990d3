"""Headers, hosts, cookies and limits: what every answer carries and every request must satisfy."""

from datetime import timedelta

from flask import Flask, Response, current_app, make_response, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from talentpool.config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; "
    "img-src 'self' data:; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "form-action 'self'"
)

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def sign_in_limit() -> str:
    """Return how many wrong passwords or codes are borne, from one address or on one account."""
    return str(current_app.config["SIGN_IN_LIMIT"])


def link_limit() -> str:
    """Return how many wrong links from a mail are borne from one address."""
    return str(current_app.config["LINK_LIMIT"])


def missed(response: object) -> bool:
    """Tell whether an answer found nothing behind what was asked for."""
    return getattr(response, "status_code", 0) == 404


def account_key() -> str:
    """Count requests by who is signed in, wherever they sit."""
    return f"account:{current_user.id}"


class PageSessions(SecureCookieSessionInterface):
    """Keep the session in a cookie that pages alone write, and only when they change it.

    A file asked for by the page before may answer after the next one did: by repeating the cookie it
    was asked with, it would undo what that page noted, and a cache that keeps the file would keep it.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write a changed session to the answer, unless it is a file's."""
        if request.endpoint != "static":
            super().save_session(app, session, response)


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.endpoint != "static":
        # What a signed-in person read must not be found again with the Back button of a shared desk.
        private = "_user_id" in session or current_user.is_authenticated
        headers.setdefault("Cache-Control", "no-store" if private else "no-cache")
    return response


def _set_transport_security(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def init_security(app: Flask, settings: Settings) -> None:
    """Apply the settings that keep requests honest and answers closed."""
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024 + 64 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2_000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.session_cookie_secure,
        SESSION_COOKIE_NAME="__Host-session" if settings.session_cookie_secure else "session",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
        WTF_CSRF_SSL_STRICT=settings.session_cookie_secure,
        RATELIMIT_STORAGE_URI=settings.rate_limit_storage,
        RATELIMIT_STRATEGY="moving-window",
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    app.session_interface = PageSessions()
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_set_headers)
    if settings.is_production:
        app.after_request(_set_transport_security)


def for_nobody_else(answered: ResponseReturnValue) -> ResponseReturnValue:
    """Keep a person's data out of caches, indexes and the next site's logs: whoever reads has no account."""
    response = make_response(answered)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    # Same-origin rather than none: without any, browsers would send the form from nowhere.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
