"""What follows a right password: the page that asks for the second proof, or the one that sets it up."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from talentpool.accounts import factors, keys
from talentpool.accounts.factor_forms import CodeForm, KeyForm, NewAppForm, NewKeyForm, RecoveryForm
from talentpool.accounts.factor_models import FactorKind
from talentpool.accounts.half import begin_half
from talentpool.accounts.models import Account
from talentpool.accounts.setting_up import installing, key_question
from talentpool.web.carrying import unpacked
from talentpool.web.forms import Form
from talentpool.web.redirects import own_address

#: Which form an answer to the second step fills in, told by the one field that it alone has.
PROOF_FORMS: dict[str, type[Form]] = {
    "code": CodeForm,
    "recovery": RecoveryForm,
    "credential": KeyForm,
}


def second_step(account: Account, form: Any) -> ResponseReturnValue | None:
    """Ask for the second proof that an account has or must have; None where the password is enough."""
    has_factors = bool(factors.factors_of(account))
    if not has_factors and not account.must_prove_twice:
        return None
    begin_half(account)
    if unpacked(form.carried.data) is not None:
        # What was typed is too long for a cookie: it travels on in the next page.
        page = verify_page if has_factors else enrol_page
        return page(account, next_address=form.next.data, carried=form.carried.data)
    endpoint = "accounts.verify" if has_factors else "accounts.enrol"
    return redirect(url_for(endpoint, next=own_address(form.next.data)), code=303)


def going_on(form: Any) -> ResponseReturnValue:
    """Go where somebody who has just signed in was going."""
    return resumed(form) or redirect(own_address(form.next.data) or url_for("pages.home"), code=303)


def resumed(form: Any) -> ResponseReturnValue | None:
    """Go on to what was typed before the session ended, if anything: the browser brings it along."""
    if unpacked(form.carried.data) is None:
        return None
    return redirect(url_for("accounts.resume"), code=307)


def answered_form() -> Form:
    """Return the form of the second step that this request fills in."""
    kind = next((name for name in PROOF_FORMS if name in request.form), "code")
    return PROOF_FORMS[kind](next=request.args.get("next"))


def verify_page(
    account: Account,
    form: Form | None = None,
    *,
    next_address: str | None = None,
    carried: str | None = None,
) -> ResponseReturnValue:
    """Ask for a code, a key or a recovery code: whichever the account has."""
    forms = {name: kind(formdata=None) for name, kind in PROOF_FORMS.items()}
    for name, kind in PROOF_FORMS.items():
        if form is not None and type(form) is kind:
            forms[name] = form
    kinds = {factor.kind for factor in factors.factors_of(account)}
    has_key = FactorKind.KEY in kinds and keys.are_possible()
    page = render_template(
        "accounts/verify.html",
        form=form or forms["code"],
        forms=forms,
        has_app=FactorKind.APP in kinds,
        question=key_question(account, known=True) if has_key else None,
        brought=_brought(form, next_address, carried),
    )
    return page, 422 if form is not None and form.errors else 200


def enrol_page(
    account: Account,
    form: Form | None = None,
    *,
    next_address: str | None = None,
    carried: str | None = None,
) -> ResponseReturnValue:
    """Have somebody set their second factor up before anything else."""
    page = render_template(
        "accounts/enrol.html",
        form=form or NewAppForm(formdata=None),
        app_form=form if isinstance(form, NewAppForm) else NewAppForm(formdata=None),
        new_key=form if isinstance(form, NewKeyForm) else NewKeyForm(formdata=None),
        question=key_question(account, known=False) if keys.are_possible() else None,
        brought=_brought(form, next_address, carried),
        **installing(account),
    )
    return page, 422 if form is not None and form.errors else 200


def _brought(form: Any, next_address: str | None, carried: str | None) -> dict[str, str]:
    """Return what every form of the page sends along: where one was going, and what one had typed."""
    return {
        "next": (form.next.data if form is not None else next_address) or "",
        "carried": (form.carried.data if form is not None else carried) or "",
    }
