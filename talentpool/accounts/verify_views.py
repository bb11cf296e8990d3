"""The second step of signing in: a code, a key or a recovery code; or setting up what will give them."""

import logging
from typing import Any

from flask import flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import public
from talentpool.accounts import factors, half, keys
from talentpool.accounts.factor_forms import (
    WRONG_CODE,
    WRONG_KEY,
    WRONG_RECOVERY,
    KeyForm,
    NewAppForm,
    NewKeyForm,
    RecoveryForm,
)
from talentpool.accounts.known_browsers import SIGNED_IN, guesser, is_known_to
from talentpool.accounts.models import Account, Proof
from talentpool.accounts.second_step import answered_form, enrol_page, going_on, verify_page
from talentpool.accounts.session import start_session
from talentpool.accounts.setting_up import app_added, challenge_asked, key_added
from talentpool.accounts.views import bp, failed, sign_in_page
from talentpool.i18n import _, ngettext, translated
from talentpool.web.carrying import unpacked
from talentpool.web.pipeline import see_other
from talentpool.web.redirects import own_address
from talentpool.web.security import limiter, sign_in_limit

logger = logging.getLogger(__name__)


#: A password chosen by a mail's link gives no more tries here: the mailbox may be a thief's.
WAYS = frozenset({SIGNED_IN})


def _email() -> str:
    account = half.half_account()
    return account.email if account else ""


def _guesser() -> str:
    return guesser(_email(), ways=WAYS)


def _is_known() -> bool:
    return is_known_to(_email(), ways=WAYS)


def _refused(response: object) -> bool:
    """Tell whether a second proof was refused: the last one that is borne too, which is answered otherwise."""
    return failed(response) or g.get("is_last_proof", False)


def _start_again() -> ResponseReturnValue:
    """Ask for the password again, and keep what was being carried."""
    if current_user.is_authenticated:
        return see_other("pages.home")
    carried = request.form.get("carried", "")
    if unpacked(carried) is not None:
        return sign_in_page(carried)
    if "half" in session:
        flash(translated(_("Recommencez : le mot de passe date de plus de cinq minutes.")), "info")
    target = own_address(request.values.get("next"))
    return redirect(url_for("accounts.sign_in", next=target), code=303)


@bp.route("/connexion/verification", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"], deduct_when=_refused, exempt_when=_is_known)
@limiter.limit(sign_in_limit, key_func=_guesser, methods=["POST"], deduct_when=_refused)
def verify() -> ResponseReturnValue:
    """Prove a second time who one is, and be signed in."""
    account = half.half_account()
    if account is None or not factors.factors_of(account):
        return _start_again()
    if request.method == "GET":
        return verify_page(account, next_address=request.args.get("next"))
    form: Any = answered_form()
    proof = _proof(account, form) if form.validate_on_submit() else None
    if proof is None:
        return _told_its_holder(account) or verify_page(account, form)
    start_session(account, proof=proof)
    if proof is Proof.RECOVERY:
        _say_how_many_are_left(account)
    return going_on(form)


def _proof(account: Account, form: Any) -> Proof | None:
    """Spend what was given as a second proof, or say beside its field why it is none."""
    try:
        if isinstance(form, RecoveryForm):
            factors.spend_recovery_code(account, form.recovery.data or "")
            return Proof.RECOVERY
        if isinstance(form, KeyForm):
            challenge, asked_at = challenge_asked()
            keys.spend_answer(
                account,
                credential=form.credential.data or "",
                challenge=challenge,
                asked_at=asked_at,
            )
            return Proof.KEY
        factors.spend_code(account, form.code.data or "")
    except factors.WrongCode:
        _log(account, form)
        field = form.recovery if isinstance(form, RecoveryForm) else form.code
        field.errors = [WRONG_RECOVERY if isinstance(form, RecoveryForm) else WRONG_CODE]
        return None
    except keys.WrongKey:
        _log(account, form)
        form.credential.errors = [WRONG_KEY]
        return None
    return Proof.APP


def _log(account: Account, form: Any) -> None:
    # The password was right: whoever watches over the service sees guesses before they end.
    logger.warning("wrong second proof account=%s by=%s", account.id, type(form).__name__)


def _told_its_holder(account: Account) -> ResponseReturnValue | None:
    """At the last failure that is borne, write to whose password was right; None before it, or once told."""
    is_last = any(
        one.remaining <= 1 and guesser(account.email, ways=WAYS) in one.key.split("/")
        for one in limiter.current_limits
    )
    if not is_last or not factors.tell_refused(account):
        return None
    g.is_last_proof = True
    # A redirect commits the mail; asked again, the same answer meets the limit and is told to wait.
    return redirect(url_for("accounts.verify"), code=307)


def _say_how_many_are_left(account: Account) -> None:
    said = ngettext(
        "Il vous reste %(num)d code de secours. Renouvelez-les dans « Mon compte ».",
        "Il vous reste %(num)d codes de secours. Renouvelez-les dans « Mon compte ».",
        factors.recovery_codes_left(account),
    )
    flash(said, "info")


@bp.route("/connexion/second-facteur", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"], deduct_when=failed, exempt_when=_is_known)
@limiter.limit(sign_in_limit, key_func=_guesser, methods=["POST"], deduct_when=failed)
def enrol() -> ResponseReturnValue:
    """Set up, before anything else, the second factor that the role asks for."""
    account = half.half_account()
    if account is None or factors.factors_of(account):
        return _start_again()
    if request.method == "GET":
        return enrol_page(account, next_address=request.args.get("next"))
    form: Any = NewKeyForm() if "credential" in request.form else NewAppForm()
    add: Any = key_added if isinstance(form, NewKeyForm) else app_added
    if not (form.validate_on_submit() and add(account, form)):
        return enrol_page(account, form)
    start_session(account, proof=Proof.KEY if add is key_added else Proof.APP)
    if unpacked(form.carried.data) is not None:
        return going_on(form)
    return see_other("accounts.recovery_codes", next=own_address(form.next.data))
