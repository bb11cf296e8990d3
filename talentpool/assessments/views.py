"""Pages of assessments: making one, reading all of them, taking one back, and one's own."""

from datetime import date

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.assessments import queries, services
from talentpool.assessments.forms import AssessmentForm, WithdrawalForm
from talentpool.assessments.models import SkillAssessment
from talentpool.assessments.panel import years_shown
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.skills.held import SkillNames
from talentpool.skills.queries import live_skills
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.addresses import text_in
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("assessments", __name__)
bp.add_app_template_global(years_shown, "assessment_age")


@bp.route("/talents/<int:talent_id>/evaluer", methods=["GET", "POST"])
@access(Permission.ASSESS_SKILLS)
def assess(talent_id: int) -> ResponseReturnValue:
    """Assess one skill of somebody's; the address may say which."""
    talent = _talent(talent_id, Permission.ASSESS_SKILLS)
    form = AssessmentForm(skill=text_in(request.args.get("competence")), assessed_on=date.today())
    if form.validate_on_submit() and _assessed(form, talent):
        told = _("Évaluation enregistrée. La personne en est avertie.")
        flash(translated(told if talent.account else _("Évaluation enregistrée.")), "success")
        return see_other("talents.show", talent_id=talent.id, _anchor="competences")
    return render_form("assessments/assess.html", form, talent=talent, skills=live_skills())


@bp.get("/talents/<int:talent_id>/evaluations")
@access(Permission.READ_TALENTS)
def listing(talent_id: int) -> ResponseReturnValue:
    """List everything assessed of somebody, those taken back too."""
    talent = _talent(talent_id, Permission.READ_TALENTS)
    page = paged(queries.assessments_of(current_user, talent))
    return render_template("assessments/listing.html", talent=talent, page=page)


@bp.route("/evaluations-de-competence/<int:assessment_id>/retirer", methods=["GET", "POST"])
@access(Permission.ASSESS_SKILLS)
def withdraw(assessment_id: int) -> ResponseReturnValue:
    """Say what taking an assessment back does, and do it for a reason."""
    assessment = db.get_or_404(SkillAssessment, assessment_id)
    require(Permission.ASSESS_SKILLS, assessment.talent)
    form = WithdrawalForm()
    if form.validate_on_submit() and _withdrawn(form, assessment):
        flash(translated(_("Évaluation retirée.")), "success")
        return see_other("assessments.listing", talent_id=assessment.talent_id)
    return render_form("assessments/withdraw.html", form, assessment=assessment)


@bp.get("/mon-profil/evaluations")
@access(Permission.EDIT_OWN_PROFILE)
def own_listing() -> ResponseReturnValue:
    """Show somebody what the agency assessed of their skills, how and when."""
    talent = profile_of(current_user)
    readings = queries.readings_of([talent])[talent.id] if talent else []
    return render_template(
        "assessments/own_listing.html",
        readings=[one for one in readings if one.assessment],
    )


def _talent(talent_id: int, permission: Permission) -> Talent:
    talent = db.get_or_404(Talent, talent_id).standing
    require(permission, talent)
    return talent


def _assessed(form: AssessmentForm, talent: Talent) -> bool:
    named = SkillNames().named(form.skill.data or "")
    try:
        services.assess_skill(talent, named, form.content(), today=date.today(), by=current_user)
    except services.SkillUnknown:
        form.skill.errors = [
            _("Choisissez une compétence de la liste, ou l’une de celles que la personne déclare.")
        ]
    except services.NotYet:
        form.assessed_on.errors = [_("Cette date est à venir : donnez le jour de l’évaluation.")]
    else:
        return True
    return False


def _withdrawn(form: WithdrawalForm, assessment: SkillAssessment) -> bool:
    try:
        services.withdraw_assessment(assessment, reason=form.reason.data or "", by=current_user)
    except services.AssessmentAlreadyWithdrawn:
        form.reason.errors = [_("Cette évaluation a déjà été retirée : il n’y a rien à faire.")]
        return False
    return True
