"""Meeting somebody, then saying yes, later or no: each on a page that says what follows, and for whom."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Concatenate, ParamSpec

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.admissions import decisions, interviews, lifecycle, queries, waiting
from talentpool.admissions.criteria import InterviewCriterion
from talentpool.admissions.decision_forms import (
    DECLINE_SENTENCES,
    WAIT_SENTENCE,
    AdmitForm,
    DeclineForm,
    EndPlaceForm,
    InterviewForm,
    LookAnswerForm,
    WaitForm,
    filled_grid,
    filled_interview,
    filled_place,
)
from talentpool.admissions.models import Application
from talentpool.admissions.stages import MOVES, DeclineReason, Move, Stage
from talentpool.admissions.views import RESTRICTED, bp, decided, loaded, needed
from talentpool.i18n import _, translated
from talentpool.web.forms import Form, render_form
from talentpool.web.pipeline import see_other

Said = ParamSpec("Said")

MOVED_ON = (lifecycle.IllegalStage, lifecycle.ApplicationAlreadyDecided)
EARLY: dict[type[Exception], str] = {
    lifecycle.ApplicationRestricted: RESTRICTED,
    interviews.EvaluationsMissing: _("Attendez que toutes les évaluations soient rendues."),
    interviews.NothingPlanned: _("Fixez d’abord l’entretien."),
    interviews.InterviewToCome: _("L’entretien n’a pas encore eu lieu."),
    interviews.InterviewMissing: _("Notez d’abord ce que le jury retient de l’entretien."),
    waiting.PlaceStillHeld: _(
        "Sa place est gardée jusqu’au jour dit : elle ne s’éteint pas avant."
    ),
}
TOO_EARLY = tuple(EARLY)


def _to_decide(application_id: int) -> Application:
    return loaded(application_id, Permission.DECIDE_APPLICATIONS)


def _back(application: Application) -> ResponseReturnValue:
    return see_other("admissions.show", application_id=application.id)


def _too_early(application: Application, refused: Exception) -> ResponseReturnValue:
    flash(translated(EARLY[type(refused)]), "error")
    return _back(application)


def _done(
    application: Application,
    said: str,
    act: Callable[Concatenate[Application, Said], object],
    *args: Said.args,
    **values: Said.kwargs,
) -> ResponseReturnValue:
    """Do what was decided and say so, or say why it cannot be."""
    try:
        act(application, *args, **values)
    except MOVED_ON as refused:
        return decided(application, refused)
    except TOO_EARLY as refused:
        return _too_early(application, refused)
    flash(translated(said), "success")
    return _back(application)


def _refusal(application: Application, move: Move) -> ResponseReturnValue | None:
    """Return the answer to a move that an application cannot make, or None."""
    try:
        lifecycle.check(application, move)
    except MOVED_ON as refused:
        return decided(application, refused)
    except lifecycle.ApplicationRestricted as refused:
        return _too_early(application, refused)
    return None


@bp.route("/candidatures/<int:application_id>/entretien", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def plan_interview(application_id: int) -> ResponseReturnValue:
    """Invite somebody to an interview, or plan it otherwise."""
    application = _to_decide(application_id)
    interview = application.interview
    form = filled_interview(interview)
    form.offer(queries.team())
    if form.validate_on_submit() and not _is_overtaken(form, application):
        return _done(
            application,
            _("Entretien fixé : la personne et le jury le savent."),
            interviews.plan_interview,
            _meeting(form),
            needed=needed(),
            today=date.today(),
            by=current_user,
        )
    return _form_page("admissions/plan_interview.html", form, application)


def _meeting(form: InterviewForm) -> interviews.Meeting:
    assert form.meets_on.data is not None  # noqa: S101 - the form requires it
    return interviews.Meeting(
        meets_on=form.meets_on.data,
        meets_at=form.meets_at.data or "",
        place=form.place.data or "",
        panel=queries.accounts_numbered(form.panel.data or []),
    )


def _is_overtaken(form: InterviewForm, application: Application) -> bool:
    if application.interview is None:
        return False
    saved = filled_interview(application.interview, stored=True)
    saved.offer(queries.team())
    return form.overtakes(application.interview, saved)


@bp.route("/candidatures/<int:application_id>/entretien/compte-rendu", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def note_interview(application_id: int) -> ResponseReturnValue:
    """Write down what the panel concludes."""
    application = _to_decide(application_id)
    interview = application.interview
    if interview is None or application.stage is not Stage.INTERVIEW:
        return decided(application, lifecycle.IllegalStage(application.stage))
    form = filled_grid(interview)
    if form.validate_on_submit() and not form.overtakes(
        interview, filled_grid(interview, stored=True)
    ):
        return _done(
            application,
            _("Compte rendu enregistré : il reste à décider."),
            interviews.note_interview,
            form.grid(),
            form.conclusion.data or "",
            today=date.today(),
            by=current_user,
        )
    return _form_page(
        "admissions/note_interview.html", form, application, criteria=list(InterviewCriterion)
    )


@bp.route("/candidatures/<int:application_id>/admettre", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def admit(application_id: int) -> ResponseReturnValue:
    """Take somebody into the pool."""
    application = _to_decide(application_id)
    if refusal := _refusal(application, Move.ADMIT):
        return refusal
    form = AdmitForm()
    if form.validate_on_submit():
        return _done(
            application,
            _("Admission faite : la personne est prévenue."),
            decisions.admit,
            words=form.words.data or "",
            by=current_user,
        )
    return _form_page("admissions/admit.html", form, application)


@bp.route("/candidatures/<int:application_id>/liste-d-attente", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def wait(application_id: int) -> ResponseReturnValue:
    """Keep a place for somebody."""
    application = _to_decide(application_id)
    if refusal := _refusal(application, Move.WAIT):
        return refusal
    days = int(current_app.config["APPLICATION_WAITING_DAYS"])
    form = WaitForm(until=date.today() + timedelta(days=days), words=translated(WAIT_SENTENCE))
    if form.validate_on_submit() and form.until.data:
        return _done(
            application,
            _("Place gardée : la personne est prévenue."),
            waiting.put_on_waiting_list,
            until=form.until.data,
            rank=form.rank.data,
            words=form.words.data or "",
            today=date.today(),
            by=current_user,
        )
    return _form_page("admissions/wait.html", form, application)


@bp.route("/candidatures/<int:application_id>/place", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def change_place(application_id: int) -> ResponseReturnValue:
    """Keep a place longer, or at another rank."""
    application = _to_decide(application_id)
    if application.stage is not Stage.WAITING:
        return decided(application, lifecycle.IllegalStage(application.stage))
    form = filled_place(application)
    if (
        form.validate_on_submit()
        and form.until.data
        and not form.overtakes(application, filled_place(application, stored=True))
    ):
        return _done(
            application,
            _("Place modifiée : la personne est prévenue si le jour change."),
            waiting.change_place,
            until=form.until.data,
            rank=form.rank.data,
            is_rank_kept=form.is_rank_kept,
            today=date.today(),
            by=current_user,
        )
    return _form_page("admissions/change_place.html", form, application)


@bp.route("/candidatures/<int:application_id>/fin-de-place", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def end_place(application_id: int) -> ResponseReturnValue:
    """End a place whose day has passed."""
    application = _to_decide(application_id)
    if refusal := _refusal(application, Move.LAPSE):
        return refusal
    if not application.is_place_over_on(date.today()):
        return _too_early(application, waiting.PlaceStillHeld())
    form = EndPlaceForm()
    if form.validate_on_submit():
        return _done(
            application,
            _("Fin de la place notée : la personne est prévenue."),
            waiting.end_place,
            words=form.words.data or "",
            today=date.today(),
            by=current_user,
        )
    return _form_page("admissions/end_place.html", form, application)


@bp.route("/candidatures/<int:application_id>/ne-pas-retenir", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def decline(application_id: int) -> ResponseReturnValue:
    """Say no: first the reason, then the sentence that goes with it, which somebody edits."""
    application = _to_decide(application_id)
    if refusal := _refusal(application, Move.DECLINE):
        return refusal
    asked = request.args.get("motif", "")
    reasons = list(DeclineReason)
    if request.method == "GET" and asked not in {reason.value for reason in reasons}:
        return render_template(
            "admissions/decline_reason.html", application=application, reasons=reasons
        )
    said = translated(DECLINE_SENTENCES[DeclineReason(asked)]) if asked in set(reasons) else ""
    form = DeclineForm(reason=asked, words=said)
    if form.validate_on_submit():
        return _done(
            application,
            _("Réponse envoyée : le dossier ne se lit plus."),
            decisions.decline,
            reason=DeclineReason(form.reason.data),
            words=form.words.data or "",
            needed=needed(),
            by=current_user,
        )
    return _form_page("admissions/decline.html", form, application)


@bp.route("/candidatures/<int:application_id>/reexamen", methods=["GET", "POST"])
@access(Permission.DECIDE_APPLICATIONS)
def answer_look(application_id: int) -> ResponseReturnValue:
    """Answer somebody who asks for another look."""
    application = _to_decide(application_id)
    if not (application.stage in MOVES[Move.REOPEN].sources and application.awaits_look):
        return decided(application, lifecycle.IllegalStage(application.stage))
    form = LookAnswerForm()
    if form.validate_on_submit():
        return _done(
            application,
            _("Réponse envoyée à la personne."),
            decisions.answer_look,
            reopens=form.outcome.data == "reopen",
            words=form.words.data or "",
            by=current_user,
        )
    return _form_page("admissions/answer_look.html", form, application)


def _form_page(
    template: str, form: Form, application: Application, **context: object
) -> ResponseReturnValue:
    """Show the page of a decision, with what the viewer calls its person, unless nothing may be done."""
    if application.is_restricted:
        return _too_early(application, lifecycle.ApplicationRestricted())
    named = queries.names_for(current_user, [application])[application.id]
    return render_form(template, form, application=application, person=named, **context)
