"""Pages of profiles: the pool as the agency reads it, and one's own profile."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents import queries, services
from talentpool.talents.completeness import completeness_of
from talentpool.talents.forms import NewProfileForm, filled
from talentpool.talents.models import Talent
from talentpool.talents.profile_pages import ProfilePages
from talentpool.talents.situation import may_be_brought_back, may_be_taken_out
from talentpool.talents.step_table import FIRST
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp = Blueprint("talents", __name__)


@bp.get("/talents/<int:talent_id>")
@access(Permission.READ_TALENTS)
def show(talent_id: int) -> ResponseReturnValue:
    """Show one profile."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.READ_TALENTS, talent)
    return render_template(
        "talents/show.html",
        talent=talent,
        pages=ProfilePages(talent, is_staff=True),
        may_be_taken_out=may_be_taken_out(talent),
        may_be_brought_back=may_be_brought_back(talent),
    )


@bp.route("/talents/nouveau", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def create() -> ResponseReturnValue:
    """Enter a profile on somebody's behalf."""
    form = NewProfileForm()
    if "more" not in request.form and form.validate_on_submit():
        talent = services.create_talent(form.content(services.ProfileContent()), by=current_user)
        flash(translated(_("Profil enregistré.")), "success")
        return see_other("talents.show", talent_id=talent.id)
    form.offer_rows(more="more" in request.form)
    return render_form("talents/create.html", form)


@bp.route("/talents/<int:talent_id>/modifier", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def edit(talent_id: int) -> ResponseReturnValue:
    """Change a profile."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.MANAGE_TALENTS, talent)
    form = filled(talent, formdata=request.form)
    more = "more" in request.form
    if not more and form.validate_on_submit() and not form.overtakes(talent, filled(talent)):
        services.edit_talent(talent, form.content(services.content_of(talent)), by=current_user)
        flash(translated(_("Profil enregistré.")), "success")
        return see_other("talents.show", talent_id=talent.id)
    form.offer_rows(more=more)
    pages = ProfilePages(talent, is_staff=True)
    return render_form("talents/edit.html", form, talent=talent, pages=pages)


@bp.get("/mon-profil")
@access(Permission.EDIT_OWN_PROFILE)
def own_profile() -> ResponseReturnValue:
    """Show one's own profile part by part, with what it lacks, or invite to write it."""
    talent = queries.profile_of(current_user)
    return render_template(
        "talents/own_profile.html",
        talent=talent,
        pages=ProfilePages(talent, is_staff=False),
        completeness=completeness_of(talent) if talent else None,
    )


@bp.get("/mon-profil/modifier")
@access(Permission.EDIT_OWN_PROFILE)
def edit_own_profile() -> ResponseReturnValue:
    """Lead from where a profile was once written on one page to where it is now written in steps."""
    if queries.profile_of(current_user) is None:
        return see_other("talents.own_step", step=FIRST.code)
    return see_other("talents.own_profile")
