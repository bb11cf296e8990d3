"""One's own blind sheet: what hosts will read of it, and the passages that one approves."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.anonymity import services
from talentpool.anonymity.forms import PassagesForm, RewriteForm
from talentpool.anonymity.models import MOST_PASSAGES, ApprovedPassage
from talentpool.anonymity.queries import passages_of
from talentpool.anonymity.sentences import sentences
from talentpool.anonymity.sheets import blind_sheet, masked_for
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp = Blueprint("anonymity", __name__)
TOO_MANY = _("Votre fiche tient %(most)d passages : retirez-en avant d’en ajouter.")


@bp.route("/mon-profil/fiche-anonyme", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def own_sheet() -> ResponseReturnValue:
    """Show one's blind sheet as hosts read it, and choose its passages."""
    talent = profile_of(current_user)
    if talent is None:
        return render_template("anonymity/own_sheet.html", talent=None)
    require(Permission.EDIT_OWN_PROFILE, talent)
    form, approved = PassagesForm(), passages_of([talent])[talent.id]
    form.offer(approved, {s: masked_for(talent, s).text for s in sentences(talent.text)})
    if form.validate_on_submit() and _chosen(form, talent):
        flash(translated(_("Fiche enregistrée.")), "success")
        return see_other("anonymity.own_sheet")
    return render_form(
        "anonymity/own_sheet.html",
        form,
        talent=talent,
        sheet=blind_sheet(talent),
        approved=approved,
    )


def _chosen(form: PassagesForm, talent: Talent) -> bool:
    try:
        services.choose_passages(talent, keep=form.kept, add=form.added, by=current_user)
    except services.TooManyPassages:
        form.passages.errors = [translated(TOO_MANY, most=MOST_PASSAGES)]
        return False
    return True


@bp.route("/mon-profil/fiche-anonyme/<int:passage_id>", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def rewrite(passage_id: int) -> ResponseReturnValue:
    """Say one approved passage otherwise."""
    passage = db.get_or_404(ApprovedPassage, passage_id)
    require(Permission.EDIT_OWN_PROFILE, db.session.get_one(Talent, passage.talent_id))
    form = _filled(passage, request.form)
    if form.validate_on_submit() and not form.overtakes(passage, _filled(passage, None)):
        services.rewrite_passage(passage, form.text.data or "", by=current_user)
        flash(translated(_("Passage réécrit.")), "success")
        return see_other("anonymity.own_sheet")
    return render_form("anonymity/rewrite.html", form)


def _filled(passage: ApprovedPassage, formdata: object) -> RewriteForm:
    given = {"formdata": None} if formdata is None else {}
    return RewriteForm(data={"text": passage.text, "version": str(passage.version_id)}, **given)
