"""Pages of evaluations: who evaluates, one's own, all side by side, and the decision that follows."""

from datetime import date

from flask import Blueprint, abort, current_app, flash, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.evaluations.forms import AssignForm, ReleaseForm
from talentpool.evaluations.progress import EvaluationState, ReleaseReason
from talentpool.i18n import _, translated
from talentpool.needs.lifecycle import IllegalMove, NeedNotReady
from talentpool.needs.models import Need
from talentpool.needs.move_views import illegal, lacks, loaded_for
from talentpool.needs.stages import MOVES, Move, NeedStatus
from talentpool.needs.views import bp as needs
from talentpool.reviews import queries, services
from talentpool.reviews.criteria import FAMILIES
from talentpool.reviews.forms import (
    ConflictForm,
    WaiverForm,
    comment_name,
    filled_review,
)
from talentpool.reviews.models import Conflict, NeedReview, WaiverReason
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("reviews", __name__)
bp.add_app_template_global(comment_name, "comment_name")
REFUSED: dict[type[Exception], str] = {
    services.NotInReview: _("Un besoin s’évalue pendant son instruction."),
    services.NotAReviewer: _("Cette personne ne peut pas évaluer de besoin."),
    services.AlreadyReviewer: _("Cette personne évalue déjà ce besoin, ou s’est déportée."),
    services.EnoughReviewers: _("Ce besoin a déjà toutes les évaluations qu’il lui faut."),
    services.ReviewClosed: _("Les évaluations sont rendues et lues : elles ne changent plus."),
}
REFUSALS = tuple(REFUSED)


def needed() -> int:
    """Return how many evaluations a need takes."""
    return int(current_app.config["NEED_REVIEWERS"])


def _need(need_id: int) -> Need:
    need = db.get_or_404(Need, need_id)
    require(Permission.REVIEW_NEEDS, need)
    return need


def _own(review_id: int) -> NeedReview:
    """Return an evaluation asked of the viewer; somebody else's isn't there."""
    review = queries.own_review(current_user, review_id) or abort(404)
    require(Permission.REVIEW_NEEDS, review.need)
    return review


def _refuse(error: Exception) -> None:
    flash(translated(REFUSED[type(error)]), "error")


@bp.get("/besoins/<int:need_id>/evaluations")
@access(Permission.REVIEW_NEEDS)
def show(need_id: int) -> ResponseReturnValue:
    """Show who evaluates a need and, once all are in, what they say side by side and what follows."""
    need = _need(need_id)
    form = AssignForm()
    people = queries.possible_reviewers(need)
    form.offer(people)
    return render_template(
        "reviews/show.html",
        need=need,
        form=form,
        progress=queries.progress_of(need, needed=needed()),
        compared=queries.comparison_of(current_user, need, needed=needed()),
        is_opened=queries.is_opened(need),
        waiver=queries.waiver_of(need),
        can_take=current_user.id in {person.id for person in people},
        most=services.MOST_REVIEWERS,
        today=date.today(),
    )


@bp.post("/besoins/<int:need_id>/evaluations")
@access(Permission.REVIEW_NEEDS)
def assign(need_id: int) -> ResponseReturnValue:
    """Ask somebody to evaluate a need, or take one's own share."""
    need = _need(need_id)
    form = AssignForm()
    form.offer(queries.possible_reviewers(need))
    if not form.validate():
        flash(translated(_("Choisissez dans la liste qui évalue ce besoin.")), "error")
        return see_other("reviews.show", need_id=need.id)
    reviewer = db.get_or_404(Account, form.reviewer_id.data)
    try:
        review = services.assign_reviewer(
            need, reviewer, needed=needed(), today=date.today(), by=current_user
        )
    except REFUSALS as refused:
        _refuse(refused)
        return see_other("reviews.show", need_id=need.id)
    if reviewer.id == current_user.id:
        return see_other("reviews.write", review_id=review.id)
    flash(translated(_("Évaluation confiée à %(name)s."), name=reviewer.display_name), "success")
    return see_other("reviews.show", need_id=need.id)


@bp.route("/evaluations/<int:review_id>", methods=["GET", "POST"])
@access(Permission.REVIEW_NEEDS)
def write(review_id: int) -> ResponseReturnValue:
    """Write one's own evaluation, or read it again."""
    review = _own(review_id)
    if review.state.is_left:
        flash(translated(_("Vous n’évaluez plus ce besoin.")), "info")
        return see_other("reviews.show", need_id=review.need_id)
    form = filled_review(review)
    if form.validate_on_submit():
        try:
            services.submit_review(review, form.judgement(), needed=needed(), by=current_user)
        except REFUSALS as refused:
            _refuse(refused)
        else:
            flash(translated(_("Évaluation rendue. Merci.")), "success")
        return see_other("reviews.show", need_id=review.need_id)
    return render_form("reviews/write.html", form, review=review, families=FAMILIES)


