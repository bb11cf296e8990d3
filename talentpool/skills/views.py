"""Pages of the referential."""

from flask import Blueprint, flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, named, translated
from talentpool.skills import queries, services
from talentpool.skills.forms import FamilyForm, SkillForm
from talentpool.skills.models import JobFamily, Skill
from talentpool.web.forms import render_form
from talentpool.web.pipeline import see_other

bp = Blueprint("skills", __name__, url_prefix="/competences")


@bp.get("/")
@access(Permission.READ_SKILLS)
def listing() -> ResponseReturnValue:
    """Show the families and their skills."""
    return render_template("skills/listing.html", families=queries.families())


@bp.get("/noms")
@access(Permission.READ_SKILLS)
def names() -> ResponseReturnValue:
    """Give the skills that a beginning of a name calls, for fields that are searched by typing."""
    return jsonify(
        [
            {
                "code": skill.code,
                "label": named(skill),
                "family": named(skill.family),
                "alias": alias,
            }
            for skill, alias in queries.skills_called(request.args.get("q", "")[:120])
        ]
    )


@bp.route("/familles/<int:family_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_SKILLS)
def edit_family(family_id: int) -> ResponseReturnValue:
    """Change the names of a job family."""
    family = db.get_or_404(JobFamily, family_id)
    form = FamilyForm(obj=family, version=family.version_id)
    if form.validate_on_submit() and not form.overtakes(
        family, FamilyForm(formdata=None, obj=family)
    ):
        services.edit_family(family, **form.values(), by=current_user)
        flash(translated(_("Famille enregistrée.")), "success")
        return see_other("skills.listing")
    return render_form("skills/edit_family.html", form, family=family)


@bp.route("/<int:skill_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_SKILLS)
def edit_skill(skill_id: int) -> ResponseReturnValue:
    """Change a skill's names, or retire it."""
    skill = db.get_or_404(Skill, skill_id)
    form = SkillForm(obj=skill, version=skill.version_id)
    if form.validate_on_submit() and not form.overtakes(skill, SkillForm(formdata=None, obj=skill)):
        try:
            services.edit_skill(skill, **form.values(), by=current_user)
        except services.NameAlreadyTaken as taken:
            form.aliases.errors = [
                translated(
                    _("« %(name)s » désigne déjà la compétence « %(owner)s »."),
                    name=taken.name,
                    owner=taken.owner.label_fr,
                )
            ]
        else:
            flash(translated(_("Compétence enregistrée.")), "success")
            return see_other("skills.listing")
    return render_form("skills/edit_skill.html", form, skill=skill)
