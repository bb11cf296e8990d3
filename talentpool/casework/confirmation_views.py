"""Pages to ask for a confirmation and, behind its link, to answer it without an account."""

from datetime import date

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access, public
from talentpool.casework import confirmations, queries
from talentpool.casework.forms import AnswerForm, AskForm
from talentpool.casework.models import Answer, Confirmation
from talentpool.casework.panel import subject_named
from talentpool.casework.views import ABOUT, back_to, bp
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents.models import Talent
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other
from talentpool.web.security import for_nobody_else, limiter, sign_in_limit

CHANGED = _("La fiche vient d’être modifiée : relisez-la, puis répondez.")
#: What a guess or a spent link is answered.
MISSED = frozenset({404, 410})


def _missed(response: object) -> bool:
    return getattr(response, "status_code", 0) in MISSED


@bp.route(f"/confirmations{ABOUT}/demander", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def ask(sort: str, subject_id: int) -> ResponseReturnValue:
    """Ask whom an entry was made for whether it is right."""
    subject = subject_named(sort, subject_id, Permission.WRITE_NOTES)
    if not queries.is_on_behalf(subject):
        abort(404)
    form = AskForm()
    if form.validate_on_submit():
        address = form.contact_email.data or ""
        confirmations.ask_confirmation(
            subject, contact_email=address, today=date.today(), by=current_user
        )
        flash(translated(_("Demande envoyée : la réponse viendra sur cette page.")), "success")
        return back_to(subject)
    return render_form("casework/ask.html", form, subject=subject)


@bp.post("/confirmations/<int:confirmation_id>/annuler")
@access(Permission.WRITE_NOTES)
def revoke(confirmation_id: int) -> ResponseReturnValue:
    """Close a link that has not served."""
    asked = db.get_or_404(Confirmation, confirmation_id)
    if not queries.may_read(current_user, asked.subject):
        abort(404)
    require(Permission.WRITE_NOTES, asked)
    confirmations.revoke(asked, by=current_user)
    flash(translated(_("Demande annulée : son lien ne sert plus.")), "success")
    return back_to(asked.subject)


@bp.route("/confirmer/<confirmation_token>", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, deduct_when=_missed)
def confirm(confirmation_token: str) -> ResponseReturnValue:
    """Show what was entered and ask whether it is right; looking changes nothing, answering ends the link."""
    today = date.today()
    is_answer = request.method == "POST"
    try:
        asked = confirmations.confirmation_behind(
            confirmation_token, today=today, to_answer=is_answer
        )
    except confirmations.UnknownLink:
        abort(404)
    except confirmations.LinkOver:
        return _over()
    form = AnswerForm(version=asked.subject.version_id)
    form.offer(_answers(asked))
    if form.validate_on_submit() and _answered(form, asked, today):
        return see_other("casework.thanks")
    return _shown(form, asked)


@bp.get("/confirmations/merci")
@public
def thanks() -> ResponseReturnValue:
    """Say what happens now."""
    return render_template("casework/thanks.html")


def _answers(asked: Confirmation) -> list[Answer]:
    is_person = isinstance(asked.subject, Talent)
    return [choice for choice in Answer if is_person or choice is not Answer.WITHDRAW]


def _answered(form: AnswerForm, asked: Confirmation, today: date) -> bool:
    try:
        confirmations.answer_confirmation(
            asked,
            Answer(form.answer.data),
            text=form.text.data or "",
            version=form.version.data or 0,
            today=today,
        )
    except confirmations.AnswerMissing:
        form.text.errors = [_("Dites ce qu’il faut corriger.")]
    except confirmations.EntryChanged:
        form.form_errors.append(CHANGED)
    else:
        return True
    return False


def _shown(form: AnswerForm, asked: Confirmation) -> ResponseReturnValue:
    # What is on the screen from now on is the entry as it stands.
    form.version.data, form.version.raw_data = asked.subject.version_id, None
    return for_nobody_else(render_form("casework/confirm.html", form, asked=asked))


def _over() -> ResponseReturnValue:
    return for_nobody_else((render_template("casework/link_over.html"), 410))
