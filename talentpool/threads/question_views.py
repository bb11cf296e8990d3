"""Questions on published needs: asking, answering, taking out of sight."""

from datetime import date

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.threads import queries, services
from talentpool.threads.forms import AnswerForm, QuestionForm
from talentpool.threads.models import NeedQuestion
from talentpool.threads.views import bp, loaded, own_party
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other
from talentpool.web.security import account_key, limiter

CLOSED = _("Ce besoin ne prend plus de questions.")


def _question(question_id: int, permission: Permission) -> NeedQuestion:
    question = db.get_or_404(NeedQuestion, question_id)
    require(permission, question.need)
    return question


@bp.route("/besoins/<int:need_id>/questions", methods=["GET", "POST"])
@access(Permission.ASK_QUESTIONS)
@limiter.limit("20 per hour", methods=["POST"], key_func=account_key)
def questions(need_id: int) -> ResponseReturnValue:
    """Show the questions on a published need, and ask another."""
    need = loaded(need_id, Permission.ASK_QUESTIONS)
    form, today = QuestionForm(), date.today()
    may_ask = queries.may_ask(current_user, need, today)
    if form.validate_on_submit():
        if may_ask:
            services.ask(need, form.text.data, token=form.token.data, today=today, by=current_user)
            said = _("Question envoyée : la réponse vous sera annoncée.")
            flash(translated(said), "success")
            return see_other("threads.questions", need_id=need.id)
        form.form_errors.append(CLOSED)
    found = queries.questions_on(current_user, need)
    return render_form("threads/questions.html", form, need=need, questions=found, may_ask=may_ask)


@bp.route("/besoins/questions/<int:question_id>/repondre", methods=["GET", "POST"])
@access(Permission.SPEAK_FOR_NEEDS)
def answer(question_id: int) -> ResponseReturnValue:
    """Answer a question, for all who may read the need."""
    question = _question(question_id, Permission.SPEAK_FOR_NEEDS)
    form = AnswerForm()
    if form.validate_on_submit() and _answered(form, question):
        return see_other("needs.show", need_id=question.need_id, _anchor=f"question-{question.id}")
    return render_form("threads/answer.html", form, question=question, need=question.need)


def _answered(form: AnswerForm, question: NeedQuestion) -> bool:
    try:
        services.answer(question, form.text.data, party=own_party(), by=current_user)
    except services.AlreadyAnswered:
        form.form_errors.append(_("Quelqu’un a déjà répondu à cette question."))
        return False
    except services.QuestionStruck:
        form.form_errors.append(_("L’agence a retiré cette question."))
        return False
    flash(translated(_("Réponse publiée.")), "success")
    return True


@bp.post("/besoins/questions/<int:question_id>/barrer")
@access(Permission.APPROVE_NEEDS)
def strike(question_id: int) -> ResponseReturnValue:
    """Take a question out of sight; restoring it undoes that."""
    question = _question(question_id, Permission.READ_NEEDS)
    services.strike(question, by=current_user)
    flash(translated(_("Question barrée : l’agence et qui l’a posée la voient encore.")), "success")
    return see_other("needs.show", need_id=question.need_id, _anchor=f"question-{question.id}")


@bp.post("/besoins/questions/<int:question_id>/remettre")
@access(Permission.APPROVE_NEEDS)
def restore(question_id: int) -> ResponseReturnValue:
    """Show a question that was struck out again."""
    question = _question(question_id, Permission.READ_NEEDS)
    services.restore(question, by=current_user)
    flash(translated(_("Question remise en vue.")), "success")
    return see_other("needs.show", need_id=question.need_id, _anchor=f"question-{question.id}")
