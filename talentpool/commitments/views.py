"""Pages of what a host promises: the list with its score, and each promise."""

from datetime import date

from flask import Blueprint, flash, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.commitments import queries, services
from talentpool.commitments.forms import EVIDENCE_MISSING, CommitmentForm, filled_commitment
from talentpool.commitments.models import Commitment
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs.models import Need
from talentpool.needs.stages import ENDED
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("commitments", __name__)


def _need(need_id: int, permission: Permission) -> Need:
    need = db.get_or_404(Need, need_id)
    require(permission, need)
    return need


@bp.get("/besoins/<int:need_id>/engagements")
@access(Permission.READ_COMMITMENTS)
def show(need_id: int) -> ResponseReturnValue:
    """List what the host of a need promises, and how ready it is."""
    need = _need(need_id, Permission.READ_COMMITMENTS)
    commitments = queries.commitments_of(current_user, need)
    return render_template(
        "commitments/show.html",
        need=need,
        commitments=commitments,
        readiness=queries.readiness_of(commitments, today=date.today()),
        today=date.today(),
    )


@bp.post("/besoins/<int:need_id>/engagements")
@access(Permission.SPEAK_FOR_NEEDS)
def begin(need_id: int) -> ResponseReturnValue:
    """Open the list of promises of a need that has none yet."""
    need = _need(need_id, Permission.SPEAK_FOR_NEEDS)
    services.begin_commitments(need, today=date.today(), by=current_user)
    return see_other("commitments.show", need_id=need.id)


@bp.route("/engagements/<int:commitment_id>", methods=["GET", "POST"])
@access(Permission.SPEAK_FOR_NEEDS)
def edit(commitment_id: int) -> ResponseReturnValue:
    """Say how far one promise is."""
    commitment = db.get_or_404(Commitment, commitment_id)
    require(Permission.SPEAK_FOR_NEEDS, commitment.need)
    form = filled_commitment(commitment)
    saved = filled_commitment(commitment, formdata=None)
    if (
        form.validate_on_submit()
        and not form.overtakes(commitment, saved)
        and _saved(form, commitment)
    ):
        flash(translated(_("Engagement enregistré.")), "success")
        return see_other("commitments.show", need_id=commitment.need_id)
    return render_form("commitments/edit.html", form, commitment=commitment)


def _saved(form: CommitmentForm, commitment: Commitment) -> bool:
    try:
        services.edit_commitment(commitment, form.content(), by=current_user)
    except services.EvidenceMissing:
        form.evidence.errors = [EVIDENCE_MISSING]
        return False
    return True


def panel(need: Need) -> Markup:
    """Write how ready a need's host is; nothing, to whoever may not read it."""
    if not may(Permission.READ_COMMITMENTS, need):
        return Markup()
    commitments = queries.commitments_of(current_user, need)
    # Nobody arrives on a need that has ended: there is no list to begin.
    if not commitments and (need.status in ENDED or not may(Permission.SPEAK_FOR_NEEDS, need)):
        return Markup()
    readiness = queries.readiness_of(commitments, today=date.today())
    write = get_template_attribute("commitments/_panel.html", "panel")
    written: Markup = write(need, readiness)
    return written
