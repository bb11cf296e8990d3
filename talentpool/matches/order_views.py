"""The page on which a seat's shortlist is put in order by hand."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.matches import ordering
from talentpool.matches.order_forms import OrderForm
from talentpool.matches.services import NoteMissing
from talentpool.matches.views import bp
from talentpool.needs.models import NeedSeat
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other


@bp.route("/postes/<int:seat_id>/ordre", methods=["GET", "POST"])
@access(Permission.DECIDE_ON_TALENTS)
def order(seat_id: int) -> ResponseReturnValue:
    """Show a shortlist in both orders, and take another one with its reason."""
    found = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, found.need)
    if not found.need.is_submitted:
        abort(404)
    standing = ordering.shortlist(found)
    form = OrderForm(order=standing.numbers, seen=standing.order.id if standing.order else "")
    step = form.step() if request.method == "POST" else None
    if step:
        form.order.data = ordering.moved(form.numbers, *step)
        return _page(found, standing, form, moving=step)
    if form.is_submitted() and form.validate() and _reordered(found, form):
        flash(translated(_("Ordre enregistré.")), "success")
        return see_other("matches.seat", seat_id=found.id)
    return _page(found, standing, form)


def _reordered(seat: NeedSeat, form: OrderForm) -> bool:
    """Keep the order, or say beside what it is about why it can't be."""
    try:
        ordering.reorder(seat, form.numbers, **form.why(), seen=form.seen_order, by=current_user)
    except NoteMissing:
        form.note.errors = [_("Précisez la raison.")]
    except ordering.NothingMoved:
        form.reason.errors = [_("L’ordre est déjà celui-ci : déplacez quelqu’un d’abord.")]
    except ordering.ShortlistOvertaken:
        form.is_overtaken = True
    else:
        return True
    return False


def _page(
    seat: NeedSeat,
    standing: ordering.Shortlist,
    form: OrderForm,
    moving: tuple[int, int] | None = None,
) -> ResponseReturnValue:
    typed = form.numbers
    numbers = ordering.kept(typed, standing.numbers)
    context: dict[str, Any] = {
        "seat": seat,
        "standing": standing,
        "people": {decision.talent_id: decision for decision in standing.people},
        "numbers": numbers,
        "added": [number for number in numbers if number not in typed],
        "gone": [number for number in typed if number not in numbers],
        "moving": moving,
        "history": list(db.session.scalars(ordering.orders(seat).limit(20))),
    }
    context["names"] = ordering.names_in(seat, context["history"])
    if not form.is_overtaken:
        return render_form("matches/order.html", form, **context)
    # What is sent next is sent knowingly: on the order, and for the people, that this page shows.
    form.seen.data = str(standing.order.id) if standing.order else ""
    form.seen.raw_data = None
    return render_template("matches/order.html", form=form, **context), 409
