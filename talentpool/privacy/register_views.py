"""Pages of the administration: what people ask, who was erased, what time will erase."""

from datetime import date, timedelta

from flask import abort, current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.privacy import notices, restricting, retention
from talentpool.privacy.eliminations import visa_on
from talentpool.privacy.erasing_views import erased, refusal
from talentpool.privacy.forms import AnswerForm, EraseForm, OnBehalfForm, PasswordForm
from talentpool.privacy.ledger import erasures
from talentpool.privacy.models import DataRequest, ErasureKind
from talentpool.privacy.people import Person, people_named, person_coded
from talentpool.privacy.views import (
    archive_answer,
    bp,
    is_archive_open,
    open_archive,
    proves_identity,
)
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other
from talentpool.web.security import account_key, limiter, sign_in_limit

NOBODY = _("Personne n’est connu sous cette adresse ni ce code.")
SEVERAL = _("Plusieurs personnes sont connues sous cette adresse (%(codes)s) : donnez le code.")
AHEAD = timedelta(days=30)


@bp.get("/donnees")
@access(Permission.MANAGE_PRIVACY)
def register() -> ResponseReturnValue:
    """Show what awaits an answer, what time will erase next month, and the ledger of erasures."""
    today, rule = date.today(), retention.rule_in_force(current_app.config)
    return render_template(
        "privacy/register.html",
        waiting=restricting.waiting_requests(),
        restricted=list(db.session.scalars(restricting.restricted_talents())),
        coming=retention.standings(rule, today=today, ahead=AHEAD),
        page=paged(erasures()),
        visa=visa_on(today),
        address_of=retention.address_of,
        rule=rule,
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
def on_behalf() -> ResponseReturnValue:
    """Find who asks by letter or by telephone; what they ask is confirmed on a page that names them."""
    form = OnBehalfForm()
    if form.validate_on_submit():
        people = people_named(form.who.data or "")
        if len(people) == 1:
            return _to_confirm(people[0], form.act.data)
        form.who.errors = [_which(people)]
    return render_form("privacy/on_behalf.html", form)


@bp.route(
    "/donnees/personne/<person_code>/<any(archive, restrict, lift):deed>", methods=["GET", "POST"]
)
@access(Permission.MANAGE_PRIVACY)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"])
def confirm_other(person_code: str, deed: str) -> ResponseReturnValue:
    """Do what a person asks, once it is read whom it happens to."""
    person = person_coded(person_code) or abort(404)
    form, is_possible = PasswordForm(), person.talent is not None or deed == "archive"
    if is_possible and form.validate_on_submit() and proves_identity(form):
        return _done(person, deed)
    return render_form(
        "privacy/confirm_other.html",
        form,
        person=person,
        address=retention.address_of(person),
        deed=deed,
        is_possible=is_possible,
    )


@bp.get("/donnees/personne/<person_code>/archive.zip")
@access(Permission.MANAGE_PRIVACY)
def produce(person_code: str) -> ResponseReturnValue:
    """Give the archive of somebody who asked for it by letter."""
    person = person_coded(person_code) or abort(404)
    return archive_answer(person) if is_archive_open(person) else see_other("privacy.on_behalf")


@bp.route("/donnees/personne/<person_code>/effacer", methods=["GET", "POST"])
@access(Permission.MANAGE_PRIVACY)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"])
def erase_other(person_code: str) -> ResponseReturnValue:
    """Erase somebody who asked for it by letter."""
    person = person_coded(person_code) or abort(404)
    form, refused = EraseForm(), refusal(person)
    if refused is None and form.validate_on_submit() and proves_identity(form):
        left = erased(person, ErasureKind.ON_BEHALF).left
        flash(translated(_("%(code)s est effacée."), code=person_code), "success")
        if left:
            said = _("Le même nom reste à ces endroits, à relire : %(places)s.")
            flash(translated(said, places=", ".join(left)), "info")
        return see_other("privacy.register")
    address = retention.address_of(person)
    return render_form(
        "privacy/erase_other.html", form, person=person, address=address, refused=refused
    )


def _to_confirm(person: Person, act: str) -> ResponseReturnValue:
    if act == "erase":
        return see_other("privacy.erase_other", person_code=person.code)
    return see_other("privacy.confirm_other", person_code=person.code, deed=act)


def _which(people: list[Person]) -> str:
    """Say that nobody was found, or too many."""
    codes = ", ".join(person.code for person in people)
    return translated(SEVERAL, codes=codes) if people else translated(NOBODY)


def _done(person: Person, act: str) -> ResponseReturnValue:
    if act == "archive":
        open_archive(person)
        flash(translated(_("L’archive de %(code)s est prête."), code=person.code), "success")
        return see_other("privacy.produce", person_code=person.code)
    acts = {"restrict": restricting.restrict, "lift": restricting.lift_restriction}
    acts[act](person, by=current_user)
    flash(translated(_("C’est fait pour %(code)s."), code=person.code), "success")
    return see_other("privacy.register")
