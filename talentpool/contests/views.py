"""Pages on which a person contests a reading, and on which somebody of the agency answers."""

from datetime import date

from flask import Blueprint, abort, flash, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.assessments.models import SkillAssessment
from talentpool.contests import queries, readings, services
from talentpool.contests.forms import AnswerForm, ContestForm, filled_answer
from talentpool.contests.models import Contest, Contested, Request
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.addresses import member_in
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("contests", __name__)
CLOSED = _("Cette contestation a déjà reçu une réponse, ou a été retirée.")


@bp.get("/mes-contestations")
@access(Permission.CONTEST)
def own() -> ResponseReturnValue:
    """List what one contested, with the answers."""
    talent = profile_of(current_user)
    return render_template(
        "contests/own.html",
        contests=queries.contests_of(talent) if talent else [],
        today=date.today(),
    )


@bp.route(
    "/mes-contestations/<any(poste, explication, evaluation):about>/<int:subject_id>",
    methods=["GET", "POST"],
)
@access(Permission.CONTEST)
def contest(about: str, subject_id: int) -> ResponseReturnValue:
    """Contest how one was read or ranked."""
    talent = profile_of(current_user) or abort(404)
    what, offered = readings.reading_of(talent, Contested(about), subject_id) or abort(404)
    form = ContestForm(asks=member_in(Request, request.args.get("demande")))
    form.offer(offered)
    if form.validate_on_submit() and _contested(form, talent, what):
        return see_other("contests.own")
    return render_form("contests/contest.html", form, what=what, offered=offered)


def _contested(form: ContestForm, talent: Talent, what: services.Reading) -> bool:
    try:
        made = services.contest(
            talent,
            what,
            reading=form.reading.data or "",
            words=form.words.data or "",
            asks=Request(form.asks.data),
            today=date.today(),
            by=current_user,
        )
    except services.AlreadyContested:
        form.words.errors = [
            _("Vous contestez déjà ce point : attendez la réponse, ou retirez la première demande.")
        ]
        return False
    said = _("C’est envoyé. Une personne de l’agence vous répond avant le %(day)s.")
    flash(translated(said, day=readings.in_words(made.due_on)), "success")
    return True


@bp.post("/mes-contestations/<int:contest_id>/retirer")
@access(Permission.CONTEST)
def withdraw(contest_id: int) -> ResponseReturnValue:
    """Take one's contest back."""
    made = db.get_or_404(Contest, contest_id)
    require(Permission.CONTEST, made.talent)
    try:
        services.withdraw(made, by=current_user)
    except services.ContestAlreadyClosed:
        flash(translated(CLOSED), "error")
    else:
        flash(translated(_("Contestation retirée.")), "success")
    return see_other("contests.own")


@bp.get("/contestations")
@access(Permission.ANSWER_CONTESTS)
def listing() -> ResponseReturnValue:
    """List the contests, those that wait for an answer first."""
    page = paged(queries.contests(current_user))
    return render_template("contests/listing.html", page=page, today=date.today())


@bp.route("/contestations/<int:contest_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_CONTESTS)
def answer(contest_id: int) -> ResponseReturnValue:
    """Read what somebody contests, and answer."""
    made = db.get_or_404(Contest, contest_id)
    require(Permission.ANSWER_CONTESTS, made)
    form, saved = filled_answer(made), filled_answer(made, formdata=None)
    if form.validate_on_submit() and not form.overtakes(made, saved) and _answered(form, made):
        return see_other("contests.listing")
    return render_form("contests/answer.html", form, contest=made, today=date.today())


def _answered(form: AnswerForm, made: Contest) -> bool:
    try:
        services.answer(
            made, is_accepted=form.is_accepted, words=form.reply.data or "", by=current_user
        )
    except services.ContestAlreadyClosed:
        form.reply.errors = [CLOSED]
        return False
    flash(translated(_("Réponse envoyée : la personne est prévenue.")), "success")
    return True


def talent_panel(talent: Talent) -> Markup:
    """Write, on somebody's page at the agency, what they contest."""
    if not may(Permission.ANSWER_CONTESTS):
        return Markup()
    found = queries.contests_of(talent)
    if not found:
        return Markup()
    write = get_template_attribute("contests/_panel.html", "panel")
    written: Markup = write(found, date.today())
    return written


def assessment_link(assessment: SkillAssessment) -> Markup:
    """Lead from an assessment to contesting it, whether the person declares the skill or not."""
    if not may(Permission.CONTEST, assessment.talent):
        return Markup()
    written: Markup = get_template_attribute("contests/_panel.html", "assessment_link")(assessment)
    return written
