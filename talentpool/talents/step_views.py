"""Pages on which a profile is written step by step, by the person or by the agency on their behalf."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents import experiences, queries, services
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.profile_pages import ProfilePages
from talentpool.talents.services import ProfileContent
from talentpool.talents.step_forms import ProfileStep, filled_step
from talentpool.talents.step_table import EXPERIENCES, FIRST, STEPS, Step, step_after, step_named
from talentpool.talents.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require

#: By how many places the two buttons of a list move an experience.
MOVES = {"up": -1, "down": 1}


@bp.route("/mon-profil/<step>", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def own_step(step: str) -> ResponseReturnValue:
    """Write one step of one's own profile; the first one creates it."""
    found = step_named(step) or abort(404)
    pages = own_pages()
    if pages.talent is None and found is not FIRST:
        return redirect(pages.step(FIRST.code), code=303)
    return _step(pages, found)


@bp.route("/talents/<int:talent_id>/modifier/<step>", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def step(talent_id: int, step: str) -> ResponseReturnValue:
    """Write one step of somebody's profile on their behalf."""
    return _step(staff_pages(talent_id), step_named(step) or abort(404))


def own_pages() -> ProfilePages:
    """Return the pages of one's own profile, written or not."""
    talent = queries.profile_of(current_user)
    if talent is not None:
        require(Permission.EDIT_OWN_PROFILE, talent)
    return ProfilePages(talent, is_staff=False)


def staff_pages(talent_id: int) -> ProfilePages:
    """Return the pages of a profile as the agency edits it."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.MANAGE_TALENTS, talent)
    return ProfilePages(talent, is_staff=True)


def _step(pages: ProfilePages, found: Step) -> ResponseReturnValue:
    shown = {"pages": pages, "step": found, "steps": STEPS, "after": step_after(found)}
    if found.form is None:
        return _experiences(pages, shown)
    saved = filled_step(found.form, _content(pages), is_staff=pages.is_staff)
    form = filled_step(found.form, _content(pages), is_staff=pages.is_staff, formdata=_typed())
    more = "more" in request.form
    if not more and form.validate_on_submit() and not form.overtaken_by(saved):
        return _saved(pages, found, form)
    form.offer_rows(more=more)
    return render_form("talents/step.html", form, **shown)


def _typed() -> Any:
    return request.form if request.method == "POST" else None


def _content(pages: ProfilePages) -> ProfileContent:
    if pages.talent is None:
        return ProfileContent(
            display_name=current_user.display_name, pool_status=PoolStatus.CANDIDATE
        )
    return services.content_of(pages.talent)


def _saved(pages: ProfilePages, done: Step, form: ProfileStep) -> ResponseReturnValue:
    content = form.content(_content(pages))
    if pages.talent is None:
        services.create_talent(content, by=current_user, account=current_user)
    else:
        services.edit_talent(pages.talent, content, by=current_user)
    flash(translated(_("Étape enregistrée.")), "success")
    following = step_after(done)
    if following is None or request.form.get("then") == "profile":
        return redirect(pages.part(done.code), code=303)
    return redirect(pages.step(following.code), code=303)


def _experiences(pages: ProfilePages, shown: dict[str, Any]) -> ResponseReturnValue:
    talent = pages.talent
    assert talent is not None  # noqa: S101 - the first step alone is written without a profile
    move, _colon, number = request.form.get("move", "").partition(":")
    moved = next((one for one in talent.experiences if str(one.id) == number), None)
    if moved is not None and move in MOVES:
        experiences.move_experience(moved, places=MOVES[move], by=current_user)
        return redirect(f"{pages.step(EXPERIENCES)}#experience-{moved.id}", code=303)
    return render_template("talents/step_experiences.html", **shown)
