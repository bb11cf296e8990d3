"""How a browser stays signed in: Flask-Login over rows that can be ended, with an idle limit."""

from datetime import datetime, timedelta

from flask import Flask, current_app, session
from flask_login import AnonymousUserMixin, LoginManager, login_user

from talentpool.access import Role
from talentpool.accounts import services
from talentpool.accounts.known_browsers import remember_browser
from talentpool.accounts.models import Account, Proof, SignIn
from talentpool.config import Settings
from talentpool.db import now

#: For how long a password that was just given lets somebody change their second factors.
CONFIRMED_FOR = timedelta(minutes=5)

login_manager = LoginManager()
#: Flask-Login's own protection binds sessions to addresses, which signs travelling people out.
login_manager.session_protection = None


class Visitor(AnonymousUserMixin):
    """Whoever has not signed in."""

    id: int | None = None
    role: Role | None = None
    organisation_id: int | None = None


login_manager.anonymous_user = Visitor


class _SignedIn:
    """What Flask-Login writes to the cookie: the token of a sign-in, never an account's number."""

    is_active = True
    is_authenticated = True

    def __init__(self, token: str) -> None:
        self.token = token

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _account_behind(token: str) -> Account | None:
    idle = current_app.config["SESSION_IDLE"].total_seconds()
    unseen_for = now().timestamp() - session.get("seen_at", 0)
    if unseen_for > idle:
        return None
    longest = current_app.config["PERMANENT_SESSION_LIFETIME"]
    account = services.account_signed_in_with(token, longest=longest)
    # Once a minute for half an hour's limit: each writing of the cookie can undo another's, of a
    # page that answers at the same time.
    if account is not None and unseen_for > idle / 30:
        session["seen_at"] = int(now().timestamp())
    return account


def start_session(account: Account, *, proof: Proof = Proof.PASSWORD) -> None:
    """Sign the browser in: the cookie from before is emptied, so that nobody planted it."""
    empty_cookie()
    session.permanent = True
    session["seen_at"] = int(now().timestamp())
    session["ends_at"] = int((now() + current_app.permanent_session_lifetime).timestamp())
    login_user(_SignedIn(services.open_sign_in(account, proof=proof)))
    remember_browser(account)


def end_session() -> None:
    """Sign the browser out, here and wherever its cookie was copied."""
    if token := session.get("_user_id"):
        services.close_sign_in(token)
    empty_cookie()


def empty_cookie() -> None:
    """Forget all that the browser brought, but how it likes its pages."""
    kept = {name: session.get(name) for name in ("language", "theme")}
    session.clear()
    session.update({name: value for name, value in kept.items() if value})


def current_sign_in() -> SignIn | None:
    """Return the sign-in of this browser."""
    return services.sign_in_behind(session.get("_user_id", ""))


def is_confirmed() -> bool:
    """Tell whether whoever holds this browser gave the password a moment ago."""
    sign_in = current_sign_in()
    return (
        sign_in is not None
        and sign_in.confirmed_at is not None
        and now() - sign_in.confirmed_at < CONFIRMED_FOR
    )


def confirm() -> None:
    """Note that whoever holds this browser has just given the password."""
    sign_in = current_sign_in()
    if sign_in is not None:
        sign_in.confirmed_at = now()


def close_other_sessions(account: Account) -> int:
    """Sign an account out of every browser but this one; returns of how many."""
    return services.close_other_sign_ins(account, token=session.get("_user_id", ""))


def session_left() -> tuple[int, bool]:
    """Return the seconds after which this browser is signed out if unused, and whether use prolongs them."""
    instant = now().timestamp()
    idle = session.get("seen_at", 0) + current_app.config["SESSION_IDLE"].total_seconds() - instant
    longest = session.get("ends_at", instant + idle) - instant
    return max(0, int(min(idle, longest))), idle <= longest


def oldest_session_start() -> datetime:
    """Return the instant before which no session is open any more."""
    longest: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"]
    return now() - longest


def init_session(app: Flask, settings: Settings) -> None:
    """Let Flask-Login recognise who is signed in."""
    app.config["SESSION_IDLE"] = timedelta(minutes=settings.session_idle_minutes)
    login_manager.init_app(app)
    app.jinja_env.globals["session_left"] = session_left
