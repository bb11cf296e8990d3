"""Pages on which a need is written: its list of steps, each step, the last check, and what becomes of it."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs import authoring, services
from talentpool.needs.handing_form import HandOverForm
from talentpool.needs.models import Need
from talentpool.needs.step_base import StepForm
from talentpool.needs.step_examples import EXAMPLES
from talentpool.needs.step_forms import filled_step
from talentpool.needs.step_table import STEPS, Step, lacking_of, step_after, step_named
from talentpool.needs.views import bp, handed_in, is_staff, need_for, permission_to_save
from talentpool.organisations.models import Organisation
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, see_other


@bp.get("/besoins/<int:need_id>/rediger")
@access(Permission.WRITE_NEEDS)
def edit(need_id: int) -> ResponseReturnValue:
    """Show the steps of a need, and how far each is written; its page, once it is handed in."""
    need = need_for(need_id, Permission.READ_NEEDS)
    if not may(Permission.WRITE_NEEDS, need):
        return see_other("needs.show", need_id=need.id)
    return render_template("needs/edit.html", need=need, steps=STEPS, lacking=lacking_of(need))


@bp.route("/besoins/<int:need_id>/rediger/<step>", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def step(need_id: int, step: str) -> ResponseReturnValue:
    """Write one step; what was typed over a colleague's save is shown beside it."""
    need = need_for(need_id, permission_to_save())
    found = step_named(step) or abort(404)
    shown = {"need": need, "step": found, "place": STEPS.index(found) + 1, "steps": STEPS}
    if found.form is None:
        return render_template("needs/step_seats.html", **shown, after=step_after(found))
    form = filled_step(found.form, need, is_staff=is_staff(), formdata=_typed())
    saved = filled_step(found.form, need, is_staff=is_staff())
    shown["examples"] = EXAMPLES
    if not may(Permission.WRITE_NEEDS, need):
        return handed_in("needs/step.html", form, **shown)
    more = "more" in request.form
    if not more and form.validate_on_submit() and not form.overtaken_by(saved):
        return _saved(need, found, form)
    form.offer_rows(more=more)
    return render_form("needs/step.html", form, **shown)


def _typed() -> Any:
    return request.form if request.method == "POST" else None


def _saved(need: Need, done: Step, form: StepForm) -> ResponseReturnValue:
    content = form.content(services.content_of(need))
    if "organisation" in form and "organisation" not in form.theirs:
        host = db.session.get(Organisation, form["organisation"].data or 0)
        content = replace(content, organisation=host)
    services.edit_need(need, content, by=current_user)
    flash(translated(_("Étape enregistrée.")), "success")
    following = step_after(done)
    if following is None or request.form.get("then") == "list":
        return see_other("needs.edit", need_id=need.id)
    return see_other("needs.step", need_id=need.id, step=following.code)


@bp.get("/besoins/<int:need_id>/relire")
@access(Permission.WRITE_NEEDS)
def check(need_id: int) -> ResponseReturnValue:
    """Show everything that a need says before it is handed in, and what it lacks."""
    need = need_for(need_id, Permission.READ_NEEDS)
    if not may(Permission.WRITE_NEEDS, need):
        return see_other("needs.show", need_id=need.id)
    return render_template("needs/check.html", need=need, steps=STEPS, lacking=lacking_of(need))


@bp.post("/besoins/<int:need_id>/reprendre")
@access(Permission.SPEAK_FOR_NEEDS)
def copy(need_id: int) -> ResponseReturnValue:
    """Write an earlier need again as a draft."""
    need = need_for(need_id, Permission.SPEAK_FOR_NEEDS)
    key = request.form.get("key", "")[:64]
    draft = authoring.copy_need(need, key=key, by=current_user, for_ministry=is_staff())
    db.session.flush()
    flash(
        translated(_("Brouillon repris : relisez-le, puis donnez des dates aux postes.")), "success"
    )
    return see_other("needs.edit", need_id=draft.id)


@bp.route("/besoins/<int:need_id>/supprimer", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def discard(need_id: int) -> ResponseReturnValue:
    """Confirm, then throw a draft away."""
    need = need_for(need_id, Permission.WRITE_NEEDS)
    if request.method == "GET" and not need.is_submitted:
        return render_template("needs/discard.html", need=need)
    try:
        services.discard_draft(need, by=current_user)
    except services.NotADraft:
        flash(
            translated(_("Ce besoin est déposé : il peut être retiré, et reste lisible.")), "info"
        )
        return see_other("needs.show", need_id=need.id)
    flash(translated(_("Brouillon supprimé.")), "success")
    return see_other("needs.listing")


@bp.route("/besoins/<int:need_id>/confier", methods=["GET", "POST"])
@access(Permission.SPEAK_FOR_NEEDS)
def hand_over(need_id: int) -> ResponseReturnValue:
    """Let a colleague of the ministry answer for a need."""
    need = need_for(need_id, Permission.SPEAK_FOR_NEEDS)
    form = HandOverForm(authoring.colleagues(need), owner=str(need.owner_id or ""))
    if form.validate_on_submit():
        to = db.session.get_one(Account, int(form.owner.data))
        authoring.hand_over(need, to, by=current_user)
        flash(translated(_("Besoin confié.")), "success")
        return see_other("needs.show", need_id=need.id)
    return render_form("needs/hand_over.html", form, need=need)
