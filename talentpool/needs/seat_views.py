"""Pages to add, change and remove the seats of a need."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import AGENCY, Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs import services
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.seat_forms import SeatForm, StaffSeatForm, filled_seat
from talentpool.needs.step_table import SEATS
from talentpool.needs.views import bp, handed_in, permission_to_save
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other


def seat_form() -> type[SeatForm]:
    """Return the form that the reader may fill in: a seat's status is the agency's to say."""
    return StaffSeatForm if current_user.role in AGENCY else SeatForm


def _seat(seat_id: int, permission: Permission = Permission.WRITE_NEEDS) -> NeedSeat:
    seat = db.get_or_404(NeedSeat, seat_id)
    require(permission, seat.need)
    return seat


def _back_to(need: Need) -> ResponseReturnValue:
    """Return to the seats among the steps while the need is being written, to its page afterwards."""
    if need.is_editable_by_host:
        return see_other("needs.step", need_id=need.id, step=SEATS)
    return see_other("needs.show", need_id=need.id)


@bp.route("/besoins/<int:need_id>/postes/nouveau", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def add_seat(need_id: int) -> ResponseReturnValue:
    """Add a seat to a need."""
    need = db.get_or_404(Need, need_id)
    require(Permission.WRITE_NEEDS, need)
    form = seat_form()()
    if "more" not in request.form and form.validate_on_submit():
        services.add_seat(need, form.content(services.SeatContent()), by=current_user)
        flash(translated(_("Poste ajouté.")), "success")
        return _back_to(need)
    form.offer_rows(more="more" in request.form)
    return render_form("needs/add_seat.html", form, need=need)


@bp.route("/besoins/postes/<int:seat_id>/modifier", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def edit_seat(seat_id: int) -> ResponseReturnValue:
    """Change what a seat asks for."""
    seat = _seat(seat_id, permission_to_save())
    form = filled_seat(seat_form(), seat, formdata=request.form)
    if not may(Permission.WRITE_NEEDS, seat.need):
        form.offer_rows(more=False)
        return handed_in("needs/edit_seat.html", form, need=seat.need, seat=seat)
    more = "more" in request.form
    saved = filled_seat(seat_form(), seat)
    if not more and form.validate_on_submit() and not form.overtakes(seat, saved):
        services.edit_seat(seat, form.content(services.seat_content_of(seat)), by=current_user)
        flash(translated(_("Poste enregistré.")), "success")
        return _back_to(seat.need)
    form.offer_rows(more=more)
    return render_form("needs/edit_seat.html", form, need=seat.need, seat=seat)


@bp.route("/besoins/postes/<int:seat_id>/retirer", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def remove_seat(seat_id: int) -> ResponseReturnValue:
    """Confirm, then take a seat out of a draft or close it."""
    seat = _seat(seat_id)
    need = seat.need
    if request.method == "POST":
        try:
            services.remove_seat(seat, by=current_user)
        except services.SeatOccupied:
            flash(
                translated(_("Quelqu’un occupe ce poste : terminez d’abord sa mission.")), "error"
            )
        except services.LastSeatKept:
            flash(
                translated(_("C’est le dernier poste ouvert : fermez plutôt le besoin.")), "error"
            )
        else:
            flash(translated(_("Poste retiré.")), "success")
        return _back_to(need)
    return render_template("needs/remove_seat.html", need=need, seat=seat)
