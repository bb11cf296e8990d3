"""The thread between the two sides of a need."""

from flask import Blueprint, abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs.models import Need
from talentpool.needs.people import Party, party_of
from talentpool.threads import queries, services
from talentpool.threads.forms import MessageForm
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp = Blueprint("threads", __name__)


def loaded(need_id: int, permission: Permission) -> Need:
    """Return the need of an address, or answer 404 to whoever lacks `permission` for it."""
    need = db.get_or_404(Need, need_id)
    require(permission, need)
    return need


def own_party() -> Party:
    """Return the side that the viewer speaks for, or answer 404."""
    return party_of(current_user) or abort(404)


@bp.route("/besoins/<int:need_id>/messages", methods=["GET", "POST"])
@access(Permission.DISCUSS_NEEDS)
def show(need_id: int) -> ResponseReturnValue:
    """Show all that the two sides said and did, and write to the other."""
    need = loaded(need_id, Permission.DISCUSS_NEEDS)
    form = MessageForm()
    if form.validate_on_submit():
        services.post_message(
            need, form.text.data, party=own_party(), token=form.token.data, by=current_user
        )
        flash(translated(_("Message envoyé.")), "success")
        return see_other("threads.show", need_id=need.id)
    entries = queries.thread_of(current_user, need)
    return render_form("threads/show.html", form, need=need, entries=entries, party=own_party())


@bp.post("/besoins/<int:need_id>/messages/lus")
@access(Permission.DISCUSS_NEEDS)
def read(need_id: int) -> ResponseReturnValue:
    """Mark the thread as read, and go to what was new in it."""
    need = loaded(need_id, Permission.DISCUSS_NEEDS)
    new = [entry for entry in queries.thread_of(current_user, need) if entry.is_unread]
    services.mark_read(need, party=own_party(), by=current_user)
    anchor = new[0].anchor if new else None
    return see_other("threads.show", need_id=need.id, _anchor=anchor)