@bp.route("/evaluations/<int:review_id>/deport", methods=["GET", "POST"])
@access(Permission.REVIEW_NEEDS)
def step_aside(review_id: int) -> ResponseReturnValue:
    """Say that one cannot judge a need, and who could."""
    review = _own(review_id)
    form = ConflictForm()
    form.offer(queries.possible_reviewers(review.need))
    if form.validate_on_submit():
        try:
            services.step_aside(
                review,
                Conflict(form.conflict.data),
                replacement=db.session.get(Account, form.replacement_id.data or 0),
                needed=needed(),
                today=date.today(),
                by=current_user,
            )
        except REFUSALS as refused:
            _refuse(refused)
        else:
            flash(translated(_("C’est noté : vous n’évaluez plus ce besoin.")), "success")
        return see_other("reviews.show", need_id=review.need_id)
    return render_form("reviews/step_aside.html", form, review=review)


@bp.route("/evaluations/<int:review_id>/liberer", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def release(review_id: int) -> ResponseReturnValue:
    """Wait no more for somebody's evaluation, and say why."""
    review = db.get_or_404(NeedReview, review_id)
    require(Permission.REVIEW_NEEDS, review.need)
    if review.reviewer_id == current_user.id:
        return see_other("reviews.step_aside", review_id=review.id)
    form = ReleaseForm()
    if review.state is not EvaluationState.ASKED:
        _refuse(services.ReviewClosed())
        return see_other("reviews.show", need_id=review.need_id)
    if form.validate_on_submit():
        try:
            services.release(
                review, ReleaseReason(form.reason.data), needed=needed(), by=current_user
            )
        except REFUSALS as refused:
            _refuse(refused)
        else:
            said = _("C’est noté : l’évaluation de %(name)s n’est plus attendue.")
            flash(translated(said, name=review.reviewer.display_name), "success")
        return see_other("reviews.show", need_id=review.need_id)
    return render_form("reviews/release.html", form, review=review)


@needs.post("/besoins/<int:need_id>/retenir")
@access(Permission.APPROVE_NEEDS)
def approve(need_id: int) -> ResponseReturnValue:
    """Take a need on, once its evaluations are in."""
    need = loaded_for(need_id, Move.APPROVE)
    try:
        services.approve_need(need, needed=needed(), by=current_user)
    except services.ReviewsMissing:
        flash(
            translated(_("Il manque des évaluations : attendez-les, ou dites pourquoi.")), "error"
        )
        return see_other("reviews.show", need_id=need.id)
    except NeedNotReady as refused:
        flash(lacks(refused), "error")
        return see_other("reviews.show", need_id=need.id)
    except IllegalMove:
        flash(translated(_("Seul un besoin en instruction peut être retenu.")), "error")
    else:
        flash(translated(_("Besoin retenu : ses postes sont à pourvoir.")), "success")
    return see_other("needs.show", need_id=need.id)


@bp.route("/besoins/<int:need_id>/retenir-sans-attendre", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def approve_early(need_id: int) -> ResponseReturnValue:
    """Take a need on before its evaluations are in, and say why."""
    need = loaded_for(need_id, Move.APPROVE)
    if need.status not in MOVES[Move.APPROVE].sources:
        return illegal(need)
    form = WaiverForm()
    if form.validate_on_submit():
        reason = WaiverReason(form.reason.data)
        try:
            services.approve_need(need, needed=needed(), by=current_user, without=reason)
        except NeedNotReady as refused:
            form.form_errors.append(lacks(refused))
        except IllegalMove:
            return illegal(need)
        else:
            flash(translated(_("Besoin retenu : ses postes sont à pourvoir.")), "success")
            return see_other("needs.show", need_id=need.id)
    progress = queries.progress_of(need, needed=needed())
    return render_form("reviews/approve_early.html", form, need=need, progress=progress)


def panel(need: Need) -> Markup:
    """Write how far the evaluations of a need are; nothing, to whoever may not read them."""
    if not may(Permission.REVIEW_NEEDS, need):
        return Markup()
    progress = queries.progress_of(need, needed=needed())
    if need.status is not NeedStatus.IN_REVIEW and not progress.asked:
        return Markup()
    write = get_template_attribute("reviews/_panel.html", "panel")
    written: Markup = write(need, progress, date.today(), current_user.id)
    return written
