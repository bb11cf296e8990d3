"""Pages on which people open their own account, choose another password, or move to another address.

Opening a link changes nothing: mail scanners follow links, and a button answers.
"""

from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep

from flask import Response, abort, after_this_request, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access, public
from talentpool.accounts import links, registering, services
from talentpool.accounts.forms import AddressForm, MoveForm, NewPasswordForm, RegistrationForm
from talentpool.accounts.known_browsers import BY_MAIL, remember_browser
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.accounts.session import close_other_sessions, start_session
from talentpool.accounts.views import bp
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.web.forms import Form, render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import for_nobody_else, limiter, link_limit, missed, sign_in_limit

#: Seconds that an answer takes which must not tell who has an account: longer than the work behind it.
TAKES = 0.1


def evenly_timed(
    view: Callable[[], ResponseReturnValue],
) -> Callable[[], ResponseReturnValue]:
    """Have a form's answers take as long as each other, whatever was done for the address typed."""

    @wraps(view)
    def timed() -> ResponseReturnValue:
        over_at = monotonic() + TAKES

        # What was asked for is committed by then, so that its time is hidden too.
        @after_this_request
        def wait(response: Response) -> Response:
            if request.method == "POST":
                sleep(max(0.0, over_at - monotonic()))
            return response

        return view()

    return timed


def _address_named() -> str:
    return "written-to:" + services.normalised_email(request.form.get("email", ""))[:254]


def link_or_404(token: str, *purposes: LinkPurpose) -> AccountLink:
    """Return the link that still serves one of these purposes."""
    return links.link_behind(token, *purposes) or abort(404)


@bp.route("/inscription", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"])
@limiter.limit(sign_in_limit, key_func=_address_named, methods=["POST"])
@evenly_timed
def join() -> ResponseReturnValue:
    """Ask for the address at which somebody joins the pool; the answer never says who has an account."""
    form = AddressForm()
    if form.validate_on_submit():
        registering.ask_to_register(form.email.data)
        return see_other("accounts.written", about="inscription")
    return render_form("accounts/join.html", form)


@bp.route("/mot-de-passe-oublie", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"])
@limiter.limit(sign_in_limit, key_func=_address_named, methods=["POST"])
@evenly_timed
def forgotten_password() -> ResponseReturnValue:
    """Ask for the address of an account whose password is lost; the answer never says if there is one."""
    form = AddressForm()
    if form.validate_on_submit():
        registering.ask_to_reset(form.email.data)
        return see_other("accounts.written", about="mot-de-passe")
    return render_form("accounts/forgotten_password.html", form)


@bp.get("/courriel-envoye")
@public
def written() -> ResponseReturnValue:
    """Say that a mail is on its way, and what to do when it does not come."""
    return render_template("accounts/written.html", about=request.args.get("about", ""))


@bp.route("/inscription/<register_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def register(register_token: str) -> ResponseReturnValue:
    """Open a talent's account at the address that the link proves."""
    link = link_or_404(register_token, LinkPurpose.REGISTER)
    form = RegistrationForm(email=link.email)
    form.email.data = link.email
    if form.validate_on_submit():
        try:
            account = registering.register(
                link, display_name=form.display_name.data or "", password=form.password.data or ""
            )
        except (services.EmailAlreadyTaken, links.LinkOver):
            abort(404)
        db.session.flush()
        start_session(account)
        flash(
            translated(_("Bienvenue. Votre compte est ouvert : écrivez votre profil.")), "success"
        )
        return see_other("pages.home")
    return for_nobody_else(render_form("accounts/register.html", form, link=link))


@bp.route("/mot-de-passe-oublie/<reset_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def choose_password(reset_token: str) -> ResponseReturnValue:
    """Choose a first or another password, for who proves the account's address; every session ends."""
    link = link_or_404(reset_token, *links.PASSWORD_LINKS)
    account = link.account or abort(404)
    form = NewPasswordForm(account=account)
    if form.validate_on_submit():
        try:
            account = registering.choose_password(link, password=form.password.data or "")
        except links.LinkOver:
            abort(404)
        # Whoever guesses at the account meanwhile does not keep its holder out.
        remember_browser(account, how=BY_MAIL)
        flash(translated(_("Mot de passe enregistré : connectez-vous avec lui.")), "success")
        return see_other("accounts.sign_in")
    return for_nobody_else(render_form("accounts/choose_password.html", form, link=link))


@bp.route("/mon-compte/adresse", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@limiter.limit(sign_in_limit, methods=["POST"])
@evenly_timed
def move() -> ResponseReturnValue:
    """Ask for another address; both addresses must then agree."""
    form = MoveForm()
    if form.validate_on_submit():
        account = db.session.get_one(Account, current_user.id)
        try:
            registering.ask_to_move(
                account, new_email=form.email.data or "", password=form.password.data or ""
            )
        except services.WrongPassword:
            form.password.errors = [_("Ce n’est pas votre mot de passe actuel.")]
        else:
            return see_other("accounts.written", about="adresse")
    return render_form("accounts/move.html", form)


@bp.route("/mon-compte/adresse/<move_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def agree_to_move(move_token: str) -> ResponseReturnValue:
    """Agree, as the reader of one address, that an account moves to another."""
    link = link_or_404(move_token, *registering.BOTH)
    form = Form()
    if form.validate_on_submit():
        try:
            moved = registering.agree_to_move(link)
        except (services.EmailAlreadyTaken, links.LinkOver):
            abort(404)
        said = (
            _("Adresse changée : connectez-vous avec la nouvelle.")
            if moved
            else _("Merci. Il manque l’accord de l’autre adresse : un courriel y est arrivé aussi.")
        )
        flash(translated(said), "success")
        return see_other("accounts.sign_in")
    return for_nobody_else(render_form("accounts/agree_to_move.html", form, link=link))


@bp.post("/mon-compte/sessions")
@access(Permission.USE_OWN_ACCOUNT)
def close_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    closed = close_other_sessions(db.session.get_one(Account, current_user.id))
    said = _("Vos autres sessions sont fermées.") if closed else _("Aucune autre session ouverte.")
    flash(translated(said), "success")
    return see_other("accounts.own_account")
