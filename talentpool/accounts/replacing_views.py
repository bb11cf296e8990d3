"""Pages on which a lost address is replaced: asked by the administration, answered by both addresses."""

from collections.abc import Callable

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access, public
from talentpool.accounts import links, replacing, services
from talentpool.accounts.address_models import AddressChange
from talentpool.accounts.factor_forms import WRONG_PASSWORD
from talentpool.accounts.forms import ReplacementForm
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.accounts.own_views import link_or_404
from talentpool.accounts.views import bp, failed
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.web.forms import Form, render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import (
    account_key,
    for_nobody_else,
    limiter,
    link_limit,
    missed,
    sign_in_limit,
)


@bp.route("/comptes/<int:account_id>/adresse", methods=["GET", "POST"])
@access(Permission.MANAGE_ACCOUNTS)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"], deduct_when=failed)
def replace_address(account_id: int) -> ResponseReturnValue:
    """Ask for another address for somebody who lost theirs, once it is said what follows."""
    account = db.get_or_404(Account, account_id)
    if account.id == current_user.id:
        flash(translated(_("Votre propre adresse se change ici.")), "info")
        return see_other("accounts.move")
    form = ReplacementForm()
    if account.is_active and form.validate_on_submit() and _asked(account, form):
        flash(translated(_("Les deux adresses sont averties.")), "success")
        return see_other("accounts.replace_address", account_id=account.id)
    change = replacing.newest_change_of(account)
    return render_form("accounts/replace_address.html", form, account=account, change=change)


def _asked(account: Account, form: ReplacementForm) -> bool:
    try:
        services.check_password(current_user, form.password.data or "")
        replacing.ask_to_replace(
            account,
            new_email=form.email.data or "",
            reason=form.reason.data or "",
            by=current_user,
        )
    except services.WrongPassword:
        form.password.errors = [WRONG_PASSWORD]
    except services.EmailAlreadyTaken:
        form.email.errors = [_("Un compte existe déjà à cette adresse.")]
    except replacing.AlreadyAsked:
        form.email.errors = [_("Un autre changement attend déjà : retirez-le d’abord.")]
    else:
        return True
    return False


@bp.post("/comptes/<int:account_id>/adresse/retirer")
@access(Permission.MANAGE_ACCOUNTS)
def withdraw_replacement(account_id: int) -> ResponseReturnValue:
    """Take back the change of address that waits."""
    account = db.get_or_404(Account, account_id)
    change = replacing.newest_change_of(account)
    if change is not None and _done(lambda: replacing.withdraw(change, by=current_user)):
        flash(translated(_("Changement d’adresse retiré : ses liens ne servent plus.")), "success")
    else:
        flash(translated(_("Rien n’est changé : aucun changement d’adresse n’attend.")), "info")
    return see_other("accounts.edit", account_id=account.id)


def _done(act: Callable[[], None]) -> bool:
    try:
        act()
    except replacing.ChangeOver:
        return False
    return True


@bp.route("/adresse-de-remplacement/<replacement_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def confirm_replacement(replacement_token: str) -> ResponseReturnValue:
    """Say, as the reader of the new address, that it may take the place of the lost one."""
    link, change = _change(replacement_token, LinkPurpose.REPLACE_ADDRESS)
    form = Form()
    if form.validate_on_submit():
        try:
            replacing.confirm(link)
        except (replacing.ChangeOver, services.EmailAlreadyTaken, links.LinkOver):
            abort(404)
        said = (
            _("Adresse changée : connectez-vous avec la nouvelle.")
            if change.done_at
            else _("Merci. Un courriel vous dira quand vous connecter avec cette adresse.")
        )
        flash(translated(said), "success")
        return see_other("accounts.sign_in")
    page = render_template("accounts/confirm_replacement.html", form=form, change=change)
    return for_nobody_else(page)


@bp.route("/adresse-a-garder/<keep_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def keep_address(keep_token: str) -> ResponseReturnValue:
    """Stop, as the reader of the old address, a change that one did not ask for."""
    link, change = _change(keep_token, LinkPurpose.KEEP_ADDRESS)
    form = Form()
    if form.validate_on_submit():
        try:
            replacing.stop(link)
        except (replacing.ChangeOver, links.LinkOver):
            abort(404)
        flash(translated(_("Changement arrêté : votre compte garde son adresse.")), "success")
        return see_other("accounts.sign_in")
    return for_nobody_else(render_template("accounts/keep_address.html", form=form, change=change))


@bp.post("/mon-compte/adresse/garder")
@access(Permission.USE_OWN_ACCOUNT)
def refuse_replacement() -> ResponseReturnValue:
    """Stop, as whoever is signed in, a change that one did not ask for."""
    change = replacing.open_change_of(db.session.get_one(Account, current_user.id))
    if change is not None and _done(lambda: replacing.stop_as_holder(change)):
        flash(translated(_("Changement arrêté : votre compte garde son adresse.")), "success")
    else:
        flash(translated(_("Rien n’est changé : aucun changement d’adresse n’attend.")), "info")
    return see_other("accounts.own_account")


def _change(token: str, purpose: LinkPurpose) -> tuple[AccountLink, AddressChange]:
    link = link_or_404(token, purpose)
    return link, replacing.change_behind(link) or abort(404)
