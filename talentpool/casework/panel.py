"""What the agency reads of a case beside its subject, in slots that lower pages offer."""

from datetime import date

from flask import abort, get_template_attribute, url_for
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission
from talentpool.casework import queries
from talentpool.casework.models import Subject
from talentpool.db import db
from talentpool.needs.models import Need, NeedSeat
from talentpool.talents.models import Talent
from talentpool.web.pipeline import require

#: Notes shown on a page; the others stand on a page of their own.
SHOWN = 3
MODELS: dict[str, type[Need] | type[NeedSeat] | type[Talent]] = {
    "besoin": Need,
    "poste": NeedSeat,
    "talent": Talent,
}
WORDS = {Need: "besoin", NeedSeat: "poste", Talent: "talent"}


def word_of(subject: Subject) -> str:
    """Return what addresses call this sort of subject."""
    return WORDS[type(subject)]


def parts_of(subject: Subject) -> dict[str, str | int]:
    """Return the parts of an address that name a subject."""
    return {"sort": word_of(subject), "subject_id": subject.id}


def subject_named(sort: str, subject_id: int, permission: Permission) -> Subject:
    """Return the subject of an address, or answer 404 to whoever may not read it."""
    subject = db.get_or_404(MODELS[sort], subject_id)
    if not queries.may_read(current_user, subject):
        abort(404)
    require(permission, subject)
    return subject


def address_of(subject: Subject) -> str:
    """Return the page of a subject; a seat that nobody ranks yet stands on its need's."""
    if isinstance(subject, Talent):
        return url_for("talents.show", talent_id=subject.id)
    if isinstance(subject, NeedSeat) and subject.need.is_submitted:
        return url_for("matches.seat", seat_id=subject.id)
    need_id = subject.need_id if isinstance(subject, NeedSeat) else subject.id
    return url_for("needs.show", need_id=need_id)


def label_of(subject: Subject) -> str:
    """Return what a subject is called in lists."""
    if isinstance(subject, NeedSeat):
        return f"{subject.label} – {subject.need.title}"
    return subject.title if isinstance(subject, Need) else subject.label_for_agency


def panel(subject: Subject) -> Markup:
    """Write follow-up, last notes and what may be done about them; nothing, to whoever may not read them."""
    if not queries.may_read(current_user, subject):
        return Markup()
    today = date.today()
    notes = list(db.session.scalars(queries.notes_on(current_user, subject).limit(SHOWN + 1)))
    asked = queries.confirmations_of(subject)
    write = get_template_attribute("casework/_panel.html", "panel")
    written: Markup = write(
        subject,
        follow_up=queries.follow_up_of(subject),
        inherited=queries.follow_up_of(subject.need) if isinstance(subject, NeedSeat) else None,
        notes=notes[:SHOWN],
        has_more=len(notes) > SHOWN,
        confirmation=asked[0] if asked else None,
        is_on_behalf=queries.is_on_behalf(subject),
        absences=queries.absences_on(today),
        today=today,
        viewer_id=current_user.id,
    )
    return written


def state_badge(subject: Subject) -> Markup:
    """Write where an entry made on somebody's behalf stands; nothing about others, or to others."""
    if not queries.may_read(current_user, subject) or not queries.is_on_behalf(subject):
        return Markup()
    states = queries.confirmation_states([subject], today=date.today())
    write = get_template_attribute("casework/_words.html", "state_badge")
    written: Markup = write(states[subject.__tablename__, subject.id])
    return written
