"""Who could sit on a seat, in counts: beside the form while it is written, and in slots of other pages."""

from datetime import date

from flask import abort, get_template_attribute, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from matching import Posting
from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.matches.chances import chances_of
from talentpool.matches.facts import posting_as_written, posting_of
from talentpool.matches.views import bp
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.seat_forms import SeatForm, filled_seat
from talentpool.needs.seat_views import seat_form
from talentpool.needs.services import SeatContent, seat_content_of
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require
from talentpool.web.security import account_key, limiter


@bp.post("/besoins/<int:need_id>/postes/chances")
@access(Permission.WRITE_NEEDS)
@limiter.limit("300 per hour", key_func=account_key)
def chances(need_id: int) -> ResponseReturnValue:
    """Count who could sit on the seat that is being typed, and store nothing."""
    need = db.get_or_404(Need, need_id)
    require(Permission.WRITE_NEEDS, need)
    seat = _seat_of(need)
    form = filled_seat(seat_form(), seat, formdata=request.form) if seat else seat_form()()
    written = _estimated(form, need, seat)
    if "partial" in request.form:
        return jsonify(figures=str(written))
    form.offer_rows()
    template = "needs/edit_seat.html" if seat else "needs/add_seat.html"
    return render_form(template, form, need=need, seat=seat, chances=written)


def _seat_of(need: Need) -> NeedSeat | None:
    number = request.args.get("poste", type=int)
    if number is None:
        return None
    return next((seat for seat in need.seats if seat.id == number), None) or abort(404)


def _estimated(form: SeatForm, need: Need, seat: NeedSeat | None) -> Markup:
    """Write the figures of what was typed; a title is not needed to count."""
    form.validate()
    form.title.errors = ()
    if form.errors:
        return _write("to_be_corrected")
    content = form.content(seat_content_of(seat) if seat else SeatContent())
    return _written(posting_as_written(need, content, date.today()), need)


def chances_panel(seat: NeedSeat) -> Markup:
    """Write who could sit on a stored seat, to those who write its need."""
    if not may(Permission.WRITE_NEEDS, seat.need):
        return Markup()
    return _written(posting_of(seat, date.today()), seat.need)


def short_chances(seat: NeedSeat) -> Markup:
    """Write in one line who could sit on a seat that is not ranked yet, to those who write its need."""
    need = seat.need
    if need.is_served or not may(Permission.WRITE_NEEDS, need):
        return Markup()
    return _written(posting_of(seat, date.today()), need, in_short=True)


def _written(posting: Posting, need: Need, *, in_short: bool = False) -> Markup:
    is_exact = may(Permission.READ_RANKINGS)
    host_id = need.organisation_id
    found = chances_of(posting, as_of=date.today(), host_id=host_id, in_short=in_short)
    return _write("in_short" if in_short else "figures", found.seen_by(is_exact=is_exact), is_exact)


def _write(macro: str, *values: object) -> Markup:
    written: Markup = get_template_attribute("matches/_chances.html", macro)(*values)
    return written
