"""Pages of the administration: what people ask, who was erased, what time will erase."""

from datetime import date, timedelta

from flask import abort, current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.privacy import notices, restricting, retention
from talentpool.privacy.erasing_views import erased, refusal
from talentpool.privacy.forms import AnswerForm, EraseForm, OnBehalfForm
from talentpool.privacy.ledger import erasures
from talentpool.privacy.models import DataRequest, ErasureKind
from talentpool.privacy.people import Person, person_named
from talentpool.privacy.views import (
    archive_answer,
    bp,
    is_archive_open,
    open_archive,
    password_limit,
    proves_identity,
)
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other
from talentpool.web.security import account_key, limiter

NOBODY = _("Personne n’est connu sous cette adresse ni ce code.")
AHEAD = timedelta(days=30)


def rule() -> retention.Rule:
    """Return for how long people are kept here."""
    settings = current_app.config
    return retention.Rule(settings["RETENTION_MONTHS"], settings["RETENTION_WARNING_DAYS"])


@bp.get("/donnees")
@access(Permission.MANAGE_PRIVACY)
def register() -> ResponseReturnValue:
    """Show what awaits an answer, what time will erase next month, and the ledger of erasures."""
    today = date.today()
    return render_template(
        "privacy/register.html",
        waiting=restricting.waiting_requests(),
        restricted=list(db.session.scalars(restricting.restricted_talents())),
        coming=retention.standings(rule(), today=today, ahead=AHEAD),
        page=paged(erasures()),
        months=rule().months,
        due=lambda asked: retention.months_after(asked.created_at.date(), 1),
    )


@bp.route("/donnees/demandes/<int:request_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_PRIVACY)
def answer(request_id: int) -> ResponseReturnValue:
    """Answer what somebody asked about their data."""
    request = db.get_or_404(DataRequest, request_id)
    form = AnswerForm(obj=request, text=request.answer)
    if form.validate_on_submit():
        try:
            restricting.answer(request, text=form.text.data or "", by=current_user)
        except restricting.AlreadyAnswered:
            form.text.errors = [_("Quelqu’un vient de répondre : rechargez la page.")]
        else:
            notices.tell_answered(request)
            flash(translated(_("Réponse envoyée.")), "success")
            return see_other("privacy.register")
    return render_form("privacy/answer.html", form, asked=request)


@bp.route("/donnees/personne", methods=["GET", "POST"])
@access(Permission.MANAGE_PRIVACY)
@limiter.limit(password_limit, key_func=account_key, methods=["POST"])
def on_behalf() -> ResponseReturnValue:
    """Do what a person asks by letter or by telephone, who does not sign in."""
    form = OnBehalfForm()
    if form.validate_on_submit() and proves_identity(form):
        person = person_named(form.who.data or "")
        if person is None:
            form.who.errors = [NOBODY]
        elif done := _done(person, form):
            return done
    return render_form("privacy/on_behalf.html", form)


@bp.get("/donnees/personne/<person_code>/archive.zip")
@access(Permission.MANAGE_PRIVACY)
def produce(person_code: str) -> ResponseReturnValue:
    """Give the archive of somebody who asked for it by letter."""
    person = person_named(person_code) or abort(404)
    return archive_answer(person) if is_archive_open(person) else see_other("privacy.on_behalf")


@bp.route("/donnees/personne/<person_code>/effacer", methods=["GET", "POST"])
@access(Permission.MANAGE_PRIVACY)
@limiter.limit(password_limit, key_func=account_key, methods=["POST"])
def erase_other(person_code: str) -> ResponseReturnValue:
    """Erase somebody who asked for it by letter."""
    person = person_named(person_code) or abort(404)
    form, refused = EraseForm(), refusal(person)
    if refused is None and form.validate_on_submit() and proves_identity(form):
        left = erased(person, ErasureKind.ON_BEHALF).left
        flash(translated(_("%(code)s est effacée."), code=person_code), "success")
        if left:
            said = _("Le même nom reste à ces endroits, à relire : %(places)s.")
            flash(translated(said, places=", ".join(left)), "info")
        return see_other("privacy.register")
    return render_form("privacy/erase_other.html", form, person=person, refused=refused)


def _done(person: Person, form: OnBehalfForm) -> ResponseReturnValue | None:
    """Do what the form asks for a person, or say beside the field why it can't be."""
    if form.act.data == "erase":
        return see_other("privacy.erase_other", person_code=person.code)
    if form.act.data == "archive":
        open_archive(person)
        flash(translated(_("L’archive de %(code)s est prête."), code=person.code), "success")
        return see_other("privacy.produce", person_code=person.code)
    acts = {"restrict": restricting.restrict, "lift": restricting.lift_restriction}
    try:
        acts[form.act.data](person, by=current_user)
    except restricting.NoProfile:
        form.who.errors = [_("Cette personne n’a pas de profil.")]
        return None
    flash(translated(_("C’est fait pour %(code)s."), code=person.code), "success")
    return see_other("privacy.register")
