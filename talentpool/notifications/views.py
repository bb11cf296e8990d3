"""Pages of one's own notifications; nobody sees another's."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.notifications import queries, services
from talentpool.notifications.forms import PreferenceForm
from talentpool.notifications.kinds import Group, groups_for
from talentpool.notifications.models import Delivery, Notification
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other
from talentpool.web.redirects import own_address

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@bp.get("")
@access(Permission.USE_OWN_ACCOUNT)
def listing() -> ResponseReturnValue:
    """List what one was told, newest first."""
    page = paged(queries.notifications_of(current_user))
    return render_template("notifications/listing.html", page=page)


@bp.post("/lues")
@access(Permission.USE_OWN_ACCOUNT)
def mark_all_read() -> ResponseReturnValue:
    """Mark everything as read."""
    services.mark_all_read(current_user)
    flash(translated(_("Toutes vos notifications sont marquées comme lues.")), "success")
    return see_other("notifications.listing")


@bp.post("/<int:notification_id>/ouvrir")
@access(Permission.USE_OWN_ACCOUNT)
def open_one(notification_id: int) -> ResponseReturnValue:
    """Mark one notification as read, and go where it leads."""
    own = queries.notifications_of(current_user).where(Notification.id == notification_id)
    notification = db.first_or_404(own)
    services.mark_read(notification)
    target = own_address(notification.url_path) or url_for("notifications.listing")
    return redirect(target, code=303)


@bp.route("/reglages", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
def preferences() -> ResponseReturnValue:
    """Choose which mails one gets."""
    groups, muted = groups_for(current_user.role), queries.muted_groups(current_user)
    form = PreferenceForm(
        delivery=queries.delivery_of(current_user).value,
        groups=[group.value for group in groups if group not in muted],
    )
    form.offer(groups)
    if form.validate_on_submit():
        services.choose_delivery(current_user, Delivery(form.delivery.data))
        services.choose_groups(current_user, [Group(code) for code in form.groups.data])
        flash(translated(_("Votre choix est enregistré.")), "success")
        return see_other("notifications.listing")
    return render_form("notifications/preferences.html", form)
