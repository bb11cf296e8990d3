"""Pages on which people add, remove and renew what proves who they are, and on which it is reset."""

from collections.abc import Callable
from functools import wraps

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts import factors, half, keys, services
from talentpool.accounts.factor_forms import WRONG_PASSWORD, ConfirmForm, NewAppForm, NewKeyForm
from talentpool.accounts.models import Account
from talentpool.accounts.session import close_other_sessions, confirm, is_confirmed
from talentpool.accounts.setting_up import app_added, installing, key_added, key_question
from talentpool.accounts.views import bp, failed
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.web.forms import Form, render_form
from talentpool.web.jinja import own_path
from talentpool.web.pipeline import READING, see_other
from talentpool.web.redirects import own_address
from talentpool.web.security import account_key, limiter, sign_in_limit

View = Callable[..., ResponseReturnValue]


def confirmed(view: View) -> View:
    """Ask for the password first, unless it was given a moment ago."""

    @wraps(view)
    def guarded(**values: int) -> ResponseReturnValue:
        if is_confirmed():
            return view(**values)
        target = own_path() if request.method in READING else request.path
        return redirect(url_for("accounts.confirm_identity", next=target), code=303)

    return guarded


def _self() -> Account:
    return db.session.get_one(Account, current_user.id)


@bp.route("/mon-compte/confirmation", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"], deduct_when=failed)
def confirm_identity() -> ResponseReturnValue:
    """Ask somebody who is signed in for their password again."""
    form = ConfirmForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            services.check_password(_self(), form.password.data or "")
        except services.WrongPassword:
            form.password.errors = [WRONG_PASSWORD]
        else:
            confirm()
            target = own_address(form.next.data) or url_for("accounts.own_account")
            return redirect(target, code=303)
    return render_form("accounts/confirm_identity.html", form)


@bp.route("/mon-compte/application", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@confirmed
def add_app() -> ResponseReturnValue:
    """Add an application that shows codes."""
    account, form = _self(), NewAppForm()
    if form.validate_on_submit() and app_added(account, form):
        return _added(account)
    return render_form("accounts/add_app.html", form, **installing(account))


@bp.route("/mon-compte/cle", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@confirmed
def add_key() -> ResponseReturnValue:
    """Add a security key."""
    account, form = _self(), NewKeyForm()
    if form.validate_on_submit() and key_added(account, form):
        return _added(account)
    question = key_question(account, known=False) if keys.are_possible() else None
    return render_form("accounts/add_key.html", form, question=question)


def _added(account: Account) -> ResponseReturnValue:
    close_other_sessions(account)
    flash(translated(_("Ajouté. Vos autres sessions sont fermées.")), "success")
    has_codes = factors.recovery_codes_left(account) > 0
    return see_other("accounts.own_account" if has_codes else "accounts.recovery_codes")


@bp.route("/mon-compte/facteurs/<int:factor_id>/retirer", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@confirmed
def remove_factor(factor_id: int) -> ResponseReturnValue:
    """Take one of one's own factors away, once it is said what follows."""
    account = _self()
    factor = factors.factor_of(account, factor_id) or abort(404)
    is_last = len(factors.factors_of(account)) == 1
    if request.method == "POST":
        try:
            factors.remove_factor(factor, account=account)
        except factors.LastFactorKept:
            abort(409)
        close_other_sessions(account)
        flash(translated(_("Retiré. Vos autres sessions sont fermées.")), "success")
        return see_other("accounts.own_account")
    return render_template("accounts/remove_factor.html", factor=factor, is_last=is_last)


@bp.route("/mon-compte/codes-de-secours", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@confirmed
def recovery_codes() -> ResponseReturnValue:
    """Show new recovery codes, which replace the former once somebody says that they are kept."""
    account = _self()
    if not factors.factors_of(account):
        return see_other("accounts.own_account")
    form = Form()
    # Only what somebody has seen is kept: after an hour the page shows others.
    shown = half.shown_codes()
    if form.validate_on_submit() and not shown:
        flash(
            translated(_("Ces codes n’étaient plus valables : en voici d’autres à garder.")), "info"
        )
        return see_other("accounts.recovery_codes", next=own_address(request.args.get("next")))
    if form.validate_on_submit():
        factors.keep_recovery_codes(account, shown)
        half.forget_waiting()
        flash(translated(_("Vos codes de secours servent dès maintenant.")), "success")
        target = own_address(request.args.get("next")) or url_for("accounts.own_account")
        return redirect(target, code=303)
    left = factors.recovery_codes_left(account)
    return render_template("accounts/recovery_codes.html", codes=half.waiting_codes(), left=left)


@bp.get("/mon-compte/codes-de-secours.txt")
@access(Permission.USE_OWN_ACCOUNT)
@confirmed
def recovery_codes_file() -> ResponseReturnValue:
    """Hand the codes of the page as a text to print or to put away."""
    text = render_template("accounts/recovery_codes.txt", codes=half.waiting_codes())
    answer = Response(text, mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="codes-de-secours.txt"'
    return answer


@bp.route("/comptes/<int:account_id>/facteurs", methods=["GET", "POST"])
@access(Permission.MANAGE_ACCOUNTS)
@confirmed
def reset_factors(account_id: int) -> ResponseReturnValue:
    """Take away the factors of somebody who lost them all, once it is said what follows."""
    account = db.get_or_404(Account, account_id)
    if account.id == current_user.id:
        flash(translated(_("Vos propres moyens se changent ici, un à un.")), "info")
        return see_other("accounts.own_account")
    if request.method == "POST":
        factors.reset_factors(account, by=current_user)
        flash(translated(_("Second facteur réinitialisé : la personne en est avertie.")), "success")
        return see_other("accounts.edit", account_id=account.id)
    found = factors.factors_of(account)
    return render_template("accounts/reset_factors.html", account=account, factors=found)
