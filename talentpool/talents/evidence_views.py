"""Pages on which one says what shows a skill, of one's own or of somebody who does not sign in."""

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents import evidence
from talentpool.talents.evidence_forms import filled_evidence
from talentpool.talents.models import TalentSkill
from talentpool.talents.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other


@bp.route("/mon-profil/competences/<int:talent_skill_id>/preuve", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def show_own_skill(talent_skill_id: int) -> ResponseReturnValue:
    """Say what shows a skill of one's own."""
    held = db.get_or_404(TalentSkill, talent_skill_id)
    require(Permission.EDIT_OWN_PROFILE, held.talent)
    return _show(held, "talents.own_profile")


@bp.route("/talents/competences/<int:talent_skill_id>/preuve", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def show_skill(talent_skill_id: int) -> ResponseReturnValue:
    """Say what shows a skill of somebody who does not sign in: who does says it themself."""
    held = db.get_or_404(TalentSkill, talent_skill_id)
    require(Permission.MANAGE_TALENTS, held.talent)
    if held.talent.account_id is not None:
        abort(404)
    return _show(held, "talents.show", talent_id=held.talent_id)


def _show(held: TalentSkill, done: str, **values: int) -> ResponseReturnValue:
    form = filled_evidence(held)
    saved = filled_evidence(held, formdata=None)
    if form.validate_on_submit() and not form.overtakes(held.talent, saved):
        given = form.evidence(held)
        evidence.show_skill(held, given, by=current_user)
        words = _("Preuve enregistrée.") if given != evidence.Evidence() else _("Preuve retirée.")
        flash(translated(words), "success")
        return see_other(done, **values)
    return render_form("talents/show_skill.html", form, held=held, done=done, values=values)
