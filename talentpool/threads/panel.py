"""What the page of a need shows of its thread and of its questions, in slots that it offers."""

from datetime import date

from flask import get_template_attribute
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, allows
from talentpool.needs.models import Need
from talentpool.needs.people import party_of
from talentpool.threads import queries
from talentpool.threads.forms import QuestionForm

#: Entries of a thread shown on the need's page; the whole thread stands on its own.
SHOWN = 3


def thread_panel(need: Need) -> Markup:
    """Write the last words of a need's thread, and how many are unread; nothing, to whoever has no part in it."""
    party = party_of(current_user)
    if party is None or not allows(current_user, Permission.DISCUSS_NEEDS, need):
        return Markup()
    said = [entry for entry in queries.thread_of(current_user, need) if entry.words]
    write = get_template_attribute("threads/_thread.html", "panel")
    written: Markup = write(
        need,
        party,
        entries=said[-SHOWN:],
        total=len(said),
        unread=sum(entry.is_unread for entry in said),
    )
    return written


def questions_panel(need: Need) -> Markup:
    """Write the questions on a need that the viewer may read, with the form to ask one."""
    found = queries.questions_on(current_user, need)
    may_ask = queries.may_ask(current_user, need, date.today())
    if not found and not may_ask:
        return Markup()
    write = get_template_attribute("threads/_questions.html", "panel")
    form = QuestionForm(formdata=None) if may_ask else None
    written: Markup = write(need, found, form, current_user.id or 0)
    return written
