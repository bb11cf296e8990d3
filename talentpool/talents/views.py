"""Pages of profiles: the pool as the agency reads it, and one's own profile."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents import queries, services
from talentpool.talents.forms import ProfileForm, StaffProfileForm, filled
from talentpool.talents.models import Talent
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp = Blueprint("talents", __name__)


@bp.get("/talents/<int:talent_id>")
@access(Permission.READ_TALENTS)
def show(talent_id: int) -> ResponseReturnValue:
    """Show one profile."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.READ_TALENTS, talent)
    return render_template("talents/show.html", talent=talent)


@bp.route("/talents/nouveau", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def create() -> ResponseReturnValue:
    """Enter a profile on somebody's behalf."""
    form = StaffProfileForm()
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
    return _edit(talent, StaffProfileForm, "talents/edit.html", "talents.show", talent_id=talent.id)


@bp.get("/mon-profil")
@access(Permission.EDIT_OWN_PROFILE)
def own_profile() -> ResponseReturnValue:
    """Show one's own profile, or invite to write it."""
    return render_template("talents/own_profile.html", talent=queries.profile_of(current_user))


@bp.route("/mon-profil/modifier", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def edit_own_profile() -> ResponseReturnValue:
    """Write or change one's own profile."""
    talent = queries.profile_of(current_user)
    if talent is not None:
        require(Permission.EDIT_OWN_PROFILE, talent)
        return _edit(talent, ProfileForm, "talents/edit_own_profile.html", "talents.own_profile")
    form = ProfileForm(display_name=current_user.display_name)
    if "more" not in request.form and form.validate_on_submit():
        content = form.content(services.ProfileContent())
        services.create_talent(content, by=current_user, account=current_user)
        flash(translated(_("Profil enregistré.")), "success")
        return see_other("talents.own_profile")
    form.offer_rows(more="more" in request.form)
    return render_form("talents/edit_own_profile.html", form)


def _edit(
    talent: Talent, kind: type[ProfileForm], template: str, done: str, **values: int
) -> ResponseReturnValue:
    form = filled(kind, talent, formdata=request.form)
    more = "more" in request.form
    if not more and form.validate_on_submit() and not form.overtakes(talent, filled(kind, talent)):
        services.edit_talent(talent, form.content(services.content_of(talent)), by=current_user)
        flash(translated(_("Profil enregistré.")), "success")
        return see_other(done, **values)
    form.offer_rows(more=more)
    return render_form(template, form, talent=talent)
