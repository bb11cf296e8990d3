"""Pages on which experiences are told, one at a time."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.i18n import _, translated
from talentpool.talents import experiences
from talentpool.talents.experience_form import filled_experience
from talentpool.talents.experiences import Told, told_by
from talentpool.talents.models import Experience
from talentpool.talents.profile_pages import ProfilePages
from talentpool.talents.step_table import EXPERIENCES, FIRST
from talentpool.talents.step_views import own_pages, staff_pages
from talentpool.talents.views import bp
from talentpool.web.forms import render_form


@bp.route("/mon-profil/experiences/nouvelle", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def own_add_experience() -> ResponseReturnValue:
    """Tell one more experience of one's own."""
    pages = own_pages()
    if pages.talent is None:
        return redirect(pages.step(FIRST.code), code=303)
    return _edit(pages, None)


@bp.route("/mon-profil/experiences/<int:experience_id>", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def own_experience(experience_id: int) -> ResponseReturnValue:
    """Tell an experience of one's own otherwise."""
    pages = own_pages()
    return _edit(pages, _found(pages, experience_id))


@bp.route("/mon-profil/experiences/<int:experience_id>/retirer", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def own_remove_experience(experience_id: int) -> ResponseReturnValue:
    """Confirm, then take an experience out of one's own profile."""
    pages = own_pages()
    return _remove(pages, _found(pages, experience_id))


@bp.route("/talents/<int:talent_id>/experiences/nouvelle", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def add_experience(talent_id: int) -> ResponseReturnValue:
    """Tell one more experience on somebody's behalf."""
    return _edit(staff_pages(talent_id), None)


@bp.route("/talents/<int:talent_id>/experiences/<int:experience_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def experience(talent_id: int, experience_id: int) -> ResponseReturnValue:
    """Tell somebody's experience otherwise."""
    pages = staff_pages(talent_id)
    return _edit(pages, _found(pages, experience_id))


@bp.route(
    "/talents/<int:talent_id>/experiences/<int:experience_id>/retirer", methods=["GET", "POST"]
)
@access(Permission.MANAGE_TALENTS)
def remove_experience(talent_id: int, experience_id: int) -> ResponseReturnValue:
    """Confirm, then take an experience out of somebody's profile."""
    pages = staff_pages(talent_id)
    return _remove(pages, _found(pages, experience_id))


def _found(pages: ProfilePages, experience_id: int) -> Experience:
    told = pages.talent.experiences if pages.talent else []
    return next((one for one in told if one.id == experience_id), None) or abort(404)


def _edit(pages: ProfilePages, experience: Experience | None) -> ResponseReturnValue:
    told = told_by(experience) if experience else Told()
    saved = filled_experience(told)
    typed = request.form if request.method == "POST" else None
    form = filled_experience(told, formdata=typed)
    if form.validate_on_submit() and not form.overtaken_by(saved):
        if experience is not None:
            experiences.edit_experience(experience, form.told(), by=current_user)
        elif pages.talent is not None:
            experiences.add_experience(pages.talent, form.told(), by=current_user)
        flash(translated(_("Expérience enregistrée.")), "success")
        return redirect(pages.step(EXPERIENCES), code=303)
    return render_form("talents/experience.html", form, pages=pages, experience=experience)


def _remove(pages: ProfilePages, experience: Experience) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template(
            "talents/remove_experience.html",
            pages=pages,
            experience=experience,
            shown=experiences.shown_by_it_alone(experience),
        )
    experiences.remove_experience(experience, by=current_user)
    flash(translated(_("Expérience retirée.")), "success")
    return redirect(pages.step(EXPERIENCES), code=303)
