"""Pages to sign in and out, to change one's password, and to administer accounts."""

from flask import Blueprint, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, Role, access, public
from talentpool.accounts import factors, queries, registering, replacing, services
from talentpool.accounts.forms import (
    AccountEditForm,
    AccountForm,
    PasswordForm,
    SignInForm,
)
from talentpool.accounts.known_browsers import guesser, is_known_to
from talentpool.accounts.models import Account, Proof
from talentpool.accounts.second_step import going_on, resumed, second_step
from talentpool.accounts.session import (
    current_sign_in,
    end_session,
    oldest_session_start,
    start_session,
)
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.web.carrying import show_carried, sign_in_pages, unpacked
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other
from talentpool.web.security import account_key, csrf, limiter, sign_in_limit

bp = Blueprint("accounts", __name__)


def overall_limit() -> str:
    """How many failures are borne in all, from browsers that opened no account before."""
    return str(current_app.config["SIGN_IN_LIMIT_OVERALL"])


def _email() -> str:
    return request.form.get("email", "")[:254]


def _guesser() -> str:
    return guesser(_email())


def _is_known() -> bool:
    return is_known_to(_email())


def everybody() -> str:
    """Count together what all strangers do."""
    return "everybody"


def failed(response: object) -> bool:
    """Tell whether an answer refused what was typed."""
    return getattr(response, "status_code", 0) == 422


@bp.route("/connexion", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"], deduct_when=failed, exempt_when=_is_known)
@limiter.limit(sign_in_limit, key_func=_guesser, methods=["POST"], deduct_when=failed)
@limiter.limit(
    overall_limit, key_func=everybody, methods=["POST"], deduct_when=failed, exempt_when=_is_known
)
def sign_in() -> ResponseReturnValue:
    """Sign in with an address and a password; a second step follows where there is one."""
    form = SignInForm(next=request.args.get("next"))
    if current_user.is_authenticated:
        return resumed(form) or see_other("pages.home")
    if form.validate_on_submit():
        account = services.account_with(email=form.email.data, password=form.password.data)
        if account is not None:
            return second_step(account, form) or _signed_in(account, form)
        form.password.errors = [_("Adresse ou mot de passe incorrect. Vérifiez les deux.")]
    return render_form("accounts/sign_in.html", form)


def _signed_in(account: Account, form: SignInForm) -> ResponseReturnValue:
    start_session(account)
    return going_on(form)


def sign_in_page(carried: str) -> ResponseReturnValue:
    """Ask to sign in, and keep what was typed when the session ended."""
    form = SignInForm(formdata=None, carried=carried)
    return render_template("accounts/sign_in.html", form=form), 401


sign_in_pages.append(sign_in_page)


@bp.post("/connexion/reprise")
@csrf.exempt  # type: ignore[untyped-decorator]
@access(Permission.USE_OWN_ACCOUNT)
def resume() -> ResponseReturnValue:
    """Show what somebody had typed when their session ended: it changes nothing, and is signed."""
    carried = unpacked(request.form.get("carried"))
    return show_carried(carried) if carried else see_other("pages.home")


@bp.post("/deconnexion")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out; whoever was not signed in simply comes home."""
    end_session()
    flash(translated(_("Votre session est fermée.")), "success")
    return see_other("pages.home")


@bp.route("/mon-compte", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"], deduct_when=failed)
def own_account() -> ResponseReturnValue:
    """Show one's account and change one's password."""
    form = PasswordForm(account=current_user)
    if form.validate_on_submit():
        sign_in = current_sign_in()
        proof = sign_in.proved_by if sign_in else Proof.PASSWORD
        try:
            services.change_password(current_user, current=form.current.data, new=form.new.data)
        except services.WrongPassword:
            form.current.errors = [_("Ce n’est pas votre mot de passe actuel.")]
        else:
            start_session(db.session.get_one(Account, current_user.id), proof=proof)
            flash(
                translated(_("Mot de passe changé ; les autres sessions sont fermées.")), "success"
            )
            return see_other("accounts.own_account")
    sessions = queries.open_sign_ins(current_user, since=oldest_session_start())
    return render_form(
        "accounts/own_account.html",
        form,
        sessions=sessions,
        factors=factors.factors_of(current_user),
        change=replacing.open_change_of(current_user),
        codes_left=factors.recovery_codes_left(current_user),
    )


@bp.get("/comptes")
@access(Permission.MANAGE_ACCOUNTS)
def listing() -> ResponseReturnValue:
    """List the accounts."""
    search = request.args.get("q", "").strip()
    page = paged(queries.accounts(search))
    return render_template("accounts/listing.html", page=page, search=search)


@bp.route("/comptes/nouveau", methods=["GET", "POST"])
@access(Permission.MANAGE_ACCOUNTS)
def create() -> ResponseReturnValue:
    """Open an account for somebody, who chooses its password by a link."""
    form = AccountForm()
    if form.validate_on_submit():
        values = form.values()
        try:
            registering.open_account(**{**values, "role": Role(values["role"])}, by=current_user)
        except services.EmailAlreadyTaken:
            form.email.errors = [_("Un compte existe déjà à cette adresse.")]
        else:
            flash(
                translated(
                    _("Compte créé : un lien part pour que la personne choisisse son mot de passe.")
                ),
                "success",
            )
            return see_other("accounts.listing")
    return render_form("accounts/create.html", form)


@bp.route("/comptes/<int:account_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_ACCOUNTS)
def edit(account_id: int) -> ResponseReturnValue:
    """Change an account's name, role or activity."""
    account = db.get_or_404(Account, account_id)
    form = AccountEditForm(obj=account, version=account.version_id)
    if form.validate_on_submit() and not form.overtakes(
        account, AccountEditForm(formdata=None, obj=account)
    ):
        values = form.values()
        try:
            services.edit_account(
                account, **{**values, "role": Role(values["role"])}, by=current_user
            )
        except services.LastAdministratorDisabled:
            form.role.errors = [_("Il faut garder au moins un compte d’administration actif.")]
        else:
            flash(translated(_("Compte enregistré.")), "success")
            return see_other("accounts.listing")
    return render_form("accounts/edit.html", form, account=account)


@bp.route("/comptes/<int:account_id>/mot-de-passe", methods=["GET", "POST"])
@access(Permission.MANAGE_ACCOUNTS)
def reset_password(account_id: int) -> ResponseReturnValue:
    """Void somebody's password and send them a link to choose another, once it is said what follows."""
    account = db.get_or_404(Account, account_id)
    if account.id == current_user.id:
        flash(translated(_("Votre propre mot de passe se change ici.")), "info")
        return see_other("accounts.own_account")
    if request.method == "POST" and account.is_active:
        registering.void_password(account, by=current_user)
        flash(translated(_("Mot de passe annulé : un lien part vers son adresse.")), "success")
        return see_other("accounts.edit", account_id=account.id)
    return render_template("accounts/reset_password.html", account=account)
