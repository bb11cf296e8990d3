"""Scoring a file: one's own evaluation, its draft, and stepping aside."""

from datetime import date

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.admissions import queries, screening
from talentpool.admissions.criteria import Criterion
from talentpool.admissions.forms import (
    ScreeningForm,
    TieForm,
    comment_name,
    filled_screening,
    score_name,
)
from talentpool.admissions.models import Screening, Tie
from talentpool.admissions.sheets import sheet_of
from talentpool.admissions.views import REFUSALS, bp, needed, refuse, review_days
from talentpool.db import db
from talentpool.evaluations.forms import ReleaseForm
from talentpool.evaluations.progress import EvaluationState, ReleaseReason
from talentpool.i18n import _, translated
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp.add_app_template_global(score_name, "screening_score_name")
bp.add_app_template_global(comment_name, "screening_comment_name")


def _own(screening_id: int) -> Screening:
    """Return an evaluation asked of the viewer; somebody else's isn't there, nor that of a closed file."""
    found = queries.own_screening(current_user, screening_id) or abort(404)
    require(Permission.REVIEW_APPLICATIONS, found.application)
    return found


@bp.route("/candidatures/evaluations/<int:screening_id>", methods=["GET", "POST"])
@access(Permission.REVIEW_APPLICATIONS)
def write(screening_id: int) -> ResponseReturnValue:
    """Write one's own evaluation, keep its draft, or read it again."""
    own = _own(screening_id)
    if own.state.is_left:
        flash(translated(_("Vous n’évaluez plus cette candidature.")), "info")
        return see_other("admissions.show", application_id=own.application_id)
    form, is_draft = filled_screening(own), "draft" in request.form
    if is_draft:
        form.relax()
    if form.validate_on_submit() and not form.overtakes(own, filled_screening(own, stored=True)):
        return _keep(own, form, is_draft=is_draft)
    return render_form(
        "admissions/write.html",
        form,
        screening=own,
        sheet=sheet_of(current_user, own.application),
        criteria=list(Criterion),
    )


def _keep(own: Screening, form: ScreeningForm, *, is_draft: bool) -> ResponseReturnValue:
    try:
        if is_draft:
            screening.save_draft(own, form.marks(), by=current_user)
            flash(translated(_("Brouillon enregistré : personne d’autre ne le lit.")), "success")
            return see_other("admissions.write", screening_id=own.id)
        screening.submit_screening(own, form.marks(), needed=needed(), by=current_user)
    except REFUSALS as refused:
        refuse(refused)
    else:
        flash(translated(_("Évaluation rendue. Merci.")), "success")
    return see_other("admissions.show", application_id=own.application_id)


@bp.route("/candidatures/evaluations/<int:screening_id>/deport", methods=["GET", "POST"])
@access(Permission.REVIEW_APPLICATIONS)
def step_aside(screening_id: int) -> ResponseReturnValue:
    """Say that one cannot judge a file, and who could."""
    own = _own(screening_id)
    form = TieForm()
    form.offer(queries.possible_reviewers(current_user, own.application))
    if form.validate_on_submit():
        try:
            screening.step_aside(
                own,
                Tie(form.tie.data),
                replacement=db.session.get(Account, form.replacement_id.data or 0),
                needed=needed(),
                days=review_days(),
                today=date.today(),
                by=current_user,
            )
        except REFUSALS as refused:
            refuse(refused)
        else:
            flash(translated(_("C’est noté : vous n’évaluez plus cette candidature.")), "success")
        return see_other("admissions.show", application_id=own.application_id)
    return render_form("admissions/step_aside.html", form, screening=own)


@bp.route("/candidatures/evaluations/<int:screening_id>/liberer", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def release(screening_id: int) -> ResponseReturnValue:
    """Wait no more for somebody's evaluation, and say why."""
    asked = db.get_or_404(Screening, screening_id)
    require(Permission.DECIDE_APPLICATIONS, asked.application)
    if asked.reviewer_id == current_user.id:
        return see_other("admissions.step_aside", screening_id=asked.id)
    if asked.state is not EvaluationState.ASKED:
        refuse(screening.ScreeningClosed())
        return see_other("admissions.show", application_id=asked.application_id)
    form = ReleaseForm()
    if form.validate_on_submit():
        try:
            reason = ReleaseReason(form.reason.data)
            screening.release(asked, reason, needed=needed(), by=current_user)
        except REFUSALS as refused:
            refuse(refused)
        else:
            said = _("C’est noté : l’évaluation de %(name)s n’est plus attendue.")
            flash(translated(said, name=asked.reviewer.display_name), "success")
        return see_other("admissions.show", application_id=asked.application_id)
    return render_form("admissions/release.html", form, screening=asked)
