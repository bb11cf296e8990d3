"""The agency's pages of applications: the list, one file, who scores it, and reading a name early."""

from datetime import date

from flask import Blueprint, abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.admissions import decisions, lifecycle, presenting, queries, screening
from talentpool.admissions.criteria import InterviewCriterion
from talentpool.admissions.forms import NameForm
from talentpool.admissions.models import Application
from talentpool.admissions.sheets import sheet_of
from talentpool.db import db
from talentpool.evaluations.forms import AssignForm
from talentpool.i18n import _, translated
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("admissions", __name__)
RESTRICTED = _(
    "La personne limite l’usage de ses données : sa candidature attend, et rien n’a changé."
)
REFUSED: dict[type[Exception], str] = {
    lifecycle.ApplicationRestricted: RESTRICTED,
    screening.NotInScreening: _("Cette candidature n’est plus en évaluation."),
    screening.NotAReviewer: _("Cette personne ne peut pas évaluer de candidature."),
    screening.NotBlind: _(
        "Cette personne a lu le nom ou les notes : une évaluation se fait sans les connaître."
    ),
    screening.AlreadyReviewer: _("Cette personne évalue déjà ce dossier, ou s’est déportée."),
    screening.EnoughReviewers: _("Ce dossier a déjà toutes les évaluations qu’il lui faut."),
    screening.ScreeningClosed: _(
        "Les évaluations sont rendues et lues, ou la candidature a avancé : elles ne changent plus."
    ),
    screening.ScoresMissing: _("Donnez une note et ce qui la fonde pour chaque critère."),
    decisions.ReviewerStaysBlind: _(
        "Vous évaluez ce dossier : son nom attend que toutes les évaluations soient rendues."
    ),
}
REFUSALS = tuple(REFUSED)


def needed() -> int:
    """Return how many evaluations an application takes at least."""
    return int(current_app.config["APPLICATION_REVIEWERS"])


def review_days() -> int:
    """Return how many days a reviewer has."""
    return int(current_app.config["APPLICATION_REVIEW_DAYS"])


def refuse(error: Exception) -> None:
    """Say why something was refused."""
    flash(translated(REFUSED[type(error)]), "error")


def loaded(application_id: int, permission: Permission) -> Application:
    """Return an application that the viewer may act on; what they may not see isn't there."""
    application = db.session.get(Application, application_id) or abort(404)
    require(permission, application)
    return application


@bp.get("/candidatures")
@access(Permission.READ_APPLICATIONS)
def listing() -> ResponseReturnValue:
    """List the applications of some stages, with what each waits for."""
    group = presenting.group_named(request.args.get("etape", ""))
    found = queries.applications(
        current_user, stages=group.stages, looks=group.has_looks, by_rank=group.is_waiting_list
    )
    page = paged(found)
    looks = len(queries.looks_awaited(current_user))
    return render_template(
        "admissions/listing.html",
        page=page,
        rows=presenting.rows(current_user, page.rows, needed=needed(), today=date.today()),
        group=group,
        groups=presenting.counted_groups(queries.counts_by_stage(current_user), looks),
        to_write=queries.screenings_to_write(current_user),
        today=date.today(),
    )


@bp.get("/candidatures/<int:application_id>")
@access(Permission.READ_APPLICATIONS)
def show(application_id: int) -> ResponseReturnValue:
    """Show where an application stands, who scores it, what they say once all are in, and what follows."""
    application = loaded(application_id, Permission.READ_APPLICATIONS)
    form, today = AssignForm(), date.today()
    people = queries.possible_reviewers(current_user, application)
    form.offer(people)
    [row] = presenting.rows(current_user, [application], needed=needed(), today=today)
    return render_template(
        "admissions/show.html",
        application=application,
        row=row,
        form=form,
        can_take=current_user.id in {person.id for person in people},
        sheet=sheet_of(current_user, application),
        readings=queries.name_readings(application),
        interview_criteria=list(InterviewCriterion),
        most=screening.MOST_REVIEWERS,
        today=today,
    )


@bp.post("/candidatures/<int:application_id>/evaluations")
@access(Permission.DECIDE_APPLICATIONS)
def assign(application_id: int) -> ResponseReturnValue:
    """Ask somebody to score a file, or take one's own share."""
    application = loaded(application_id, Permission.DECIDE_APPLICATIONS)
    form = AssignForm()
    form.offer(queries.possible_reviewers(current_user, application))
    if not form.validate():
        flash(translated(_("Choisissez dans la liste qui évalue cette candidature.")), "error")
        return see_other("admissions.show", application_id=application.id)
    reviewer = db.get_or_404(Account, form.reviewer_id.data)
    try:
        asked = screening.assign_reviewer(
            application,
            reviewer,
            needed=needed(),
            days=review_days(),
            today=date.today(),
            by=current_user,
        )
    except REFUSALS as refused:
        refuse(refused)
        return see_other("admissions.show", application_id=application.id)
    if reviewer.id == current_user.id:
        return see_other("admissions.write", screening_id=asked.id)
    flash(translated(_("Évaluation confiée à %(name)s."), name=reviewer.display_name), "success")
    return see_other("admissions.show", application_id=application.id)


@bp.route("/candidatures/<int:application_id>/nom", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def read_name(application_id: int) -> ResponseReturnValue:
    """Read a name before the interview, for a reason that is kept."""
    application = loaded(application_id, Permission.DECIDE_APPLICATIONS)
    if not application.is_readable or queries.is_name_open(current_user, application):
        return see_other("admissions.show", application_id=application.id)
    form = NameForm()
    if form.validate_on_submit():
        try:
            decisions.read_name(
                application, form.reason.data or "", needed=needed(), by=current_user
            )
        except REFUSALS as refused:
            refuse(refused)
        return see_other("admissions.show", application_id=application.id)
    return render_form("admissions/read_name.html", form, application=application)


def decided(application: Application, refused: Exception) -> ResponseReturnValue:
    """Say that an application has moved meanwhile, and lead back to it."""
    stage = translated(application.stage.label)
    if isinstance(refused, lifecycle.ApplicationAlreadyDecided):
        said = _("La décision est déjà prise (« %(stage)s ») : rien n’a changé.")
    else:
        said = _("Cette candidature a avancé (« %(stage)s ») : ce geste n’a plus lieu d’être.")
    flash(translated(said, stage=stage), "error")
    return see_other("admissions.show", application_id=application.id)
