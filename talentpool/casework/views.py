"""Pages of notes and follow-ups."""

from datetime import date, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.casework import queries, services
from talentpool.casework.forms import (
    PARIS,
    ContactForm,
    FollowUpForm,
    NoteForm,
    StrikeForm,
)
from talentpool.casework.models import CaseNote, FollowUp, NoteKind, Subject
from talentpool.casework.panel import address_of, label_of, parts_of, subject_named
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.web.forms import render_form
from talentpool.web.numbers import row_number
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other
from talentpool.web.redirects import own_address

bp = Blueprint("casework", __name__)
bp.add_app_template_global(parts_of, "case_parts")
bp.add_app_template_global(address_of, "case_address")
bp.add_app_template_global(label_of, "case_label")
ABOUT = "/<any(besoin, poste, talent):sort>/<int:subject_id>"
#: How one asks for the follow-ups of everybody, rather than of one account.
EVERYBODY = "tous"


@bp.app_template_filter()
def clock(instant: datetime) -> str:
    """Write the time of day: 14:30."""
    return str(format_time(instant, "HH:mm"))


def back_to(subject: Subject) -> ResponseReturnValue:
    """Lead back to the page of a subject after a write."""
    return redirect(address_of(subject), code=303)


@bp.get(f"/notes{ABOUT}")
@access(Permission.READ_NOTES)
def notes(sort: str, subject_id: int) -> ResponseReturnValue:
    """Show all notes on a subject, newest first."""
    subject = subject_named(sort, subject_id, Permission.READ_NOTES)
    page = paged(queries.notes_on(current_user, subject))
    return render_template("casework/notes.html", subject=subject, page=page)


@bp.route(f"/notes{ABOUT}/nouvelle", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def add_note(sort: str, subject_id: int) -> ResponseReturnValue:
    """Note something."""
    subject = subject_named(sort, subject_id, Permission.WRITE_NOTES)
    form = NoteForm()
    if form.validate_on_submit():
        services.write_note(subject, text=form.text.data or "", by=current_user)
        flash(translated(_("Note enregistrée.")), "success")
        return back_to(subject)
    return render_form("casework/add_note.html", form, subject=subject)


@bp.route(f"/notes{ABOUT}/appel", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def log_contact(sort: str, subject_id: int) -> ResponseReturnValue:
    """Log a call, a mail or a meeting, and when to come back to it."""
    subject = subject_named(sort, subject_id, Permission.WRITE_NOTES)
    instant = datetime.now(PARIS)
    form = ContactForm(happened_on=instant.date(), happened_time=instant.time())
    if form.validate_on_submit():
        services.write_note(
            subject,
            kind=NoteKind(form.kind.data),
            text=form.text.data or "",
            with_whom=form.with_whom.data or "",
            happened_at=form.happened_at,
            by=current_user,
        )
        if form.follow_up_on.data:
            services.come_back(subject, on=form.follow_up_on.data, by=current_user)
        flash(translated(_("Échange consigné.")), "success")
        return back_to(subject)
    return render_form("casework/log_contact.html", form, subject=subject)


@bp.route("/notes/<int:note_id>/barrer", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def strike_note(note_id: int) -> ResponseReturnValue:
    """Strike one's own note out; it stays readable."""
    note = db.get_or_404(CaseNote, note_id)
    if not queries.may_read(current_user, note.subject):
        abort(404)
    require(Permission.WRITE_NOTES, note)
    form = StrikeForm()
    if form.validate_on_submit():
        try:
            services.strike_note(note, reason=form.reason.data or "", by=current_user)
        except services.NotTheAuthor:
            flash(translated(_("Seule la personne qui a écrit une note peut la barrer.")), "error")
        except services.AlreadyStruck:
            flash(translated(_("Cette note est déjà barrée.")), "info")
        else:
            flash(translated(_("Note barrée : elle reste lisible.")), "success")
        return back_to(note.subject)
    return render_form("casework/strike_note.html", form, note=note)


@bp.get("/suivis")
@access(Permission.READ_NOTES)
def follow_ups() -> ResponseReturnValue:
    """List one's open follow-ups, or somebody else's, or all, those that are late first."""
    today = date.today()
    people = queries.caretakers()
    mine = str(current_user.id) if services.is_caretaker(current_user) else EVERYBODY
    asked = request.args.get("qui") or mine
    owner_id = (
        None if asked == EVERYBODY else request.args.get("qui", current_user.id, type=row_number)
    )
    page = paged(queries.follow_ups(current_user, owner_id=owner_id))
    return render_template(
        "casework/follow_ups.html",
        page=page,
        people=people,
        asked=asked,
        today=today,
        absences=queries.absences_on(today),
        states=queries.confirmation_states([row.subject for row in page.rows], today=today),
        handovers=list(db.session.scalars(queries.handovers(current_user))),
    )


@bp.route(f"/suivis{ABOUT}", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def edit_follow_up(sort: str, subject_id: int) -> ResponseReturnValue:
    """Say who follows a subject, and when they come back to it."""
    subject = subject_named(sort, subject_id, Permission.WRITE_NOTES)
    saved = queries.follow_up_of(subject)
    form = _follow_up_form(saved)
    if form.validate_on_submit() and not (
        saved is not None and form.overtakes(saved, _follow_up_form(saved, formdata=None))
    ):
        owner = db.session.get(Account, form.owner_id.data or 0)
        reason = form.reason.data or ""
        services.set_follow_up(
            subject, owner=owner, due_on=form.due_on.data, reason=reason, by=current_user
        )
        flash(translated(_("Suivi enregistré.")), "success")
        return back_to(subject)
    return render_form("casework/edit_follow_up.html", form, subject=subject)


def _follow_up_form(saved: FollowUp | None, **formdata: None) -> FollowUpForm:
    form = (
        FollowUpForm(obj=saved, version=saved.version_id, **formdata)
        if saved is not None
        else FollowUpForm(owner_id=current_user.id, **formdata)
    )
    people = queries.caretakers()
    if saved is not None and saved.owner is not None and saved.owner not in people:
        people = [*people, saved.owner]
    form.offer(people, queries.absences_on(date.today()))
    return form


@bp.post("/suivis/<int:follow_up_id>/fait")
@access(Permission.WRITE_NOTES)
def finish(follow_up_id: int) -> ResponseReturnValue:
    """Note that what was to be done is done."""
    follow_up = db.get_or_404(FollowUp, follow_up_id)
    require(Permission.WRITE_NOTES, follow_up)
    if services.finish(follow_up, by=current_user):
        flash(translated(_("C’est noté : rien n’est plus à faire ici.")), "success")
    else:
        flash(translated(_("C’était déjà fait.")), "info")
    return redirect(own_address(request.form.get("next")) or address_of(follow_up.subject), 303)


@bp.post("/suivis/lot")
@access(Permission.WRITE_NOTES)
def settle() -> ResponseReturnValue:
    """Postpone the follow-ups that are ticked by a week, or note that they are done."""
    ticked = request.form.getlist("follow_up", type=row_number)
    chosen = queries.numbered_follow_ups(current_user, ticked)
    if not chosen:
        flash(translated(_("Cochez d’abord un ou plusieurs suivis.")), "error")
    elif request.form.get("act") == "done":
        done = sum(services.finish(follow_up, by=current_user) for follow_up in chosen)
        flash(ngettext("%(num)d suivi fait.", "%(num)d suivis faits.", done), "success")
    else:
        moved = services.postpone(chosen, today=date.today(), by=current_user)
        flash(
            ngettext(
                "%(num)d suivi reporté d’une semaine.",
                "%(num)d suivis reportés d’une semaine.",
                moved,
            ),
            "success",
        )
    here = own_address(request.form.get("next"))
    return redirect(here, 303) if here else see_other("casework.follow_ups")
